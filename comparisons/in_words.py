"""What a comparison's page draws and asks, as tables and links for its twin. Pure.

Put together from what the question bank had rendered for the page, when a twin is asked for: so pages, which
are asked for much more often, do not carry it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.records import JSON
from comparisons import glance, pages
from comparisons.decision import DecisionForm
from comparisons.pages import Parts
from comparisons.sensitivity import IMPORTANCES

FORM = re.compile(r"<form .*</form>", re.DOTALL)
LANES = re.compile(r'<div class="areas">.*</div>', re.DOTALL)
LEDE = re.compile(r'<p class="lede">.*?</p>', re.DOTALL)
AREA = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
ASKED = re.compile(r'<p class="scale-asked">(.*?)</p>', re.DOTALL)
ENDS = re.compile(r'<p class="ends"[^>]*><span>(.*?)</span><span>(.*?)</span></p>', re.DOTALL)


def asking(comparison: Parts, paths: Mapping[str, Parts], bank: Parts, today: date) -> dict[str, str]:
    """The form as a link to it, and where the paths stand as tables."""
    form = pages.form(comparison, paths, bank)
    if not form:
        return {}
    questions = pages.by_criterion(bank, pages.asked(comparison, paths, bank))
    contenders = [paths[path] for path in comparison["paths"].split()]
    tables = "".join(_area(bank, criterion, own, contenders) for criterion, own in questions.items())
    return {
        "form": FORM.sub(lambda _: _onward(), form),
        "glance": LANES.sub(lambda _: tables, LEDE.sub(lambda _: _lede(), comparison["glance"])),
    }


def _onward() -> str:
    return format_html('<p><a href="decide/">{}</a></p>', gettext("Answer the questions"))


def _lede() -> str:
    words = gettext(
        "Where each path stands, from 0 to 100, on the questions that decide, and how uncertain that is."
    )
    return format_html("<p>{}</p>", words)


def _area(bank: Parts, criterion: str, questions: Sequence[str], contenders: Sequence[Parts]) -> SafeString:
    heading = AREA.search(bank[f"area:{criterion}"])
    header = (gettext("Question"), *(_html(path["name"]) for path in contenders), "0", "100")
    rows = [_row(header, "th"), *(_row(_cells(bank, question, contenders), "td") for question in questions)]
    return format_html("{}<table>{}</table>", _html(heading[0] if heading else ""), _html("".join(rows)))


def _row(cells: Sequence[str], tag: str) -> SafeString:
    between = f"<{tag}>{{}}</{tag}>"
    return format_html("<tr>{}</tr>", format_html_join("", between, ((cell,) for cell in cells)))


def _cells(bank: Parts, question: str, contenders: Sequence[Parts]) -> list[str]:
    scale = bank[f"scale:{question}"]
    asked, ends = ASKED.search(scale), ENDS.search(scale)
    return [
        _html(asked[1] if asked else ""),
        *(_place(path[f"place:{question}"]) for path in contenders),
        *map(_html, ends.groups() if ends else ()),
    ]


def _place(text: str) -> str:
    stands = glance.place(text)
    return f"{stands.value} ± {stands.uncertainty}"


def questions(form: DecisionForm, slug: str) -> JSON:
    """The decision form, with an example of what a program sends: the first option of the first question."""
    areas = [
        (criterion, [question for question in form.questions if question.criterion == criterion.id])
        for criterion in form.criteria
    ]
    return {"slug": slug, "areas": areas, "importances": IMPORTANCES, "example": _request(form, slug)}


def _request(form: DecisionForm, slug: str) -> str:
    sent = {"answers": {form.questions[0].id: 0}, "importances": {form.criteria[0].id: 4}}
    address = f"{settings.SITE_URL}/api/v1/comparisons/{slug}/decision/"
    return f"POST {address}\nContent-Type: application/json\n\n{json.dumps(sent)}"


def _html(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 -- rendered by templates
