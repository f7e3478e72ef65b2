"""The picture of the counts: stacked bars on an even scale."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comparisons import counting
from comparisons.admin.chart import ABOVE, HEIGHT, ceiling, draw

NUMBERS = st.lists(st.lists(st.integers(0, 500), min_size=3, max_size=3), min_size=1, max_size=60)


@given(NUMBERS.filter(lambda columns: any(map(any, columns))))
def test_bars_are_as_high_as_their_sums(columns):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(len(columns))]
    chart = draw(days, columns, ["a", "b", "c"], ["A", "B", "C"])
    top = chart.lines[-1].number
    for bar, column in zip(chart.bars, filter(any, columns), strict=True):
        assert sum(segment.height for segment in bar.segments) == HEIGHT * sum(column) // top
        assert all(ABOVE <= segment.y <= chart.bottom - segment.height for segment in bar.segments)
    assert chart.most == max(map(sum, columns))
    assert sum(columns[days.index(chart.highest)]) == chart.most


@given(st.integers(1, 10**6))
def test_the_scale_ends_at_an_even_number_that_holds_the_highest_bar(most):
    end = ceiling(most)
    assert most <= end <= 4 * most or end == 2
    assert end % 2 == 0
    assert len(str(end).rstrip("0")) == 1


def test_a_bar_is_stacked_from_below_in_the_order_given():
    chart = draw([date(2026, 11, 22)], [[1, 0, 3]], ["a", "b", "c"], ["A", "B", "C"])
    assert [(segment.tone, segment.y, segment.height) for segment in chart.bars[0].segments] == [
        ("a", ABOVE + 225, 75),
        ("c", ABOVE, 225),
    ]
    assert chart.bars[0].words == "22 November 2026 – A: 1, C: 3"
    assert [line.number for line in chart.lines] == [0, 2, 4]


def test_a_day_is_the_sites(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    assert counting.day_of(datetime(2026, 11, 22, 11, tzinfo=UTC)) == date(2026, 11, 23)
