"""The document: what passes between editing and reading.

`compose` turns a working copy into plain data, `restore` turns it back, `upgrade` brings an older
document up to the present schema. All three follow the kind's `Record`, so they cannot disagree.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from articles import kinds, links, siblings
from articles.members import (
    Address,
    Children,
    Citations,
    OptionalReference,
    RichText,
    Shared,
    SharedList,
    Value,
    Widths,
)
from articles.models import Article, Author, CallToAction, Correction, Image, Section, Source, Tag
from articles.records import JSON, UNPRINTABLE, DocumentError, Problem, Record, Visit, join, texts

__all__ = ["ARTICLE", "DocumentError", "canonical", "compose", "digest", "restore", "schema", "upgrade"]

AUTHOR = Record(Author, (Value("name"), Value("slug"), Value("expertise")))
TAG = Record(Tag, (Value("name"), Value("slug")))
IMAGE = Record(
    Image,
    (
        *map(Value, ("file", "width", "height", "alt", "decorative", "credit", "focal_x", "focal_y")),
        Widths("renditions"),
    ),
)
PICTURE = (Shared("image", IMAGE), *map(Value, ("image_alt", "image_decorative")))
SECTION = Record(
    Section,
    (*map(Value, ("role", "heading")), RichText("body"), *PICTURE, Value("caption")),
    named_by=("heading",),
)
SOURCE = Record(
    Source,
    (
        *map(Value, ("publisher", "title")),
        Address("url"),
        *map(Value, ("passage", "retrieved_on", "valid_until")),
    ),
    named_by=("publisher", "title"),
)
CALL_TO_ACTION = Record(
    CallToAction,
    (
        *map(Value, ("label", "text")),
        Address("url"),
        *map(Value, ("sponsored", "disclosure", "ends_on")),
    ),
    named_by=("label",),
)
CORRECTION = Record(
    Correction,
    tuple(map(Value, ("corrected_on", "was", "now", "why", "credit"))),
    named_by=("corrected_on", "was"),
)
ARTICLE = Record(
    Article,
    (
        *map(Value, ("title", "slug", "summary", "language", "reviewed_on")),
        OptionalReference("translates", Article),
        SharedList("authors", AUTHOR),
        Shared("reviewer", AUTHOR),
        SharedList("tags", TAG),
        *PICTURE,
        Children("sources", SOURCE, "article"),
        Children("sections", SECTION, "article"),
        Children("calls_to_action", CALL_TO_ACTION, "article"),
        Children("corrections", CORRECTION, "article"),
    ),
)
SOURCES = Citations("sources", Source)


def compose(article: Article) -> JSON:
    """The working copy as a document: plain JSON data, the same for the same content."""
    kind = kinds.get(article.kind)
    own = kind.model._default_manager.get(pk=article.pk)  # what is stored, not what is in hand
    return {"schema": kind.schema, "kind": kind.name} | kind.record.compose([own])[0]


def canonical(document: JSON) -> str:
    """The one text of a document; equal documents have equal texts."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def unprintable(document: JSON, where: str = "") -> Iterator[Problem]:
    """Where texts hold control characters. Word processors leave them where they had special hyphens."""
    for name, value in document.items():
        place = join(where, name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for index, item in enumerate(value):
                yield from unprintable(item, f"{place}[{index}]")
        elif found := next(filter(None, map(UNPRINTABLE.search, texts(value))), None):
            yield Problem(place, f"has the control character U+{ord(found[0]):04X}. Remove it.")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def schema(name: str) -> JSON:
    """The documents of a kind as JSON Schema (2020-12)."""
    kind = kinds.get(name)
    found = kind.record.schema()
    head = {
        "schema": {"type": "integer", "const": kind.schema},
        "kind": {"type": "string", "const": kind.name},
    }
    return found | {
        "properties": head | found["properties"],
        "required": ["schema", "kind", *found["required"]],
    }


def upgrade(document: JSON) -> JSON:
    """The document in the present schema of its kind.

    Raises DocumentError for a kind or schema that this version does not know.
    """
    kind = kinds.get(_kind_name(document))
    number = document.get("schema")
    while number != kind.schema:
        if not isinstance(number, int) or number not in kind.upgrades:
            raise _error("schema", f"{number!r} is unknown; this version reads up to {kind.schema}.")
        document = kind.upgrades[number](document)
        number = document["schema"]
    return document


@transaction.atomic
def restore(
    document: JSON,
    *,
    shared: bool = True,
    adding: Collection[type[models.Model]] = (),
    coming: Collection[UUID] = (),
) -> Article:
    """Make the working copy say what the document says, creating the article where it is new here.

    With it come authors, tags and images that are new here, unless they are not to: then they are problems,
    but for those of the tables that `adding` names.
    It may link to the articles that are `coming` next, as two may link to each other.

    Raises DocumentError with every problem found; then nothing is stored.
    """
    document = upgrade(document)
    kind = kinds.get(document["kind"])
    visit = Visit()
    data = kind.record.clean({k: v for k, v in document.items() if k not in ("schema", "kind")}, "", visit)
    _check_references(visit)
    _check_links(visit, {data["id"], *coming})
    if not shared:
        _check_shared(visit, adding)
    _stop_at_problems(visit)
    _store_shared(visit)
    article = _article(kind, data["id"])
    kind.record.assign(article, data, "", visit)
    _stop_at_problems(visit)
    try:
        with transaction.atomic():
            article.save()
            kind.record.write([article], [data], visit, "")
            return article
    except models.ProtectedError as error:
        used = ", ".join(sorted({f"{row._meta.verbose_name} “{row}”" for row in error.protected_objects})[:3])
        raise _error("", f"leaves out something that is still used by {used}.") from error
    except IntegrityError as error:
        raise _error("", _explain(error)) from error


def _kind_name(document: Any) -> str:
    if not isinstance(document, dict):
        raise _error("", "expected an object.")
    name = document.get("kind")
    if not isinstance(name, str) or name not in kinds.names():
        raise _error("kind", f"{name!r} is unknown. Known are {', '.join(kinds.names())}.")
    return name


def _article(kind: kinds.Kind, pk: UUID) -> Article:
    existing = Article.objects.filter(pk=pk).first()
    if existing is None:
        return kind.model(id=pk, kind=kind.name)
    if existing.kind != kind.name:
        raise _error("kind", f"the article with this id is a {existing.kind}; its kind cannot change.")
    return kind.model._default_manager.select_for_update().get(pk=pk)


def _check_references(visit: Visit) -> None:
    for where, model, pk in visit.cited:
        if pk not in visit.ids[model]:
            visit.refuse(where, f"no {model._meta.verbose_name} of this document has the id {pk}.")
    wanted: defaultdict[type[models.Model], set[UUID]] = defaultdict(set)
    for _, model, pk in visit.referred:
        wanted[model].add(pk)
    present = {
        model: set(model._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for model, pks in wanted.items()
    }
    for where, model, pk in visit.referred:
        if pk not in present[model]:
            visit.refuse(
                where, f"there is no {model._meta.verbose_name} with the id {pk} here. Add it first."
            )


def _check_links(visit: Visit, there: Collection[UUID]) -> None:
    missing = links.missing({target for _, target in visit.linked}.difference(there))
    for where, target in visit.linked:
        if target in missing:
            visit.refuse(where, f"links to an article that is not here ({target}). Add that first.")


def _check_shared(visit: Visit, adding: Collection[type[models.Model]]) -> None:
    for where, record, item in visit.shared:
        if record.model in adding:
            continue
        if not record.model._default_manager.filter(pk=item["id"]).exists():
            visit.refuse(where, f"this {record.model._meta.verbose_name} is not here (any more).")


def _store_shared(visit: Visit) -> None:
    """Rows of shared tables are created where they are new; one that is here already stays as it is."""
    for where, record, item in visit.shared:
        if record.model._default_manager.filter(pk=item["id"]).exists():
            continue
        row = record.model(pk=item["id"])
        record.assign(row, item, where, visit)
        _stop_at_problems(visit)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise _error(
                where, f"another {record.model._meta.verbose_name} here has this name or slug."
            ) from error


def _stop_at_problems(visit: Visit) -> None:
    if visit.problems:
        raise DocumentError(visit.problems)


def _explain(error: IntegrityError) -> str:
    found = siblings.broken(error)
    if found is None:
        return f"breaks a rule of the database: {str(error).splitlines()[0]}."
    model, constraint = found
    if model is Article:
        return "the slug is taken by another article of this kind, be it in the trash. Choose another."
    columns: list[Any] = [model._meta.get_field(name) for name in constraint.fields]
    parent, *alike = (str(column.verbose_name) for column in columns)
    return f"two {model._meta.verbose_name_plural} of one {parent} have the same {' and '.join(alike)}."


def _error(where: str, message: str) -> DocumentError:
    return DocumentError([Problem(where, message)])
