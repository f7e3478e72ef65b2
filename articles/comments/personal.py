"""What is kept about an e-mail address: to be given out, and to be erased."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from articles import mailing, trail
from articles.comments import arriving, mail, mailboxes, subjects
from articles.models import Ban, Comment, Follower
from articles.records import JSON

JSON_TYPE = "application/json"
AT_ONCE = 500  # rows of one query
MOST_LINKS = 3  # to one address in a day, for which each of them works


def normalised(email: str) -> str:
    return email.strip().lower()


def kept(email: str) -> JSON:
    """All of it, as plain data."""
    comments = Comment.objects.filter(email=email).order_by("created_at", "pk")
    followed = Follower.objects.filter(email=email)
    articles = [each.article_id for each in comments] + [each.article_id for each in followed]
    titles = subjects.titles(articles, timezone.now())
    return {
        "email": email,
        "replies": [_reply(each, titles.get(each.article_id, "")) for each in comments],
        "follows": [
            {"article": titles.get(each.article_id, ""), "since": _iso(each.created_at)}
            | {"confirmed": _iso(each.confirmed_at)}
            for each in followed
        ],
        "bans": [
            {"reason": each.reason, "since": _iso(each.created_at), "until": _iso(each.ends_at)}
            for each in Ban.objects.filter(email=email)
        ],
    }


def is_known(email: str) -> bool:
    return any(model.objects.filter(email=email).exists() for model in (Comment, Follower, Ban))


def ask(email: str) -> None:
    """Send the link to what is kept, if anything is; whoever asked is told the same either way."""
    if mailboxes.has_room("data", email, MOST_LINKS) and is_known(email):
        mail.data(email)


@transaction.atomic
def erase(email: str, *, by: User | None) -> int:
    """Remove the replies of an address, and that it follows any; returns how many replies those were.

    What others have answered is left as a place without a name and words. A ban stays until it ends.
    """
    held = Comment.objects.filter(email=email).select_for_update(of=("self",))
    found = list(held.select_related("article"))
    answered = set(Comment.objects.filter(parent__in=found).order_by().values_list("parent", flat=True))
    for comment in found:
        if comment.pk in answered:
            comment.address_hash = ""
            arriving.blank(comment)
    Comment.objects.filter(pk__in=[each.pk for each in found if each.pk not in answered]).delete()
    Follower.objects.filter(email=email).delete()
    bans = Ban.objects.filter(email=email)
    _forget_in_log(found, bans)
    bans.exclude(pk__in=Ban.objects.at(timezone.now())).delete()
    mailing.forget(email)
    numbers = Counter(each.article_id for each in found)
    articles = {each.article_id: each.article for each in found}
    counted = [(article, f"Replies: {numbers[pk]}.") for pk, article in articles.items()]
    trail.note_all(trail.Action.REPLIES_ERASED, counted, by=by)
    return len(found)


def _forget_in_log(*kept: Iterable[Comment | Ban]) -> None:
    """In the admin's own log, into which versions before this one wrote what each row said."""
    keys = [str(each.pk) for rows in kept for each in rows]
    for start in range(0, len(keys), AT_ONCE):
        LogEntry.objects.filter(object_id__in=keys[start : start + AT_ONCE]).update(object_repr="(erased)")


def as_file(kept: JSON) -> HttpResponse:
    """The same, to be saved."""
    headers = {"Content-Disposition": 'attachment; filename="replies.json"', "Cache-Control": "no-store"}
    return HttpResponse(json.dumps(kept, ensure_ascii=False, indent=2), JSON_TYPE, headers=headers)


def _reply(comment: Comment, title: str) -> JSON:
    return {
        "id": str(comment.pk),
        "article": title,
        "written": _iso(comment.created_at),
        "name": comment.name,
        "text": comment.text,
        "status": comment.status,
        "changed": _iso(comment.edited_at),
        "address_confirmed": _iso(comment.confirmed_at),
        "speaks_against_it": comment.held_for,
        "akismet": comment.verdict,
        "about": comment.place,
        "sender_hash": comment.address_hash,
    }


def _iso(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
