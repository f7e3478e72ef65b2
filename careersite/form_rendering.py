"""The pieces that a form is made of, written without templates: a form of the desk has thousands of them.

What comes out is what Django's own templates give, to the letter.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Context = Mapping[str, Any]
WIDGETS = "django/forms/widgets"
TYPES = ("checkbox", "date", "datetime", "email", "hidden", "number", "text", "url")


class Renderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> Any:
        write = PIECES.get(template_name)
        if write is None or not _is_known(context.get("widget", {})):
            return super().render(template_name, context, request)
        return SafeString(write(context).strip())


def _is_known(widget: Context) -> bool:
    """Whether the options in it have the usual templates as well."""
    options = (option for _, options, _ in widget.get("optgroups", ()) for option in options)
    return all(option["template_name"] in OPTIONS for option in options)


def _text(value: Any) -> str:
    return conditional_escape(value)


def _value(value: Any) -> str:
    """As the filter `stringformat` gives it, which never trusts what it was given."""
    return conditional_escape(str.__str__(value) if isinstance(value, str) else str(value))


def _attributes(attributes: Context | None) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_value(value)}"'
        for name, value in (attributes or {}).items()
        if value is not False
    )


def _input(widget: Context) -> str:
    value = "" if widget["value"] is None else f' value="{_value(widget["value"])}"'
    name, kind = _text(widget["name"]), _text(widget["type"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Context) -> str:
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Context) -> str:
    pieces = [f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        pieces.append(f'\n  <optgroup label="{_text(group)}">' if group else "")
        pieces += [f"\n  {_option(option)}\n" for option in options]
        pieces.append("\n  </optgroup>" if group else "")
    return "".join([*pieces, "\n</select>"])


def _option(option: Context) -> str:
    value, label = _value(option["value"]), _text(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _boxes(widget: Context) -> str:
    attributes = ((name, widget["attrs"].get(name)) for name in ("id", "class"))
    head = "".join(f' {name}="{_text(value)}"' for name, value in attributes if value)
    pieces = [f"<div{head}>"]
    for group, options, _ in widget["optgroups"]:
        pieces.append(f"\n  <div><label>{_text(group)}</label>" if group else "")
        pieces += [f"<div>\n    {_box(option)}</div>" for option in options]
        pieces.append("\n  </div>" if group else "")
    return "".join([*pieces, "\n</div>"])


def _box(option: Context) -> str:
    if not option.get("wrap_label"):
        return f"{_input(option)}\n\n\n"
    name = f' for="{_text(option["attrs"]["id"])}"' if option["attrs"].get("id") else ""
    return f"<label{name}>{_input(option)}\n {_text(option['label'])}</label>\n\n"


def _label(context: Context) -> str:
    label, tag = _text(context["label"]), context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>" if context["use_tag"] else label


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    name = f' id="{_text(errors.field_id)}_error"' if errors.field_id else ""
    items = "".join(f"<li>{_text(error)}</li>" for error in errors)
    return f'<ul class="{_text(context["error_class"])}"{name}>{items}</ul>'


def _of_widget(write: Callable[[Context], str]) -> Callable[[Context], str]:
    return lambda context: write(context["widget"])


OPTIONS = {f"{WIDGETS}/select_option.html", f"{WIDGETS}/checkbox_option.html"}
PIECES: dict[str, Callable[[Context], str]] = {
    **{f"{WIDGETS}/{name}.html": _of_widget(_input) for name in TYPES},
    f"{WIDGETS}/textarea.html": _of_widget(_textarea),
    f"{WIDGETS}/select.html": _of_widget(_select),
    f"{WIDGETS}/checkbox_select.html": _of_widget(_boxes),
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
