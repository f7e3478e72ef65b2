"""What would change a result and how sure it is, in words and numbers, the same for page and API. Pure."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext_lazy

from articles.enumerations import either
from comparisons.answers import AnswerSheet
from comparisons.changes import AnswerChange, Changes, Fewest, ImportanceChange, Outcome, find_changes
from comparisons.decision import DecisionForm, number, percent
from comparisons.scoring import Result, Verdict
from comparisons.weightings import Weightings, weightings

JSON = dict[str, Any]
IMPORTANCES = (
    pgettext_lazy("importance", "not at all"),
    pgettext_lazy("importance", "a little"),
    pgettext_lazy("importance", "somewhat"),
    pgettext_lazy("importance", "a lot"),
    pgettext_lazy("importance", "decisive"),
)
NUMBERS = (
    pgettext_lazy("number", "no"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
)


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
        grouped: dict[tuple[str, str | None], list[AnswerChange]] = {}
        for change in self.changes.answers:
            grouped.setdefault((change.question, _towards(change.outcome)), []).append(change)
        for (question, towards), changes in grouped.items():
            asked = self.questions[question]
            quoted = (gettext("“%(option)s”") % {"option": asked.options[each.option]} for each in changes)
            yield _by_answer(skipped=changes[0].was is None, leans=towards is not None) % {
                "question": asked.prompt,
                "options": either(quoted),
                "path": self.names[towards] if towards else "",
            }

    def _by_importance(self, change: ImportanceChange) -> str:
        towards = _towards(change.outcome)
        told = {
            "area": self.areas[change.criterion],
            "was": IMPORTANCES[change.was],
            "now": IMPORTANCES[change.importance],
            "path": self.names[towards] if towards else "",
        }
        if towards is None:
            tie = gettext(
                "If %(area)s mattered “%(now)s” instead of “%(was)s”, that would make it too close to call."
            )
            return tie % told
        lean = gettext(
            "If %(area)s mattered “%(now)s” instead of “%(was)s”, that would lean towards %(path)s."
        )
        return lean % told

    def _by_several(self) -> Iterator[str]:
        """How many answers it takes where no single one is enough."""
        single = {change.outcome.verdict for change in self.changes.answers}
        leaning = self.result.verdict is Verdict.LEANS
        tie, lean = self.changes.to_tie, self.changes.to_lean
        if leaning and Verdict.TOO_CLOSE not in single and tie:
            yield _ties(tie)
        if Verdict.LEANS not in single and lean:
            yield _leans(lean, self._other if leaning else gettext("one of the paths"))

    @property
    def _other(self) -> str:
        others = [self.names[path] for path in self.result.ranking[1:]]
        return others[0] if len(others) == 1 else gettext("another path")

    def sureness(self) -> str:
        found, leader = self.weightings, self.result.leader
        if found is None or leader is None:
            return ""
        areas = sum(1 for criterion in self.result.criteria if criterion.fits)
        if areas == 1:
            return gettext("Only one area is answered, so there is nothing to weigh differently.")
        places = 1 if found.sample else 2  # of draws the second says nothing
        told = {
            "areas": _in_words(areas),
            "path": self.names[leader],
            "share": percent(found.leads[leader], places),
            "draws": number_format(found.sample.size, force_grouping=True) if found.sample else "",
        }
        if found.sample:
            estimated = gettext(
                "If you weighed the %(areas)s areas differently, %(path)s would stay ahead in %(share)s "
                "of all weightings (estimated from %(draws)s draws). That is not a chance of success."
            )
            return estimated % told
        exact = gettext(
            "If you weighed the %(areas)s areas differently, %(path)s would stay ahead in %(share)s "
            "of all weightings. That is not a chance of success."
        )
        return exact % told


def _towards(outcome: Outcome) -> str | None:
    """The path that it leans towards, where it does."""
    return outcome.leader if outcome.verdict is Verdict.LEANS else None


def _by_answer(*, skipped: bool, leans: bool) -> str:
    if skipped and leans:
        return gettext("Answering “%(question)s”, %(options)s, would lean towards %(path)s.")
    if skipped:
        return gettext("Answering “%(question)s”, %(options)s, would make it too close to call.")
    if leans:
        return gettext("Another answer to “%(question)s”, %(options)s, would lean towards %(path)s.")
    return gettext("Another answer to “%(question)s”, %(options)s, would make it too close to call.")


def _ties(fewest: Fewest) -> str:
    told = {"count": _in_words(fewest.number or 0)}
    if fewest.number is None:
        return gettext("No single answer makes it too close to call; not even all of them together do.")
    if fewest.is_exact:
        return gettext("No single answer makes it too close to call; it takes %(count)s.") % told
    return gettext("No single answer makes it too close to call; it takes at least %(count)s.") % told


def _leans(fewest: Fewest, path: str) -> str:
    told = {"count": _in_words(fewest.number or 0), "path": path}
    if fewest.number is None:
        return (
            gettext("No single answer makes it lean towards %(path)s; not even all of them together do.")
            % told
        )
    if fewest.is_exact:
        return gettext("No single answer makes it lean towards %(path)s; it takes %(count)s.") % told
    return gettext("No single answer makes it lean towards %(path)s; it takes at least %(count)s.") % told


def _led(outcome: Outcome) -> JSON:
    return {
        "verdict": outcome.verdict.value,
        "leader": outcome.leader,
        "runner_up": outcome.runner_up,
        "margin": number(outcome.margin),
    }


def _fewest(found: Fewest | None) -> JSON | None:
    return None if found is None else {"answers": found.number, "exact": found.is_exact}


def _in_words(count: int) -> str:
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)
