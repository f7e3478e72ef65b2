"""The pages of career paths and comparisons, and the decision form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import formats, frames, links, moments
from articles.documents import upgrade
from articles.languages import spoken
from articles.markdown import twins
from articles.markdown.twins import twin
from articles.models import Publication
from articles.origin import same_origin_only
from articles.reading import VERSUS, Found, Moved
from articles.social_cards import card
from articles.views import Elsewhere, find, listing, show, show_twin
from comparisons import composed, counting, decision, differences, results
from comparisons.codes import CodeError
from comparisons.forms import AnswersForm, RatingsForm, filled_in
from comparisons.in_words import questions
from comparisons.models import FEWEST_CONTENDERS, MOST_CONTENDERS
from comparisons.presenting import page_context, sentence
from comparisons.reading import (
    TWIN,
    comparison_page,
    composed_page,
    decision_form,
    form_alone,
    path_choices,
)


@require_safe
def path(request: HttpRequest, slug: str) -> HttpResponse:
    return show(request, "career-path", slug)


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    moment = moments.now()
    page = comparison_page(slug, moment)
    return frames.framed(*page) if page else _composed(request, slug, moment)


def _composed(request: HttpRequest, slug: str, moment: datetime) -> HttpResponse:
    try:
        publication = find(request, "comparison", slug, moment)
    except Elsewhere as elsewhere:
        return elsewhere.response
    response = frames.framed(*composed_page(publication, moment))
    response["X-Robots-Tag"] = "noindex"
    return response


@twin
@require_safe
def path_twin(request: HttpRequest, slug: str) -> HttpResponse:
    return show_twin(request, "career-path", slug)


@twin
@require_safe
def comparison_twin(request: HttpRequest, slug: str) -> HttpResponse:
    moment = moments.now()
    try:
        page = comparison_page(slug, moment, TWIN) or composed_page(
            find(request, "comparison", slug, moment), moment, TWIN
        )
    except Elsewhere as elsewhere:
        return elsewhere.response
    return twins.answer(*page, page=f"/compare/{slug}/")


@require_safe
def differences_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The table of the differences as a file."""
    moment = moments.now()
    try:
        publication = find(request, "comparison", slug, moment, document=True, rest=f"differences.{form}")
    except Elsewhere as elsewhere:
        return elsewhere.response
    with spoken(publication.language):
        table = differences.answer(publication, moment, form)
    if table is None:
        raise Http404(gettext("This comparison has no table of differences."))
    return table


@require_safe
def path_list(request: HttpRequest) -> HttpResponse:
    intro = gettext("What each kind of work is, pays and asks for.")
    return listing(request, "career-path", gettext("Career paths"), intro)


@require_safe
def comparison_list(request: HttpRequest) -> HttpResponse:
    """All comparisons; `?path=a&path=b` leads to the one of these, `?more=yes` lets choose up to four."""
    if chosen := request.GET.getlist("path"):
        return _chosen(chosen)
    intro = gettext("Two to four careers side by side, and a form that says which fits what you want.")
    more = "more" in request.GET
    paths = path_choices(moments.now())
    return listing(request, "comparison", gettext("Comparisons"), intro, paths=paths, more=more)


def _chosen(slugs: list[str]) -> HttpResponse:
    wanted = [slug for slug in dict.fromkeys(slugs) if slug][: MOST_CONTENDERS + 1]
    if not FEWEST_CONTENDERS <= len(wanted) <= MOST_CONTENDERS:
        message = gettext("Choose two to four different paths to compare.")
        return _choose_again(wanted, gettext("Choose again"), message, status=422)
    match composed.find(VERSUS.join(wanted), moments.now()):
        case Found(publication):
            return redirect("comparisons:detail", publication.slug)
        case Moved(address):
            return redirect(address)
    message = gettext("One of these career paths is not published (any more).")
    return _choose_again(wanted, gettext("No such comparison"), message, status=404)


def _choose_again(picked: list[str], title: str, message: str, *, status: int) -> HttpResponse:
    context = {
        "title": title,
        "message": message,
        "paths": path_choices(moments.now()),
        "picked": picked,
        "more": len(picked) > FEWEST_CONTENDERS,
    }
    return frames.page("404.html", context, status=status)


# --- The decision form --------------------------------------------------------------------------


@csrf_exempt
@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the form on a page of its own, POST leads to the result's link, which holds the answers.

    With such a link's code, as `?answers=`, the form has those filled in.
    """
    moment = moments.now()
    sent, code = request.method == "POST", request.GET.get("answers")
    try:
        document = sent or bool(code)
        publication = find(request, "comparison", slug, moment, document=document, rest="decide/")
        with spoken(publication.language):
            if sent:
                return _take_in(request, publication, moment)
            if code:
                return private(_form_page(publication, moment, given=_answers(code, publication, moment)))
            return _form_page(publication, moment)
    except Elsewhere as elsewhere:
        return elsewhere.response
    except CodeError as error:
        return _unreadable(publication, error)
    except decision.NoForm as error:
        raise Http404(str(error)) from error


@twin
@require_safe
def decide_twin(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, and how a program answers them."""
    moment = moments.now()
    try:
        publication = find(request, "comparison", slug, moment, document=True, rest="decide/")
        form, _ = decision_form(publication, moment)
    except Elsewhere as elsewhere:
        return elsewhere.response
    except decision.NoForm as error:
        raise Http404(str(error)) from error
    with spoken(publication.language):
        context = {"title": publication.title, **questions(form, slug)}
        return frames.page("comparisons/decide_twin.html", context, language=publication.language)


def _take_in(request: HttpRequest, publication: Publication, moment: datetime) -> HttpResponse:
    form, _ = decision_form(publication, moment)
    given = AnswersForm(form, request.POST)
    if not given.is_valid():
        return _form_page(publication, moment, given.listed_errors(), given.data)
    outcome = results.score(form, publication, moment, given.answers())
    counting.count(request, publication.article_id, outcome)
    return HttpResponseRedirect(_result_address(publication, outcome.code), status=303)


def _answers(code: str, publication: Publication, moment: datetime) -> dict[str, str]:
    """What a result rests on, to be changed, as far as the form still asks it."""
    form, _ = decision_form(publication, moment)
    return filled_in(results.carried(results.reopen(code, publication, moment), form))


@require_safe
def result(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What a result's link leads to, as it was at the moment of the answer."""
    now = moments.now()
    try:
        publication = find(request, "comparison", slug, now, document=True, rest=f"decide/{code}/")
        outcome = results.reopen(code, publication, now)
    except Elsewhere as elsewhere:
        return elsewhere.response
    except CodeError as error:
        return _unreadable(publication, error)
    with spoken(publication.language):
        tried = RatingsForm(outcome.form, request.GET)
        context = _result_context(publication, outcome, tried, now)
        status = 422 if tried.errors else 200
        page = frames.page("comparisons/result.html", context, status=status, language=publication.language)
    return private(page)


def _unreadable(publication: Publication, error: CodeError) -> HttpResponse:
    with spoken(publication.language):
        context = {
            "title": gettext("This result can’t be shown"),
            "message": str(error),
            "address": f"/compare/{publication.slug}/decide/",
        }
        return private(frames.page("400.html", context, status=400, language=publication.language))


def private(response: HttpResponse) -> HttpResponse:
    """A result's address reveals the answers: it is kept from caches, indexes and other sites."""
    response["Cache-Control"] = "private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _result_context(
    publication: Publication, outcome: results.Outcome, tried: RatingsForm, now: datetime
) -> dict[str, Any]:
    address = _result_address(publication, outcome.code)
    changed = tried.changed()
    shown = results.disputed(outcome, changed) if changed else outcome
    rescored = results.rescore(outcome, publication, now) if outcome.newer else None
    asked = {question.id for question in (rescored or outcome).form.questions}
    again = f"/compare/{publication.slug}/decide/" if rescored or not outcome.newer else None
    result = page_context(shown.form, shown.sheet, shown.result, publication.language, outcome.form)
    return {
        "title": publication.title,
        "headline": _headline(result),
        "social_image": _social_image(publication, _digest(publication, outcome.form)),
        "address": f"/compare/{publication.slug}/",
        "again": again,
        "revise": again and f"{again}?answers={outcome.code}",
        "asked": asked,
        "link": f"{settings.SITE_URL}{address}",
        "answered_on": formats.moment(outcome.moment),
        "newer": outcome.newer,
        "counted": settings.COUNT_DECISIONS,
        "rescored": _result_address(publication, rescored.code) if rescored else None,
        "alternatives": _alternatives(publication, now),
        "result": result,
        "editors_sentence": sentence(outcome.form, outcome.result) if changed else "",
        "changed": len(changed),
        "errors": tried.listed_errors(),
        "own_address": address,
    }


def _headline(result: Mapping[str, Any]) -> str:
    match result["verdict"]:
        case "leans":
            return gettext("Your answers lean towards %(path)s") % {"path": result["leader"]["name"]}
        case "too_close_to_call":
            return gettext("Too close to call")
    return gettext("Not enough answers yet")


def _digest(publication: Publication, form: decision.DecisionForm) -> str:
    described = card.described(upgrade(publication.revision.document))
    return card.digest(described, [escape(path.name) for path in form.paths])


def _social_image(publication: Publication, digest: str) -> str:
    """The comparison's card, which says nothing of the answers; the site's where nobody has written it."""
    if publication.pk is None:
        return card.site_image()
    return f"{settings.SITE_URL}{card.address(f'/compare/{publication.slug}/', digest)}"


def _alternatives(publication: Publication, moment: datetime) -> str:
    sections = upgrade(publication.revision.document)["sections"]
    html = "".join(section["body"] for section in sections if section["role"] == "alternatives")
    return mark_safe(links.filled(html, moment))  # noqa: S308 -- sanitised where it was stored


def _result_address(publication: Publication, code: str) -> str:
    return f"/compare/{publication.slug}/decide/{code}/"


def _form_page(
    publication: Publication,
    moment: datetime,
    errors: Sequence[dict[str, str]] = (),
    given: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    form, digest = form_alone(publication, moment, given)
    if not form:
        raise decision.NoForm(decision.UNRATED)
    context = {
        "title": publication.title,
        "social_image": _social_image(publication, digest),
        "address": (address := f"/compare/{publication.slug}/"),
        "shared": f"{settings.SITE_URL}{address}decide/",
        "form": mark_safe(form),  # noqa: S308 -- rendered by templates
        "errors": errors,
        "revised": given and not errors,
    }
    status = 422 if errors else 200
    return frames.page("comparisons/decide.html", context, status=status, language=publication.language)
