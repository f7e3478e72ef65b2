"""Comparisons that no editor has written, composed from the paths' own publications.

They are documents like any other, of two to four paths that are live at a moment, and get the same page,
decision form and results. An editor's article on the same paths takes the address over once it is live.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from uuid import UUID, uuid5

from django.core.validators import slug_re
from django.utils.translation import gettext

from articles import documents, kinds, reading
from articles.languages import spoken
from articles.models import Publication, Revision
from articles.reading import VERSUS, Found, Gone, Moved, Outcome
from articles.records import JSON
from articles.templatetags.figures import figure
from comparisons.checks import BANK_SLUG
from comparisons.decision import asked
from comparisons.models import FEWEST_CONTENDERS, MOST_CONTENDERS
from comparisons.reading import COMPARISON as KIND
from comparisons.reading import PATH, comparison_of

IDS = UUID("5b1c0d1e-8a53-4f8e-9a0c-0c6f5b7c7f11")  # the namespace of their identifiers


def identifier(paths: Iterable[UUID | str]) -> UUID:
    """The same for the same paths, in whatever order."""
    return uuid5(IDS, " ".join(sorted(map(str, paths))))


def find(slug: str, moment: datetime) -> Outcome:
    """What stands at an address that no article has: a comparison of the paths it names, if all are live."""
    names = slug.split(VERSUS)
    counted = FEWEST_CONTENDERS <= len(names) <= MOST_CONTENDERS and len(set(names)) == len(names)
    if not counted or not all(map(slug_re.match, names)):
        return None
    if written := comparison_of(names, moment):
        return _elsewhere(written.slug)
    outcomes = {name: reading.resolve_with_document(PATH, name, moment) for name in names}
    paths = [outcome.publication for outcome in outcomes.values() if isinstance(outcome, Found)]
    if len(paths) < len(names):
        return _incomplete(outcomes)
    composed = compose(paths, _bank(moment))
    return Found(composed) if composed.slug == slug else _elsewhere(composed.slug)


def _incomplete(outcomes: Mapping[str, Outcome]) -> Outcome:
    for outcome in outcomes.values():
        if outcome is None or isinstance(outcome, Gone):
            return outcome
    names = (
        outcome.address.rstrip("/").rpartition("/")[2] if isinstance(outcome, Moved) else name
        for name, outcome in outcomes.items()
    )
    return _elsewhere(VERSUS.join(sorted(names)))


def _elsewhere(slug: str) -> Moved:
    """Not for ever: an editor may come to write the comparison, with its paths in another order."""
    return Moved(f"/compare/{slug}/", permanent=False)


def at(paths: Sequence[UUID], moment: datetime) -> Publication | None:
    """The comparison of these paths as it was at a moment; None where one of them was not live."""
    found = reading.live(moment).of_kind(PATH).filter(article__in=paths).select_related("revision")
    return compose(list(found), _bank(moment)) if len(found) == len(paths) else None


def compose(paths: Sequence[Publication], bank: JSON | None) -> Publication:
    """An unsaved publication that compares paths, whose own publications come with their revisions.

    The ratings stand side by side as far as the question bank is given.
    """
    ordered = sorted(paths, key=lambda path: path.slug)
    members = [documents.upgrade(path.revision.document) for path in ordered]
    with spoken(members[0]["language"]):
        document = _document(members, bank)
    return Publication(
        article_id=UUID(document["id"]),
        revision=Revision(text=documents.canonical(document), number=0),
        kind=KIND,
        slug=document["slug"],
        language=document["language"],
        title=document["title"],
        summary=document["summary"],
        starts_at=max(path.starts_at for path in ordered),
        first_published_at=max(path.starts_at for path in ordered),
    )


def _bank(moment: datetime) -> JSON | None:
    bank = reading.live(moment).of_kind(BANK_SLUG).select_related("revision").first()
    return documents.upgrade(bank.revision.document) if bank else None


def _document(paths: Sequence[JSON], bank: JSON | None) -> JSON:
    own = identifier(path["id"] for path in paths)
    title = reduce(_versus, [paths[0]["title"], *(_within(path) for path in paths[1:])])
    rows = [*_fact_rows(paths), *(_rating_rows(paths, bank) if bank else ())]
    return {
        "schema": kinds.get(KIND).schema,
        "kind": KIND,
        "id": str(own),
        "title": title,
        "slug": VERSUS.join(path["slug"] for path in paths),
        "summary": gettext("What each path’s own page says, side by side."),
        "language": paths[0]["language"],
        "reviewed_on": None,
        "translates": None,
        "authors": [],
        "reviewer": None,
        "tags": [],
        "image": None,
        "image_alt": "",
        "image_decorative": False,
        "sources": [],
        "sections": [],
        "calls_to_action": [],
        "corrections": [],
        "contenders": [
            {"id": str(uuid5(own, path["id"])), "path": path["id"], "understanding": ""} for path in paths
        ],
        "points": [],
        "differences": [
            {"id": str(uuid5(own, aspect)), "aspect": aspect, "cells": cells, "sources": []}
            for aspect, cells in rows
        ],
        "questions": [],
        "examples": [],
    }


def _versus(first: str, last: str) -> str:
    return gettext("%(first)s vs %(last)s") % {"first": first, "last": last}


def _within(path: JSON) -> str:
    """The title as it stands within an English one: “remote customer support”, but “AWS engineering”."""
    title: str = path["title"]
    first = title.split()[0]
    return title[0].lower() + title[1:] if path["language"] == "en" and first[1:].islower() else title


def _fact_rows(paths: Sequence[JSON]) -> Iterator[tuple[str, dict[str, str]]]:
    """What at least two paths give a figure for."""
    facts = [{fact["label"]: fact for fact in path["facts"]} for path in paths]
    for label in dict.fromkeys(label for each in facts for label in each):
        told = ((path["id"], each[label]) for path, each in zip(paths, facts, strict=True) if label in each)
        cells = {path: _figure(fact) for path, fact in told}
        if len(cells) > 1:
            yield label, cells


def _figure(fact: JSON) -> str:
    if not fact["region"]:
        return figure(fact)
    return gettext("%(figure)s (%(region)s)") % {"figure": figure(fact), "region": fact["region"]}


def _rating_rows(paths: Sequence[JSON], bank: JSON) -> Iterator[tuple[str, dict[str, str]]]:
    """Each question on which all paths are rated, with the ends of its scale: rating and uncertainty."""
    ratings = [{rating["question"]: rating for rating in path["ratings"]} for path in paths]
    questions = {q["id"]: q for criterion in bank["criteria"] for q in criterion["questions"]}
    for key in asked([], list(questions), ratings):
        yield (
            _scale(questions[key]),
            {path["id"]: _place(each[key]) for path, each in zip(paths, ratings, strict=True)},
        )


def _scale(question: JSON) -> str:
    first, *_, last = question["options"]
    told = gettext("%(question)s (from 0, “%(low)s”, to 100, “%(high)s”)")
    return told % {"question": question["prompt"], "low": first, "high": last}


def _place(rating: JSON) -> str:
    return f"{rating['value']}\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{rating['uncertainty']}"
