"""Paths, comparisons and questions as HTML, and a comparison's page put together at a moment.

What is rendered of each is kept as flat, named parts (`slots.pack`). A name that ends with an id says whose
part it is: `criterion:<id>`, `question:<criterion>:<id>`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import enumerations, expiry, languages, links, pages, slots
from articles.records import JSON
from articles.social_cards import card as social_card
from comparisons import decision, embed_code, glance, ranges, structured_data
from comparisons.answers import POSITIONS

Parts = Mapping[str, str]
Asking = Callable[[Parts, Mapping[str, Parts], Parts, date], dict[str, str]]
RICH = ("understanding",)  # fragments that may hold links to articles
CITING = ("pro", "con", "facts", "platforms")  # fragments with slots of their own
SHOWN = ("name", "address", "understanding", "pro", "con", "facts", "platforms")


def path_page(document: JSON) -> dict[str, str]:
    """A career path's own page."""
    context = _path_context(document)
    job = structured_data.occupation(document, context["address"])
    card, about = context["social_image"], {"@id": job["@id"]}
    context["structured_data"] = pages.structured(document, card, job, about=about)
    return {
        "head": render_to_string("articles/_head.html", context),
        "body": render_to_string("comparisons/_path.html", context),
        **pages.endings(document),
    }


def path_fragments(document: JSON) -> dict[str, str]:
    """What comparisons show of a path, and the questions on which it is rated."""
    context = _path_context(document)
    facts = ranges.with_bars(document["facts"], beside_others=True)
    return {
        "name": render_to_string("comparisons/_name.html", context).strip(),
        "address": context["address"],
        "understanding": render_to_string("comparisons/_understanding.html", context),
        "pro": render_to_string("comparisons/_points.html", context | {"points": context["pros"]}),
        "con": render_to_string("comparisons/_points.html", context | {"points": context["cons"]}),
        "facts": render_to_string("comparisons/_facts.html", context | {"facts": facts}),
        "ends": ranges.ends(document["facts"]),
        "platforms": render_to_string("comparisons/_platforms.html", context),
        "rated": " ".join(rating["question"] for rating in document["ratings"]),
        "language": document["language"],
        **glance.places(document),
        **expiry.part(document),
    }


def _path_context(document: JSON) -> dict[str, Any]:
    sections = pages.anchored(document["sections"])
    return {
        **pages.common(document),
        "sections": sections,
        "introduction": [section for section in sections if section["role"] == "introduction"],
        "others": [section for section in sections if section["role"] != "introduction"],
        "pros": [point for point in document["points"] if point["side"] == "pro"],
        "cons": [point for point in document["points"] if point["side"] == "con"],
        "facts": ranges.with_bars(document["facts"], beside_others=False),
    }


def comparison_page(document: JSON, *, compiled: bool = False) -> dict[str, str]:
    """A comparison's page, with slots for all that its paths' own publications say.

    `compiled` says that no editor has written it: it is kept from indexes and takes no replies.
    """
    sections = pages.anchored(document["sections"])
    by_role = {role: [s for s in sections if s["role"] == role] for role in {s["role"] for s in sections}}
    paths = [contender["path"] for contender in document["contenders"]]
    common = pages.common(document)
    card = social_card.site_image() if compiled else common["social_image"]
    context = {
        **common,
        **by_role,
        "embed_code": embed_code.frame(common["canonical"], document["title"]),
        "structured_data": pages.structured(
            document, card, structured_data.contenders(paths), about=structured_data.about(paths)
        ),
        "compiled": compiled,
        "social_image": card,
        "names": _names(paths),
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
        "embed": render_to_string("comparisons/_embed.html", context),
        "glance": render_to_string("comparisons/_glance.html"),
        "glance_entry": render_to_string("comparisons/_glance_entry.html"),
        **pages.endings(document),
        "paths": " ".join(paths),
        "questions": " ".join(document["questions"]),
    }


def bank_fragments(document: JSON) -> dict[str, str]:
    """The question bank: each criterion and question as a part of the form."""
    found: dict[str, str] = {"language": document["language"]}
    for criterion in document["criteria"]:
        own = {"criterion": criterion}
        found[f"criterion:{criterion['id']}"] = render_to_string("comparisons/_criterion.html", own)
        found[f"area:{criterion['id']}"] = render_to_string("comparisons/_area.html", own)
        for question in criterion["questions"]:
            asked = {"question": question, "options": displayed_options(question)}
            html = render_to_string("comparisons/_question.html", asked)
            found[f"question:{criterion['id']}:{question['id']}"] = html
            found[f"scale:{question['id']}"] = render_to_string("comparisons/_scale.html", asked)
    return found


def displayed_options(question: JSON) -> list[dict[str, Any]]:
    """The options in the order readers see them, each with the index (0–4) that an answer names."""
    options = [
        {"index": index, "position": POSITIONS[index], "text": text}
        for index, text in enumerate(question["options"])
    ]
    return options[::-1] if question["reversed"] else options


def assemble(
    comparison: Parts,
    paths: Mapping[str, Parts],
    bank: Parts | None,
    closing: Mapping[str, str],
    current_links: Mapping[str, str],
    today: date,
    asking: Asking | None = None,
) -> str:
    """The body of a comparison's page, from parts that were live at one moment, on that day.

    `paths` are the fragments of the contenders' publications by id; `closing` is what every page ends with;
    `asking` fills the slots of what stands on the question bank.
    """
    values = {f"{name}:{path}": parts.get(name, "") for path, parts in paths.items() for name in SHOWN}
    ends = ranges.common(paths.values())
    for path, parts in paths.items():
        spoken = languages.attributes(parts["language"], comparison["language"])
        told = ends | expiry.notices(parts, today) | {"lang": spoken}
        values[f"lang:{path}"] = spoken
        values |= {f"{name}:{path}": slots.fill(parts[name], told) for name in CITING}
        if links.PART in parts:
            values |= {f"{name}:{path}": slots.fill(parts[name], current_links) for name in RICH}
    values |= {**closing, **current_links}
    if bank and asking:
        values |= asking(comparison, paths, bank, today)
    return slots.fill(comparison["body"], values)


def form_and_glance(
    comparison: Parts, paths: Mapping[str, Parts], bank: Parts, today: date
) -> dict[str, str]:
    """The form to be filled in and the picture of the ratings; nothing where there is nothing to ask."""
    html = form(comparison, paths, bank)
    if not html:
        return {}
    return {
        "form": html,
        "form_entry": comparison["form_entry"],
        "glance": at_a_glance(comparison, paths, bank, today),
        "glance_entry": comparison["glance_entry"],
    }


def text(comparison: Parts, paths: Mapping[str, Parts], current_links: Mapping[str, str]) -> str:
    """The page without what stands around its text. No source has expired in it: it is told once and kept."""
    return assemble(comparison, paths, None, {}, current_links, date.min)


def embedded(comparison: Parts, paths: Mapping[str, Parts]) -> str:
    """The card that other sites show of a comparison."""
    return slots.fill(comparison["embed"], {f"name:{path}": parts["name"] for path, parts in paths.items()})


def form(comparison: Parts, paths: Mapping[str, Parts], bank: Parts) -> str:
    """The decision form as HTML; nothing where there is nothing to ask."""
    if len(paths) < len(comparison["paths"].split()):
        return ""
    spoken = languages.attributes(bank["language"], comparison["language"])
    questions = _questions(bank, asked(comparison, paths, bank), spoken)
    names = {f"name:{path}": parts["name"] for path, parts in paths.items()}
    return slots.fill(comparison["form"], {"questions": questions, **names}) if questions else ""


def at_a_glance(comparison: Parts, paths: Mapping[str, Parts], bank: Parts, today: date) -> str:
    """Where the contenders stand on each question, in their order."""
    questions = by_criterion(bank, asked(comparison, paths, bank))
    contenders = [paths[path] for path in comparison["paths"].split()]
    spoken = languages.attributes(bank["language"], comparison["language"])
    areas = glance.scales(questions, bank, contenders, today, spoken)
    return slots.fill(comparison["glance"], {"areas": areas})


def chosen(form: str, given: Mapping[str, str]) -> str:
    """The form with the options marked that a browser sent, so that nothing needs to be chosen twice."""
    for name, value in given.items():
        field = format_html('name="{}" value="{}"', name, value)
        form = form.replace(field, f"{field} checked")
    return form


def asked(comparison: Parts, paths: Mapping[str, Parts], bank: Parts) -> list[str]:
    """The ids of the form's questions."""
    known = [name.rpartition(":")[2] for name in bank if name.startswith("question:")]
    return decision.asked(
        comparison["questions"].split(), known, [p["rated"].split() for p in paths.values()]
    )


def _questions(bank: Parts, questions: list[str], spoken: str) -> str:
    return "".join(
        slots.fill(
            bank[f"criterion:{criterion}"],
            {
                "lang": spoken,
                "questions": "".join(bank[f"question:{criterion}:{question}"] for question in own),
            },
        )
        for criterion, own in by_criterion(bank, questions).items()
    )


def by_criterion(bank: Parts, questions: list[str]) -> dict[str, list[str]]:
    """The questions under their criteria, in the order in which the criteria first appear."""
    homes = {name.rpartition(":")[2]: name.split(":")[1] for name in bank if name.startswith("question:")}
    found: dict[str, list[str]] = {}
    for question in questions:
        found.setdefault(homes[question], []).append(question)
    return found


def _names(paths: Iterable[str]) -> SafeString:
    named = enumerations.both(slots.slot(f"name:{path}") for path in paths)
    return mark_safe(named)  # noqa: S308 -- slots and a message


def _contender(contender: JSON, document: JSON) -> JSON:
    own = [point for point in document["points"] if point["path"] == contender["path"]]
    return contender | {
        "name": slots.slot(f"name:{contender['path']}"),
        "pros": [point for point in own if point["side"] == "pro"],
        "cons": [point for point in own if point["side"] == "con"],
    }
