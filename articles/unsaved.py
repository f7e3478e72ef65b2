"""What somebody typed into a form and has not saved: one slot per person and article, written over.

What is in the slot is of the page it was typed into last. Saving that page empties it; saving another one
leaves it, as what was typed elsewhere isn't stored by that.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction

from articles import open_forms
from articles.models import Article, DeskSettings, UnsavedWork

LARGEST = 2_000_000  # characters of one slot, names included
UNKEPT = re.compile("[\x00\ud800-\udfff]")  # not taken in JSON by databases; the latter, not by pages
SEQUENCE = "_sequence"  # beside the form's fields, none of which begins with an underscore


class TooLarge(ValueError):
    """More than a slot holds."""


@dataclass(frozen=True, slots=True)
class Slot:
    user: User
    kind: str
    article: Article | None  # none: one that is not stored yet

    def rows(self) -> models.QuerySet[UnsavedWork]:
        return UnsavedWork.objects.filter(user=self.user, kind=self.kind, article=self.article)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form's fields held, as its page's `sequence`-th call says."""

    fields: Mapping[str, list[str]]
    page: UUID
    based_on: int
    sequence: int
    saved: int  # the revision last saved from the page, as far as the page knew when it called


def is_wanted(user: User) -> bool:
    return not DeskSettings.objects.filter(user=user, autosave=False).exists()


@transaction.atomic
def want(user: User, wanted: bool) -> None:
    """Switch keeping on, or off: then what was kept goes."""
    _take_turn(user)
    DeskSettings.objects.update_or_create(user=user, defaults={"autosave": wanted})
    if not wanted:
        UnsavedWork.objects.filter(user=user).delete()


@transaction.atomic
def keep(slot: Slot, typed: Typed, moment: datetime) -> bool:
    """Write over what the slot holds, unless that is newer, was saved meanwhile or isn't wanted.

    Calls overtake one another on their way: one that left before the page was saved must not fill the slot
    again after it.
    """
    fields = _fields(typed)
    _take_turn(slot.user, slot.article)
    if not is_wanted(slot.user) or open_forms.saved_from(typed.page, slot.user) > typed.saved:
        return False
    there = slot.rows().first()
    if there and page_of(there) == typed.page and sequence(there) >= typed.sequence:
        return False
    if there is None:
        there = UnsavedWork(user=slot.user, kind=slot.kind, article=slot.article)
    there.fields, there.saved_at = fields, moment
    there.save()
    return True


def found(slot: Slot) -> UnsavedWork | None:
    return slot.rows().exclude(user__desk_settings__autosave=False).first()


@transaction.atomic(savepoint=False)
def discard(slot: Slot, page: UUID | None = None, *, locked: bool = False) -> None:
    """Empty the slot; where a page is given, only of what was typed there.

    The caller may have `locked` the article.
    """
    _take_turn(slot.user, None if locked else slot.article)
    rows = slot.rows()
    (rows.filter(fields__page=[str(page)]) if page else rows).delete()


@transaction.atomic
def take_up(slot: Slot, page: UUID) -> UnsavedWork | None:
    """What the slot holds, for a new page to go on with, as the page it was typed into may still be open."""
    _take_turn(slot.user, slot.article)
    if (work := found(slot)) is None:
        return None
    work.fields |= {"page": [str(page)], SEQUENCE: ["0"]}
    work.save(update_fields=["fields"])
    return work


def form_fields(work: UnsavedWork) -> dict[str, list[str]]:
    """The fields as the form takes them in."""
    return {name: values for name, values in work.fields.items() if name != SEQUENCE}


def page_of(work: UnsavedWork) -> UUID:
    return UUID(work.fields["page"][0])


def based_on(work: UnsavedWork) -> int:
    """The newest revision that was known where this was typed."""
    return _number(work, "based_on")


def sequence(work: UnsavedWork) -> int:
    return _number(work, SEQUENCE)


def plain(text: object) -> str:
    """Text without what can be neither kept nor shown: NUL, and halves of characters."""
    return UNKEPT.sub("", str(text))


def _fields(typed: Typed) -> dict[str, list[str]]:
    based_on = max(typed.based_on, typed.saved)
    fields = {plain(name): [plain(value) for value in values] for name, values in typed.fields.items()}
    if len(json.dumps(fields, ensure_ascii=False)) > LARGEST:
        raise TooLarge("This page holds more than can be kept for you. Save it, so that nothing is lost.")
    return fields | {
        "page": [str(typed.page)],
        "based_on": [str(based_on)],
        SEQUENCE: [str(typed.sequence)],
    }


def _number(work: UnsavedWork, name: str) -> int:
    return int(work.fields[name][0])


def _take_turn(user: User, article: Article | None = None) -> None:
    """A save holds the article until it is through; what is new has only its writer to hold."""
    if article:
        Article.objects.select_for_update().filter(pk=article.pk).first()
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
