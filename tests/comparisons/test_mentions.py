"""Whether a text mentions a figure: in whatever way numbers are written, and by no part of another number."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.templatetags.figures import figure
from comparisons.mentions import Figure, find, numbers, readings

PAY = Figure("Typical pay", Decimal("2"), Decimal("6.5"), "USD", "hour")
PEOPLE = Figure("Applicants", Decimal(1200), Decimal(1200), "people")

VALUES = st.decimals(0, 99_999_999, places=2).map(lambda value: value.normalize())
UNITS = st.sampled_from(["USD", "EUR", "GBP", "%", "hours", "people", "XAF"])
WORDS = st.text("abcdefgh äöü.,;–", max_size=30)


def grouped(value, thousands, decimal):
    text = f"{value:,f}"
    return text.replace(",", "T").replace(".", decimal).replace("T", thousands)


def ways(value):
    """A value as people write it: thousands parted or not, a point or a comma, two places or as few as do."""
    plain = f"{value:f}"
    styles = [
        (",", "."),
        (".", ","),
        (" ", "."),
        ("\N{NO-BREAK SPACE}", ","),
        ("’", "."),
        ("", "."),
        ("", ","),
    ]
    found = {grouped(value, *style) for style in styles}
    if value % 1:
        found |= {grouped(value.quantize(Decimal("0.01")), *style) for style in styles}
    return sorted(found | {plain})


@given(VALUES, UNITS, WORDS, WORDS, st.data())
def test_a_value_with_its_unit_is_found_however_it_is_written(value, unit, before, after, data):
    written = data.draw(st.sampled_from(ways(value)))
    text = f"{before} {written} {unit} {after}"
    found = find(text, Figure("Of this", value, value, unit))
    assert found
    assert written in text[found.start : found.end]


@given(VALUES, VALUES, UNITS, st.sampled_from(["hour", "month", ""]), WORDS, WORDS)
def test_what_a_page_shows_of_a_fact_is_found(low, high, unit, period, before, after):
    low, high = sorted((low, high))
    fact = {"low": str(low), "high": str(high), "unit": unit, "period": period}
    assert find(f"{before} {figure(fact)} {after}", Figure("", low, high, unit, period))


@given(VALUES, VALUES, UNITS, st.data())
def test_another_value_is_no_mention(value, other, unit, data):
    written = data.draw(st.sampled_from(ways(other)))
    assume(all(value not in number.values for number in numbers(written)))
    assert find(f"about {written} {unit} of this", Figure("Of this", value, value, unit)) is None


@given(st.integers(1, 9999), st.integers(0, 9), st.integers(0, 9))
def test_digits_within_a_number_are_no_number(value, first, last):
    figure = Figure("Pay", Decimal(value), Decimal(value), "USD")
    for text in (f"{first + 1}{value}", f"{value}{last}", f"{first}.{value}.{last}", f"7.{value}{last}"):
        if Decimal(value) not in {each for number in numbers(text) for each in number.values}:
            assert find(f"USD {text} of pay", figure) is None
    assert Decimal(value) not in readings(f"{value}{last}")


@given(st.text(max_size=200), st.sampled_from([PAY, PEOPLE]))
def test_words_of_the_label_nearby_never_make_it_less_likely(text, figure):
    bare, named = find(text, figure), find(f"{text} {figure.label}", figure)
    assert (named.points if named else 0) >= (bare.points if bare else 0)


@pytest.mark.parametrize(
    "text",
    [
        "It pays $2–6.50 an hour.",
        "USD 2–6.5 per hour",
        "between USD 2 and USD 6.50",
        "2 to 6,50 dollars",
        "from $2 on",
        "US$2",
        "at most 6.5",
        "Typical pay starts at 2.",
    ],
)
def test_a_range_is_mentioned_by_both_ends_or_by_one(text):
    assert find(text, PAY)


@pytest.mark.parametrize(
    "text",
    [
        "There are 2 ways to go about it.",
        "25 dollars",
        "2.5 dollars",
        "B2B pay in dollars",
        "the 2nd dollar of pay",
        "12 USD",
        "",
        "No number at all.",
    ],
)
def test_a_number_alone_and_a_part_of_another_are_no_mention(text):
    assert find(text, PAY) is None


@pytest.mark.parametrize(
    "text", ["1,200", "1 200 people", "1.200", "1200", "1’200", "1.2k people", "1\u202f200"]
)
def test_thousands_are_parted_in_many_ways(text):
    assert find(text, PEOPLE)


@pytest.mark.parametrize(
    "text", ["12,00 people", "11,200 people", "1,2000 people", "1.2 people", "120 people"]
)
def test_what_only_looks_like_it_is_another_number(text):
    assert find(text, PEOPLE) is None


def test_only_the_values_asked_for_are_looked_for():
    assert find("from $2 on", PAY, {Decimal("6.5")}) is None
    assert find("from $2 to $6.50", PAY, {Decimal("6.5")})


def test_the_likeliest_mention_is_the_one_that_is_told():
    text = f"Some earn 6.5. {'And so on. ' * 20} Typical pay is USD 2–6.50 per hour."
    assert find(text, PAY).excerpt(text).endswith("Typical pay is USD 2–6.50 per hour.")


def test_a_long_text_takes_no_longer_than_its_length():
    assert find("2 222 222 " * 400 + "USD 2", PAY).start == 4004
    assert find("2 " * 100_000 + "1" * 100_000, PAY) is None
