"""Pages of replies that an article's own page has no room for, and the way to one of them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from articles import frames, lists, site_addresses
from articles.comments import arriving, paging, thread
from articles.models import Publication

List = Callable[[HttpRequest, Publication, datetime], HttpResponse]


def asked(request: HttpRequest) -> List | None:
    """What is to be shown, where the address asks for replies that are there, and not for the form."""
    if request.method == "POST":
        return None
    wanted: dict[str, List] = {"reply": _one, "thread": _answers, "page": _page}
    return next((found for name, found in wanted.items() if name in request.GET), None)


def _page(request: HttpRequest, publication: Publication, moment: datetime) -> HttpResponse:
    number, address = lists.page_number(request), site_addresses.of(publication.kind, publication.slug)
    if number == 1:
        return HttpResponseRedirect(f"{address}#replies")
    shown = thread.cut(paging.page(publication.article_id, moment, number))
    if not shown.threads:
        raise Http404(gettext("The list is not that long."))
    newer, older = lists.neighbours(request, number, more=shown.more)
    if number == 2:
        newer = f"{address}#replies"
    words = (gettext("Newer replies"), gettext("Older replies"))
    return _shown(publication, moment, thread.html(shown, ""), number, (newer, older), words)


def _answers(request: HttpRequest, publication: Publication, moment: datetime) -> HttpResponse:
    """A thread by itself, with the answers in their order."""
    number, pk = lists.page_number(request), _identifier(request, "thread")
    found = thread.gathered(paging.answers(publication.article_id, moment, pk, number))
    if not found or (number > 1 and not found[0].answers):
        raise Http404(gettext("There is no such reply here."))
    most = paging.ANSWERS_OF_ONE
    more = len(found[0].answers) > most
    del found[0].answers[most:]
    around = lists.neighbours(request, number, more=more)
    words = (gettext("Earlier answers"), gettext("Later answers"))
    html = thread.html(thread.Shown(found, more), "", most)
    return _shown(publication, moment, html, number, around, words, of_one=True)


def _one(request: HttpRequest, publication: Publication, moment: datetime) -> HttpResponse:
    """To where a reply stands by now: others have come since its address was told."""
    pk, address = _identifier(request, "reply"), site_addresses.of(publication.kind, publication.slug)
    place = paging.place(publication.article_id, moment, pk)
    if place is None:
        raise Http404(gettext("There is no such reply here."))
    asked_for = [f"thread={place.thread}"] if place.thread else []
    asked_for += [f"page={place.page}"] if place.page > 1 else []
    rest = f"{thread.BASE}?{'&'.join(asked_for)}" if asked_for else ""
    return HttpResponseRedirect(f"{address}{rest}#reply-{pk}")


def _shown(
    publication: Publication,
    moment: datetime,
    replies: str,
    number: int,
    around: tuple[str | None, str | None],
    words: tuple[str, str],
    *,
    of_one: bool = False,
) -> HttpResponse:
    address = site_addresses.of(publication.kind, publication.slug)
    context = {
        "title": publication.title,
        "address": address,
        "all": f"{address}#replies",
        "replies": mark_safe(replies),  # noqa: S308 -- of templates that escape what readers wrote
        "are_open": arriving.are_open(publication, moment),
        "number": number if number > 1 else None,
        "of_one": of_one,
        "newer": around[0],
        "older": around[1],
        "newer_label": words[0],
        "older_label": words[1],
    }
    return frames.page("articles/replies.html", context, language=publication.language)


def _identifier(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.GET[name])
    except ValueError as error:
        raise Http404(gettext("There is no such reply here.")) from error
