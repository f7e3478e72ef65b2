"""What people are told by mail about replies. Those that somebody can end say how, also to programs."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import mailing
from articles.comments import own_links, subjects
from articles.languages import spoken
from articles.models import Comment, Follower

BACKEND = "django.contrib.auth.backends.ModelBackend"
MODERATE = "articles.change_comment"
SHOWN = 10  # replies that one mail names
BEGINNING = 300  # characters of a reply


def confirm(comment: Comment, *, follow: bool) -> None:
    """To the writer: is the address theirs, and do they want to be told of other replies?"""
    about = subjects.subject(comment.article_id, timezone.now())
    with spoken(about.language):
        asked = gettext("Somebody, we hope you, wrote a reply to “%(title)s” with this address.")
        wanted = gettext("They asked to be told by mail of what others reply there.")
        what = gettext("If that was you, say so here. Nothing happens before:")
        parts = [
            asked % {"title": about.title},
            *([wanted] if follow else []),
            f"{what}\n{own_links.CONFIRM.address(comment.pk)}",
            gettext("If it was not you, there is nothing to do: you get no other mail because of it."),
            _signed(),
        ]
        subject = gettext("Is this your address? %(title)s") % {"title": about.title}
        mailing.post(comment.email, subject=subject, text=_text(parts))


def told(follower: Follower, comment: Comment, about: subjects.Subject) -> None:
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
    mailing.post(follower.email, subject=subject, text=_text(parts), headers=headers)


def data(email: str) -> None:
    """To whoever reads the mail of an address: what is kept about it, to have or to have erased."""
    parts = [
        gettext("Somebody, we hope you, asked for what is kept here about this address."),
        gettext("This page shows it for one day, and can erase it:") + f"\n{own_links.DATA.address(email)}",
        gettext("If it was not you, there is nothing to do."),
        _signed(),
    ]
    mailing.post(email, subject=gettext("What is kept about your address"), text=_text(parts))


def waiting(comments: Sequence[Comment], number: int) -> None:
    """To moderators, in the desk's language: so many replies came in. One mail, however many those are."""
    subject = f"{number} {'reply waits' if number == 1 else 'replies wait'}"
    queue = f"{settings.SITE_URL}{reverse('admin:articles_comment_changelist')}?status__exact=waiting"
    listed = [f"{each.name} on “{each.article.title}”:\n{quoted(each.text)}" for each in comments]
    more = [f"… and {number - len(comments)} more."] if number > len(comments) else []
    text = _text([*listed, *more, queue])
    for address in moderators():
        mailing.post(address, subject=subject, text=text)


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


def forget(comments: Sequence[Comment]) -> None:
    """Keep nothing in the queue of what was told to others of these replies, once it has gone out."""
    mailing.forget_words([quoted(each.text) for each in comments])


def _signed() -> str:
    return f"{settings.SITE_NAME}\n{settings.SITE_URL}/"


def _text(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"
