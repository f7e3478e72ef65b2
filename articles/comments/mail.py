"""What people are told by mail about replies. Those that somebody can end say how, also to programs.

The words of a mail are made when it is sent: the queue keeps none of them, and one that is still to be sent
says nothing of a reply that was erased or taken back meanwhile.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from articles import jobs, mailing
from articles.comments import own_links, subjects
from articles.languages import spoken
from articles.mailing import Mail
from articles.models import Comment, Follower

BACKEND = "django.contrib.auth.backends.ModelBackend"
MODERATE = "articles.change_comment"
SHOWN = 10  # replies that one mail names
BEGINNING = 300  # characters of a reply


# --- Jobs: each of them one mail ----------------------------------------------------------------------


@jobs.repeatable
@task()
def confirm(reply: str, follow: bool, tried: int = 0) -> None:
    """Ask the writer whose address it is, unless nobody needs to know any more."""
    comment = Comment.objects.filter(pk=reply, confirmed_at=None).exclude(email="").first()
    if comment:
        _send(_asked(comment, follow=follow), confirm, reply, follow, tried=tried)


@jobs.repeatable
@task()
def tell_follower(follower: str, reply: str, tried: int = 0) -> None:
    """Tell of a reply, if both still stand."""
    reader = Follower.objects.confirmed().filter(pk=follower).first()
    comment = Comment.objects.approved().filter(pk=reply).first()
    if reader is None or comment is None:
        return
    about = subjects.subject(comment.article_id, timezone.now())
    if about.address:
        _send(_told(reader, comment, about), tell_follower, follower, reply, tried=tried)


@jobs.repeatable
@task()
def tell_moderator(to: str, shown: list[str], number: int, tried: int = 0) -> None:
    """Tell of the replies that came in, so far as they wait; `shown` are the newest of that number."""
    new = Comment.objects.waiting().filter(pk__in=shown).select_related("article")
    found = list(new.order_by("-created_at"))
    still = number - len(shown) + len(found)
    if still:
        _send(_waiting(to, found, still), tell_moderator, to, shown, number, tried=tried)


def _send(mail: Mail, job: Any, *given: Any, tried: int) -> None:
    def again(at: datetime) -> None:
        job.using(run_after=at).enqueue(*given, tried=tried + 1)

    mailing.send(mail, tried=tried, again=again)


# --- Their words ----------------------------------------------------------------------------------------


def _asked(comment: Comment, *, follow: bool) -> Mail:
    """To the writer: is the address theirs, and do they want to be told of other replies?"""
    about = subjects.subject(comment.article_id, timezone.now())
    with spoken(about.language):
        asked = gettext("Somebody, we hope you, wrote a reply to “%(title)s” with this address.")
        wanted = gettext("They asked to be told by mail of what others reply there.")
        what = gettext("If that was you, say so here. Nothing happens before:")
        parts = [
            asked % {"title": about.title},
            *([wanted] if follow else []),
            f"{what}\n{own_links.CONFIRM.address(own_links.claimed(comment.pk, comment.email))}",
            gettext("If it was not you, there is nothing to do: you get no other mail because of it."),
            _signed(),
        ]
        subject = gettext("Is this your address? %(title)s") % {"title": about.title}
    return _mail(comment.email, subject, parts)


def _told(follower: Follower, comment: Comment, about: subjects.Subject) -> Mail:
    """To a follower: there is another reply."""
    end = own_links.UNSUBSCRIBE.address(follower.pk)
    with spoken(about.language):
        said = gettext("%(name)s replied to “%(title)s”:") % {"name": comment.name, "title": about.title}
        parts = [
            said,
            quoted(comment.text),
            f"{settings.SITE_URL}{about.address}replies/?reply={comment.pk}",
            f"{gettext('To get no more of these mails:')}\n{end}",
            _signed(),
        ]
        subject = gettext("Another reply: %(title)s") % {"title": about.title}
    # RFC 8058: a program of mail ends it by one POST to this address, without asking anything.
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _mail(follower.email, subject, parts, headers)


def _waiting(to: str, comments: Sequence[Comment], number: int) -> Mail:
    """To a moderator, in the desk's language: so many replies came in. One mail, however many those are."""
    subject = f"{number} {'reply waits' if number == 1 else 'replies wait'}"
    queue = f"{settings.SITE_URL}{reverse('admin:articles_comment_changelist')}?status__exact=waiting"
    listed = [f"{each.name} on “{each.article.title}”:\n{quoted(each.text)}" for each in comments]
    more = [f"… and {number - len(comments)} more."] if number > len(comments) else []
    return _mail(to, subject, [*listed, *more, queue])


# --- Those that say nothing of a reply --------------------------------------------------------------------


def data(email: str) -> None:
    """To whoever reads the mail of an address: what is kept about it, to have or to have erased."""
    parts = [
        gettext("Somebody, we hope you, asked for what is kept here about this address."),
        gettext("This page shows it for one day, and can erase it:") + f"\n{own_links.DATA.address(email)}",
        gettext("If it was not you, there is nothing to do."),
        _signed(),
    ]
    mailing.post(email, subject=gettext("What is kept about your address"), text=_text(parts))


def moderators() -> list[str]:
    """The one address that a setting names, else those of all who may decide."""
    if settings.MODERATION_ADDRESS:
        return [settings.MODERATION_ADDRESS]
    people = User.objects.with_perm(MODERATE, backend=BACKEND).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def quoted(text: str) -> str:
    """The beginning of a reply as mails quote: no line of it can be taken for one of ours."""
    shown = text if len(text) <= BEGINNING else f"{text[: BEGINNING - 1]}…"
    return "\n".join(f"> {each}" for each in shown.splitlines())


def _signed() -> str:
    return f"{settings.SITE_NAME}\n{settings.SITE_URL}/"


def _mail(to: str, subject: str, parts: Sequence[str], headers: Mapping[str, str] | None = None) -> Mail:
    return Mail(to, " ".join(subject.split()), _text(parts), headers or {})


def _text(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"
