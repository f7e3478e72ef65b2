"""What an edit changes about a decision form, over all complete answer sets (DECISION.md). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from comparisons.answers import Form
from comparisons.decision import percent
from comparisons.distribution import changed_share, equal_weights, margin_table, mean_scores
from comparisons.findings import points
from comparisons.sampling import ANSWER_SETS, Sample, changed_in_sample


@dataclass(frozen=True, slots=True)
class MeanMargin:
    """The mean of S[first] − S[second] over all answer sets, in points, before the edit and after it."""

    first: str
    second: str
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """By how much the mean margin moves; above 0, towards the first path."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Impact:
    """The mean margin of each pair of paths, and the share of answer sets, of 1, whose verdict changes.

    The share is exact where `sample` is None, and estimated with `standard_error` otherwise.
    """

    means: tuple[MeanMargin, ...]
    changed: Fraction
    sample: Sample | None = None

    @property
    def standard_error(self) -> Fraction | None:
        return self.sample.standard_error(self.changed) if self.sample else None

    def sentence(self, names: Mapping[str, str]) -> str:
        """The impact in words, with the paths' names by id; of several pairs, the one that moves most."""
        most = max(self.means, key=lambda mean: abs(mean.change))
        toward, other = (most.first, most.second) if most.change >= 0 else (most.second, most.first)
        between = f" of {names[toward]} and {names[other]}" if len(self.means) > 1 else ""
        moves = (
            f"moves the mean margin{between} by {points(abs(most.change))} towards {names[toward]}"
            if most.change
            else "leaves the mean margin as it is"
        )
        about = "about " if self.sample else ""
        return f"This {moves} and changes the verdict in {about}{percent(self.changed)} of answer sets."


@dataclass(frozen=True, slots=True)
class OtherForm:
    """Why the impact cannot be told: the ids of the questions and paths that only one of the forms has."""

    added_questions: tuple[str, ...]
    removed_questions: tuple[str, ...]
    added_paths: tuple[str, ...]
    removed_paths: tuple[str, ...]

    def sentence(self) -> str:
        """What differs, in words."""
        counts = (
            (len(self.added_questions), "question", "added"),
            (len(self.removed_questions), "question", "removed"),
            (len(self.added_paths), "path", "added"),
            (len(self.removed_paths), "path", "removed"),
        )
        told = [f"{count} {what}{'s' * (count > 1)} {done}" for count, what, done in counts if count]
        return f"This makes another form ({', '.join(told)}), and its verdicts cannot be compared one by one."


def impact(before: Form, after: Form) -> Impact | OtherForm:
    """What changes when the form becomes another one with the same questions and paths, in any order.

    Answer sets are compared by option, so that a question's shape and criterion may change like its ratings.
    The share is exact for two paths where few questions differ, always where at most six do.
    """
    other = _other_form(before, after)
    if any((other.added_questions, other.removed_questions, other.added_paths, other.removed_paths)):
        return other
    after = _in_the_order_of(before, after)
    means = tuple(_mean_margins(before, after))
    changed = _exact_share(before, after) if len(before.paths) == 2 else None
    if changed is None:
        return Impact(means, changed_in_sample(before, after), ANSWER_SETS)
    return Impact(means, changed)


def _other_form(before: Form, after: Form) -> OtherForm:
    asked, now_asked = ([question.id for question in form.questions] for form in (before, after))
    return OtherForm(
        added_questions=tuple(question for question in now_asked if question not in asked),
        removed_questions=tuple(question for question in asked if question not in now_asked),
        added_paths=tuple(path for path in after.paths if path not in before.paths),
        removed_paths=tuple(path for path in before.paths if path not in after.paths),
    )


def _in_the_order_of(before: Form, after: Form) -> Form:
    by_id = {question.id: question for question in after.questions}
    return Form(tuple(by_id[question.id] for question in before.questions), before.paths, after.ratings)


def _mean_margins(before: Form, after: Form) -> Iterator[MeanMargin]:
    old, new = mean_scores(before), mean_scores(after)
    for first, second in combinations(range(len(before.paths)), 2):
        yield MeanMargin(
            before.paths[first], before.paths[second], old[first] - old[second], new[first] - new[second]
        )


def _exact_share(before: Form, after: Form) -> Fraction | None:
    old, new = (margin_table(form, equal_weights(form)) for form in (before, after))
    return changed_share(old, new)
