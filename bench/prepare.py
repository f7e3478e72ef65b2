"""Fill the database of a benchmark, and say as JSON what is to be asked and what it costs in queries."""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

ASKED = 200  # different addresses in turn, so that no row is hot
TERMS = 40


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    title: str
    paths: list[str]
    body: str | None = None
    queries: int = 0


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demonstration", stdout=sys.stderr)
    call_command("rebuild_pages", stdout=sys.stderr)
    call_command("rebuild_findings", stdout=sys.stderr)
    from bench.generate import generate

    rate = generate(int(sys.argv[1]))
    pages = [_tried(page) for page in _pages()]
    print(json.dumps({"rate": rate, "scoring": _scoring(), "pages": [asdict(page) for page in pages]}))


def _slugs(kind: str) -> list[str]:
    from django.utils import timezone

    from articles.models import Publication

    live = Publication.objects.at(timezone.now())
    found = live.filter(kind=kind, slug__startswith="bench-").order_by("slug")
    return list(found.values_list("slug", flat=True)[:ASKED])


def _pages() -> list[Page]:
    comparisons = _slugs("comparison")
    answers = _answers(comparisons[0])
    return [
        Page("comparison", "comparison page", [f"/compare/{slug}/" for slug in comparisons]),
        Page("career", "career page", [f"/careers/{slug}/" for slug in _slugs("career-path")]),
        Page("list", "list", ["/articles/", "/careers/", "/compare/"]),
        Page("search", "search", [f"/search/?q={term}" for term in _terms()]),
        Page("detail", "API detail", [f"/api/v1/comparisons/{slug}/" for slug in comparisons]),
        Page("items", "API list", ["/api/v1/articles/", "/api/v1/career-paths/", "/api/v1/comparisons/"]),
        Page("decision", "decision (POST)", [f"/api/v1/comparisons/{comparisons[0]}/decision/"], answers),
    ]


def _terms() -> list[str]:
    """Words of real titles of the benchmark: some common, most rare."""
    from articles.models import Publication

    titles = (
        Publication.objects.filter(slug__startswith="bench-").order_by("slug").values_list("title", flat=True)
    )
    return [title.split()[0].lower() for title in titles[:TERMS]]


def _answers(slug: str) -> str:
    from django.test import Client

    form = Client(HTTP_HOST="127.0.0.1").get(f"/api/v1/comparisons/{slug}/decision/").json()
    return json.dumps({"answers": {question["id"]: 1 for question in form["questions"]}})


def _tried(page: Page) -> Page:
    """The page asked once in this process: it must answer; its bytes and queries are kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    _ask(client, page)
    with CaptureQueriesContext(connection) as captured:
        response = _ask(client, page)
    if response.status_code != 200:
        raise SystemExit(f"{page.paths[0]} answered {response.status_code}.")
    folder = Path(os.environ["BENCH_BODIES"])
    (folder / f"{page.name}.body").write_bytes(response.content)
    (folder / f"{page.name}.type").write_text(response["Content-Type"])
    return Page(page.name, page.title, page.paths, page.body, len(captured))


def _ask(client: Any, page: Page) -> Any:
    if page.body:
        return client.post(page.paths[0], page.body, content_type="application/json")
    return client.get(page.paths[0])


def _scoring(times: int = 200) -> float:
    """Seconds of CPU for one result of the demonstration's comparison, form and documents in hand."""
    from django.utils import timezone

    from articles import reading
    from comparisons.answers import Answers, fill
    from comparisons.presenting import payload
    from comparisons.reading import decision_form
    from comparisons.scoring import score_sheet

    slug = "microtask-gig-work-vs-remote-project-management"
    found = reading.resolve_with_document("comparison", slug, timezone.now())
    form, _ = decision_form(found.publication, timezone.now())
    sheet = fill(form.table, Answers({q.id: index % 5 for index, q in enumerate(form.questions)}))
    started = time.process_time()
    for _ in range(times):
        payload(form, sheet, score_sheet(form.table, sheet))
    return (time.process_time() - started) / times


if __name__ == "__main__":
    main()
