"""From where replies come, without keeping from where: keyed hashes, limits, bans."""

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from articles.models import Ban, Comment
from articles.origin import address_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOBODY = "192.0.2.0"  # of those that are nobody's (RFC 5737): where a network is not known
HOUSEHOLD, COARSE_4, COARSE_6 = 64, 24, 48


def sender(request: HttpRequest) -> str:
    """A keyed hash that tells senders apart without keeping their addresses."""
    return hmac.new(settings.SECRET_KEY.encode(), _known_by(request).encode(), hashlib.sha256).hexdigest()


def network(request: HttpRequest) -> str:
    """So much of the address as Akismet needs and as tells nobody apart: its network."""
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return NOBODY
    size = COARSE_6 if isinstance(address, IPv6Address) else COARSE_4
    return str(ip_network(f"{address}/{size}", strict=False).network_address)


def _known_by(request: HttpRequest) -> str:
    """The address; of the sixth version the network, as one household has more addresses than it can use."""
    given = address_of(request)
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network(f"{address}/{HOUSEHOLD}", strict=False).network_address)
    return given


def too_many_from(address_hash: str, now: datetime) -> bool:
    recent = Comment.objects.filter(address_hash=address_hash, created_at__gte=now - HOUR)
    most = settings.COMMENTS_PER_HOUR
    return recent.order_by()[:most].count() >= most


def too_many_at_once(now: datetime) -> bool:
    """From all together."""
    recent = Comment.objects.filter(created_at__gte=now - MINUTE)
    most = settings.COMMENTS_PER_MINUTE
    return recent.order_by()[:most].count() >= most


def ban(email: str, address_hash: str, now: datetime) -> Ban | None:
    """What keeps a writer from replying; of several, that which ends last."""
    found = list(Ban.objects.at(now).of(email=email, address_hash=address_hash))
    return max(found, key=lambda each: (each.ends_at is None, each.ends_at or now)) if found else None
