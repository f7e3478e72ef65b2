"""Two sequences side by side: what stays in its order, and what stands in both. Pure.

The time is bounded: where texts have too little in common, what lies between two sure places counts as
replaced. Exact shortest edits take time that grows with the product of both lengths.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

Match = tuple[int, int]  # the same item: its places in the one and in the other

EFFORT_PER_ITEM = 16
LEAST_EFFORT, MOST_EFFORT = 2_000, 100_000  # comparisons of two items


def increasing(numbers: Sequence[int]) -> list[int]:
    """The places of a longest strictly increasing part of the numbers, in time O(n log n)."""
    ends: list[int] = []  # the least number in which a part of each length can end
    places: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1], places[length : length + 1] = [number], [place]
    found: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def matches(before: Sequence[str], after: Sequence[str]) -> list[Match]:
    """What both have in common, in the order of both."""
    return sorted(_Alignment(before, after).found())


class _Alignment:
    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self.before, self.after = before, after
        wanted = EFFORT_PER_ITEM * (len(before) + len(after))
        self.effort = min(max(wanted, LEAST_EFFORT), MOST_EFFORT)

    def found(self) -> Iterator[Match]:
        """Split at what stands once in both, as long as there is such; search what lies between."""
        gaps = [(0, len(self.before), 0, len(self.after))]
        while gaps:
            gap, common = self._trimmed(*gaps.pop())
            yield from common
            start, end, other, last = gap
            if start == end or other == last:
                continue
            self.effort -= end - start + last - other
            if anchors := self._anchors(*gap):
                yield from anchors
                places = [(start - 1, other - 1), *anchors, (end, last)]
                gaps += [
                    (one + 1, next_one, two + 1, next_two)
                    for (one, two), (next_one, next_two) in pairwise(places)
                ]
            else:
                yield from self._shortest(*gap)

    def _trimmed(
        self, start: int, end: int, other: int, last: int
    ) -> tuple[tuple[int, int, int, int], list[Match]]:
        common: list[Match] = []
        while start < end and other < last and self.before[start] == self.after[other]:
            common.append((start, other))
            start, other = start + 1, other + 1
        while start < end and other < last and self.before[end - 1] == self.after[last - 1]:
            end, last = end - 1, last - 1
            common.append((end, last))
        return (start, end, other, last), common

    def _anchors(self, start: int, end: int, other: int, last: int) -> list[Match]:
        if self.effort <= 0:
            return []
        once = _once(self.before[start:end], start)
        also = _once(self.after[other:last], other)
        pairs = [(place, also[item]) for item, place in once.items() if item in also]
        return [pairs[index] for index in increasing([two for _, two in pairs])]

    def _shortest(self, start: int, end: int, other: int, last: int) -> Iterator[Match]:
        """The fewest insertions and deletions (Myers 1986); nothing where that takes too much effort."""
        height, width = end - start, last - other
        reached = {1: 0}  # by diagonal, how far the best way has come
        ways: list[dict[int, int]] = []
        for edits in range(height + width + 1):
            ways.append(dict(reached))
            for diagonal in range(-edits, edits + 1, 2):
                down = diagonal == -edits or (
                    diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1]
                )
                one = begun = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
                two = one - diagonal
                while one < height and two < width and self.before[start + one] == self.after[other + two]:
                    one, two = one + 1, two + 1
                reached[diagonal] = one
                self.effort -= 1 + one - begun
                if one >= height and two >= width:
                    yield from _way_back(ways, height, width, start, other)
                    return
            if self.effort <= 0:
                return


def _way_back(ways: list[dict[int, int]], one: int, two: int, start: int, other: int) -> Iterator[Match]:
    for edits in range(len(ways) - 1, -1, -1):
        reached, diagonal = ways[edits], one - two
        down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
        previous = diagonal + 1 if down else diagonal - 1
        last_one = reached[previous] if edits else 0
        last_two = last_one - previous if edits else 0
        while one > last_one and two > last_two:
            one, two = one - 1, two - 1
            yield start + one, other + two
        one, two = last_one, last_two


def _once(items: Sequence[str], start: int) -> dict[str, int]:
    """The places of what stands there once."""
    counts = Counter(items)
    return {item: place for place, item in enumerate(items, start) if counts[item] == 1}
