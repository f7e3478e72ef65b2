from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from articles import workflow

PUBLISH = "articles.publish_article"  # needed for all that changes what readers see
SEE_PUBLICATIONS = "articles.view_publication"  # what was, is and will be live
REVIEW = workflow.REVIEW  # to approve and to request changes
OVERRIDE = "articles.override_gate"  # needed beside that to publish although something speaks against it
CHECK_LINKS = "articles.check_externallink"  # needed to have other sites asked now

TO_PUBLISHERS = {"_publish", "_schedule", "_withdraw"}  # the buttons that need the first of them


def person(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else in."""
    return cast("User", request.user)
