"""One part of an older revision back into the draft: a section, a point, a rating, or a field of it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator, capfirst

from articles import comparing, documents, kinds, naming, narrating, publishing, requirements, taking
from articles.comparing import MISSING, POSITION, Place
from articles.models import Article, Revision
from articles.records import JSON, Record

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Restored:
    """What the history says of it, and whether the draft was any different."""

    note: str
    changed: bool


@transaction.atomic
def restore_part(revision: Revision, place: Place, *, by: User | None) -> Restored:
    """The draft says again what the revision said at the place; all else and what readers see stays.

    A row that is gone is put back, with the sources that it cites; one that the revision doesn't have is
    taken out. Raises Untakable, DocumentError, NotReady or Trashed where that can't be, and LookupError where
    no article of the kind has such a place; then nothing is stored.
    """
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    requirements.refuse_trashed([article.pk])
    draft, old = documents.compose(article), documents.upgrade(revision.document)
    record = kinds.get(article.kind).record
    taken = taking.take(record, draft, old, place)
    note = f"{_said(record, place, draft, old)} revision {revision.number}"
    if taken.sources:
        names = naming.names(record, {"sources": taken.sources})
        back = ", ".join(f"“{name}”" for name in names.values())
        note = f"{note}, with what it cites: {back}"
    note = Truncator(note).chars(LONGEST_NOTE)
    documents.restore(taken.document)
    publishing.record(article, by=by, note=note)
    return Restored(note, changed=taken.document != draft)


def _said(record: Record, place: Place, draft: JSON, old: JSON) -> str:
    """“Section “How to begin” restored from”, for the note."""
    spot = comparing.resolved(record, place)
    names = naming.names(record, draft, old)
    if not spot.row:
        return f"{capfirst(narrating.field_label(spot, names))} restored from"
    found = [comparing.found(record, document, spot.row) for document in (old, draft)]
    row: JSON = next((each for each in found if each is not MISSING), {})
    noun, label = narrating.described(record, spot, row, names)
    named = f"{noun} “{label}”"
    if found[0] is MISSING:
        return f"{capfirst(named)} taken out, as in"
    if place[-1] == POSITION:
        return f"Place of {named} restored from"
    field = narrating.field_label(spot, names) if spot.part else ""
    field = "value" if field == noun else field  # a rating's own figure is no “rating of rating”
    return capfirst(f"{field} of {named} restored from" if field else f"{named} restored from")
