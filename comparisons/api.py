"""What programs read of paths and comparisons, and the decision form: asked, answered, reopened."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.http import HttpResponse
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ParseError, ValidationError
from rest_framework.request import Request

from articles import reading, rendering
from articles.api import bodies, items, parameters
from articles.api.responses import JSON_TYPE, dump, respond
from articles.api.shapes import listed_and_whole
from articles.api.views import LISTED, LiveViewSet, visible, with_text
from articles.languages import spoken
from articles.models import Publication
from articles.prepared import SAMPLE, PreparedRows
from articles.records import JSON
from comparisons import decision, results
from comparisons.answers import (
    ADVICE,
    DEFAULT_IMPORTANCE,
    POSITIONS,
    AnswerError,
    Answers,
    Problem,
)
from comparisons.codes import CodeError
from comparisons.presenting import IMPORTANCES, payload
from comparisons.reading import COMPARISON, compared_by, decision_form, fairness_report
from comparisons.reading import PATH as PATH_KIND
from comparisons.shapes import ANSWERS, FAIRNESS, FORM, PATHS, REOPENED, RESULT
from comparisons.views import private

PATHS_KEY = ',"paths":'


class CareerPathViewSet(LiveViewSet):
    """Career paths."""

    kind = "career-path"
    answers = listed_and_whole("CareerPath", "career-path")


class ComparisonViewSet(LiveViewSet):
    """Comparisons of career paths, and their decision forms."""

    kind = COMPARISON
    keys = (*items.ITEM, "paths")
    accepts = {
        "list": (
            *LISTED,
            parameters.slug("path", "Only what compares the path with this slug."),
            parameters.fields(keys),
        ),
        "retrieve": (parameters.fields((*keys, items.DOCUMENT)),),
    }
    takes = {"decide": ANSWERS}
    answers = {
        **listed_and_whole("Comparison", "comparison", paths=PATHS),
        "decision": FORM,
        "decide": RESULT,
        "result": REOPENED,
        "fairness": FAIRNESS,
    }
    facets = {
        **LiveViewSet.facets,
        "path": lambda slug, moment: (
            reading.live(moment).of_kind("career-path").filter(slug=slug).values("article")
        ),
    }

    def items(self, rows: Sequence[Any]) -> Sequence[str]:
        paths = _live_paths([row.id for row in rows], self.moment)
        return [_with_paths(row, paths) for row in rows]

    def whole(self, slug: str) -> tuple[Any, str] | None:
        rows = WITH_PATHS(slug=slug, moment=self.moment)
        here = next((row for row in rows if row.kind == self.kind), None)
        cards = [json.loads(rendering.card(row)) for row in rows if row.kind == PATH_KIND]
        paths = {card["id"]: _path(card["id"], card["slug"], card["title"]) for card in cards}
        return (here, _with_paths(here, paths)) if here else None

    @action(detail=True)
    def decision(self, request: Request, slug: str) -> HttpResponse:
        """The questions, in the order in which they are asked, and what they decide between."""
        publication = self.publication(slug)
        try:
            form, _ = decision_form(publication, self.moment)
        except decision.NoForm as error:
            raise NotFound(str(error)) from error
        with spoken(publication.language):
            return respond(request, dump(_form(form)))

    @decision.mapping.post
    def decide(self, request: Request, slug: str) -> HttpResponse:
        """Answer the questions. Nothing is stored; the code holds the answers."""
        publication = self.publication(slug)
        answers = _answers(request)
        try:
            outcome = results.answer(publication, self.moment, answers)
        except decision.NoForm as error:
            raise NotFound(str(error)) from error
        except AnswerError as error:
            raise ValidationError(_objection(error)) from error
        with spoken(publication.language):
            return private(HttpResponse(dump(_outcome(slug, outcome)), JSON_TYPE))

    @action(detail=True, url_path="decision/<str:code>", url_name="result")
    def result(self, request: Request, slug: str, code: str) -> HttpResponse:
        """A result by its code, with the same numbers as when it was given."""
        publication = self.publication(slug)
        try:
            outcome = results.reopen(code, publication, self.moment)
        except CodeError as error:
            raise ParseError(str(error)) from error
        with spoken(publication.language):
            return private(respond(request, dump(_outcome(slug, outcome) | {"newer": outcome.newer})))

    @action(detail=True)
    def fairness(self, request: Request, slug: str) -> HttpResponse:
        """Whether the decision form gives every path a fair chance, as editors see it before they publish."""
        try:
            return respond(request, dump(fairness_report(self.publication(slug), self.moment)))
        except decision.NoForm as error:
            raise NotFound(str(error)) from error

    def publication(self, slug: str) -> Publication:
        """The comparison that is live under a slug, with its document."""
        outcome = reading.resolve_with_document(self.kind, slug, self.moment)
        if isinstance(outcome, reading.Found):
            return outcome.publication
        raise self.elsewhere(outcome)


def _with_paths(row: Any, paths: Mapping[str, str]) -> str:
    """The item with what the paths are called at the moment, in place of the ids that the card ends with."""
    start, key, ids = rendering.card(row).rpartition(PATHS_KEY)
    named = ",".join(paths[path] for path in json.loads(ids[:-1]) if path in paths)
    return items.item(row, f"{start}{key}[{named}]}}")


def _path(pk: str, slug: str, title: str) -> str:
    return dump({"id": pk, "slug": slug, "title": title})


def _live_paths(comparisons: Sequence[int], moment: datetime) -> dict[str, str]:
    """What these publications compare, as it is live at the moment: JSON texts by id. One query."""
    if not comparisons:
        return {}
    places = 1 << (len(comparisons) - 1).bit_length()
    filled = [*comparisons, *[comparisons[0]] * (places - len(comparisons))]
    rows = _paths_query(places)(moment=moment, **{f"in{i}": pk for i, pk in enumerate(filled)})
    return {str(row.article_id): _path(str(row.article_id), row.slug, row.title) for row in rows}


@cache
def _paths_query(places: int) -> PreparedRows:
    """A query for so many comparisons; for powers of two only, so that there are few of them."""

    def build(moment: datetime, **comparisons: int) -> QuerySet[Any, Any]:
        found = compared_by(comparisons.values(), moment)
        return found.values_list("article_id", "slug", "title", named=True)

    return PreparedRows(build, moment=SAMPLE, **{f"in{i}": -1 - i for i in range(places)})


def _with_paths_query(slug: str, moment: datetime) -> QuerySet[Any, Any]:
    here = visible(COMPARISON, moment).filter(slug=slug)
    paths = compared_by(here.values("pk"), moment)
    return with_text(here, F("revision__text")).union(with_text(paths, Value("")), all=True)


WITH_PATHS = PreparedRows(_with_paths_query, slug="<slug>", moment=SAMPLE)


def _form(form: decision.DecisionForm) -> JSON:
    return {
        "questions": [
            {
                "id": question.id,
                "criterion": question.criterion,
                "prompt": question.prompt,
                "help": question.help,
                "shape": question.shape,
                "options": question.options,
                "reversed": question.reversed,
            }
            for question in form.questions
        ],
        "criteria": [{"id": each.id, "name": each.name, "swing": each.swing} for each in form.criteria],
        "paths": [
            {"id": path.id, "name": path.name, "slug": path.slug, "url": f"/careers/{path.slug}/"}
            for path in form.paths
        ],
        "positions": POSITIONS,
        "importances": [str(words) for words in IMPORTANCES],
        "default_importance": DEFAULT_IMPORTANCE,
    }


def _answers(request: Request) -> Answers:
    data = bodies.read(request, ("answers", "importances"))
    return Answers(bodies.mapping(data, "answers"), bodies.mapping(data, "importances"))


def _objection(error: AnswerError) -> dict[str, list[str]]:
    about_question = error.problem in (Problem.UNKNOWN_QUESTION, Problem.BAD_OPTION)
    where = f"{'answers' if about_question else 'importances'}.{bodies.quoted(error.subject)[1:-1]}"
    return {where: [f"{ADVICE[error.problem]}; got {bodies.quoted(error.value)}."]}


def _outcome(slug: str, outcome: results.Outcome) -> JSON:
    return payload(outcome.form, outcome.sheet, outcome.result) | {
        "code": outcome.code,
        "link": f"/compare/{slug}/decide/{outcome.code}/",
        "moment": items.instant(outcome.moment),
    }
