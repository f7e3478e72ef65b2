"""Paths, comparisons and questions as HTML, and a comparison's page put together at a moment."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from articles import pages, slots
from articles.records import JSON
from comparisons.answers import POSITIONS

Parts = Mapping[str, Any]


def render_path(document: JSON) -> dict[str, Any]:
    """Fragments of a career path: its own page, and what comparisons show of it."""
    sections = pages.anchored(document["sections"])
    context = {
        **pages.common(document),
        "sections": sections,
        "introduction": [section for section in sections if section["role"] == "introduction"],
        "others": [section for section in sections if section["role"] != "introduction"],
        "pros": [point for point in document["points"] if point["side"] == "pro"],
        "cons": [point for point in document["points"] if point["side"] == "con"],
    }
    return {
        "head": render_to_string("articles/_head.html", context),
        "body": render_to_string("comparisons/_path.html", context),
        **pages.endings(document),
        "rated": [rating["question"] for rating in document["ratings"]],
        "shown": {
            "name": render_to_string("comparisons/_name.html", context).strip(),
            "address": context["address"],
            "understanding": render_to_string("comparisons/_understanding.html", context),
            "pro": render_to_string("comparisons/_points.html", context | {"points": context["pros"]}),
            "con": render_to_string("comparisons/_points.html", context | {"points": context["cons"]}),
            "facts": render_to_string("comparisons/_facts.html", context),
            "platforms": render_to_string("comparisons/_platforms.html", context),
        },
    }


def render_comparison(document: JSON) -> dict[str, Any]:
    """Fragments of a comparison, with slots for all that its paths' own publications say."""
    sections = pages.anchored(document["sections"])
    by_role = {role: [s for s in sections if s["role"] == role] for role in {s["role"] for s in sections}}
    paths = [contender["path"] for contender in document["contenders"]]
    context = {
        **pages.common(document),
        **by_role,
        "contenders": [_contender(contender, document) for contender in document["contenders"]],
        "rows": [
            row | {"texts": [{"path": path, "text": row["cells"].get(path, "")} for path in paths]}
            for row in document["differences"]
        ],
    }
    return {
        "head": render_to_string("articles/_head.html", context),
        "body": render_to_string("comparisons/_comparison.html", context),
        "form": render_to_string("comparisons/_form.html", context),
        "form_entry": render_to_string("comparisons/_form_entry.html", context),
        **pages.endings(document),
        "paths": paths,
        "questions": document["questions"],
    }


def render_bank(document: JSON) -> dict[str, Any]:
    """Fragments of the question bank: each question and criterion as a part of the form."""
    criteria = []
    for criterion in document["criteria"]:
        questions = {
            question["id"]: render_to_string(
                "comparisons/_question.html", {"question": question, "options": displayed_options(question)}
            )
            for question in criterion["questions"]
        }
        html = render_to_string("comparisons/_criterion.html", {"criterion": criterion})
        criteria.append({"id": criterion["id"], "html": html, "questions": questions})
    return {"criteria": criteria}


def displayed_options(question: JSON) -> list[dict[str, Any]]:
    """The options in the order readers see them, each with the index (0–4) that an answer names."""
    options = [
        {"index": index, "position": POSITIONS[index], "text": text}
        for index, text in enumerate(question["options"])
    ]
    return options[::-1] if question["reversed"] else options


def assemble(
    comparison: Parts, paths: Mapping[str, Parts], bank: Parts | None, closing: Mapping[str, str]
) -> str:
    """The body of a comparison's page, from parts that were live at one moment.

    `paths` are the parts of the contenders' publications by id; `closing` is what every page ends with.
    """
    shown = {path: parts["shown"] for path, parts in paths.items()}
    values = {f"{name}:{path}": html for path, parts in shown.items() for name, html in parts.items()}
    values |= closing
    if bank and (html := form(comparison, paths, bank)):
        values |= {"form": html, "form_entry": comparison["form_entry"]}
    return slots.fill(comparison["body"], values)


def form(comparison: Parts, paths: Mapping[str, Parts], bank: Parts) -> str:
    """The decision form as HTML; nothing where there is nothing to ask."""
    if len(paths) < len(comparison["paths"]):
        return ""
    questions = form_html(bank, asked(comparison, paths, bank))
    return slots.fill(comparison["form"], {"questions": questions}) if questions else ""


def asked(comparison: Parts, paths: Mapping[str, Parts], bank: Parts) -> list[str]:
    """The ids of the form's questions: the editor's choice, or all; on which every contender has a rating."""
    known = [question for criterion in bank["criteria"] for question in criterion["questions"]]
    rated = set(known).intersection(*(parts["rated"] for parts in paths.values()))
    return [question for question in comparison["questions"] or known if question in rated]


def form_html(bank: Parts, questions: list[str]) -> str:
    """The form's questions under their criteria, in the order in which the criteria first appear."""
    wanted = {question: number for number, question in enumerate(questions, start=1)}
    found = []
    for criterion in bank["criteria"]:
        own = sorted((q for q in criterion["questions"] if q in wanted), key=wanted.__getitem__)
        if own:
            html = "".join(criterion["questions"][question] for question in own)
            found.append((wanted[own[0]], slots.fill(criterion["html"], {"questions": html})))
    return "".join(html for _, html in sorted(found))


def _contender(contender: JSON, document: JSON) -> JSON:
    own = [point for point in document["points"] if point["path"] == contender["path"]]
    return contender | {
        "pros": [point for point in own if point["side"] == "pro"],
        "cons": [point for point in own if point["side"] == "con"],
    }
