"""Publications by the thousand: the demonstration's documents and rendered parts under other names.

Each clone has its own ids, address, title and words to search for; what it holds is as large and as varied
as real content. Rows are written as `publishing` writes them, in bulk.
"""

import random
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from articles import translations
from articles.models import Article, Comment, Facet, Finding, Publication, Source
from bench import archive, links, newsroom
from comparisons.models import Contender, Point

BATCH = 200
STANDING = ("last_begins_at", "last_ends_at", "differs")  # of an article, kept with its findings
THROUGH = Article.tags.through
CITED = Point.sources.through
SHARES = {"article": 0.6, "career-path": 0.2, "comparison": 0.2}
WORDS_EACH = 60
VOCABULARY = 30_000
OWN = {"tag", "author", "image", "source", translations.FACET}  # facets that are not cloned


@dataclass(frozen=True, slots=True)
class Pattern:
    """A live publication of the demonstration, to be cloned."""

    publication: Publication
    facets: list[Facet]
    comments: list[Comment]
    findings: list[Finding]

    @property
    def slug(self) -> str:
        return self.publication.slug


def vocabulary(chance: random.Random) -> list[str]:
    syllables = [consonant + vowel for consonant in "bdklmn" for vowel in "aeiou"]
    lengths = (chance.randint(3, 5) for _ in range(VOCABULARY))
    return sorted({"".join(chance.choices(syllables, k=length)) for length in lengths})


def generate(count: int, *, seed: int = 1) -> float:
    """Add articles until there are `count`; returns how many a second it made."""
    missing = count - Article.objects.count()
    started = time.perf_counter()
    chance = random.Random(seed)
    words = vocabulary(chance)
    patterns = {kind: list(_patterns(kind)) for kind in SHARES}
    shared = archive.stock(words, chance)
    paths: list[Clone] = []
    writers = 2 if connection.vendor == "postgresql" else 1
    with ThreadPoolExecutor(writers) as pool:  # batches are stored while the next is made
        stored: deque[Future[None]] = deque()
        for kind in ("career-path", "article", "comparison"):
            total = round(missing * SHARES[kind])
            for start in range(0, total, BATCH):
                size = min(BATCH, total - start)
                batch = [
                    _clone(chance.choice(patterns[kind]), words, chance, paths, shared) for _ in range(size)
                ]
                if len(stored) > writers:
                    stored.popleft().result()
                stored.append(pool.submit(_store, kind, batch))
                if kind == "career-path":
                    paths += [clone for clone in batch if clone.life.is_live][:50]
        for batch_stored in stored:
            batch_stored.result()
    links.add(count, seed=seed)
    _analyse()
    return max(missing, 0) / (time.perf_counter() - started)


@dataclass(slots=True)
class Clone:
    article: Article
    life: archive.Life
    shared: archive.Shared
    facets: list[Facet]
    comments: list[Comment]
    findings: list[Finding]
    claim: "Claim | None"

    @property
    def paths(self) -> list[UUID]:
        return [facet.target for facet in self.facets if facet.required]


def _patterns(kind: str) -> Iterator[Pattern]:
    live = Publication.objects.at(timezone.now()).of_kind(kind).select_related("revision")
    for publication in live.exclude(slug__startswith="bench-"):
        replies = Comment.objects.filter(article=publication.article_id)
        findings = Finding.objects.filter(article=publication.article_id)
        yield Pattern(publication, list(publication.facets.all()), list(replies.approved()), list(findings))


def _clone(
    pattern: Pattern, words: list[str], chance: random.Random, paths: list[Clone], shared: archive.Archive
) -> Clone:
    old = pattern.publication
    pk, slug = uuid4(), f"bench-{uuid4().hex[:12]}"
    title = " ".join(chance.choices(words, k=4)).capitalize()
    swaps = [(str(old.article_id), str(pk)), (old.slug, slug), (old.title, title)]
    required = [facet for facet in pattern.facets if facet.required]
    chosen = chance.sample(paths, len(required)) if required else []
    swaps += [(str(f.target), str(c.article.pk)) for f, c in zip(required, chosen, strict=True)]
    claim = _claim(pattern, pk, chance)
    swaps += [claim.swap] if claim else []
    publication = Publication(
        article_id=pk,
        kind=old.kind,
        slug=slug,
        language=old.language,
        title=title,
        summary=old.summary,
        search_text=f"{old.search_text} {' '.join(_zipf(words, chance))}",
        listed=old.listed,
        card=_swapped(old.card, swaps),
        card_html=_swapped(old.card_html, swaps),
        page=_swapped(old.page, swaps),
        fragments=_swapped(old.fragments, swaps),
        rendered_with=old.rendered_with,
    )
    text = _swapped(old.revision.text, swaps)
    note = " ".join(chance.sample(words, 3)).capitalize()
    life = archive.live(
        publication, (text, text.replace(title, f"{title}, again")), note, timezone.now(), chance
    )
    own = archive.share(shared, chance)
    checked_on = life.checked_on(chance)
    article = Article(
        id=pk,
        kind=old.kind,
        title=title,
        slug=slug,
        summary=old.summary,
        image=own.image,
        updated_at=life.touched_at,
        trashed_at=life.trashed_at,
        reviewed_on=checked_on,
        **life.kept(checked_on),
    )
    comments = archive.replies(pattern.comments, pk, words, chance)
    alone = Facet(name=translations.FACET, target=pk, label=title[:200])  # a group of its own
    facets = [*_facets(pattern, chosen), alone, *own.facets(), *(claim.facets() if claim else ())]
    standing = {name: value for name, value in life.kept(None).items() if name in STANDING}
    findings = [_finding(each, pk, standing) for each in pattern.findings] if not life.trashed_at else []
    return Clone(article, life, own, facets, comments, findings, claim)


@dataclass(frozen=True, slots=True)
class Claim:
    """A point of a path, and the source that it rests on under an identifier of its own."""

    point: Point
    source: Source
    swap: tuple[str, str]

    def facets(self) -> list[Facet]:
        day = self.source.valid_until
        facet = Facet(name="source", target=self.source.pk, slug=str(day), label=str(self.source)[:200])
        return [facet] if day else []

    def rows(self) -> list[Any]:
        return [self.source, self.point, CITED(point=self.point, source=self.source)]


def _claim(pattern: Pattern, path: UUID, chance: random.Random) -> Claim | None:
    """About one in four of these sources has expired."""
    document = pattern.publication.revision.document
    said = next((each for each in document.get("points", ()) if each["sources"]), None)
    if said is None or document["kind"] != "career-path":
        return None
    known = next(each for each in document["sources"] if each["id"] == said["sources"][0])
    source = Source(article_id=path, publisher=known["publisher"], title=known["title"])
    source.valid_until = timezone.localdate() + timedelta(days=chance.randint(-365, 1000))
    point = Point(path_id=path, side=said["side"], label=said["label"])
    return Claim(point, source, (known["id"], str(source.pk)))


def _finding(old: Finding, article: UUID, standing: dict[str, Any]) -> Finding:
    names = ("kind", "gravity", "check_name", "message", "place", "since", "until")
    return Finding(article_id=article, **{name: getattr(old, name) for name in names}, **standing)


def _facets(pattern: Pattern, chosen: list[Clone]) -> list[Facet]:
    targets = iter(chosen)
    found = []
    for facet in pattern.facets:
        if facet.name in OWN:
            continue
        other = next(targets) if facet.required else None
        found.append(
            Facet(
                name=facet.name,
                target=other.article.pk if other else facet.target,
                slug=other.article.slug if other else facet.slug,
                label=other.article.title if other else facet.label,
                required=facet.required,
            )
        )
    return found


def _zipf(words: list[str], chance: random.Random) -> list[str]:
    """Words as a language has them: few are common, most are rare."""
    return [words[min(int(chance.paretovariate(0.4)) - 1, len(words) - 1)] for _ in range(WORDS_EACH)]


def _swapped(text: str, swaps: list[tuple[str, str]]) -> str:
    for old, new in swaps:
        text = text.replace(old, new)
    return text


def _store(kind: str, batch: list[Clone]) -> None:
    try:
        _store_rows(kind, batch)
    finally:
        connection.close()  # this thread's own


@transaction.atomic
def _store_rows(kind: str, batch: list[Clone]) -> None:
    touched = {clone.article.pk: clone.article.updated_at for clone in batch}
    Article.objects.bulk_create(clone.article for clone in batch)
    for clone in batch:  # making them has set it to now
        clone.article.updated_at = touched[clone.article.pk]
    Article.objects.bulk_update([clone.article for clone in batch], ["updated_at"])
    _store_children(kind, [clone.article.pk for clone in batch])
    _store_parts([row for clone in batch for row in clone.shared.rows(clone.article.pk, THROUGH)])
    _store_parts([row for clone in batch for row in _contenders(kind, clone)])
    _store_parts([row for clone in batch if clone.claim for row in clone.claim.rows()])
    _store_parts([revision for clone in batch for revision in clone.life.revisions])
    _store_parts([row for clone in batch for row in newsroom.rows(clone.article, clone.life)])
    periods = [period for clone in batch for period in clone.life.periods]
    for period in periods:
        period.revision_id = period.revision.pk
    _store_parts(periods)
    _store_parts([facet for clone in batch for facet in _facets_of_periods(clone)])
    _store_parts([comment for clone in batch for comment in clone.comments])
    _store_parts([finding for clone in batch for finding in clone.findings])


def _store_parts(rows: list[Any]) -> None:
    for model in dict.fromkeys(map(type, rows)):
        model.objects.bulk_create([row for row in rows if type(row) is model])


def _contenders(kind: str, clone: Clone) -> list[Contender]:
    if kind != "comparison":
        return []
    return [Contender(comparison_id=clone.article.pk, path_id=path) for path in clone.paths]


def _facets_of_periods(clone: Clone) -> Iterator[Facet]:
    for period in clone.life.periods:
        for facet in clone.facets:
            yield Facet(
                publication=period,
                name=facet.name,
                target=facet.target,
                slug=facet.slug,
                label=facet.label,
                required=facet.required,
            )


def _store_children(kind: str, pks: list[UUID]) -> None:
    """The rows of multi-table children, which `bulk_create` does not make."""
    table = {"career-path": "comparisons_careerpath", "comparison": "comparisons_comparison"}.get(kind)
    if table:
        values = [pk if connection.vendor == "postgresql" else pk.hex for pk in pks]
        places = ", ".join(["(%s)"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} (article_ptr_id) VALUES {places}", values)  # noqa: S608


def _analyse() -> None:
    """Statistics, as a database that has been running for a while has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute(
                "INSERT INTO articles_publication_search(articles_publication_search) VALUES ('optimize')"
            )
            cursor.execute("ANALYZE")
