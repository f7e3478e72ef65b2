"""How long a form for a reply was open. It says so itself, signed: nothing is kept about who opened it."""

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext

SOONEST = timedelta(seconds=3)  # a person takes longer to write something, robots rarely do
LATEST = timedelta(days=2)


class NotYet(Exception):
    """The form comes back: it says no moment, or one that is too near or too long ago. Its text says why."""

    def __init__(self, said: str, stamp: str) -> None:
        super().__init__(said)
        self.stamp = stamp


def stamp() -> str:
    """For a form that is opened now."""
    return _signer().sign("reply")


def check(given: str) -> None:
    """Raises NotYet."""
    if not given:  # without a script, the form on an article's page knows no moment
        raise NotYet(gettext("Look at your reply once more, then send it."), stamp())
    try:
        _signer().unsign(given, max_age=LATEST)
    except signing.SignatureExpired as error:
        said = gettext("The page was open for a long time. Your reply is as you wrote it: send it again.")
        raise NotYet(said, stamp()) from error
    except signing.BadSignature as error:
        said = gettext("Something was lost on the way. Your reply is as you wrote it: send it again.")
        raise NotYet(said, stamp()) from error
    if _is_new(given):
        said = gettext("That was quick, as only programs are. Wait for a moment, then send it again.")
        raise NotYet(said, given)


def _is_new(given: str) -> bool:
    try:
        _signer().unsign(given, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    return True


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="articles.comments.opened")
