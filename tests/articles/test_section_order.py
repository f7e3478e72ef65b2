"""The one order of sections that a form shows in several groups."""

from hypothesis import given
from hypothesis import strategies as st

from articles.sections import merged

ROWS = st.lists(st.integers(0, 2), max_size=12)  # the group of each row, in their order


def grouped(owners):
    return [[place for place, owner in enumerate(owners) if owner == group] for group in range(3)]


@given(ROWS)
def test_what_nobody_moved_stays_as_it_is_even_where_groups_are_mixed(owners):
    before = list(range(len(owners)))
    assert merged(before, grouped(owners)) == before


@given(ROWS, st.randoms(), st.integers(0, 3))
def test_a_group_put_in_another_order_moves_nothing_of_the_others(owners, chance, added):
    before, groups = list(range(len(owners))), grouped(owners)
    chance.shuffle(groups[1])
    groups[1] += [f"new {number}" for number in range(added)]
    after = merged(before, groups)
    assert [row for row in after if row in groups[1]] == groups[1]
    others = [row for row in before if row not in groups[1]]
    assert [row for row in after if row not in groups[1]] == others


def test_new_rows_come_after_those_of_their_group_and_of_the_groups_before_it():
    assert merged(["a", "c"], [["a", "new a"], ["b"], ["c", "new c"]]) == ["a", "new a", "b", "c", "new c"]


def test_rows_that_are_gone_leave_no_gap():
    assert merged(["a", "gone", "b"], [["a"], ["b"]]) == ["a", "b"]
