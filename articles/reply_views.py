"""Replies: the form, a writer's own reply by a signed link, following, and what is kept about an address.

Readers have no session: a signed link stands in for it, and no page here is kept or indexed by anybody.
"""

import json
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import exhibits, frames, moments, reply_lists, site_addresses, trail
from articles.comments import (
    arriving,
    following,
    opened,
    own_links,
    personal,
    senders,
    subjects,
    texts,
    thread,
)
from articles.comments.subjects import Subject
from articles.forms import AddressForm, EditForm, ReplyForm
from articles.languages import spoken
from articles.models import Comment, Follower, Publication
from articles.origin import View, same_origin_only
from articles.views import Elsewhere, find

FORM = ["GET", "HEAD", "POST"]
FIELDS = ("name", "email", "text", "follow")


def by_link(view: View) -> View:
    """What is shown to whoever has the link alone: not to be kept, indexed or told to where one goes next."""

    @csrf_exempt
    @same_origin_only
    @require_http_methods(FORM)
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return _kept_out(view(request, *args, **kwargs))
        except own_links.NoLink:
            return _kept_out(_no_link(status=404))
        except own_links.Expired:
            return _kept_out(_no_link(status=410))

    return shown


def _kept_out(response: HttpResponse) -> HttpResponse:
    """A browser that is told of no page at all takes the forms here to come from nowhere."""
    exhibits.hide(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def _no_link(*, status: int) -> HttpResponse:
    context = {
        "title": gettext("This link doesn’t work"),
        "message": gettext("It has ended, or it is not complete. Copy the whole of it, or ask for another."),
    }
    return frames.page("404.html", context, status=status)


# --- Writing one ------------------------------------------------------------------------------------


@csrf_exempt
@same_origin_only
@require_http_methods(FORM)
def replies(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """GET shows the form on a page of its own, to answer one reply, or other replies; POST takes one in."""
    moment = moments.now()
    try:
        written = request.POST.get("text", "")
        publication = find(request, kind, slug, moment, rest="replies/", written=written)
    except Elsewhere as elsewhere:
        return elsewhere.response
    if publication.pk is None:
        raise Http404(gettext("Replies are closed."))
    if shown := reply_lists.asked(request):
        with spoken(publication.language):
            return shown(request, publication, moment)
    with spoken(publication.language):
        if not arriving.are_open(publication, timezone.now()):
            return _closed(request, publication)
        if request.method == "POST":
            return _take_in(request, publication)
        try:
            parent = _parent(request.GET.get("to"), publication.article_id)
        except NoParent as error:
            raise Http404(gettext("The reply you answer is not here.")) from error
        return _reply_page(publication, parent, ReplyForm(), status=200)


def _take_in(request: HttpRequest, publication: Publication) -> HttpResponse:
    form, stamp = ReplyForm(request.POST), request.POST.get("opened", "")
    try:
        parent = _parent(request.POST.get("parent"), publication.article_id)
    except NoParent:  # it was taken down, or changed, while it was answered
        said = gettext(
            "The reply you answer is not here any more. What you wrote can be sent as a reply to the article."
        )
        form.add_error(None, said)
        return _reply_page(publication, None, form, stamp=stamp, status=422)
    if not form.is_valid():
        return _reply_page(publication, parent, form, stamp=stamp, status=422)
    if form.is_robot:
        said = gettext("A field was filled in that only programs see. It is empty now: send it again.")
        form.add_error(None, said)
        return _reply_page(publication, parent, form, stamp=stamp, status=422)
    try:
        opened.check(stamp)
        reply = arriving.take_in(
            form.reply(),
            publication.article_id,
            parent,
            senders.sender(request),
            follow=form.cleaned_data["follow"],
            network=senders.network(request),
        )
    except opened.NotYet as again:
        status = 422 if stamp else 200
        return _reply_page(publication, parent, form, stamp=again.stamp, status=status, note=str(again))
    except arriving.Refused as refused:
        form.add_error(None, str(refused))
        response = _reply_page(publication, parent, form, stamp=stamp, status=refused.status)
        if refused.again_in:
            response["Retry-After"] = str(refused.again_in)
        return response
    asked = "?follow=1" if form.cleaned_data["follow"] else ""
    return HttpResponseRedirect(f"{own_links.OWN.path(reply.pk)}{asked}", status=303)


def _reply_page(
    publication: Publication,
    parent: Comment | None,
    form: ReplyForm,
    *,
    status: int,
    stamp: str = "",
    note: str = "",
) -> HttpResponse:
    is_seen = bool(note) and form.is_valid()
    context = {
        "title": publication.title,
        "address": site_addresses.of(publication.kind, publication.slug),
        "parent": parent,
        "note": note,
        "preview": texts.html(form.cleaned_data["text"]) if is_seen else "",
        "errors": _errors(form),
        "values": {name: form.data.get(name, "") for name in FIELDS},
        "opened": stamp or opened.stamp(),
    }
    return _kept_out(
        frames.page("articles/reply.html", context, status=status, language=publication.language)
    )


def _closed(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Replies have ended; what was written meanwhile is given back to whoever wrote it."""
    context = {
        "title": publication.title,
        "address": site_addresses.of(publication.kind, publication.slug),
        "closed_at": arriving.closes_at(publication),
        "written": request.POST.get("text", ""),
    }
    return _kept_out(
        frames.page("articles/reply_closed.html", context, status=410, language=publication.language)
    )


@require_safe
def stamp(request: HttpRequest) -> HttpResponse:
    """For the form on an article's page, which is the same for everybody: since now it is open."""
    return HttpResponse(opened.stamp(), "text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


class NoParent(Exception):
    """What somebody answers is no reply that can be answered, or not any more."""


def _parent(given: str | None, article: UUID) -> Comment | None:
    """Raises NoParent."""
    if not given:
        return None
    try:
        return thread.answerable(article).get(pk=UUID(given))
    except (ValueError, Comment.DoesNotExist) as error:
        raise NoParent from error


# --- One's own --------------------------------------------------------------------------------------


@by_link
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A writer's own reply: what has become of it, and for 15 minutes a form to change or take it back."""
    comment = _own(own_links.OWN.key(token))
    about = subjects.subject(comment.article_id, timezone.now())
    with spoken(about.language):
        return _looked_after(request, comment, about)


def _looked_after(request: HttpRequest, comment: Comment, about: Subject) -> HttpResponse:
    if request.method != "POST":
        form = EditForm(initial={"name": comment.name, "text": comment.text})
        return _own_page(comment, about, form, asked_to_follow="follow" in request.GET)
    try:
        if "withdraw" in request.POST:
            arriving.withdraw(comment)
            return HttpResponseRedirect(request.path, status=303)
        return _edited(request, comment, about)
    except arriving.Refused as refused:
        form = EditForm(request.POST)
        form.add_error(None, str(refused))
        return _own_page(_own(comment.pk), about, form, status=refused.status)


def _edited(request: HttpRequest, comment: Comment, about: Subject) -> HttpResponse:
    form = EditForm(request.POST)
    if not form.is_valid():
        return _own_page(comment, about, form, status=422)
    arriving.edit(comment, **form.cleaned_data, network=senders.network(request))
    return HttpResponseRedirect(request.path, status=303)


def _own(pk: UUID) -> Comment:
    """Raises NoLink where it was erased."""
    comment = Comment.objects.filter(pk=pk).first()
    if comment is None:
        raise own_links.NoLink
    return comment


def _own_page(
    comment: Comment, about: Subject, form: EditForm, *, status: int = 200, asked_to_follow: bool = False
) -> HttpResponse:
    now = timezone.now()
    given = form.data if form.is_bound else form.initial
    asked_to_follow = asked_to_follow and bool(comment.email) and comment.confirmed_at is None
    context = {
        "comment": comment,
        "shown": texts.html(comment.text),
        "title": about.title,
        "address": about.address,
        "until": comment.editable_until() if comment.is_editable(now) else None,
        "asked_to_follow": asked_to_follow,
        "follows": _follows(comment),
        "may_be_known": _may_be_known(comment) and not asked_to_follow,  # it is the same mail
        "errors": _errors(form),
        "values": {name: given.get(name, "") for name in ("name", "text")},
    }
    return frames.page("articles/reply_own.html", context, status=status, language=about.language)


def _follows(comment: Comment) -> bool:
    """Said only to who has shown that the address is theirs: anybody may have typed it."""
    followers = Follower.objects.confirmed().filter(article=comment.article_id, email=comment.email)
    return comment.confirmed_at is not None and followers.exists()


def _may_be_known(comment: Comment) -> bool:
    """Whether a mail asks whose it is so that it may be let through."""
    waits = comment.status == Comment.Status.WAITING and comment.confirmed_at is None
    return bool(settings.COMMENTS_KNOWN_PASS and waits and comment.email)


@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Programs that look at the links of a mail confirm nothing: a person presses the button."""
    claim = own_links.CONFIRM.read(token)
    comment = _own(own_links.reply_claimed(claim))
    if not comment.email or claim != own_links.claimed(comment.pk, comment.email):
        raise own_links.NoLink
    if request.method == "POST":
        arriving.confirm(comment)
        return HttpResponseRedirect(own_links.OWN.path(comment.pk), status=303)
    following_too = Follower.objects.filter(article=comment.article_id, email=comment.email).exists()
    about = subjects.subject(comment.article_id, timezone.now())
    context = {
        "comment": comment,
        "title": about.title,
        "shown": texts.html(comment.text),
        "follows": following_too,
    }
    with spoken(about.language):
        return frames.page("articles/reply_confirm.html", context, language=about.language)


@csrf_exempt
@require_http_methods(FORM)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a program of mail POSTs here, from wherever it is; people are shown a button."""
    try:
        pk = own_links.UNSUBSCRIBE.key(token)
    except own_links.NoLink:
        return _kept_out(_no_link(status=404))
    if request.method == "POST":
        following.end(pk)
    follower = Follower.objects.filter(pk=pk).first()
    title = subjects.subject(follower.article_id, timezone.now()).title if follower else ""
    context = {"follower": follower, "title": title}
    return _kept_out(frames.page("articles/reply_unsubscribe.html", context))


# --- What is kept about an address ------------------------------------------------------------------


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST"


@by_link
def ask_for_data(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not anything is kept: that is told by mail alone."""
    form = AddressForm(request.POST) if _is_sent(request) else AddressForm()
    if form.is_bound and form.is_valid():
        personal.ask(form.cleaned_data["email"])
        return frames.page("articles/reply_data_asked.html", {"email": form.cleaned_data["email"]})
    context = {"errors": _errors(form), "values": {"email": form.data.get("email", "")}}
    return frames.page("articles/reply_data_ask.html", context, status=422 if form.is_bound else 200)


@by_link
def data(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept about an address, on the page or as a file; POST erases it."""
    email = own_links.DATA.read(token)
    if _is_sent(request):
        with trail.came_from(trail.Channel.READER):  # without the request: addresses of readers are not kept
            number = personal.erase(email, by=None)
        return frames.page("articles/reply_data_erased.html", {"email": email, "number": number})
    kept = personal.kept(email)
    if "download" in request.GET:
        return personal.as_file(kept)
    text = json.dumps(kept, ensure_ascii=False, indent=2)
    return frames.page("articles/reply_data.html", {"email": email, "kept": kept, "text": text})


def _errors(form: Any) -> dict[str, str]:
    if not form.is_bound:
        return {}
    return {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
