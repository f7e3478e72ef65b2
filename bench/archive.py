"""What an old publication has: people, tags, pictures, and articles in every state of their lives."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from articles import documents
from articles.models import Author, Byline, Comment, Facet, Image, Publication, Revision, Section

AUTHORS, TAGS, IMAGES = 400, 1_000, 8_000
# What became of how many in a hundred.
FATES = {"live": 74, "replaced": 10, "changed": 4, "draft": 5, "withdrawn": 4, "scheduled": 1, "trashed": 2}
FRESH = {"article": 365, "career-path": 180, "comparison": 180}  # days for which facts count as checked
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Archive:
    """What articles share."""

    authors: Sequence[Author]
    tags: Sequence[Any]
    images: Sequence[Image]


def stock(words: Sequence[str], chance: random.Random) -> Archive:
    """Make what articles share, or read it where it is there already."""
    from articles.models import Tag

    def named(model: Any, number: int) -> list[Any]:
        names = (" ".join(chance.sample(words, 2)).title() for _ in range(number))
        rows = [model(name=name, slug=f"bench-{place}") for place, name in enumerate(dict.fromkeys(names))]
        return _once(model, rows, slug__startswith="bench-")

    pictures = [
        Image(file=f"images/bench/{n}.jpg", alt=" ".join(chance.sample(words, 4)), width=1600, height=900)
        for n in range(IMAGES)
    ]
    images = _once(Image, pictures, file__startswith="images/bench/")
    return Archive(named(Author, AUTHORS), named(Tag, TAGS), images)


def _once(model: Any, rows: list[Any], **named: str) -> list[Any]:
    found = model.objects.filter(**named)
    if not found.exists():
        model.objects.bulk_create(rows, batch_size=500)
    return list(found.order_by("pk"))


@dataclass(frozen=True, slots=True)
class Shared:
    """Of one article: who wrote it, what it is tagged with, what it shows."""

    authors: Sequence[Author]
    tags: Sequence[Any]
    image: Image | None
    within: Image | None

    def facets(self) -> list[Facet]:
        authors = [Facet(name="author", target=a.pk, slug=a.slug, label=a.name) for a in self.authors]
        tags = [Facet(name="tag", target=t.pk, slug=t.slug, label=t.name) for t in self.tags]
        images = {each for each in (self.image, self.within) if each}
        return [*authors, *tags, *(Facet(name="image", target=i.pk, slug="", label=i.alt) for i in images)]

    def rows(self, article: UUID, through: Any) -> list[Any]:
        """Those of the working copy that belong to it alone."""
        bylines = [Byline(article_id=article, author=a, position=n) for n, a in enumerate(self.authors)]
        tagged = [through(article_id=article, tag_id=tag.pk) for tag in self.tags]
        return [*bylines, *tagged, Section(article_id=article, heading="More", image=self.within)]


def share(archive: Archive, chance: random.Random) -> Shared:
    """Few tags and authors have most of the articles, as everywhere."""

    def some(rows: Sequence[Any], most: int, exponent: float) -> list[Any]:
        places = {min(int(chance.paretovariate(exponent)) - 1, len(rows) - 1) for _ in range(most)}
        return [rows[place] for place in places]

    images = [chance.choice(archive.images) if chance.random() < 0.5 else None for _ in range(2)]
    return Shared(
        some(archive.authors, chance.randint(1, 2), 0.3),
        some(archive.tags, chance.randint(0, 3), 0.3),
        *images,
    )


@dataclass(frozen=True, slots=True)
class Life:
    """An article's revisions and periods, the oldest first, and when it was last touched and trashed."""

    revisions: list[Revision]
    periods: list[Publication]
    touched_at: datetime
    trashed_at: datetime | None
    is_live: bool

    def kept(self, checked_on: date | None) -> dict[str, Any]:
        """What `states.keep` writes down on its article."""
        if not self.periods:
            return {}
        last = self.periods[-1]
        return {
            "last_begins_at": last.starts_at,
            "last_ends_at": last.ends_at,
            "differs": last.revision is not self.revisions[-1],
            "facts_due_on": (checked_on or last.first_published_at.date()) + DAY * FRESH[last.kind],
        }

    def checked_on(self, chance: random.Random) -> date | None:
        """Most facts were checked since they were first published."""
        if not self.periods or chance.random() < 0.4:
            return None
        first = self.periods[-1].first_published_at
        return (first + (self.touched_at - first) * chance.random() + DAY * chance.randint(0, 300)).date()


def live(pattern: Publication, texts: Sequence[str], note: str, now: datetime, chance: random.Random) -> Life:
    """A life; `pattern` is a period with its columns filled in, `texts` two documents that differ."""
    fate = chance.choices(list(FATES), list(FATES.values()))[0]
    born = now - timedelta(seconds=chance.randint(30 * 86_400, 3 * 365 * 86_400))
    again = born + (now - born) * chance.uniform(0.2, 0.9)
    several = fate in ("replaced", "changed")
    moments = [born, again] if several else [born]
    revisions = [
        Revision(
            article_id=pattern.article_id,
            number=number,
            created_at=moment,
            note=note if number > 1 else "",
            text=text,
            digest=documents.digest(text),
        )
        for number, (moment, text) in enumerate(zip(moments, texts, strict=False), start=1)
    ]
    starts = {
        "draft": [],
        "trashed": [],
        "scheduled": [now + DAY * chance.randint(1, 60)],
        "replaced": moments,
    }
    periods = [_period(pattern, start, born) for start in starts.get(fate, [born])]
    for period, following in pairwise(periods):
        period.ends_at = following.starts_at
    if fate == "withdrawn":
        periods[-1].until = periods[-1].ends_at = again
    for period, revision in zip(periods, revisions, strict=False):
        period.revision = revision
    touched = again if several or fate == "withdrawn" else born
    trashed = now - DAY * chance.random() * 30 if fate == "trashed" else None
    return Life(revisions, periods, touched, trashed, is_live=fate in ("live", "replaced", "changed"))


def _period(pattern: Publication, start: datetime, first: datetime) -> Publication:
    columns = {f.attname: getattr(pattern, f.attname) for f in Publication._meta.concrete_fields}
    return Publication(**columns | {"starts_at": start, "first_published_at": min(first, start)})


def replies(
    pattern: Sequence[Comment], article: UUID, words: Sequence[str], chance: random.Random
) -> list[Comment]:
    """What readers said, in words of their own; some of it waits."""
    made = []
    for _ in range(chance.randint(0, 3)):
        old = chance.choice(pattern) if pattern else Comment(name="A reader", text="Thank you.")
        status = chance.choices(
            [Comment.Status.APPROVED, Comment.Status.WAITING, Comment.Status.SPAM], [90, 2, 8]
        )[0]
        text = f"{old.text} {' '.join(chance.sample(words, 5))}"
        made.append(Comment(article_id=article, name=old.name, text=text, status=status))
    return made
