from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from articles import kinds, workflow

PUBLISH = "articles.publish_article"  # needed for all that changes what readers see
SEE_PUBLICATIONS = "articles.view_publication"  # what was, is and will be live
REVIEW = workflow.REVIEW  # to approve and to request changes
OVERRIDE = "articles.override_gate"  # needed beside that to publish although something speaks against it
CHECK_LINKS = "articles.check_externallink"  # needed to have other sites asked now

TO_PUBLISHERS = {"_publish", "_schedule", "_withdraw"}  # the buttons that need the first of them


def writable_kinds(request: HttpRequest) -> list[str]:
    """The kinds of articles that somebody may change."""
    models = {kind.name: kind.model._meta for kind in kinds.every()}
    may = person(request).has_perm
    return [name for name, model in models.items() if may(f"{model.app_label}.change_{model.model_name}")]


def may_write(request: HttpRequest) -> bool:
    return bool(writable_kinds(request))


def person(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else in."""
    return cast("User", request.user)
