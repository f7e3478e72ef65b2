from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from articles import kinds, rights, workflow

PUBLISH = rights.PUBLISH
SEE_PUBLICATIONS = "articles.view_publication"  # what was, is and will be live
REVIEW = workflow.REVIEW  # to approve and to request changes
OVERRIDE = rights.OVERRIDE
CHECK_LINKS = "articles.check_externallink"  # needed to have other sites asked now

TO_PUBLISHERS = {"_publish", "_schedule", "_withdraw"}  # the buttons that need the first of them


def kinds_that(user: User, *actions: str) -> list[kinds.Kind]:
    """The kinds that somebody may view, add, change or delete: any of these actions does."""

    def may(kind: kinds.Kind) -> bool:
        return any(user.has_perm(rights.on(action, kind.model)) for action in actions)

    return [kind for kind in kinds.every() if may(kind)]


def readable_kinds(user: User) -> list[kinds.Kind]:
    """The kinds whose drafts somebody may read."""
    return kinds_that(user, "view", "change")


def writable_kinds(request: HttpRequest) -> list[str]:
    """The kinds of articles that somebody may change."""
    return [kind.name for kind in kinds_that(person(request), "change")]


def may_write(request: HttpRequest) -> bool:
    return bool(writable_kinds(request))


def person(request: HttpRequest) -> User:
    """Who is logged in; the admin lets nobody else in."""
    return cast("User", request.user)
