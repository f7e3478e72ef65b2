"""Facts of a path that say something else than before, and comparisons whose own words mention them still."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from articles import documents, reading
from articles.comparing import address
from articles.kinds import FollowUp
from articles.models import Article, Publication, Revision
from articles.templatetags.figures import figure
from comparisons import mentions
from comparisons.mentions import Figure
from comparisons.models import Contender
from comparisons.own_words import passages

JSON = Mapping[str, Any]
SAID = ("low", "high", "unit", "period", "label")
SHOWN = 5  # places that a task names
AT_ONCE = 100
MENDED = "So readers see it; the draft says so no more. Publish it."


# --- Pure --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A fact as it was, and as it is; None where it is no longer there."""

    before: JSON
    after: JSON | None

    @property
    def stale(self) -> set[Decimal]:
        """The values of the old figure that don't hold any more."""
        ends = {name: Decimal(self.before[name]) for name in ("low", "high")}
        if self.after is None or any(self.before[name] != self.after[name] for name in SAID[2:]):
            return set(ends.values())
        return {value for name, value in ends.items() if value != Decimal(self.after[name])}

    def sentence(self, path: str) -> str:
        """“Typical pay” of “Gig work” was USD 2–6 per hour and is USD 3–7 per hour."""
        was, label = figure(self.before), self.before["label"]
        if self.after is None:
            return f"“{label}” of “{path}” was {was}, and the path does not say so any more."
        named = "" if self.after["label"] == label else f", called “{self.after['label']}”"
        return f"“{label}” of “{path}” was {was} and is {figure(self.after)}{named}."


def changes(before: Sequence[JSON], after: Sequence[JSON]) -> list[Change]:
    """The facts whose figure or label changed. One that was written anew is known by its label."""
    ids, labels = {fact["id"]: fact for fact in after}, {fact["label"]: fact for fact in after}
    paired = ((fact, ids.get(fact["id"]) or labels.get(fact["label"])) for fact in before)
    return [Change(fact, now) for fact, now in paired if now is None or _said(fact) != _said(now)]


def _said(fact: JSON) -> tuple[Any, ...]:
    return Decimal(fact["low"]), Decimal(fact["high"]), *(fact[name] for name in SAID[2:])


@dataclass(frozen=True, slots=True)
class Found:
    """Where a comparison mentions an old figure: the place of the likeliest, and all of them in words."""

    place: str
    words: str


def mentioned(comparison: JSON, path: str, change: Change) -> Found | None:
    """What the comparison's own words say of the figure as it was."""
    fact = change.before
    old = Figure(fact["label"], Decimal(fact["low"]), Decimal(fact["high"]), fact["unit"], fact["period"])
    met = [(each, mentions.find(each.text, old, change.stale)) for each in passages(comparison, path)]
    found = [(passage, mention) for passage, mention in met if mention]
    if not found:
        return None
    likeliest, _ = max(found, key=lambda each: each[1].points)
    lines = [f"In {each.where}: “{mention.excerpt(each.text)}”" for each, mention in found[:SHOWN]]
    lines += [f"And in {len(found) - SHOWN} more places."] if len(found) > SHOWN else []
    return Found(address(likeliest.place), "\n".join(lines))


# --- From the database -------------------------------------------------------------------------------


def follow_ups(document: JSON, moment: datetime) -> Iterator[FollowUp]:
    """For each comparison of the path and each changed fact that its own words mention: what to look at.

    The facts are held against those that readers saw last before the moment.
    """
    path = UUID(document["id"])
    before = _document_before(path, moment)
    changed = changes(before["facts"], document["facts"]) if before else []
    for compared in _comparing(path, moment) if changed else ():
        for change in changed:
            if found := compared.mentioning(document["id"], change):
                text = f"{change.sentence(document['title'])}\n{found.words}"
                yield FollowUp(compared.article, UUID(change.before["id"]), text, found.place)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what its draft says, and what readers see of it where that is something else."""

    article: Article
    draft: JSON | None
    live: JSON | None

    def mentioning(self, path: str, change: Change) -> Found | None:
        found = mentioned(self.draft, path, change) if self.draft else None
        if found or not self.live:
            return found
        shown = mentioned(self.live, path, change)
        return replace(shown, words=f"{shown.words}\n{MENDED}") if shown and self.draft else shown


def _document_before(path: UUID, moment: datetime) -> JSON | None:
    """What readers saw of it last before a moment, be it withdrawn since; None where they never did."""
    periods = Publication.objects.filter(article=path, starts_at__lt=moment).order_by("-starts_at")
    return _read(periods.values_list("revision__text", flat=True).first())


def _comparing(path: UUID, moment: datetime) -> Iterator[Compared]:
    """The comparisons that name the path, in their drafts or live."""
    drafts = Contender.objects.filter(path=path).values("comparison").order_by()
    live = reading.live(moment).of_kind("comparison").about("path", path).order_by()
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("text")
    shown = Publication.objects.at(moment).filter(article=OuterRef("pk")).values("revision__text")
    found = Article.objects.not_trashed().filter(pk__in=drafts.union(live.values("article")))
    told = found.annotate(draft=Subquery(newest[:1]), shown=Subquery(shown[:1])).order_by("title", "pk")
    for article in told.iterator(chunk_size=AT_ONCE):
        other = article.shown if article.shown != article.draft else None
        yield Compared(article, _read(article.draft), _read(other))


def _read(text: str | None) -> JSON | None:
    return documents.upgrade(json.loads(text)) if text else None
