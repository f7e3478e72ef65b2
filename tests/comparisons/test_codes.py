import copy
import string
import zlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.codes import (
    MAX_CRITERIA,
    MAX_LENGTH,
    MAX_QUESTIONS,
    CodeError,
    Reason,
    ResultCode,
    decode,
    encode,
)

COMPARISON = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
MOMENT = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)

# A busy machine is no defect of the codes.
patient = settings(deadline=None)


def make_code(
    *,
    comparison: UUID = COMPARISON,
    moment: datetime = MOMENT,
    options: tuple[int | None, ...] = (2, 3, 1, 0, 1, None, 1, 2, 1, 4),
    importances: tuple[int, ...] = (2, 4, 0, 2, 1),
) -> ResultCode:
    return ResultCode(comparison, moment, options, importances)


def sealed(body: bytes) -> str:
    """Any bytes with the checksum that makes them this comparison's."""
    checksum = zlib.crc32(COMPARISON.bytes + body).to_bytes(4)
    return urlsafe_b64encode(body + checksum).decode().rstrip("=")


def body(*, first: int = 16, questions: int = 1, criteria: int = 1, number: bytes = b"\x07") -> bytes:
    return bytes([first]) + bytes(7) + bytes([questions, criteria]) + number


def reason_to_refuse(text: str, comparison: UUID = COMPARISON) -> Reason:
    with pytest.raises(CodeError) as refused:
        decode(text, comparison=comparison)
    return refused.value.reason


codes = st.builds(
    ResultCode,
    comparison=st.uuids(),
    moment=st.datetimes(datetime(1970, 1, 1), datetime(4253, 1, 1), timezones=st.just(UTC)),
    options=st.lists(st.none() | st.integers(0, 4), max_size=MAX_QUESTIONS).map(tuple),
    importances=st.lists(st.integers(0, 4), max_size=MAX_CRITERIA).map(tuple),
)


# What a code carries.


@given(codes)
@patient
def test_every_code_comes_back_whole_and_is_safe_in_an_address(code: ResultCode) -> None:
    text = encode(code)
    assert decode(text, comparison=code.comparison) == code
    assert set(text) <= set(ALPHABET)
    assert len(text) <= MAX_LENGTH


def test_a_link_of_version_1_means_the_same_for_ever() -> None:
    text = "EAZMK8cZRkMKBR8FyjwJ7Z_Lcw"
    assert encode(make_code()) == text
    assert decode(text, comparison=COMPARISON) == make_code()


@pytest.mark.parametrize(
    ("questions", "criteria", "characters"), [(0, 0, 19), (3, 0, 20), (10, 5, 26), (12, 5, 27), (60, 20, 54)]
)
def test_a_code_is_as_short_as_its_form_allows_whatever_the_answers(
    questions: int, criteria: int, characters: int
) -> None:
    least = make_code(options=(0,) * questions, importances=(0,) * criteria)
    most = make_code(options=(None,) * questions, importances=(4,) * criteria)
    assert len(encode(least)) == len(encode(most)) == characters


def test_the_largest_code_is_within_the_limit() -> None:
    largest = make_code(options=(None,) * MAX_QUESTIONS, importances=(4,) * MAX_CRITERIA)
    assert decode(encode(largest), comparison=COMPARISON) == largest
    assert len(encode(largest)) <= MAX_LENGTH


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=2**56 - 1),
    ],
)
def test_the_moment_is_kept_to_the_microsecond(moment: datetime) -> None:
    assert decode(encode(make_code(moment=moment)), comparison=COMPARISON).moment == moment


# What is detected.


@pytest.mark.parametrize(("questions", "last_group"), [(6, 0), (10, 2), (13, 3)])
def test_every_change_of_a_single_character_is_detected(questions: int, last_group: int) -> None:
    text = encode(make_code(options=((3, None, 1, 0, 2) * 3)[:questions]))
    assert len(text) % 4 == last_group  # so each way in which bytes and characters overlap is tried
    for place, right in enumerate(text):
        for wrong in set(ALPHABET + "=+/ .é\n") - {right}:
            assert reason_to_refuse(text[:place] + wrong + text[place + 1 :]) is Reason.DAMAGED


def test_two_characters_that_changed_places_are_detected() -> None:
    text = encode(make_code())
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            assert reason_to_refuse(swapped) is Reason.DAMAGED


def test_every_truncation_is_detected() -> None:
    text = encode(make_code())
    for length in range(len(text)):
        assert reason_to_refuse(text[:length]) is Reason.DAMAGED
        assert reason_to_refuse(text[length + 1 :]) is Reason.DAMAGED


@pytest.mark.parametrize("more", ["A", "AA", "AAAA", "=", "==", ".", "\n", " ", "\x00"])
def test_anything_before_or_after_a_code_is_detected(more: str) -> None:
    assert reason_to_refuse(encode(make_code()) + more) is Reason.DAMAGED
    assert reason_to_refuse(more + encode(make_code())) is Reason.DAMAGED


@given(codes, st.uuids())
@patient
def test_the_code_of_another_comparison_is_refused(code: ResultCode, other: UUID) -> None:
    if other != code.comparison:
        assert reason_to_refuse(encode(code), other) is Reason.DAMAGED


@pytest.mark.parametrize("text", ["", "A", "AAAA", "A" * 26, "é" * 26, "\ud800" * 26, "１" * 26])
def test_what_never_was_a_code_is_refused(text: str) -> None:
    assert reason_to_refuse(text) is Reason.DAMAGED


@given(st.text() | st.text(ALPHABET, max_size=MAX_LENGTH + 5))
@patient
def test_any_text_is_refused_and_nothing_else_happens(text: str) -> None:
    assert reason_to_refuse(text) in Reason


@given(st.text(ALPHABET, max_size=6), st.integers(0, 26), st.integers(0, 6))
@patient
def test_any_mangled_code_is_refused(inserted: str, place: int, removed: int) -> None:
    text = encode(make_code())
    mangled = text[:place] + inserted + text[place + removed :]
    if mangled != text:
        assert reason_to_refuse(mangled) is Reason.DAMAGED


# What somebody may forge, with a right checksum.


@given(st.binary(max_size=80) | st.binary(max_size=60).map(lambda tail: b"\x10" + tail))
@patient
def test_a_forged_code_is_refused_or_the_only_text_of_its_result(content: bytes) -> None:
    text = sealed(content)
    try:
        code = decode(text, comparison=COMPARISON)
    except CodeError:
        return
    assert encode(code) == text


def test_the_forgery_below_is_otherwise_right() -> None:
    code = decode(sealed(body()), comparison=COMPARISON)
    assert (code.options, code.importances) == ((1,), (2,))


@pytest.mark.parametrize("first", [0, 15, 17, 31, 32, 255])
def test_another_version_or_flag_is_refused_as_such(first: int) -> None:
    assert reason_to_refuse(sealed(body(first=first))) is Reason.FOREIGN_VERSION


def test_another_version_may_be_of_any_shape() -> None:
    assert reason_to_refuse(sealed(b"\x20")) is Reason.FOREIGN_VERSION


@pytest.mark.parametrize("content", [b"", b"\x10", body()[:9]])
def test_a_forged_code_without_answers_is_refused(content: bytes) -> None:
    assert reason_to_refuse(sealed(content)) is Reason.DAMAGED


@pytest.mark.parametrize(("questions", "criteria"), [(61, 5), (255, 0), (10, 21), (0, 255), (255, 255)])
def test_a_forged_code_of_too_large_a_form_is_refused(questions: int, criteria: int) -> None:
    content = body(questions=questions, criteria=criteria)
    assert reason_to_refuse(sealed(content)) is Reason.OVERSIZED


@pytest.mark.parametrize("number", [b"\x1e", b"\xff", b"\x00\x07", b"\x07\x00", b""])
def test_another_spelling_of_the_answers_is_refused(number: bytes) -> None:
    assert reason_to_refuse(sealed(body(number=number))) is Reason.DAMAGED


def test_bits_that_the_alphabet_leaves_over_must_be_zero() -> None:
    text = encode(make_code())
    assert len(text) % 4 == 2
    last = ALPHABET.index(text[-1])
    assert last % 16 == 0
    for spare in range(1, 16):
        assert reason_to_refuse(text[:-1] + ALPHABET[last + spare]) is Reason.DAMAGED


# What is too large, and what is a mistake.


def test_a_long_text_is_refused_before_it_is_read() -> None:
    assert reason_to_refuse("A" * 120) is Reason.DAMAGED
    assert reason_to_refuse("A" * 121) is Reason.OVERSIZED
    assert reason_to_refuse(" " * 10_000_000) is Reason.OVERSIZED


@pytest.mark.parametrize(("questions", "criteria"), [(MAX_QUESTIONS + 1, 5), (10, MAX_CRITERIA + 1)])
def test_a_result_too_large_for_a_link_is_refused(questions: int, criteria: int) -> None:
    with pytest.raises(CodeError) as refused:
        make_code(options=(2,) * questions, importances=(2,) * criteria)
    assert refused.value.reason is Reason.OVERSIZED


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 4),
        datetime(2026, 3, 4, tzinfo=timezone(timedelta(hours=1))),
        datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=2**56),
    ],
)
def test_a_moment_that_a_code_cannot_carry_is_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match="moment"):
        make_code(moment=moment)


@pytest.mark.parametrize("option", [-1, 5, True, 2.0, "2"])
def test_an_option_that_no_question_has_is_refused(option: int) -> None:
    with pytest.raises(ValueError, match="Options"):
        make_code(options=(option,))


@pytest.mark.parametrize("importance", [-1, 5, True, 2.0, "2", None])
def test_an_importance_off_the_scale_is_refused(importance: int) -> None:
    with pytest.raises(ValueError, match="Importances"):
        make_code(importances=(importance,))


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_says_what_to_do_and_can_be_passed_on(reason: Reason) -> None:
    error = CodeError(reason)
    assert isinstance(error, ValueError)
    assert str(error).startswith(("This link", "A result link"))
    assert str(error).endswith(("anew.", "around it."))
    assert copy.copy(error).reason is reason
