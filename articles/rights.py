"""Who may do what with which articles. The desk's admins keep the same rules through Django's permissions."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db import models

from articles import comparing, kinds, trash, workflow
from articles.comparing import Added, Change, Place, Removed
from articles.models import Article
from articles.records import JSON, Record

PUBLISH = "articles.publish_article"  # needed for all that changes what readers see
OVERRIDE = "articles.override_gate"  # needed beside that to publish although something speaks against it

Rule: TypeAlias = Callable[[User, Article], bool]


def on(verb: str, model: type[models.Model]) -> str:
    """The name of the right to view, add, change or delete rows of a model."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def may_add(user: User, kind: kinds.Kind) -> bool:
    return user.has_perm(on("add", kind.model))


def may_read(user: User, kind: kinds.Kind) -> bool:
    return any(user.has_perm(on(verb, kind.model)) for verb in ("view", "change"))


def may_view(user: User, article: Article) -> bool:
    return may_read(user, kinds.get(article.kind))


def may_change(user: User, article: Article) -> bool:
    return user.has_perm(on("change", kinds.get(article.kind).model))


def may_publish(user: User, article: Article) -> bool:
    return may_change(user, article) and user.has_perm(PUBLISH)


def may_override(user: User, article: Article) -> bool:
    return may_publish(user, article) and user.has_perm(OVERRIDE)


def may_review(user: User, article: Article) -> bool:
    return may_view(user, article) and user.has_perm(workflow.REVIEW)


def may_note(user: User, article: Article) -> bool:
    return may_review(user, article) or may_change(user, article)


def may_copy(user: User, article: Article) -> bool:
    kind = kinds.get(article.kind)
    return kind.copied and may_view(user, article) and may_add(user, kind)


def may_trash(user: User, article: Article) -> bool:
    """Whoever may delete the kind, and people their own drafts that no reader saw."""
    if user.has_perm(on("delete", kinds.get(article.kind).model)):
        return True
    return may_change(user, article) and trash.is_own_draft(article, user)


def addable(user: User, *choices: type[models.Model]) -> list[type[models.Model]]:
    """Of some models, those of which somebody may add rows."""
    return [model for model in choices if user.has_perm(on("add", model))]


def refused_rows(user: User, record: Record, before: JSON, after: JSON) -> Iterator[tuple[Place, str]]:
    """The places of rows that somebody may not add, change or delete, and the right that is wanting."""
    for change in comparing.compare(record, before, after):
        spot = comparing.resolved(record, change.place)
        if spot.row:
            right = on(_verb(change, spot), spot.record.model)
            if not user.has_perm(right):
                yield change.place, right


def _verb(change: Change, spot: Any) -> str:
    if spot.row != change.place:
        return "change"
    return {Added: "add", Removed: "delete"}.get(type(change), "change")
