"""Documents that programs send, into drafts: with the rights of a person, and on the ground of a revision.

Nothing is lost: what somebody else saved meanwhile stays, and whoever was overtaken is told what differs.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles import conflicts, documents, kinds, publishing, requirements, rights
from articles.comparing import address
from articles.conflicts import Versions
from articles.members import Children
from articles.merging import Difference
from articles.models import Article, Author, Revision, Tag
from articles.obstacles import Conflict
from articles.records import JSON, DocumentError, Problem, Record

LONGEST_NOTE = 300
ADDABLE = (Author, Tag)  # pictures come with their files, which a document does not have


class Taken(Conflict):
    """Something with the identifier is here."""

    def __init__(self, article: Article) -> None:
        self.article = article
        told = "Change that one, or leave the id out to get a new one."
        super().__init__(f"“{article.title}” has this id. {told}")


class Overtaken(Conflict):
    """Somebody saved after the revision that a document was made from."""

    def __init__(self, found: Versions, based_on: int) -> None:
        self.newest, self.based_on = found.newest, based_on
        self.differences: Sequence[Difference] = found.differences()
        by, differ = found.newest.author or "Somebody", len(self.differences)
        super().__init__(
            f"{by} saved {found.newest} after revision {based_on}, so nothing of yours is stored. "
            f"Both versions differ in {differ} place{'' if differ == 1 else 's'}: "
            f"bring them together, then send the result with revision {found.newest.number}."
        )


@transaction.atomic
def create(document: Any, *, by: User, note: str = "") -> Article:
    """A new draft that says what a document says. Raises DocumentError, Taken or PermissionDenied."""
    publishing.take_turn()  # so that of two who choose a slug at once, the second finds it taken
    if here := _with_id(document):
        raise Taken(here)
    adding = rights.addable(by, *ADDABLE)
    article = documents.restore(upgraded(document), shared=False, adding=adding)
    after, record = documents.compose(article), kinds.get(article.kind).record
    _refuse_rows(by, record, after | {name: [] for name in _lists(record)}, after)
    publishing.record(article, by=by, note=note)
    return article


@transaction.atomic
def replace(
    article: Article, document: JSON, *, whole: bool, based_on: int, by: User, note: str = ""
) -> Revision:
    """The draft says what the document says; it was made from revision `based_on`.

    A `whole` one lacks no member. Else what is absent stays as it is, in rows that are here as well.
    Raises Overtaken, Trashed, DocumentError or PermissionDenied; then nothing is stored.
    """
    publishing.take_turn()
    found = conflicts.overtaken(article, based_on)
    requirements.refuse_trashed([article.pk])
    base = _base(article, based_on)
    kind, stored = kinds.get(article.kind), documents.compose(article)
    record = kind.record
    if whole or document.get("schema", kind.schema) != kind.schema:
        document = upgraded(document)
        _refuse_lacking(record, document)
    mine = filled(record, document, documents.upgrade(base.document) if found and base else stored)
    _refuse_another(mine, stored)
    if found:
        raise Overtaken(conflicts.versions(article, found, conflicts.sent_back(article, mine)), based_on)
    documents.restore(mine, shared=False, adding=rights.addable(by, *ADDABLE))
    _refuse_rows(by, record, stored, documents.compose(article))
    return publishing.record(article, by=by, note=note)


def filled(record: Record, given: JSON, stored: JSON) -> JSON:
    """What was given, with what is absent as it is stored; rows are known by their ids. Pure."""
    whole = {name: value for name, value in stored.items() if name not in given} | given
    for member in record.members:
        rows = given.get(member.name)
        if isinstance(member, Children) and isinstance(rows, list):
            known = {row["id"]: row for row in stored.get(member.name, ())}
            whole[member.name] = [_row_filled(member.record, row, known) for row in rows]
    return whole


def _row_filled(record: Record, row: Any, known: dict[str, JSON]) -> Any:
    here = known.get(row["id"]) if isinstance(row, dict) and isinstance(row.get("id"), str) else None
    return filled(record, row, here) if here else row


def upgraded(document: Any) -> JSON:
    """The document in the present schema of its kind. Raises DocumentError, be an older one broken."""
    if isinstance(document, dict) and "schema" not in document and document.get("kind") in kinds.names():
        document = {"schema": kinds.get(document["kind"]).schema} | document
    try:
        return documents.upgrade(document)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        told = "is older, and the document lacks what it had then. Send one in the present schema."
        raise DocumentError([Problem("schema", told)]) from error


def _with_id(document: Any) -> Article | None:
    given = document.get("id") if isinstance(document, dict) else None
    try:
        return Article.objects.filter(pk=UUID(given)).first()
    except (ValueError, TypeError, AttributeError):
        return None  # restoring says so


def _refuse_another(document: JSON, stored: JSON) -> None:
    """What a document cannot change."""
    fixed = [name for name in ("id", "kind") if document.get(name) != stored[name]]
    problems = [Problem(name, f"is {stored[name]} and stays so.") for name in fixed]
    if document.get("reviewed_on") != stored["reviewed_on"]:
        told = "is the day on which facts were checked, which no edit changes. Say so under “checked”."
        problems.append(Problem("reviewed_on", told))
    if problems:
        raise DocumentError(problems)


def _refuse_rows(by: User, record: Record, before: JSON, after: JSON) -> None:
    for place, right in rights.refused_rows(by, record, before, after):
        raise PermissionDenied(f"{address(place)}: you lack the right “{right}”.")


def _lists(record: Record) -> list[str]:
    return [member.name for member in record.members if isinstance(member, Children)]


def _base(article: Article, number: int) -> Revision | None:
    """The revision with the number, 0 standing for none yet."""
    base = article.revisions.filter(number=number).first()
    if base is None and (number or article.revisions.exists()):
        raise DocumentError([Problem("revision", f"there is no revision {number} of this article.")])
    return base


def _refuse_lacking(record: Record, document: JSON) -> None:
    """What replaces a document has all that one has, lest something is forgotten and so deleted."""
    names = ("id", *(member.name for member in record.members))
    told = "is missing. To change some members only, use PATCH."
    if lacking := [Problem(name, told) for name in names if name not in document]:
        raise DocumentError(lacking)
