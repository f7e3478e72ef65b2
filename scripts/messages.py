"""The messages of code and templates, brought into each language's file, and that compiled.

A file names no lines, so that it changes only where messages do. What is new waits there untranslated.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("articles", "careersite", "comparisons")
SINGLE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
CALLS = SINGLE | {"ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
TEMPLATE_CALL = re.compile(
    r"""\bn?p?gettext\((?:u'(?:[^'\\]|\\.)*'|u"(?:[^"\\]|\\.)*"|[,\s]|count)+\)""", re.DOTALL
)


@dataclass(frozen=True, order=True)
class Message:
    text: str
    context: str = ""
    plural: str = ""


def wanted() -> list[Message]:
    """Every message of the site once, in an order that hangs on the messages alone."""
    return sorted({*_of_code(), *_of_templates()})


def _of_code() -> Iterator[Message]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _calls(ast.parse(path.read_text(encoding="utf-8")))


def _of_templates() -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for call in TEMPLATE_CALL.finditer(source):
            yield from _calls(ast.parse(re.sub(r"\s*\n\s*", " ", call[0])))


def _calls(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if name in CALLS and texts and all(isinstance(each, str) for each in texts):
                yield _message(name.removesuffix("_lazy"), [str(each) for each in texts])


def _message(name: str, texts: list[str]) -> Message:
    context = texts.pop(0) if name in {"pgettext", "npgettext"} else ""
    return Message(texts[0], context, texts[1] if name in {"ngettext", "npgettext"} else "")


def brought_in(file: polib.POFile, messages: list[Message]) -> polib.POFile:
    """The file with just these messages; what is translated stays so."""
    known = {(entry.msgid, entry.msgctxt or "", entry.msgid_plural): entry for entry in file}
    made = polib.POFile(wrapwidth=0)
    made.header, made.metadata = file.header, file.metadata
    for each in messages:
        entry = known.get((each.text, each.context, each.plural)) or _untranslated(each)
        entry.flags = ["python-format"] if re.search(r"%(\(|%)", each.text) else []
        made.append(entry)
    return made


def _untranslated(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
    return entry


def files() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


def main() -> int:
    os.environ.setdefault("SECRET_KEY", "only to read templates")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careersite.settings")
    messages, left = wanted(), 0
    for path in files():
        file = brought_in(polib.pofile(str(path), wrapwidth=0), messages)
        file.save(str(path))
        file.save_as_mofile(str(path.with_suffix(".mo")))
        left += len(file.untranslated_entries())
        print(
            f"{path.relative_to(ROOT)}: {len(file)} messages, {len(file.untranslated_entries())} untranslated"
        )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
