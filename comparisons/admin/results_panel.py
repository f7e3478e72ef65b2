"""What the desk's first page shows of results: how many there were, day by day, and where they leaned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Case, F, Sum, Value, When
from django.urls import reverse

from articles.admin import panels
from articles.admin.panels import Found, Panel, Place
from comparisons import counting
from comparisons.admin.chart import Chart, draw
from comparisons.models import LeanCounter
from comparisons.scoring import Verdict

DAYS = 28
LEANS = Verdict.LEANS.value
WORDS = {
    LEANS: "leaned to a path",
    Verdict.TOO_CLOSE.value: "were too close to call",
    Verdict.NOT_ENOUGH.value: "had not enough answers",
}
TONES = {verdict: "lean-1" if verdict == LEANS else f"lean-{verdict}" for verdict in WORDS}


@dataclass(frozen=True, slots=True)
class Sums:
    tone: str
    number: int
    words: str


def _results(user: User, moment: datetime, limit: int) -> Found:
    today = counting.day_of(moment)
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    tallies = _tallies(days[0])
    columns = [[tallies.get(day, {}).get(verdict, 0) for verdict in WORDS] for day in days]
    sums = [
        Sums(TONES[verdict], sum(column[place] for column in columns), words)
        for place, (verdict, words) in enumerate(WORDS.items())
    ]
    shown = {"chart": _chart(days, columns), "sums": sums, "days": DAYS}
    return Found(sum(each.number for each in sums), more=shown | {"counting": settings.COUNT_DECISIONS})


def _tallies(first: date) -> Mapping[date, Mapping[str, int]]:
    """Results by day and verdict. A lean is the id of a path or a verdict: all paths count as one."""
    verdicts = [When(lean=verdict, then=F("lean")) for verdict in WORDS if verdict != LEANS]
    counted = LeanCounter.objects.since(first).filter(results__gt=0)
    rows = counted.annotate(verdict=Case(*verdicts, default=Value(LEANS))).values("day", "verdict")
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for row in rows.annotate(sum=Sum("results")):
        found[row["day"]][row["verdict"]] = row["sum"]
    return found


def _chart(days: Sequence[date], columns: Sequence[Sequence[int]]) -> Chart | None:
    if not any(map(any, columns)):
        return None
    return draw(days, columns, list(TONES.values()), list(WORDS.values()))


panels.register(
    Panel(
        name="results",
        title="Results of decision forms",
        may=panels.holding("comparisons.view_comparison"),
        place=Place.READERS,
        find=_results,
        nothing=lambda user: f"No reader has finished a decision form in the last {DAYS} days.",
        whole=lambda: reverse("admin:comparisons_comparison_counted"),
        whole_words="Comparison by comparison",
        template="admin/comparisons/_results_panel.html",
    )
)
