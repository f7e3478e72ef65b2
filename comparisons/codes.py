"""The short code in the address of a result: the answers, the importances and their moment.

A code is base64 in the alphabet for addresses, without padding, of these bytes:

    1      version in the upper half; in the lower half flags, all zero in version 1
    7      microseconds since 1970, big endian
    1, 1   number of questions, number of criteria
    n      one whole number, big endian, in the fewest bytes that hold any answers to that form: its
           digits are the importances (base 5), then the options (base 6, the last digit is a skip)
    4      CRC-32 of the comparison's id and all of the above

The checksum covers the same bytes in every version, so that damage to the first byte is not mistaken for
another version.
"""

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy

from comparisons.answers import is_whole

MAX_QUESTIONS = 60
MAX_CRITERIA = 20
MAX_LENGTH = 120

# These belong to version 1 and stay as they are, even if forms come to offer more.
VERSION_AND_FLAGS = 1 << 4
OPTIONS = 5
IMPORTANCES = 5
SKIP = OPTIONS
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST_MOMENT = EPOCH + (2**56 - 1) * MICROSECOND
CHECKSUM_BYTES = 4
FIXED_BYTES = 10


class Reason(StrEnum):
    """Why a code cannot be read or made."""

    DAMAGED = "damaged"
    OVERSIZED = "oversized"
    FOREIGN_VERSION = "foreign_version"


SENTENCES = {
    Reason.DAMAGED: gettext_lazy(
        "This link is incomplete, mistyped or belongs to another comparison. "
        "Copy the whole link again, or answer the questions anew."
    ),
    Reason.OVERSIZED: gettext_lazy(
        "A result link has at most %(characters)s characters, %(questions)s questions and %(criteria)s "
        "criteria; this one has more. Copy it again, without the text around it."
    ),
    Reason.FOREIGN_VERSION: gettext_lazy(
        "This link was made by another version of this site and cannot be read here. "
        "Answer the questions anew."
    ),
}
LIMITS = {"characters": MAX_LENGTH, "questions": MAX_QUESTIONS, "criteria": MAX_CRITERIA}


class CodeError(ValueError):
    """A code that cannot be read, or a result too large for one; its text says what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(SENTENCES[self.reason]) % LIMITS


@dataclass(frozen=True, slots=True)
class ResultCode:
    """What a code carries, by position in the form as it was at the moment (in UTC).

    An option is 0 to 4, or None for a skipped question; importances are 0 to 4, the criteria in order of
    first appearance. Raises CodeError for more than 60 questions or 20 criteria, and ValueError
    for a moment that is not in UTC or not from 1970 to 4253, and for numbers out of range.
    """

    comparison: UUID
    moment: datetime
    options: tuple[int | None, ...]
    importances: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.options) > MAX_QUESTIONS or len(self.importances) > MAX_CRITERIA:
            raise CodeError(Reason.OVERSIZED)
        if self.moment.utcoffset() != timedelta(0):
            raise ValueError(f"A result's moment is in UTC; convert {self.moment!r} first.")
        if not EPOCH <= self.moment <= LAST_MOMENT:
            raise ValueError(f"A result's moment lies from 1970 to 4253, unlike {self.moment!r}.")
        if not all(option is None or is_whole(option, 0, OPTIONS - 1) for option in self.options):
            raise ValueError(f"Options are whole numbers from 0 to 4, or None: {self.options!r}.")
        if not all(is_whole(importance, 0, IMPORTANCES - 1) for importance in self.importances):
            raise ValueError(f"Importances are whole numbers from 0 to 4: {self.importances!r}.")


def encode(code: ResultCode) -> str:
    """The only text that decodes to this code: 26 characters for 10 questions under 5 criteria."""
    body = _pack(code)
    sealed = body + _checksum(body, code.comparison)
    return urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def decode(text: str, *, comparison: UUID) -> ResultCode:
    """What the text carries, if it was made for this comparison. Raises CodeError, and nothing else."""
    if len(text) > MAX_LENGTH:
        raise CodeError(Reason.OVERSIZED)
    code = _unpack(_unseal(_bytes(text), comparison), comparison)
    # One result has one address: spare bits, leading zeros and bytes after the end are refused here.
    if encode(code) != text:
        raise CodeError(Reason.DAMAGED)
    return code


def _bytes(text: str) -> bytes:
    # The decoder itself passes over characters that it does not know.
    if not re.fullmatch(r"[A-Za-z0-9_-]+", text) or len(text) % 4 == 1:
        raise CodeError(Reason.DAMAGED)
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _checksum(body: bytes, comparison: UUID) -> bytes:
    return zlib.crc32(comparison.bytes + body).to_bytes(CHECKSUM_BYTES)


def _unseal(sealed: bytes, comparison: UUID) -> bytes:
    body, checksum = sealed[:-CHECKSUM_BYTES], sealed[-CHECKSUM_BYTES:]
    if not body or checksum != _checksum(body, comparison):
        raise CodeError(Reason.DAMAGED)
    return body


def _pack(code: ResultCode) -> bytes:
    number = 0
    for option in reversed(code.options):
        number = number * (OPTIONS + 1) + (SKIP if option is None else option)
    for importance in reversed(code.importances):
        number = number * IMPORTANCES + importance
    largest = (OPTIONS + 1) ** len(code.options) * IMPORTANCES ** len(code.importances) - 1
    return (
        bytes([VERSION_AND_FLAGS])
        + ((code.moment - EPOCH) // MICROSECOND).to_bytes(7)
        + bytes([len(code.options), len(code.importances)])
        + number.to_bytes((largest.bit_length() + 7) // 8)
    )


def _unpack(body: bytes, comparison: UUID) -> ResultCode:
    if body[0] != VERSION_AND_FLAGS:
        raise CodeError(Reason.FOREIGN_VERSION)
    if len(body) < FIXED_BYTES:
        raise CodeError(Reason.DAMAGED)
    number = int.from_bytes(body[FIXED_BYTES:])
    importances, number = _digits(number, IMPORTANCES, body[9])
    options, _ = _digits(number, OPTIONS + 1, body[8])
    return ResultCode(
        comparison=comparison,
        moment=EPOCH + int.from_bytes(body[1:8]) * MICROSECOND,
        options=tuple(None if option == SKIP else option for option in options),
        importances=tuple(importances),
    )


def _digits(number: int, base: int, count: int) -> tuple[Sequence[int], int]:
    digits = []
    for _ in range(count):
        number, digit = divmod(number, base)
        digits.append(digit)
    return digits, number
