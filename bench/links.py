"""Links to other sites by the thousand: as many as there are articles, and a few that very many have."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from articles.external_links import addresses
from articles.models import Article, ExternalLink, LinkUse, Publication

HOSTS = 20_000
POPULAR = 3  # links that every fifth article has
RESULTS = {"good": 80, "moved": 8, "broken": 6, "trouble": 4, "closed": 2}  # of a hundred
BATCH = 2_000


def add(count: int, *, seed: int = 1) -> None:
    """Add links until there are `count`, used by the articles of the benchmark."""
    missing = count - ExternalLink.objects.count()
    articles = list(
        Article.objects.filter(slug__startswith="bench-").order_by("pk").values_list("pk", flat=True)
    )
    if missing <= 0 or not articles:
        return
    chance = random.Random(seed)
    links = [_link(number, chance) for number in range(missing)]
    ExternalLink.objects.bulk_create(links, batch_size=BATCH)
    live = dict(Publication.objects.at(timezone.now()).order_by().values_list("article", "pk"))
    for place in range(0, missing, BATCH):
        several = [(link, chance.choice(articles)) for link in links[place : place + BATCH] for _ in range(2)]
        LinkUse.objects.bulk_create(use for link, pk in several for use in _uses(link, pk, live.get(pk)))
    for link in links[:POPULAR]:
        LinkUse.objects.bulk_create(
            (use for pk in articles[::5] for use in _uses(link, pk, live.get(pk))), batch_size=BATCH
        )


def _link(number: int, chance: random.Random) -> ExternalLink:
    url = f"https://host-{chance.randrange(HOSTS)}.example/some/path/number-{number}/"
    result = chance.choices(list(RESULTS), list(RESULTS.values()))[0]
    now = timezone.now()
    return ExternalLink(
        pk=addresses.key(url),
        url=url,
        host=addresses.host(url),
        result=result,
        needs_attention=result != "good",
        words="404 Not Found." if result == "broken" else "200 OK.",
        suggestion=f"{url}new/" if result == "moved" else "",
        since=now - timedelta(seconds=chance.randrange(10**7)),
        next_check_at=now + timedelta(seconds=chance.randrange(10**6)),
    )


def _uses(link: ExternalLink, article: object, publication: int | None) -> Iterator[LinkUse]:
    for each in {None, publication}:
        yield LinkUse(
            link=link,
            address=link.url,
            article_id=article,
            publication_id=each,
            place="sources/url",
            words="source, address",
        )
