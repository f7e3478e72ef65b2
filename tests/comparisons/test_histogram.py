"""The picture of a margin's distribution: everything lies within it, and where it says."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comparisons.fairness import Bin
from comparisons.histogram import HEIGHT, WIDTH, histogram

CENTRES = st.integers(-12, 12).map(lambda place: 2 * place)
SHARES = st.fractions(min_value=Fraction(1, 1000), max_value=1)
BANDS = st.fractions(min_value=5, max_value=60)


@st.composite
def bins(draw: st.DrawFn) -> list[Bin]:
    first, last = sorted((draw(CENTRES), draw(CENTRES)))
    return [Bin(centre, draw(SHARES)) for centre in range(first, last + 1, 2)]


@given(bins(), BANDS)
def test_everything_lies_within_the_picture(found: list[Bin], band: Fraction) -> None:
    picture = histogram(found, band)
    for box in (*picture.bars, picture.band):
        assert 0 <= box.x <= box.x + box.width <= WIDTH + 0.01
        assert 0 <= box.y <= box.y + box.height <= HEIGHT + 0.01
    assert [mark.x for mark in picture.marks] == sorted(mark.x for mark in picture.marks)
    assert (picture.marks[0].x, picture.marks[-1].x) == (0, WIDTH)


@given(bins(), BANDS)
def test_bars_stand_on_the_line_and_are_as_high_as_their_share(found: list[Bin], band: Fraction) -> None:
    picture = histogram(found, band)
    highest = max(each.share for each in found)
    for each, bar in zip(found, picture.bars, strict=True):
        assert abs(bar.y + bar.height - HEIGHT) < 0.02
        assert abs(bar.height - HEIGHT * each.share / highest) < 0.01


@given(bins(), BANDS)
def test_the_band_lies_around_the_middle(found: list[Bin], band: Fraction) -> None:
    picture = histogram(found, band)
    assert abs(picture.band.x + picture.band.width / 2 - WIDTH / 2) < 0.02
    reach = picture.marks[0].points
    assert abs(picture.band.width - float(band / reach) * WIDTH) < 0.02


def test_what_is_for_the_first_path_stands_on_the_left() -> None:
    picture = histogram(
        [Bin(-2, Fraction(1, 2)), Bin(0, Fraction(1, 4)), Bin(2, Fraction(1, 4))], Fraction(5)
    )
    behind, level, ahead = picture.bars
    assert ahead.x < level.x < behind.x
    assert level.x + level.width / 2 == WIDTH / 2
    assert behind.height == HEIGHT
    assert [mark.points for mark in picture.marks] == [10, 0, 10]
