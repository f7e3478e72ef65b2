"""The decision form's answers as a browser sends them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from comparisons.answers import DEFAULT_IMPORTANCE, MAX_IMPORTANCE, POSITIONS, Answers
from comparisons.decision import DecisionForm

QUESTION, CRITERION = "question-", "importance-"
RATING = "rating-"
SKIPPED = ""


class ListingErrors(forms.Form):
    def listed_errors(self) -> list[dict[str, str]]:
        """What an error summary shows: a text, and the field it leads to."""
        return [
            {"text": str(message), "anchor": "" if name == "__all__" else name}
            for name, messages in self.errors.items()
            for message in messages
        ]


class AnswersForm(ListingErrors):
    """A field for each question (an option, or skipped) and each criterion (an importance, or left alone)."""

    def __init__(self, form: DecisionForm, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for question in form.questions:
            self.fields[f"{QUESTION}{question.id}"] = _choice(len(POSITIONS), question.prompt)
        for criterion in form.criteria:
            self.fields[f"{CRITERION}{criterion.id}"] = _choice(MAX_IMPORTANCE + 1, criterion.name)

    def clean(self) -> dict[str, Any]:
        given = {name for name in self.data if name.startswith((QUESTION, CRITERION))}
        if given - self.fields.keys():
            raise forms.ValidationError(
                gettext(
                    "The questions have changed since you opened the form. Please look at your answers again."
                )
            )
        return self.cleaned_data

    def answers(self) -> Answers:
        return Answers(options=self._numbers(QUESTION), importances=self._numbers(CRITERION))

    def _numbers(self, prefix: str) -> dict[str, int]:
        given = self.cleaned_data.items()
        return {
            name.removeprefix(prefix): int(v) for name, v in given if name.startswith(prefix) and v != SKIPPED
        }


def filled_in(answers: Answers) -> dict[str, str]:
    """These answers as the form sends them; what was skipped or left alone is not among them."""
    options = {f"{QUESTION}{pk}": str(option) for pk, option in answers.options.items() if option is not None}
    weighed = {pk: each for pk, each in answers.importances.items() if each != DEFAULT_IMPORTANCE}
    return options | {f"{CRITERION}{pk}": str(importance) for pk, importance in weighed.items()}


class RatingsForm(ListingErrors):
    """Other ratings that a reader tries: a field for each question and path, by their places in the form."""

    def __init__(self, form: DecisionForm, data: Mapping[str, Any]) -> None:
        super().__init__({name: value for name, value in data.items() if name.startswith(RATING)})
        self.editors = {
            (question, path): form.table.ratings[form.paths[path].id][asked.id].value
            for question, asked in enumerate(form.questions)
            for path in range(len(form.paths))
        }
        for question, path in self.editors:
            named = {"path": form.paths[path].name, "question": form.questions[question].prompt}
            self.fields[rating_field(question, path)] = _place(named)

    def changed(self) -> dict[tuple[int, int], int]:
        """What differs from the editors' ratings, as far as it could be read."""
        self.full_clean()
        given = {place: self.cleaned_data.get(rating_field(*place)) for place in self.editors}
        return {
            place: value
            for place, value in given.items()
            if value is not None and value != self.editors[place]
        }


def rating_field(question: int, path: int) -> str:
    return f"{RATING}{question}-{path}"


def _place(named: Mapping[str, str]) -> forms.IntegerField:
    message = gettext("%(path)s, “%(question)s”: give a whole number from 0 to 100.") % named
    told = dict.fromkeys(("invalid", "min_value", "max_value"), message)
    return forms.IntegerField(min_value=0, max_value=100, required=False, error_messages=told)


def _choice(count: int, subject: str) -> forms.ChoiceField:
    choices = [(str(index), str(index)) for index in range(count)]
    message = gettext("“%(question)s”: choose one of the options shown, or skip it.") % {"question": subject}
    return forms.ChoiceField(choices=choices, required=False, error_messages={"invalid_choice": message})
