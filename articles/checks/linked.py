"""Links to articles that readers can't follow. Pure."""

from collections.abc import Iterator
from datetime import datetime

from articles import formats
from articles.checks.found import Finding, Level, Place
from articles.checks.surroundings import Surroundings, Target, absences
from articles.checks.texts import TAG, rich_texts
from articles.records import JSON, Record
from articles.richtext import article_links

CHECK = "link"
GONE = Target("an article that is not here any more")
ADVICE = "Choose another, or remove the link."


def links(record: Record, document: JSON) -> Iterator[tuple[Place, str, str]]:
    """Each link to another article: where it stands, its target's id, and its words."""
    for place, html in rich_texts(record, document):
        for link in article_links(html):
            if str(link.target) != document["id"]:
                yield place, str(link.target), " ".join(TAG.sub("", link.words).split())


def leading_nowhere(record: Record, document: JSON, surroundings: Surroundings) -> Iterator[Finding]:
    for place, target, words in links(record, document):
        yield from findings(place, words, surroundings.targets.get(target), surroundings.moment)


def findings(place: Place, words: str, target: Target | None, moment: datetime) -> Iterator[Finding]:
    """When a link leads nowhere, now or later on."""
    for since, until in absences(target.periods if target else (), moment):
        message = f"“{words}” leads to {_what(target, since, until)}. Readers get plain words there. {ADVICE}"
        yield Finding(CHECK, Level.INFORMS if until else Level.WARNS, message, place, since, until)


def _what(target: Target | None, since: datetime | None, until: datetime | None) -> str:
    if target is None:
        return GONE.title
    if target.trashed:
        return f"“{target.title}”, which is in the trash"
    if until:
        return f"“{target.title}”, which goes live on {formats.moment(until)}"
    if since:
        return f"“{target.title}”, which is withdrawn from {formats.moment(since)} on"
    return f"“{target.title}”, which is not live"
