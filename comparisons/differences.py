"""The table of a comparison's differences by itself, as it is live at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from articles import reading, spreadsheets
from articles.documents import upgrade
from articles.markdown import front_matter, twins
from articles.models import Publication
from articles.pages import numbered
from articles.records import JSON


@dataclass(frozen=True, slots=True)
class Row:
    aspect: str
    cells: tuple[str, ...]  # in the order of the contenders
    sources: tuple[JSON, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    names: tuple[str, ...]  # of the contenders, as they are called at the moment
    rows: tuple[Row, ...]


def answer(publication: Publication, moment: datetime, form: str) -> HttpResponse | None:
    """The table as a file, in the language of its words; None where the comparison has none."""
    table = of(publication, moment)
    if not table.rows:
        return None
    response = _csv(publication, table) if form == "csv" else _markdown(publication, table)
    page = f"{settings.SITE_URL}/compare/{publication.slug}/"
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{page}>; rel="canonical"'
    return response


def of(publication: Publication, moment: datetime) -> Differences:
    """`publication` comes with its revision. One query."""
    document = upgrade(publication.revision.document)
    paths = [contender["path"] for contender in document["contenders"]]
    live = reading.live(moment).filter(article__in=paths).values_list("article_id", "title")
    names = {str(path): title for path, title in live}
    sources = numbered(document["sources"])
    rows = (_row(row, paths, sources) for row in document["differences"])
    return Differences(tuple(names.get(path, "") for path in paths), tuple(rows))


def _row(row: JSON, paths: list[str], sources: dict[str, JSON]) -> Row:
    cells = tuple(row["cells"].get(path, "") for path in paths)
    return Row(row["aspect"], cells, tuple(sources[pk] for pk in row["sources"] if pk in sources))


def _csv(publication: Publication, table: Differences) -> HttpResponse:
    header = (gettext("Aspect"), *table.names, gettext("Sources"))
    text = "".join(spreadsheets.lines(map(spreadsheets.cell, header), _lines(table)))
    name = f"{publication.slug}-differences.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Language": publication.language,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _lines(table: Differences) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        yield row.aspect, *row.cells, "\n".join(map(_told, row.sources))


def _told(source: JSON) -> str:
    named = f"{source['publisher']}, {source['title']}"
    return f"{named}, {source['url']}" if source["url"] else named


def _markdown(publication: Publication, table: Differences) -> HttpResponse:
    title = gettext("%(title)s: the differences at a glance") % {"title": publication.title}
    page = f"/compare/{publication.slug}/"
    top = front_matter.of_page(title, f"{settings.SITE_URL}{page}", publication.language)
    html = render_to_string("comparisons/differences.html", {"title": title, "table": table})
    return twins.answer(top, html, publication.language, page)
