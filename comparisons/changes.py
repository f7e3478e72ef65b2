"""What would change a result: single answers, single steps of importance, and the fewest answers. Pure.

Only a change of the verdict counts: a lean that becomes a tie ("too close to call") or a lean to another
path, and a tie that becomes a lean to any path. Where there are not enough answers for a verdict, nothing
changes it but more answers, and there is nothing to list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import accumulate, chain
from math import gcd
from operator import or_, sub

from comparisons.answers import MAX_IMPORTANCE, POSITIONS, AnswerSheet, Form
from comparisons.distribution import MarginTable, Row, margin_table
from comparisons.scoring import Standing, Verdict, Weights, shortfall, stand, weigh

# Beyond this many units of the margin's span the fewest answers to a tie are bounded and not searched.
WIDEST_SPAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change leads to: LEANS to the leader, or TOO_CLOSE between the two; the margin in points."""

    verdict: Verdict
    leader: str
    runner_up: str
    margin: Fraction


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """Another option, 0 to 4, for one question; `was` is None where the reader skipped it."""

    question: str
    was: int | None
    option: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ImportanceChange:
    """An importance, 0 to 4, that is one step away from the reader's."""

    criterion: str
    was: int
    importance: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Fewest:
    """The least number of the given answers that must change; None where even changing all cannot do it.

    Where it is not exact, it is a lower bound: fewer never do it, more may be needed or not do it either.
    """

    number: int | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """All single changes of the verdict, in the form's order, and the fewest answers for others.

    `to_tie` is None unless the verdict leans, `to_lean` (to another path than now) unless there is a verdict.
    Both leave importances and skipped questions as they are; the single changes include answering one.
    """

    answers: tuple[AnswerChange, ...] = ()
    importances: tuple[ImportanceChange, ...] = ()
    to_tie: Fewest | None = None
    to_lean: Fewest | None = None


def find_changes(form: Form, sheet: AnswerSheet) -> Changes:
    """What would change the result of these answers. The sheet is `fill`'s and is not checked again."""
    weights = weigh(form, sheet)
    standing = stand(form, sheet, weights)
    if standing is None or shortfall(form, weights):
        return Changes()
    now = _outcome(form, standing)
    answers = tuple(_answer_changes(form, sheet, weights, now))
    single = {change.outcome.verdict for change in answers if change.was is not None}
    to_tie = _fewest_to_tie(form, sheet, weights, standing) if standing.is_clear else None
    to_lean = _fewest_to_lean(form, sheet, weights, standing)
    return Changes(
        answers=answers,
        importances=tuple(_importance_changes(form, sheet, now)),
        to_tie=to_tie and _sharpened(to_tie, Verdict.TOO_CLOSE in single),
        to_lean=_sharpened(to_lean, Verdict.LEANS in single),
    )


def _outcome(form: Form, standing: Standing) -> Outcome:
    first, second = standing.order[:2]
    verdict = Verdict.LEANS if standing.is_clear else Verdict.TOO_CLOSE
    return Outcome(verdict, form.paths[first], form.paths[second], standing.margin)


def _differs(outcome: Outcome, now: Outcome) -> bool:
    turned = outcome.verdict is Verdict.LEANS and outcome.leader != now.leader
    return turned or outcome.verdict is not now.verdict


def _answer_changes(form: Form, sheet: AnswerSheet, weights: Weights, now: Outcome) -> Iterator[AnswerChange]:
    for place, was in enumerate(sheet.options):
        for option in range(len(POSITIONS)):
            if option == was:
                continue
            options = (*sheet.options[:place], option, *sheet.options[place + 1 :])
            changed = replace(sheet, options=options)
            standing = stand(form, changed, weigh(form, changed) if was is None else weights)
            if standing and _differs(outcome := _outcome(form, standing), now):
                yield AnswerChange(form.questions[place].id, was, option, outcome)


def _importance_changes(form: Form, sheet: AnswerSheet, now: Outcome) -> Iterator[ImportanceChange]:
    for place, was in enumerate(sheet.importances):
        for importance in (was - 1, was + 1):
            if not 0 <= importance <= MAX_IMPORTANCE:
                continue
            importances = (*sheet.importances[:place], importance, *sheet.importances[place + 1 :])
            changed = replace(sheet, importances=importances)
            standing = stand(form, changed, weigh(form, changed))
            if standing and _differs(outcome := _outcome(form, standing), now):
                yield ImportanceChange(form.criteria[place], was, importance, outcome)


def _sharpened(fewest: Fewest, single: bool) -> Fewest:
    """A bound, made sharper by knowing whether a single answer does it."""
    if fewest.is_exact or fewest.number is None:
        return fewest
    return Fewest(1, is_exact=True) if single else replace(fewest, number=max(2, fewest.number))


def _fewest_to_tie(form: Form, sheet: AnswerSheet, weights: Weights, standing: Standing) -> Fewest:
    leader, *others = standing.order
    tables = [margin_table(form, weights, leader, other) for other in others]
    if len(tables) == 1 and _span(tables[0]) <= WIDEST_SPAN:
        return Fewest(_fewest_into_band(tables[0], sheet), is_exact=True)
    # The verdict leans as it did until the lead over some path is within its band.
    return _least([_fewest_down_to(table.threshold - 1, table, sheet) for table in tables], is_exact=False)


def _fewest_to_lean(form: Form, sheet: AnswerSheet, weights: Weights, standing: Standing) -> Fewest:
    candidates = standing.order[1:] if standing.is_clear else standing.order
    numbers = [_fewest_to_lead(form, sheet, weights, path) for path in candidates]
    return _least(numbers, is_exact=len(form.paths) == 2)


def _least(numbers: Sequence[int | None], *, is_exact: bool) -> Fewest:
    possible = [number for number in numbers if number is not None]
    return Fewest(min(possible), is_exact) if possible else Fewest(None, is_exact=True)


def _fewest_to_lead(form: Form, sheet: AnswerSheet, weights: Weights, path: int) -> int | None:
    """How many answers must change before a path leads every other by at least the narrowest of its bands."""
    others = [other for other in range(len(form.paths)) if other != path]
    tables = [margin_table(form, weights, other, path) for other in others]
    clear = min(table.threshold for table in tables)
    numbers = [_fewest_down_to(-clear, table, sheet) for table in tables]
    possible = [number for number in numbers if number is not None]
    return max(possible) if len(possible) == len(numbers) else None


def _fewest_down_to(goal: int, table: MarginTable, sheet: AnswerSheet) -> int | None:
    """How many answers must change for a margin of at most the goal: first those that take most off it."""
    rows = list(_answered(table, sheet))
    gains = sorted((now - min(row) for now, row in rows), reverse=True)
    margins = accumulate(gains, sub, initial=sum(now for now, _ in rows))
    return next((number for number, margin in enumerate(margins) if margin <= goal), None)


def _answered(table: MarginTable, sheet: AnswerSheet) -> Iterator[tuple[int, Row]]:
    """For each answered question the advantage of the answer and of every option."""
    for row, option in zip(table.rows, sheet.options, strict=True):
        if option is not None:
            yield row[option], row


def _span(table: MarginTable) -> int:
    return sum(max(row) - min(row) for row in table.rows)


def _fewest_into_band(table: MarginTable, sheet: AnswerSheet) -> int | None:
    """How many answers must change for a lead within the band, whichever path has it.

    The largest changes alone may overshoot the band, so all sums of changes are listed: bit i of `reached[k]`
    says whether k changes can take lowest + i units off the margin.
    """
    rows = list(_answered(table, sheet))
    moves = [{now - value for value in row} - {0} for now, row in rows]
    unit = gcd(*chain.from_iterable(moves)) or 1
    reached, lowest = [1], 0
    for each in moves:
        low = min({0, *each}) // unit
        lowest += low
        kept = [sums << -low for sums in reached]
        moved = [reduce(or_, (sums << move // unit - low for move in each), 0) for sums in reached]
        reached = list(map(or_, [*kept, 0], [0, *moved]))
    margin = sum(now for now, _ in rows)
    least, most = margin - table.threshold + 1, margin + table.threshold - 1
    first, last = -(-least // unit) - lowest, most // unit - lowest
    band = (1 << last - first + 1) - 1 << first
    return next((number for number, sums in enumerate(reached) if sums & band), None)
