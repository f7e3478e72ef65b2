"""The trail: who decided what about which article, when and from where. It is only added to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeAlias

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Event
from articles.origin import address_of

Action: TypeAlias = Event.Action
Channel: TypeAlias = Event.Channel


@dataclass(frozen=True, slots=True)
class Origin:
    """From where something is decided."""

    channel: Channel
    address: str | None = None


BY_COMMAND = Origin(Channel.COMMAND)
# Whoever decides passes no request on: a transition is the same from wherever it is called.
_origin: ContextVar[Origin] = ContextVar("origin", default=BY_COMMAND)


@contextmanager
def came_from(channel: Channel, request: HttpRequest | None = None) -> Iterator[None]:
    """All that is noted inside was decided from there."""
    token = _origin.set(Origin(channel, _address(request) if request else None))
    try:
        yield
    finally:
        _origin.reset(token)


def _address(request: HttpRequest) -> str | None:
    """None where what stands there is no address: it may have been written by anybody."""
    try:
        return str(ip_address(address_of(request)))
    except ValueError:
        return None


def note(
    action: Action, article: Article, *, by: User | None, revision: int | None = None, detail: str = ""
) -> Event:
    """Add to the trail what was just decided; called by the transition, within its database transaction."""
    origin = _origin.get()
    return Event.objects.create(
        at=timezone.now(),
        action=action,
        article=article.pk,
        kind=article.kind,
        title=article.title,
        revision=revision,
        who=by.get_username() if by else "",
        who_id=by.pk if by else None,
        channel=origin.channel,
        address=origin.address,
        detail=detail,
    )


def note_all(action: Action, decided: Iterable[tuple[Article, str]], *, by: User | None) -> None:
    """Add the same about many articles, each with what else was said; one query for 500 of them."""
    origin, now = _origin.get(), timezone.now()
    events = [
        Event(
            at=now,
            action=action,
            article=article.pk,
            kind=article.kind,
            title=article.title,
            who=by.get_username() if by else "",
            who_id=by.pk if by else None,
            channel=origin.channel,
            address=origin.address,
            detail=detail,
        )
        for article, detail in decided
    ]
    Event.objects.bulk_create(events, batch_size=500)


def last(action: Action, article: Article) -> Event | None:
    """The newest of this sort about an article."""
    return Event.objects.filter(article=article.pk, action=action).first()
