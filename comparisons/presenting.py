"""A result in words and numbers, the same for the page and the API. Pure."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from articles.languages import attributes
from comparisons.answers import AnswerSheet
from comparisons.decision import DecisionForm, Path, number, percent, rounded
from comparisons.foreign_words import marked, told
from comparisons.scoring import CriterionResult, QuestionResult, Result, Shortfall, Verdict
from comparisons.sensitivity import IMPORTANCES, Sensitivity

JSON = dict[str, Any]


def payload(form: DecisionForm, sheet: AnswerSheet, result: Result) -> JSON:
    """The result of these answers as plain data. Scores and contributions are points (0–100), weights are
    shares of 1.
    """
    return {
        "verdict": result.verdict.value,
        "sentence": sentence(form, result),
        "leader": result.leader,
        "runner_up": result.runner_up,
        "scores": [
            {
                "path": path,
                "name": _name(form, path),
                "score": number(result.scores[path]),
                "exact": str(result.scores[path]),
            }
            for path in result.ranking
        ],
        "margin": None if result.margin is None else number(result.margin),
        "margin_exact": None if result.margin is None else str(result.margin),
        "band": None if result.band_squared is None else number(_root(result.band_squared)),
        "answered": result.answered,
        "total": result.total,
        "missing": missing(result.missing),
        "criteria": [_criterion(form, criterion) for criterion in result.criteria],
        "strongest_against": _strongest_against(result),
        **Sensitivity(form, sheet, result).payload(),
    }


def sentence(form: DecisionForm, result: Result) -> str:
    if result.verdict is Verdict.NOT_ENOUGH or result.margin is None or result.band_squared is None:
        return gettext("Not enough answers yet.")
    told = {
        "leader": _name(form, result.leader),
        "second": _name(form, result.runner_up),
        "margin": rounded(result.margin),
        "band": rounded(_root(result.band_squared)),
    }
    if result.verdict is Verdict.LEANS:
        return gettext("Leans towards %(leader)s, %(margin)s points ahead of %(second)s.") % told
    too_close = gettext(
        "Too close to call: %(leader)s and %(second)s are %(margin)s points apart, "
        "and the ratings can’t tell apart less than %(band)s."
    )
    return too_close % told


def missing(shortfall: Shortfall | None) -> list[str]:
    """What a verdict still needs, in sentences."""
    if shortfall is None:
        return []
    found = []
    if wanted := shortfall.answers_needed:
        needed = ngettext(
            "%(count)s more answer needed: at least six in ten of the questions.",
            "%(count)s more answers needed: at least six in ten of the questions.",
            wanted,
        )
        found.append(needed % {"count": wanted})
    if wanted := shortfall.criteria_needed:
        needed = ngettext(
            "Answers needed under %(count)s more area.", "Answers needed under %(count)s more areas.", wanted
        )
        found.append(needed % {"count": wanted})
    if shortfall.no_importance:
        nothing = gettext("Nothing you answered matters to you: give at least one area some importance.")
        found.append(nothing)
    return found


def against(form: DecisionForm, result: Result) -> str:
    """The strongest argument against the path in the lead; nothing where every answer favours it."""
    objection = result.strongest_against
    if objection is None:
        return ""
    question = next(each for each in form.questions if each.id == objection.question.question)
    return gettext("“%(question)s” speaks for %(path)s, by %(points)s points.") % {
        "question": question.prompt,
        "path": _name(form, result.runner_up),
        "points": rounded(-objection.question.contribution),
    }


def page_context(
    form: DecisionForm,
    sheet: AnswerSheet,
    result: Result,
    language: str,
    editors: DecisionForm | None = None,
) -> JSON:
    """What the result template shows on a page of that language, all numbers as text, sentences as HTML.

    `editors` is the form with the editors' ratings, where a reader tried others.
    """
    words = marked(form, language)
    sensitivity = Sensitivity(words, sheet, result)
    largest = max((abs(criterion.contribution) for criterion in result.criteria), default=Fraction(0))
    enough = result.verdict is not Verdict.NOT_ENOUGH
    return {
        "verdict": result.verdict.value,
        "answered": result.answered,
        "total": result.total,
        "missing": missing(result.missing),
        "changes": list(map(mark_safe, sensitivity.sentences())),
        "sureness": mark_safe(sensitivity.sureness()),  # noqa: S308 -- its words are escaped
        "against": mark_safe(against(words, result)) if enough else "",  # noqa: S308 -- likewise
        "spoken": attributes(form.language, language),
        "leader": _linked(form, result.leader),
        "first": _name(form, result.leader),
        "second": _name(form, result.runner_up),
        "margin": "" if result.margin is None else rounded(result.margin),
        "band": "" if result.band_squared is None else rounded(_root(result.band_squared)),
        "scores": [
            {**(_linked(form, path) or {}), "score": rounded(score), "width": float(round(score, 1))}
            for path, score in ((path, result.scores[path]) for path in result.ranking if enough)
        ],
        "criteria": [
            {
                **_criterion_context(form, criterion, largest),
                **_pull(form, result, criterion.contribution),
                "questions": [
                    _question_context(form, editors or form, question, language)
                    | _pull(form, result, question.contribution)
                    for question in criterion.questions
                ],
            }
            for criterion in result.criteria
        ],
    }


def _criterion(form: DecisionForm, criterion: CriterionResult) -> JSON:
    return {
        "id": criterion.criterion,
        "name": _criterion_name(form, criterion.criterion),
        "importance": criterion.importance,
        "weight": number(criterion.weight),
        "contribution": number(criterion.contribution),
        "fits": {path: number(fit) for path, fit in criterion.fits.items()},
        "questions": [_question(form, question) for question in criterion.questions],
    }


def _question(form: DecisionForm, question: QuestionResult) -> JSON:
    grounds = {path.id: form.grounds[path.id][question.question] for path in form.paths}
    return {
        "id": question.question,
        "position": question.answer,
        "weight": number(question.weight),
        "contribution": number(question.contribution),
        "fits": {path: number(fit) for path, fit in question.fits.items()},
        "expired": {path: each.expired for path, each in grounds.items() if each.expired},
    }


def _strongest_against(result: Result) -> JSON | None:
    against = result.strongest_against
    if against is None:
        return None
    return {
        "criterion": against.criterion.criterion if against.criterion else None,
        "question": against.question.question,
    }


def _pull(form: DecisionForm, result: Result, contribution: Fraction) -> JSON:
    """How far a part of the distance goes towards which of the two paths; nothing goes towards neither."""
    towards = result.leader if contribution > 0 else result.runner_up
    return {
        "contribution": rounded(abs(contribution)),
        "towards": _name(form, towards) if contribution else "",
    }


def _criterion_context(form: DecisionForm, criterion: CriterionResult, largest: Fraction) -> JSON:
    share = abs(criterion.contribution) / largest * 100 if largest else Fraction(0)
    return {
        "name": _criterion_name(form, criterion.criterion),
        "importance": criterion.importance,
        "importance_words": str(IMPORTANCES[criterion.importance]),
        "weight": percent(criterion.weight),
        "sign": (criterion.contribution > 0) - (criterion.contribution < 0),
        "width": float(round(share, 1)),
    }


def _question_context(
    form: DecisionForm, editors: DecisionForm, result: QuestionResult, language: str
) -> JSON:
    index, question = next(
        (index, question) for index, question in enumerate(form.questions) if question.id == result.question
    )
    answer = None if result.answer is None else question.options[result.answer // 25]
    return {
        "id": question.id,
        "prompt": question.prompt,
        "answer": answer and told(answer, form.language, language),
        "position": result.answer,
        "low": question.options[0],
        "high": question.options[-1],
        "places": [
            {
                **_place(form, path, result, language),
                "field": f"rating-{index}-{place}",
                "editors": editors.table.ratings[path.id][question.id].value,
            }
            for place, path in enumerate(form.paths)
        ],
    }


def _place(form: DecisionForm, path: Path, result: QuestionResult, language: str) -> JSON:
    rating = form.table.ratings[path.id][result.question]
    grounds = form.grounds[path.id][result.question]
    return {
        "name": path.name,
        "spoken": attributes(path.language, language),
        "value": rating.value,
        "uncertainty": rating.band,
        "expired": grounds.expired,
        "rationale": grounds.rationale,
        "sources": grounds.sources,
        "fit": rounded(result.fits[path.id]) if path.id in result.fits else None,
    }


def _linked(form: DecisionForm, path: str | None) -> Mapping[str, str] | None:
    found = next((each for each in form.paths if each.id == path), None)
    return {"name": found.name, "address": f"/careers/{found.slug}/"} if found else None


def _name(form: DecisionForm, path: str | None) -> str:
    return next((each.name for each in form.paths if each.id == path), "")


def _criterion_name(form: DecisionForm, criterion: str) -> str:
    return next(each.name for each in form.criteria if each.id == criterion)


def _root(square: Fraction) -> Fraction:
    """The square root to 30 digits, exactly where it is a whole number; shown, never compared."""
    scale = 10**30
    return Fraction(math.isqrt(square.numerator * scale**2 // square.denominator), scale)
