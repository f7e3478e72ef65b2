"""What was understood of an article as documents: new ones, or those that are here with its words in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from articles import kinds
from articles.importing.headings import key
from articles.importing.words import SENTENCE_END, all_text_of, opening, text_of, words
from articles.records import JSON
from comparisons.importing.parsed import ParsedArticle, Path, Section

LONGEST_SUMMARY = 300
HOME = "/"
ROWS = ("sections", "points", "calls_to_action")

Key = Callable[[JSON], Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """`written` are the ids of the rows that say what the text says, `kept` what it doesn't mention."""

    document: JSON
    written: frozenset[str]
    kept: tuple[str, ...]

    def texts(self, document: JSON) -> Iterator[str]:
        """What the stored document says in the rows that come from the text."""
        for row in (row for name in ROWS for row in document.get(name, ()) if row["id"] in self.written):
            yield " ".join(row.get(name, "") for name in ("heading", "label", "text", "url"))
            yield all_text_of(row.get("body", ""))


def path_draft(path: Path, existing: JSON | None) -> Draft:
    document = existing or _new("career-path", path.title, path.slug)
    points = [{"side": point.side, "label": point.label, "text": point.text} for point in path.points]
    return _draft(
        document,
        path.sections,
        {
            "points": _merged(
                document.get("points", []), points, [lambda row: (row["side"], key(row["label"]))]
            )
        },
    )


def comparison_draft(article: ParsedArticle, paths: Sequence[str], existing: JSON | None) -> Draft:
    """The comparison of the paths with these ids."""
    document = existing or _new("comparison", article.title.text, article.slug)
    if article.title.said and words(article.title.text) != words(document["title"]):
        document = document | {"title": article.title.text}
    calls = [
        {"label": call.label, "text": call.text} | ({"url": call.url} if call.url else {})
        for call in article.calls
    ]
    return _draft(
        document,
        article.sections,
        {
            "contenders": _merged(
                document.get("contenders", []), [{"path": path} for path in paths], [lambda row: row["path"]]
            ),
            "calls_to_action": _merged(
                document.get("calls_to_action", []), calls, [lambda row: key(row["label"])], {"url": HOME}
            ),
        },
    )


def _new(kind: str, title: str, slug: str) -> JSON:
    return {"schema": kinds.get(kind).schema, "kind": kind, "id": str(uuid4()), "title": title, "slug": slug}


def _draft(document: JSON, sections: Sequence[Section], merged: dict[str, "_Merged"]) -> Draft:
    rows = [{"role": each.role, "heading": each.heading, "body": each.html} for each in sections]
    merged = merged | {"sections": _merged(document.get("sections", []), rows, [_heading, _role])}
    return Draft(
        document
        | {name: each.rows for name, each in merged.items()}
        | {"summary": _summary(document, sections)},
        frozenset(pk for each in merged.values() for pk in each.written),
        tuple(text for name, each in merged.items() for text in each.kept(name)),
    )


def _summary(document: JSON, sections: Sequence[Section]) -> str:
    """The editor's summary, or else the first sentences of the text; a line such as “By Jo” is none."""
    texts = [text for each in sections if (text := text_of(each.html))]
    first = next((text for text in texts if SENTENCE_END.search(text)), "".join(texts[:1]))
    return document.get("summary") or opening(first, LONGEST_SUMMARY)


def _heading(row: JSON) -> Any:
    return row["role"], key(row["heading"])


def _role(row: JSON) -> Any:
    """Parts that an article has once are the same part under another heading."""
    return row["role"] if row["role"] != "body" else None


@dataclass(frozen=True, slots=True)
class _Merged:
    rows: list[JSON]
    written: set[str]

    def kept(self, name: str) -> Iterator[str]:
        others = [row for row in self.rows if row["id"] not in self.written]
        if others:
            yield f"{name.replace('_', ' ')} {', '.join(f'“{_said(row)}”' for row in others)}"
        if any(row.get("understanding") for row in self.rows):
            yield "a contender's own “understanding”, shown here instead of its path's introduction"


def _said(row: JSON) -> str:
    return next(str(row[name]) for name in ("heading", "label", "role", "path") if row.get(name))


def _merged(
    existing: Sequence[JSON], found: Sequence[JSON], keys: Sequence[Key], default: JSON | None = None
) -> _Merged:
    """The existing rows, with those that are found again changed in place and new ones beside them.

    Two rows are the same where the first of the keys agrees that agrees with any; None agrees with nothing.
    """
    rows = list(existing)
    written: set[str] = set()
    place = 0
    for each in found:
        free = [row for row in rows if row["id"] not in written]
        same = next((row for by in keys for row in free if by(each) and by(row) == by(each)), None)
        if same:
            place = rows.index(same)
            rows[place] = same | each
        else:
            rows.insert(place, {"id": str(uuid4())} | (default or {}) | each)
        written.add(rows[place]["id"])
        place += 1
    return _Merged(rows, written)
