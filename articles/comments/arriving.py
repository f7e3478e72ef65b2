"""A reply comes in, is changed or taken back by its writer, and is let through or waits."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from articles import formats
from articles.comments import following, known, mail, mailboxes, senders, spam, texts
from articles.comments.counted import counted
from articles.models import Comment, DisallowedWord, Publication
from articles.models.comment import EDITABLE_FOR

Status, Effect = Comment.Status, DisallowedWord.Effect
LONGEST_REASON = 300
CONFIRMATIONS = "confirm"
MOST_CHANGES = 10  # of one reply
MOST_CONFIRMATIONS = 3  # mails to one address within a day that nobody there has asked for


class Refused(Exception):
    """A reply that is not taken in; its text tells its writer why, and what to do."""

    status = 422
    again_in: int | None = None  # seconds


class TooMany(Refused):
    """One sender, or all together, have sent as many replies as may be sent for now."""

    status = 429

    def __init__(self, said: str, within: timedelta) -> None:
        super().__init__(said)
        self.again_in = int(within.total_seconds())


class Banned(Refused):
    """Whoever wrote it may not reply for now."""

    status = 403


class Duplicate(Refused):
    """The same words are there already."""


class Changed(Refused):
    """What was changed as often as it may be."""


class Late(Refused):
    """What may be changed no more."""

    status = 410


def closes_at(publication: Publication) -> datetime | None:
    """When replies to an article end; None where they don't."""
    if not settings.COMMENTS_DAYS or publication.first_published_at is None:
        return None
    return publication.first_published_at + timedelta(days=settings.COMMENTS_DAYS)


def are_open(publication: Publication, moment: datetime) -> bool:
    """Whether an article takes replies."""
    end = closes_at(publication)
    return bool(settings.COMMENTS_OPEN) and (end is None or moment < end)


@transaction.atomic
def take_in(
    comment: Comment,
    article: Any,
    parent: Comment | None,
    sender: str,
    *,
    follow: bool = False,
    network: str = senders.NOBODY,
) -> Comment:
    """Store a reply; it waits for approval. Raises Refused."""
    now = timezone.now()
    if senders.too_many_from(sender, now):
        raise TooMany(
            gettext("Too many replies came from your connection within an hour. Please try again later."),
            senders.HOUR,
        )
    if senders.too_many_at_once(now):
        said = gettext("More replies come in than can be read. Please send yours in a few minutes.")
        raise TooMany(said, senders.MINUTE)
    _refuse_banned(comment.email, sender, now)
    comment.article_id, comment.parent, comment.address_hash = article, parent, sender
    comment.status = Status.WAITING
    _weigh(comment)
    if _was_sent_elsewhere(comment, now):
        raise Duplicate(
            gettext("You have sent the same words already. Write what you have to say about this.")
        )
    _store(comment)
    if comment.email:
        _ask_to_confirm(comment, now, follow=follow)
    spam.ask_about(comment, network)
    return comment


@transaction.atomic
def edit(comment: Comment, *, name: str, text: str, network: str = senders.NOBODY) -> Comment:
    """Change a reply of one's own. It waits again, as nobody has read what it says now. Raises Refused."""
    now = timezone.now()
    held = _own(comment, now)
    _refuse_banned(held.email, held.address_hash, now)
    if (held.name, held.text) == (name, text):
        return held
    held.name, held.text, held.edited_at = name, text, now
    held.status, held.verdict, held.told_at = Status.WAITING, Comment.Verdict.NONE, None
    _weigh(held)
    _count_change(held)
    _store(held)
    spam.ask_about(held, network)
    known.let_through(held)
    return held


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a reply of one's own back; nothing of what it said is kept. Raises Late."""
    held = _own(comment, timezone.now())
    email = held.email
    blank(held)
    if email:
        following.forget(held.article_id, email)


def blank(comment: Comment) -> None:
    """Nothing of it is kept but that it was there, as others may have answered it."""
    comment.status, comment.text, comment.email, comment.digest = Status.WITHDRAWN, "", "", ""
    comment.name, comment.held_for, comment.place, comment.confirmed_at = "", "", "", None
    comment.save()


@transaction.atomic
def confirm(comment: Comment) -> Comment:
    """Whoever reads the mail of the address says that the reply is theirs, and may be let through by that."""
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.email and held.confirmed_at is None:
        held.confirmed_at = timezone.now()
        held.save(update_fields=["confirmed_at"])
        mailboxes.empty(CONFIRMATIONS, held.email)
    following.confirm(held.article_id, held.email)
    known.let_through(held)
    return held


def _own(comment: Comment, now: datetime) -> Comment:
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if not held.is_editable(now):
        raise Late(
            gettext("A reply can be changed for 15 minutes, and only while it was not decided against.")
        )
    return held


def _count_change(comment: Comment) -> None:
    """Each change is read anew, by people and by Akismet."""
    if counted(f"changes:{comment.pk}", EDITABLE_FOR) > MOST_CHANGES:
        raise Changed(
            gettext(
                "You have changed this reply %(most)d times, which is as often as one may. "
                "It stays as it is; you can take it back and write another."
            )
            % {"most": MOST_CHANGES}
        )


def _refuse_banned(email: str, sender: str, now: datetime) -> None:
    if found := senders.ban(email, sender, now):
        if found.ends_at is None:
            raise Banned(gettext("Replies from you are not taken here."))
        until = formats.moment(found.ends_at)
        raise Banned(gettext("Replies from you are not taken here until %(moment)s.") % {"moment": until})


def _weigh(comment: Comment) -> None:
    """Refuse what nobody may write here, and say what else speaks against it."""
    refuse_links(comment.name, comment.text)
    effects = dict(DisallowedWord.objects.values_list("words", "effect"))
    found = texts.has(f"{comment.name}\n{comment.text}", effects)
    if refused := [each for each in found if effects[each] == Effect.REFUSE]:
        raise Refused(
            gettext("Replies here do without “%(words)s”. Say it in other words.") % {"words": refused[0]}
        )
    comment.held_for = Truncator(", ".join(f"has “{each}”" for each in found)).chars(LONGEST_REASON)
    comment.digest = texts.digest(comment.name, comment.text)


def refuse_links(name: str, text: str) -> None:
    """Raises Refused where a reply has more links than it may."""
    links, most = texts.links(f"{name} {text}"), settings.COMMENTS_LINKS
    if links > most:
        raise Refused(
            ngettext(
                "A reply may have %(most)d link; this one has %(links)d. Keep the one that matters most.",
                "A reply may have %(most)d links; this one has %(links)d. Keep those that matter most.",
                most,
            )
            % {"most": most, "links": links}
        )


def _was_sent_elsewhere(comment: Comment, now: datetime) -> bool:
    recent = Comment.objects.filter(
        address_hash=comment.address_hash, created_at__gte=now - senders.HOUR, digest=comment.digest
    )
    return recent.exists()


def _store(comment: Comment) -> None:
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError as error:  # two sent at once are found out by the database alone
        if not Comment.objects.filter(article=comment.article_id, digest=comment.digest).exists():
            raise
        raise Duplicate(
            gettext("The same words are here already. If they are yours, they came in and wait for approval.")
        ) from error


def _ask_to_confirm(comment: Comment, now: datetime, *, follow: bool) -> None:
    """Nobody is told of replies, or taken for somebody known, before they say that the address is theirs."""
    if follow:
        follow = following.begin(comment.article_id, comment.email)
    if not (follow or settings.COMMENTS_KNOWN_PASS):
        return
    unconfirmed = Comment.objects.filter(email=comment.email, confirmed_at=None)
    today = unconfirmed.filter(created_at__gte=now - timedelta(days=1))
    few = today.order_by()[: MOST_CONFIRMATIONS + 1].count() <= MOST_CONFIRMATIONS
    # Of replies that were taken back no address is kept, and yet each had a mail.
    if few and mailboxes.has_room(CONFIRMATIONS, comment.email, MOST_CONFIRMATIONS):
        mail.confirm.enqueue(str(comment.pk), follow)
