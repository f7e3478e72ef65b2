"""Every list, filter, search and chooser of the editors' desk: what each asks the database, and its CPU time.

The time is that of this process and of the database's own, which on SQLite is the same. Parts of names
choose some of the pages: `python -m bench.desk draft`.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import django

MOST_QUERIES = 10
MOST_ON_FIRST_PAGE = 15
MOST_CPU = 200.0  # ms
FIRST_PAGE = "desk"
TIMES = 3
DEEP = 50  # the last page of a list that ends


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of the desk: statements, and milliseconds of CPU, the least of some times."""

    name: str
    queries: int
    cpu: float

    @property
    def is_over(self) -> bool:
        most = MOST_ON_FIRST_PAGE if self.name == FIRST_PAGE else MOST_QUERIES
        return self.queries > most or self.cpu > MOST_CPU


def main() -> None:
    django.setup()
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what helpers do would not be seen
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    wanted = sys.argv[1:]
    for name, path in pages():
        if not wanted or any(each in name for each in wanted):
            print(json.dumps(asdict(_opened(name, path))), flush=True)


def pages() -> Iterator[tuple[str, str]]:
    """Names and addresses of what is opened."""
    from django.urls import reverse

    yield FIRST_PAGE, reverse("admin:index")
    yield "desk: unfinished work", reverse("admin:desk_list", args=["drafts"])
    yield "calendar", reverse("admin:calendar")
    yield "who may do what", reverse("admin:roles")
    yield "tasks", reverse("admin:tasks")
    yield from _lists()
    yield from _filtered()
    yield from _searches()
    yield from _choosers()
    yield from _single()
    yield from _programs()


def _lists() -> Iterator[tuple[str, str]]:
    from django.contrib import admin

    from articles.models import Article, Comment, Event, Finding, Image, Publication, Revision
    from comparisons.models import CareerPath, Comparison

    for model in admin.site._registry:
        yield f"{model._meta.verbose_name_plural}", _list(model)
    deep = (Article, CareerPath, Comparison, Comment, Event, Finding, Image, Publication, Revision)
    for model in deep:
        if model._default_manager.all()[(DEEP - 1) * 50 :].exists():
            yield f"{model._meta.verbose_name_plural}, page {DEEP}", f"{_list(model)}?p={DEEP}"


def _filtered() -> Iterator[tuple[str, str]]:
    from articles.models import (
        Article,
        Comment,
        Event,
        ExternalLink,
        PreviewLink,
        Publication,
        Revision,
        State,
    )
    from comparisons.models import CareerPath, Comparison

    for model in (Article, CareerPath, Comparison):
        plural = model._meta.verbose_name_plural
        for state in State:
            yield f"{plural}: {state.label}", f"{_list(model)}?state={state}"
        yield f"{plural} by title", f"{_list(model)}?o=1"
        yield f"{plural} by title, live", f"{_list(model)}?o=1&state=live"
        yield f"{plural} in German", f"{_list(model)}?language__exact=de"
        for name, pk in _frequent_and_rare("tags"):
            yield f"{plural} with a {name} tag", f"{_list(model)}?tags__id__exact={pk}"
        for name, pk in _frequent_and_rare("authors"):
            yield f"{plural} by a {name} author", f"{_list(model)}?authors__id__exact={pk}"
            yield f"{plural} by a {name} author, live", f"{_list(model)}?authors__id__exact={pk}&state=live"
    yield from _findings()
    yield from _freshness()
    for status in Comment.Status:
        yield f"comments: {status.label}", f"{_list(Comment)}?status__exact={status}"
    for kind in ("article", "question-bank"):
        yield f"revisions of kind {kind}", f"{_list(Revision)}?article__kind={kind}"
        yield f"publications of kind {kind}", f"{_list(Publication)}?kind={kind}"
    yield "publications in German", f"{_list(Publication)}?language=de"
    for period in ("scheduled", "live"):
        yield f"publications: {period}", f"{_list(Publication)}?period={period}"
    for model in (Article, CareerPath, Comparison):
        for value in ("in-review", "mine"):
            yield f"{model._meta.verbose_name_plural}: {value}", f"{_list(model)}?review={value}"
    for asked in ("action__exact=published", "action__exact=purged", "who=bench", "kind=comparison"):
        yield f"trail: {asked}", f"{_list(Event)}?{asked}"
    yield "open preview links", f"{_list(PreviewLink)}?state=open"
    for query in ("result=broken", "result=all", "seen=live", "seen=live&result=all", "host=host-1.example"):
        yield f"external links: {query}", f"{_list(ExternalLink)}?{query}"


def _findings() -> Iterator[tuple[str, str]]:
    from articles.models import Finding

    report = _list(Finding)
    for level in ("stops", "warns", "informs"):
        yield f"findings that are {level}", f"{report}?level={level}"
    for check in ("readability", "unsourced", "absolutes"):
        yield f"findings of {check}", f"{report}?check={check}"
        yield f"findings of {check} in comparisons", f"{report}?check={check}&kind=comparison"
    for state in Finding.Standing:
        yield f"findings: {state.label}", f"{report}?state={state}"
        yield f"findings: {state.label}, warns", f"{report}?state={state}&level=warns&kind=article"
    for name, pk in _frequent_and_rare("authors"):
        yield f"findings by a {name} author", f"{report}?article__authors__id__exact={pk}"
        both = f"{report}?article__authors__id__exact={pk}&state=draft&level=informs"
        yield f"findings by a {name} author, drafts", both


def _freshness() -> Iterator[tuple[str, str]]:
    from django.urls import reverse
    from django.utils import timezone

    from articles.models import Due

    for kind in ("article", "comparison", "question-bank"):
        yield f"due of kind {kind}", f"{_list(Due)}?kind={kind}"
    for name, pk in _frequent_and_rare("authors"):
        yield f"due by a {name} author", f"{_list(Due)}?authors__id__exact={pk}"
    if Due.objects.due(timezone.now())[DEEP * 50 :].exists():
        yield f"due, page {DEEP}", f"{_list(Due)}?p={DEEP}"
    claims = reverse("admin:claims")
    yield "claims to check again", claims
    yield f"claims to check again, page {DEEP}", f"{claims}?p={DEEP}"
    yield "claims mended and not published", f"{claims}?where=published"


def _searches() -> Iterator[tuple[str, str]]:
    from articles.models import (
        Article,
        Author,
        Comment,
        ExternalLink,
        Image,
        PreviewLink,
        Publication,
        Revision,
        Tag,
    )
    from comparisons.models import CareerPath, Comparison

    title = Article.objects.order_by("slug").filter(slug__startswith="bench-")[0].title
    rare, other = title.split()[:2]
    words = {"a rare word": rare, "two words": f"{rare} {other}", "one letter": "b", "no match": "zzzz"}
    for model in (
        Article,
        CareerPath,
        Comparison,
        Comment,
        Revision,
        Publication,
        PreviewLink,
        Image,
        Tag,
        Author,
    ):
        for name, word in words.items():
            yield f"{model._meta.verbose_name_plural}: {name}", f"{_list(model)}?q={word}"
    yield "articles: one letter, draft", f"{_list(Article)}?q=b&state=draft"
    for word in ("number-77", "zzzz"):
        yield f"external links: {word}", f"{_list(ExternalLink)}?q={word}&result=all&seen=live"


def _choosers() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    complete, targets = reverse("admin:autocomplete"), reverse("admin:link_targets")
    fields = [
        ("articles", "article", "tags"),
        ("articles", "article", "reviewer"),
        ("articles", "byline", "author"),
        ("comparisons", "contender", "path"),
        ("comparisons", "rating", "question"),
        ("comparisons", "question", "criterion"),
        ("comparisons", "criterion", "bank"),
    ]
    for app, model, field in fields:
        for word in ("", "b", "zzzz"):
            asked = f"?app_label={app}&model_name={model}&field_name={field}&term={word}"
            yield f"choosing {field} by “{word}”", complete + asked
    for word in ("", "b", "ba de"):
        yield f"choosing a link by “{word}”", f"{targets}?q={word}"


def _single() -> Iterator[tuple[str, str]]:
    from django.db.models import Count

    from articles.models import Article, Author, ExternalLink, Image, LinkUse, Publication, Tag
    from comparisons.models import CareerPath

    tag, author = (next(iter(_frequent_and_rare(name)))[1] for name in ("tags", "authors"))
    image = Image.objects.order_by("pk").filter(file__startswith="images/bench/")[0].pk
    path = Publication.objects.filter(kind="career-path", facets__isnull=False).order_by("pk")[0].article_id
    for model, pk in ((Tag, tag), (Author, author), (Image, image), (CareerPath, path)):
        yield f"delete: {model._meta.verbose_name}", _page(model, "delete", pk)
    yield "form: image", _page(Image, "change", image)
    yield "form: tag", _page(Tag, "change", tag)
    article = Article.objects.filter(kind="article", publications__isnull=False).order_by("pk")[0].pk
    yield "history: article", _page(Article, "history", article)
    yield "withdraw: path", _page(CareerPath, "withdraw", path)
    used = LinkUse.objects.values("link").annotate(number=Count("pk")).order_by("-number", "link")[0]["link"]
    yield "form: external link", _page(ExternalLink, "change", used)
    yield "replace: external link", _page(ExternalLink, "replace", used)


def _programs() -> Iterator[tuple[str, str]]:
    """The drafts as the programs of editors list and read them."""
    from urllib.parse import urlencode

    from django.urls import reverse

    from articles.models import Article, State

    drafts = reverse("api:draft-list")
    changed = Article.objects.order_by("-updated_at")[DEEP].updated_at
    queries: list[dict[str, str]] = [
        {},
        {"ordering": "updated"},
        {"page_size": "100"},
        {"mine": "true"},
        {"review": "in-review"},
        {"slug": "bench-none"},
        {"kind": "article"},
        {"changed_since": changed.isoformat()},
        *({"state": state} for state in State.values),
        *({"state": state, "kind": "comparison"} for state in State.values),
    ]
    for query in queries:
        yield f"API of drafts: {urlencode(query) or 'all'}", f"{drafts}?{urlencode(query)}"
    one = Article.objects.filter(kind="comparison").order_by("pk")[0]
    for action in ("detail", "revisions", "findings"):
        yield f"API of drafts: {action}", reverse(f"api:draft-{action}", args=[one.pk])


def _frequent_and_rare(name: str) -> list[tuple[str, Any]]:
    from django.db.models import Count

    from articles.models import Article

    column = Article._meta.get_field(name).remote_field.model  # type: ignore[union-attr]
    used = column.objects.annotate(uses=Count("articles")).filter(uses__gt=0).order_by("uses", "pk")
    return [("frequent", used.last().pk), ("rare", used.first().pk)]


def _list(model: Any) -> str:
    from django.urls import reverse

    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _page(model: Any, page: str, pk: Any) -> str:
    from django.urls import reverse

    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[pk])


# --- Measuring --------------------------------------------------------------------------------------


def _opened(name: str, path: str) -> Opened:
    """Opened once to warm up, then some times."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client()
    _answer(client, path)
    with CaptureQueriesContext(connection) as captured:
        _answer(client, path)
    return Opened(name, len(captured), min(_cpu_of(client, path) for _ in range(TIMES)))


def _client() -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    editor, _ = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    client.force_login(editor)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {_token(editor)}"
    return client


@cache
def _token(editor: Any) -> str:
    from careersite import tokens

    return tokens.issue(editor, name="bench", lasts=timedelta(days=1))[1]


def _answer(client: Any, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}.")


def _cpu_of(client: Any, path: str) -> float:
    started, database = time.process_time(), _database_cpu()
    _answer(client, path)
    return (time.process_time() - started + _database_cpu() - database) * 1000


def _database_cpu() -> float:
    """Seconds of CPU of the server process behind our connection; it works alone."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main()
