"""Fields for what is stored as JSON: a question's options, a difference's cells, an example's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string

from articles.admin.fields import PlainTextField, printable
from comparisons.answers import POSITIONS


class LabelledInputs(forms.MultiWidget):
    """Several inputs side by side, each under its own label."""

    use_fieldset = True

    def __init__(self, inputs: Mapping[str, forms.Widget], labels: Sequence[str]) -> None:
        super().__init__(dict(inputs))
        self.labels = labels

    def decompress(self, value: Any) -> list[Any]:
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        widgets = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        inputs = [
            {
                "label": label,
                "id": widget["attrs"].get("id"),
                "html": self._render(widget["template_name"], {"widget": widget}, renderer),  # type: ignore[attr-defined]
            }
            for label, widget in zip(self.labels, widgets, strict=True)
        ]
        return render_to_string("admin/comparisons/_labelled_inputs.html", {"inputs": inputs})


class OptionsWidget(LabelledInputs):
    def __init__(self) -> None:
        inputs = {str(position): forms.TextInput() for position in POSITIONS}
        super().__init__(inputs, [f"at {position}" for position in POSITIONS])

    def decompress(self, value: Any) -> list[Any]:
        return list(value or [""] * len(POSITIONS))


class OptionsField(forms.MultiValueField):
    """The words of a question's five options."""

    widget = OptionsWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"required": "Each option needs its own words."}
        super().__init__([printable(forms.CharField(max_length=200)) for _ in POSITIONS], **kwargs)

    def compress(self, data_list: list[str]) -> list[str]:
        return data_list


class CellsWidget(LabelledInputs):
    def __init__(self, columns: Mapping[str, str]) -> None:
        inputs = {key: forms.Textarea(attrs={"rows": 3, "cols": 30}) for key in columns}
        super().__init__(inputs, list(columns.values()))
        self.keys = list(columns)

    def decompress(self, value: Any) -> list[Any]:
        return [(value or {}).get(key, "") for key in self.keys]


class CellsField(forms.MultiValueField):
    """What a row of the differences says of each contender: texts by column. Empty ones are left out."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        fields = [printable(PlainTextField(required=False)) for _ in columns]
        super().__init__(fields, required=False, require_all_fields=False, widget=CellsWidget(columns))
        self.keys = list(columns)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        return {key: text for key, text in zip(self.keys, data_list, strict=False) if text}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose for: its id, its label, and the words of the choices from 0 on."""

    key: str
    label: str
    words: Sequence[str]


class ChoicesWidget(LabelledInputs):
    def __init__(self, choices: Sequence[Choice], empty: str) -> None:
        inputs = {each.key: forms.Select(choices=_options(each, empty)) for each in choices}
        super().__init__(inputs, [each.label for each in choices])
        self.keys = list(inputs)

    def decompress(self, value: Any) -> list[Any]:
        return [(value or {}).get(key) for key in self.keys]


class ChoicesField(forms.MultiValueField):
    """A choice for each of several things: numbers by id. Those without one are left out."""

    def __init__(self, choices: Sequence[Choice], empty: str, **kwargs: Any) -> None:
        fields = [
            forms.TypedChoiceField(
                choices=_options(each, empty), coerce=int, empty_value=None, required=False
            )
            for each in choices
        ]
        kwargs |= {"required": False, "require_all_fields": False, "widget": ChoicesWidget(choices, empty)}
        super().__init__(fields, **kwargs)
        self.keys = [each.key for each in choices]

    def compress(self, data_list: list[int | None]) -> dict[str, int]:
        chosen = zip(self.keys, data_list, strict=False)
        return {key: number for key, number in chosen if number is not None}


def _options(choice: Choice, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((str(number), words) for number, words in enumerate(choice.words))]
