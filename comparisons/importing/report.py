"""What an import tells the person who ran it: what was recognised, where it went, what to do next."""

from collections.abc import Iterator
from itertools import groupby

from comparisons.importing.parsed import ParsedArticle, Path
from comparisons.importing.storing import EDITORIAL_TEAM, Outcome

Row = tuple[str, str, str]


def recognised(article: ParsedArticle) -> Iterator[str]:
    """A table: the lines, what they are, and the field they went to."""
    rows = sorted(_rows(article), key=lambda row: int(row[0].split("–")[0]))
    wide = max((len(what) for _, what, _ in rows), default=0)
    yield "Recognised"
    yield from (f"  {lines:>9}  {what:<{wide}}  → {where}" for lines, what, where in rows)


def decoration(article: ParsedArticle) -> Iterator[str]:
    yield "Decoration, in no field"
    wide = max((len(each.reason) for each in article.decoration), default=0)
    yield from (f"  {each.line:>9}  {each.reason:<{wide}}  {each.text}" for each in article.decoration)


def warnings(article: ParsedArticle) -> Iterator[str]:
    if article.warnings:
        yield "Look at"
        yield from (f"  {warning}" for warning in article.warnings)


def stored(outcome: Outcome) -> Iterator[str]:
    yield "Stored"
    for each in outcome.all:
        yield f"  {each.kind.label} “{each.article.title}”: {each.change}, revision {each.revision.number}"
        yield f"    {str(each.state.label).lower()}: {each.address}"
        if each.kept:
            yield f"    kept, though the text doesn't mention it: {'; '.join(each.kept)}"
    if outcome.signed_by:
        yield f"  signed by {outcome.signed_by.name}{_why(outcome)}"


def _why(outcome: Outcome) -> str:
    made = outcome.signed_by is not None and outcome.signed_by.slug == EDITORIAL_TEAM[0]
    return ", since no author was named. Name one with --author." if made else ""


def _rows(article: ParsedArticle) -> Iterator[Row]:
    title = "comparison"
    if article.title.said:
        yield str(article.title.line), f"“{article.title.text}”", f"{title}: title"
    for section in article.sections:
        yield (
            _lines(section.first, section.last),
            _quoted(section.heading),
            f"{title}: section, {section.role}",
        )
    for call in article.calls:
        yield str(call.line), _quoted(call.label), f"{title}: call to action"
    for path in article.paths:
        yield from _path_rows(path)


def _path_rows(path: Path) -> Iterator[Row]:
    where = f"career path “{path.title}”"
    for section in path.sections:
        yield (
            _lines(section.first, section.last),
            _quoted(section.heading),
            f"{where}: section, {section.role}",
        )
    for side, points in groupby(path.points, key=lambda point: point.side):
        found = list(points)
        what = f"{len(found)} {side}{'s' * (len(found) > 1)}"
        yield _lines(found[0].line, found[-1].line), what, f"{where}: points"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "text without a heading"


def _lines(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
