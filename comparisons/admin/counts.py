"""What was counted of a comparison's results: where they leaned, day by day, and what readers skipped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from articles import formats
from articles.admin.transitions import TransitionViews
from comparisons import counting
from comparisons.admin.chart import Chart, draw
from comparisons.models import (
    CareerPath,
    Comparison,
    Contender,
    LeanCounter,
    Question,
    QuestionCounter,
)
from comparisons.scoring import Verdict

SHOWN_DAYS = 60
MOST_SKIPPED = 10
MOST_COMPARISONS = 200
NOWHERE = {
    Verdict.TOO_CLOSE.value: "Too close to call",
    Verdict.NOT_ENOUGH.value: "Not enough answers",
}
Tallies = Mapping[date, Mapping[str, int]]  # results by day and lean


@dataclass(frozen=True, slots=True)
class Lean:
    """Where results leaned: a path or a verdict, and how many did."""

    name: str
    tone: str
    shown: int
    kept: int
    share: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question and how many results skipped it."""

    prompt: str
    skipped: int
    results: int
    share: str


class CountsViews(TransitionViews):
    """Pages of counts beside the form; whoever may view a comparison may see them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("counts/", view(self.counted_view), name="comparisons_comparison_counted"),
            path("<uuid:pk>/counts/", view(self.counts_view), name="comparisons_comparison_counts"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def counts_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Of one comparison. One that was composed from paths is known by its counts alone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        original = Comparison.objects.filter(pk=pk).first()
        tallies = tallied(pk)
        if original is None and not tallies:
            raise Http404(f"There is no comparison with the id {pk}, and nothing was counted for it.")
        names = _names(pk, tallies)
        title = original.title if original else " vs ".join(names.values())
        context = {"subtitle": title, **_counts(pk, tallies, names)}
        return self._counts_page(request, "counts", context, original)

    @method_decorator(require_safe)
    def counted_view(self, request: HttpRequest) -> HttpResponse:
        """All comparisons with results, those that nobody has written among them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._counts_page(request, "counted", {"counted": counted(_first_shown(_today()))})

    def _counts_page(
        self,
        request: HttpRequest,
        name: str,
        context: Mapping[str, Any],
        comparison: Comparison | None = None,
    ) -> HttpResponse:
        shared = {"days": SHOWN_DAYS, "counting": settings.COUNT_DECISIONS}
        template = f"admin/comparisons/{name}.html"
        return self.page_about(comparison, request, template, "Counts of results", {**shared, **context})


def _today() -> date:
    return counting.day_of(timezone.now())


def _first_shown(today: date) -> date:
    return today - timedelta(days=SHOWN_DAYS - 1)


def _counts(pk: UUID, tallies: Tallies, names: dict[str, str]) -> dict[str, Any]:
    today = _today()
    first = _first_shown(today)
    days = [first + timedelta(days=number) for number in range(SHOWN_DAYS)]
    rows = {day: tallies[day] for day in days if day in tallies}
    leans = lean_rows(names, rows, tallies)
    return {
        "leans": leans,
        "shown": sum(lean.shown for lean in leans),
        "kept": sum(lean.kept for lean in leans),
        "kept_days": counting.KEPT.days,
        "chart": _chart(days, rows, leans, list(names | NOWHERE)),
        "rows": [_row(day, rows[day], list(names | NOWHERE)) for day in sorted(rows, reverse=True)],
        "skipped": skipped(pk, first),
    }


def _chart(days: Sequence[date], rows: Tallies, leans: Sequence[Lean], keys: Sequence[str]) -> Chart | None:
    if not rows:
        return None
    columns = [[rows.get(day, {}).get(key, 0) for key in keys] for day in days]
    return draw(days, columns, [lean.tone for lean in leans], [lean.name for lean in leans])


def _row(day: date, tally: Mapping[str, int], keys: Sequence[str]) -> dict[str, Any]:
    return {"day": day, "numbers": [tally.get(key, 0) for key in keys], "total": sum(tally.values())}


# --- What was counted ----------------------------------------------------------------------------


def tallied(comparison: UUID) -> Tallies:
    """All that is kept of a comparison."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    rows = LeanCounter.objects.of(comparison).values_list("day", "lean", "results")
    for day, lean, results in rows:
        found[day][lean] = results
    return found


def lean_rows(names: dict[str, str], shown: Tallies, kept: Tallies) -> list[Lean]:
    """One for each path, then one for each verdict that leans nowhere."""
    total = sum(sum(tally.values()) for tally in shown.values())
    tones = [f"lean-{place}" for place in range(1, len(names) + 1)] + [f"lean-{key}" for key in NOWHERE]
    return [
        Lean(name, tone, _sum(shown, key), _sum(kept, key), share(_sum(shown, key), total))
        for (key, name), tone in zip((names | NOWHERE).items(), tones, strict=True)
    ]


def _sum(tallies: Tallies, lean: str) -> int:
    return sum(tally.get(lean, 0) for tally in tallies.values())


def share(part: int, whole: int) -> str:
    return formats.percent(str(round(100 * part / whole))) if whole else "–"


def skipped(comparison: UUID, first: date) -> list[Skipped]:
    """The questions that results skipped most often since a day, with their shares."""
    counters = QuestionCounter.objects.of(comparison).since(first).values("question")
    rows = counters.annotate(unanswered=Sum("skipped"), given=Sum("answered"))
    counted = [(row["question"], row["unanswered"], row["unanswered"] + row["given"]) for row in rows]
    most = sorted(counted, key=lambda row: (-row[1] / row[2], -row[1], row[0]))[:MOST_SKIPPED]
    prompts = dict(Question.objects.filter(pk__in=[row[0] for row in most]).values_list("pk", "prompt"))
    return [
        Skipped(prompts.get(question, "A question that was deleted"), times, results, share(times, results))
        for question, times, results in most
        if times
    ]


# --- Which comparisons ---------------------------------------------------------------------------


def _names(comparison: UUID, tallies: Tallies) -> dict[str, str]:
    """The paths that it compares now, then by title those that it compared when results were counted."""
    contenders = Contender.objects.filter(comparison=comparison).values_list("path_id", flat=True)
    now = list(map(str, contenders))
    before = {lean for tally in tallies.values() for lean in tally} - NOWHERE.keys() - set(now)
    names = names_of([*now, *before])
    return {path: names[path] for path in [*now, *sorted(before, key=names.__getitem__)]}


def names_of(paths: Iterable[str]) -> dict[str, str]:
    keys = list(paths)
    titles = {str(path.pk): path.title for path in CareerPath.objects.filter(pk__in=keys).only("title")}
    return {key: titles.get(key, "A path that was deleted") for key in keys}


def counted(first: date) -> list[dict[str, Any]]:
    """The comparisons with the most results since a day: id, title, whether somebody has written them."""
    tallies: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = LeanCounter.objects.since(first).values("comparison", "lean").annotate(sum=Sum("results"))
    for row in rows:
        tallies[row["comparison"]][row["lean"]] = row["sum"]
    most = sorted(tallies, key=lambda pk: (-sum(tallies[pk].values()), pk))[:MOST_COMPARISONS]
    written = {found.pk: found.title for found in Comparison.objects.filter(pk__in=most).only("title")}
    paths = {pk: sorted(tallies[pk].keys() - NOWHERE.keys()) for pk in most}
    names = names_of({path for pk in most if pk not in written for path in paths[pk]})
    return [
        {
            "pk": pk,
            "title": written.get(pk) or " vs ".join(sorted(names[path] for path in paths[pk])),
            "written": pk in written,
            "results": sum(tallies[pk].values()),
        }
        for pk in most
    ]
