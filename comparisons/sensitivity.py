"""What would change a result and how sure it is, in words and numbers, the same for page and API. Pure."""

from collections.abc import Iterator
from typing import Any

from comparisons.answers import AnswerSheet
from comparisons.changes import AnswerChange, Changes, Fewest, ImportanceChange, Outcome, find_changes
from comparisons.decision import DecisionForm, number, rounded
from comparisons.scoring import Result, Verdict
from comparisons.weightings import Weightings, weightings

JSON = dict[str, Any]
IMPORTANCES = ("not at all", "a little", "somewhat", "a lot", "decisive")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Sensitivity:
    """How a result hangs on the answers and on the weights. The sheet is what was answered to the form."""

    def __init__(self, form: DecisionForm, sheet: AnswerSheet, result: Result) -> None:
        self.form, self.result = form, result
        self.names = {path.id: path.name for path in form.paths}
        self.areas = {criterion.id: criterion.name for criterion in form.criteria}
        self.questions = {question.id: question for question in form.questions}
        self.changes: Changes = find_changes(form.table, sheet)
        has_verdict = result.verdict is not Verdict.NOT_ENOUGH
        self.weightings: Weightings | None = weightings(form.table, sheet) if has_verdict else None

    # --- Numbers ----------------------------------------------------------------------------

    def payload(self) -> JSON:
        """Shares are of 1, margins points; options and importances are numbered from 0."""
        changes = self.changes
        return {
            "changes": {
                "answers": [
                    {"question": each.question, "was": each.was, "option": each.option, **_led(each.outcome)}
                    for each in changes.answers
                ],
                "importances": [
                    {
                        "criterion": each.criterion,
                        "was": each.was,
                        "importance": each.importance,
                        **_led(each.outcome),
                    }
                    for each in changes.importances
                ],
                "fewest_to_tie": _fewest(changes.to_tie),
                "fewest_to_lean": _fewest(changes.to_lean),
            },
            "weightings": self._shares(),
        }

    def _shares(self) -> JSON | None:
        found = self.weightings
        if found is None:
            return None
        return {
            "leads": {path: number(share) for path, share in found.leads.items()},
            "shared": number(found.shared),
            "draws": found.sample.size if found.sample else None,
            "seed": found.sample.seed if found.sample else None,
            "errors": {path: number(e) for path, e in found.errors.items()} if found.errors else None,
        }

    # --- Words ------------------------------------------------------------------------------

    def sentences(self) -> list[str]:
        """What would change the result; nothing where there is no verdict."""
        if self.weightings is None:
            return []
        return [*self._by_answers(), *map(self._by_importance, self.changes.importances), *self._by_several()]

    def _by_answers(self) -> Iterator[str]:
        """One sentence for each question and what other answers to it lead to."""
        grouped: dict[tuple[str, str], list[AnswerChange]] = {}
        for change in self.changes.answers:
            grouped.setdefault((change.question, self._leads_to(change.outcome)), []).append(change)
        for (question, leads_to), changes in grouped.items():
            asked = self.questions[question]
            options = " or ".join(f"“{asked.options[change.option]}”" for change in changes)
            instead = "Answering" if changes[0].was is None else "Another answer to"
            yield f"{instead} “{asked.prompt}”, {options}, {leads_to}."

    def _by_importance(self, change: ImportanceChange) -> str:
        was, now = IMPORTANCES[change.was], IMPORTANCES[change.importance]
        leads_to = self._leads_to(change.outcome)
        return f"If {self.areas[change.criterion]} mattered “{now}” instead of “{was}”, that {leads_to}."

    def _leads_to(self, outcome: Outcome) -> str:
        if outcome.verdict is Verdict.LEANS:
            return f"would lean towards {self.names[outcome.leader]}"
        return "would make it too close to call"

    def _by_several(self) -> Iterator[str]:
        """How many answers it takes where no single one is enough."""
        single = {change.outcome.verdict for change in self.changes.answers}
        leaning = self.result.verdict is Verdict.LEANS
        tie, lean = self.changes.to_tie, self.changes.to_lean
        if leaning and Verdict.TOO_CLOSE not in single and tie:
            yield f"No single answer makes it too close to call; {_takes(tie)}."
        if Verdict.LEANS not in single and lean:
            where = self._other if leaning else "one of the paths"
            yield f"No single answer makes it lean towards {where}; {_takes(lean)}."

    @property
    def _other(self) -> str:
        others = [self.names[path] for path in self.result.ranking[1:]]
        return others[0] if len(others) == 1 else "another path"

    def sureness(self) -> str:
        found, leader = self.weightings, self.result.leader
        if found is None or leader is None:
            return ""
        areas = sum(1 for criterion in self.result.criteria if criterion.fits)
        if areas == 1:
            return "Only one area is answered, so there is nothing to weigh differently."
        share = rounded(found.leads[leader] * 100, 2)
        drawn = f" (estimated from {found.sample.size:,} draws)" if found.sample else ""
        return (
            f"If you weighed the {_in_words(areas)} areas differently, {self.names[leader]} would stay ahead "
            f"in {share} % of all weightings{drawn}. That is not a chance of success."
        )


def _led(outcome: Outcome) -> JSON:
    return {
        "verdict": outcome.verdict.value,
        "leader": outcome.leader,
        "runner_up": outcome.runner_up,
        "margin": number(outcome.margin),
    }


def _fewest(found: Fewest | None) -> JSON | None:
    return None if found is None else {"answers": found.number, "exact": found.is_exact}


def _takes(fewest: Fewest) -> str:
    if fewest.number is None:
        return "not even all of them together do"
    bound = "" if fewest.is_exact else "at least "
    return f"it takes {bound}{_in_words(fewest.number)}"


def _in_words(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
