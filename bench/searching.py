"""How long a search takes among very many publications: `python -m bench.searching 100000`.

Works in the database that DATABASE_URL names, which is to be an empty one. Rows are stored in bulk, with
words as a language has them: few are nearly everywhere, most are rare. On PostgreSQL a number beyond 100,000
is reached by copying those within the database.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from typing import Any
from uuid import uuid4

import django

BATCH = 500
MADE = 100_000  # as many are made one by one
VOCABULARY, WORDS = 30_000, 300
PEOPLE, TAGS = 400, 1_000
ROUNDS = 40
BUDGETS = {"sqlite": 40, "postgresql": 25}
RENDERED = "by the benchmark"  # with no documents to render again
KINDS = ("article", "career-path", "comparison")


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    count = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(count)
    print(f"{count:,} publications after {time.perf_counter() - started:.0f} s on {connection.vendor}")
    for name, times in measure():
        cuts = statistics.quantiles(times, n=100)
        print(f"{name:<34} p50 {cuts[49]:6.1f} ms   p95 {cuts[94]:6.1f} ms")


def fill(count: int) -> None:
    from django.db import connection

    from articles.models import Publication, Word
    from articles.search.terms import stem

    missing = min(count, MADE) - Publication.objects.count()
    chance = random.Random(1)
    words, weights = language(chance)
    people = [(uuid4(), f"person-{n}", f"Person {n}") for n in range(PEOPLE)]
    tags = [(uuid4(), f"tag-{n}", f"Tag {n}") for n in range(TAGS)]
    if not Word.objects.exists():
        rows = [
            Word(language="en", word=word, folded=word, stem=stem(word, "en"), titled=True) for word in words
        ]
        Word.objects.bulk_create(rows, 2_000)
    for _ in range(0, missing, BATCH):
        store(BATCH, chance, words, weights, people, tags)
    multiply(count)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            cursor.execute("VACUUM ANALYZE")
        else:
            for table in ("articles_publication_search", "articles_publication_lead"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
            cursor.execute("ANALYZE")


def language(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words, the most common first, and how common they and those before them are."""
    from bench.generate import vocabulary

    words = vocabulary(chance)
    chance.shuffle(words)
    return words, list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


def store(size: int, chance: random.Random, words: Any, weights: Any, people: Any, tags: Any) -> None:
    from django.db import transaction

    from articles.models import Facet

    def text(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    rows: list[Any] = []
    facets: list[Any] = []
    for _ in range(size):
        article, revision, publication = parts(chance, text)
        rows.append((article, revision, publication))
        named = [("author", chance.choice(people)), *(("tag", tag) for tag in chance.sample(tags, 2))]
        facets += [
            Facet(publication=publication, name=name, target=pk, slug=slug, label=label)
            for name, (pk, slug, label) in named
        ]
    with transaction.atomic():
        for made in zip(*rows, strict=True):
            type(made[0]).objects.bulk_create(made)
        Facet.objects.bulk_create(facets)


def parts(chance: random.Random, text: Any) -> tuple[Any, Any, Any]:
    from datetime import timedelta

    from django.utils import timezone

    from articles.models import Article, Publication, Revision

    now = timezone.now()
    start = now - timedelta(minutes=chance.randint(1, 2_000_000))
    pk, title, kind = uuid4(), text(5).capitalize(), chance.choices(KINDS, (6, 2, 2))[0]
    article = Article(id=pk, title=title, slug=pk.hex, kind=kind)
    revision = Revision(article=article, number=1, created_at=now, text="{}", digest="")
    publication = Publication(
        article=article,
        revision=revision,
        starts_at=start,
        ends_at=start + timedelta(minutes=1) if chance.random() < 0.15 else None,
        first_published_at=start,
        kind=kind,
        slug=pk.hex,
        language="en",
        title=title,
        summary=text(18),
        search_text=text(WORDS),
        card="{}",
        rendered_with=RENDERED,
    )
    return article, revision, publication


def multiply(count: int) -> None:
    """Copy what is there until there are so many; without what keeps addresses apart, as these are new."""
    from django.db import connection

    from articles.models import Publication

    if Publication.objects.count() >= count:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in LAID_DOWN:
            cursor.execute(statement)
        while (there := Publication.objects.count()) < count:
            double(cursor, count - there)
            print(f"{Publication.objects.count():,} after copying", flush=True)
        for statement in TAKEN_UP:
            cursor.execute(statement)


def double(cursor: Any, most: int) -> None:
    """As many again at most."""
    cursor.execute(COPIED, {"most": most})
    for table, join, replaced in COPIES:
        columns = [name for name in stored(cursor, table) if name != "id" or "id" in replaced]
        taken = ", ".join(replaced.get(name, f"old.{name}") for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table} AS old "  # noqa: S608
            f"JOIN copied ON {join}"
        )
    cursor.execute("DROP TABLE copied")


def stored(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


LAID_DOWN = (
    "ALTER TABLE articles_publication DROP CONSTRAINT IF EXISTS publication_periods_overlap",
    "ALTER TABLE articles_publication DROP CONSTRAINT IF EXISTS publication_address_taken",
    "DROP INDEX IF EXISTS publication_search",
    "DROP INDEX IF EXISTS publication_lead",
)
TAKEN_UP = (
    "CREATE INDEX publication_search ON articles_publication USING gin (search_vector)",
    "CREATE INDEX publication_lead ON articles_publication USING gin (lead_vector)",
)
COPIED = """CREATE TEMP TABLE copied AS SELECT id, article_id, revision_id, gen_random_uuid() AS article,
    nextval(pg_get_serial_sequence('articles_publication', 'id')) AS publication,
    nextval(pg_get_serial_sequence('articles_revision', 'id')) AS revision
    FROM articles_publication ORDER BY id LIMIT %(most)s"""
SLUG = "replace(copied.article::text, '-', '')"
COPIES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("articles_article", "copied.article_id = old.id", {"id": "copied.article", "slug": SLUG}),
    (
        "articles_revision",
        "copied.revision_id = old.id",
        {"id": "copied.revision", "article_id": "copied.article"},
    ),
    (
        "articles_publication",
        "copied.id = old.id",
        {
            "id": "copied.publication",
            "revision_id": "copied.revision",
            "article_id": "copied.article",
            "slug": SLUG,
        },
    ),
    ("articles_facet", "copied.id = old.publication_id", {"publication_id": "copied.publication"}),
)


def asked(chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    words, _ = language(random.Random(1))
    common, middling, rare = words[:8], words[100:300], words[3_000:20_000]

    def some(*among: Any) -> list[str]:
        return ["/search/?q=" + "+".join(chance.choice(each) for each in among) for _ in range(ROUNDS)]

    yield "a rare word", some(rare)
    yield "a word of some", some(middling)
    yield "a word that is nearly everywhere", some(common)
    yield "two such words", some(common, common)
    yield "a common and a rare word", some(common, rare)
    yield "two words of some", some(middling, middling)
    yield "the beginning of a word", [at[:-3] for at in some(rare)]
    yield "a common word and a tag", [f"{at}&tag=tag-{n}" for n, at in enumerate(some(common))]
    yield "a common word and a kind", [f"{at}&kind=comparison" for at in some(common)]
    yield "a word that is written wrongly", [f"{at}x" for at in some(rare)]
    yield "page 5 of a common word", [f"{at}&page=5" for at in some(common)]
    yield "the beginning of a title word", [at[:-4] for at in some(rare)]


def measure() -> Iterator[tuple[str, list[float]]]:
    """Milliseconds that pages took in this process and the database, by what was asked and all told."""
    from django.test import Client

    from articles import rendering

    rendering.fingerprint = lambda: RENDERED  # type: ignore[assignment]
    client = Client(HTTP_HOST="127.0.0.1")
    every: list[float] = []
    for name, addresses in asked(random.Random(2)):
        client.get(addresses[0])
        times = [timed(client, address) for address in addresses]
        every += times
        yield name, times
    yield "all of them", every


def timed(client: Any, address: str) -> float:
    started = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}.")
    return took


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
