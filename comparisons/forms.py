"""The decision form's answers as a browser sends them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from comparisons.answers import MAX_IMPORTANCE, POSITIONS, Answers
from comparisons.decision import DecisionForm

QUESTION, CRITERION = "question-", "importance-"
SKIPPED = ""


class AnswersForm(forms.Form):
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
                "The questions have changed since you opened the form. Please look at your answers again."
            )
        return self.cleaned_data

    def answers(self) -> Answers:
        return Answers(options=self._numbers(QUESTION), importances=self._numbers(CRITERION))

    def listed_errors(self) -> list[dict[str, str]]:
        """What an error summary shows: a text, and the field it leads to."""
        return [
            {"text": str(message), "anchor": "" if name == "__all__" else name}
            for name, messages in self.errors.items()
            for message in messages
        ]

    def _numbers(self, prefix: str) -> dict[str, int]:
        given = self.cleaned_data.items()
        return {
            name.removeprefix(prefix): int(v) for name, v in given if name.startswith(prefix) and v != SKIPPED
        }


def _choice(count: int, subject: str) -> forms.ChoiceField:
    choices = [(str(index), str(index)) for index in range(count)]
    message = f"“{subject}”: choose one of the options shown, or skip it."
    return forms.ChoiceField(choices=choices, required=False, error_messages={"invalid_choice": message})
