"""From answers to a result with a code, and from a code back to the same result, at its own moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from articles import reading
from articles.documents import upgrade
from articles.models import Publication
from comparisons import codes, composed, decision, scoring
from comparisons.answers import Answers, AnswerSheet, fill
from comparisons.codes import CodeError, Reason, ResultCode
from comparisons.decision import DecisionForm
from comparisons.reading import Cast, cast, decision_form
from comparisons.scoring import Result


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result, the form it answers, and the code that leads back to it."""

    form: DecisionForm
    result: Result
    sheet: AnswerSheet
    code: str
    moment: datetime
    newer: bool = False  # something it rests on has been published anew since


def answer(publication: Publication, moment: datetime, answers: Answers) -> Outcome:
    """Score answers to the form as it is at the moment.

    Raises answers.AnswerError for what the form does not know, decision.NoForm where there is none.
    """
    form, _ = decision_form(publication, moment)
    return score(form, publication, moment, answers)


def score(form: DecisionForm, publication: Publication, moment: datetime, answers: Answers) -> Outcome:
    """Like `answer`, with the form of that moment in hand."""
    sheet = fill(form.table, answers)
    code = ResultCode(publication.article_id, moment, sheet.options, sheet.importances)
    return Outcome(form, scoring.score_sheet(form.table, sheet), sheet, codes.encode(code), moment)


def reopen(text: str, current: Publication, now: datetime) -> Outcome:
    """The result that a code leads to. `current` is the comparison's publication that is live now.

    A code from the time before an editor wrote the comparison leads to what was composed then. Raises
    CodeError for a code that is damaged, or from a moment at which there was no such form.
    """
    paths = [UUID(contender["path"]) for contender in upgrade(current.revision.document)["contenders"]]
    code = _decode(text, current.article_id, composed.identifier(paths))
    if code.moment > now:
        raise CodeError(Reason.DAMAGED)
    form, then = _form_at(code, paths)
    sheet = AnswerSheet(code.options, code.importances)
    try:
        result = scoring.score_sheet(form.table, sheet)
    except ValueError as error:
        raise CodeError(Reason.DAMAGED) from error
    return Outcome(form, result, sheet, text, code.moment, newer=_changed(then, current, now))


def _decode(text: str, *comparisons: UUID) -> ResultCode:
    """The code as that of the first comparison whose checksum it has."""
    for comparison in comparisons:
        try:
            return codes.decode(text, comparison=comparison)
        except CodeError as error:
            refused = error
    raise refused


def disputed(outcome: Outcome, values: Mapping[tuple[int, int], int]) -> Outcome:
    """The result with other ratings for this reader: values of 0 to 100 by the places of question and path.

    Nothing of it is stored, and the code stays that of the result with the editors' ratings.
    """
    table = outcome.form.table
    ratings = {path: dict(rated) for path, rated in table.ratings.items()}
    for (question, path), value in values.items():
        rated, key = ratings[table.paths[path]], table.questions[question].id
        rated[key] = replace(rated[key], value=value)
    form = replace(outcome.form, table=replace(table, ratings=ratings))
    return replace(outcome, form=form, result=scoring.score_sheet(form.table, outcome.sheet))


def rescore(outcome: Outcome, current: Publication, now: datetime) -> Outcome | None:
    """The same answers to the form of now, as far as it still asks them; None where there is no form."""
    try:
        form, _ = decision_form(current, now)
    except decision.NoForm:
        return None
    return score(form, current, now, carried(outcome, form))


def carried(outcome: Outcome, form: DecisionForm) -> Answers:
    """What was answered, as far as another form still asks it."""
    asked = [question.id for question in outcome.form.questions]
    weighed = [criterion.id for criterion in outcome.form.criteria]
    known = {question.id for question in form.questions}
    areas = {criterion.id for criterion in form.criteria}
    options = {pk: option for pk, option in zip(asked, outcome.sheet.options, strict=True) if pk in known}
    weights = zip(weighed, outcome.sheet.importances, strict=True)
    importances = {pk: importance for pk, importance in weights if pk in areas}
    return Answers(options, importances)


def _form_at(code: ResultCode, paths: Sequence[UUID]) -> tuple[DecisionForm, Cast]:
    if code.comparison == composed.identifier(paths):
        then = composed.at(paths, code.moment)
    else:
        live = reading.live(code.moment).filter(article=code.comparison)
        then = live.select_related("revision").first()
    if then is None:
        raise CodeError(Reason.DAMAGED)
    try:
        return decision_form(then, code.moment)
    except decision.NoForm as error:
        raise CodeError(Reason.DAMAGED) from error


def _changed(then: Cast, current: Publication, now: datetime) -> bool:
    return cast(current, list(then.paths), now).ids != then.ids
