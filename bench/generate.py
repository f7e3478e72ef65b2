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
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from articles import documents
from articles.models import Article, Comment, Facet, Publication, Revision

BATCH = 200
SHARES = {"article": 0.6, "career-path": 0.2, "comparison": 0.2}
WORDS_EACH = 60
VOCABULARY = 30_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A live publication of the demonstration, to be cloned."""

    publication: Publication
    facets: list[Facet]
    comments: list[Comment]

    @property
    def slug(self) -> str:
        return self.publication.slug


def vocabulary(chance: random.Random) -> list[str]:
    syllables = [consonant + vowel for consonant in "bdklmn" for vowel in "aeiou"]
    lengths = (chance.randint(3, 5) for _ in range(VOCABULARY))
    return sorted({"".join(chance.choices(syllables, k=length)) for length in lengths})


def generate(count: int, *, seed: int = 1) -> float:
    """Add publications until there are `count`; returns how many a second it made."""
    missing = count - Publication.objects.count()
    started = time.perf_counter()
    chance = random.Random(seed)
    words = vocabulary(chance)
    patterns = {kind: list(_patterns(kind)) for kind in SHARES}
    paths: list[Clone] = []
    writers = 2 if connection.vendor == "postgresql" else 1
    with ThreadPoolExecutor(writers) as pool:  # batches are stored while the next is made
        stored: deque[Future[None]] = deque()
        for kind in ("career-path", "article", "comparison"):
            total = round(missing * SHARES[kind])
            for start in range(0, total, BATCH):
                size = min(BATCH, total - start)
                batch = [_clone(chance.choice(patterns[kind]), words, chance, paths) for _ in range(size)]
                if len(stored) > writers:
                    stored.popleft().result()
                stored.append(pool.submit(_store, kind, batch))
                paths += batch[: 50 if kind == "career-path" else 0]
        for batch_stored in stored:
            batch_stored.result()
    _analyse()
    return max(missing, 0) / (time.perf_counter() - started)


@dataclass(slots=True)
class Clone:
    article: Article
    revision: Revision
    publication: Publication
    facets: list[Facet]
    comments: list[Comment]


def _patterns(kind: str) -> Iterator[Pattern]:
    live = Publication.objects.at(timezone.now()).of_kind(kind).select_related("revision")
    for publication in live.exclude(slug__startswith="bench-"):
        replies = Comment.objects.filter(article=publication.article_id)
        yield Pattern(publication, list(publication.facets.all()), list(replies.approved()))


def _clone(pattern: Pattern, words: list[str], chance: random.Random, paths: list[Clone]) -> Clone:
    old = pattern.publication
    pk, slug = uuid4(), f"bench-{uuid4().hex[:12]}"
    title = " ".join(chance.choices(words, k=4)).capitalize()
    swaps = [(str(old.article_id), str(pk)), (old.slug, slug), (old.title, title)]
    required = [facet for facet in pattern.facets if facet.required]
    chosen = chance.sample(paths, len(required)) if required else []
    swaps += [(str(f.target), str(c.article.pk)) for f, c in zip(required, chosen, strict=True)]
    now = timezone.now()
    born = now - timedelta(seconds=chance.randint(60, 3 * 365 * 86_400))
    article = Article(id=pk, kind=old.kind, title=title, slug=slug, summary=old.summary, updated_at=now)
    text = _swapped(old.revision.text, swaps)
    revision = Revision(article_id=pk, number=1, created_at=born, text=text, digest=documents.digest(text))
    publication = Publication(
        article_id=pk,
        starts_at=born,
        first_published_at=born,
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
    comments = [Comment(article_id=pk, name=c.name, text=c.text, status=c.status) for c in pattern.comments]
    return Clone(article, revision, publication, _facets(pattern, chosen), comments)


def _facets(pattern: Pattern, chosen: list[Clone]) -> list[Facet]:
    targets = iter(chosen)
    found = []
    for facet in pattern.facets:
        other = next(targets) if facet.required else None
        found.append(
            Facet(
                name=facet.name,
                target=other.article.pk if other else facet.target,
                slug=other.publication.slug if other else facet.slug,
                label=other.publication.title if other else facet.label,
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
    Article.objects.bulk_create(clone.article for clone in batch)
    _store_children(kind, [clone.article.pk for clone in batch])
    Revision.objects.bulk_create(clone.revision for clone in batch)
    for clone in batch:
        clone.publication.revision = clone.revision
    Publication.objects.bulk_create(clone.publication for clone in batch)
    for clone in batch:
        for facet in clone.facets:
            facet.publication = clone.publication
    Facet.objects.bulk_create(facet for clone in batch for facet in clone.facets)
    Comment.objects.bulk_create(comment for clone in batch for comment in clone.comments)


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
