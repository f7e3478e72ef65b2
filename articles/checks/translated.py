"""What an article says that it translates. Pure."""

from collections.abc import Iterator
from datetime import datetime

from articles import formats
from articles.checks.found import Finding, Level
from articles.checks.surroundings import Surroundings, Target, absences
from articles.records import JSON

CHECK = "translation"
PLACE = ("translates",)
LOST = "Readers of the one aren’t led to the other then."


def findings(document: JSON, surroundings: Surroundings) -> Iterator[Finding]:
    """Whether readers can be led from one language to the other, now and later on."""
    if document["translates"] is None:
        return
    target = surroundings.targets.get(document["translates"])
    if message := _wrong(document, target):
        yield Finding(CHECK, Level.WARNS, message, PLACE)
    elif target:
        yield from _absent(target, surroundings.moment)


def _wrong(document: JSON, target: Target | None) -> str:
    if target is None:
        return "What it translates is not here any more. Choose another, or none."
    if document["translates"] == document["id"]:
        return "It names itself as what it translates. Choose the article that was there first, or none."
    if target.kind != document["kind"]:
        return f"“{target.title}”, which it translates, is of another kind. Choose one of the same."
    if target.language == document["language"]:
        return f"“{target.title}”, which it translates, is in the same language. Correct one of the two."
    if target.translates:
        return f"“{target.title}”, which it translates, is a translation itself. Choose what that translates."
    return ""


def _absent(target: Target, moment: datetime) -> Iterator[Finding]:
    for since, until in absences(target.periods, moment):
        level = Level.INFORMS if until else Level.WARNS
        message = f"“{target.title}”, which it translates, {_when(target, since, until)}. {LOST}"
        yield Finding(CHECK, level, message, PLACE, since, until)


def _when(target: Target, since: datetime | None, until: datetime | None) -> str:
    if target.trashed:
        return "is in the trash"
    if until:
        return f"goes live on {formats.moment(until)}"
    return f"is withdrawn from {formats.moment(since)} on" if since else "is not live"
