"""Where each path stands on the questions of the decision form, as a picture with the same in words. Pure.

The pictures are assembled on reading, from what the question bank and the paths had rendered when they were
published. Lengths are units of a picture in which the scale's 0 to 100 are SCALE wide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from articles import enumerations, slots

JSON = dict[str, Any]
MARGIN, SCALE = 12, 300  # on both sides there is room for a mark at 0 or 100
LANE, TOP = 24, 2  # one lane for each path, so that marks never hide one another
LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Place:
    """A path's rating: its value and uncertainty in points, and the day its soonest source is valid until."""

    value: int
    uncertainty: int
    valid_until: str

    def band(self, today: date) -> tuple[float, float]:
        """From where to where on the scale the path may stand; twice as far once a source has expired."""
        expired = bool(self.valid_until) and self.valid_until < today.isoformat()
        reach = self.uncertainty * 2 if expired else self.uncertainty
        return max(0, self.value - reach), min(100, self.value + reach)


def places(document: JSON) -> dict[str, str]:
    """The parts of a path's fragments that say where it stands: `place:<question>`."""
    ends = {source["id"]: source["valid_until"] for source in document["sources"] if source["valid_until"]}
    return {
        f"place:{rating['question']}": " ".join(
            (
                str(rating["value"]),
                str(rating["uncertainty"]),
                min((ends[source] for source in rating["sources"] if source in ends), default=""),
            )
        )
        for rating in document["ratings"]
    }


def place(text: str) -> Place:
    value, uncertainty, valid_until = text.split(" ")
    return Place(int(value), int(uncertainty), valid_until)


def height(contenders: int) -> int:
    return 2 * TOP + LANE * contenders


def scales(
    questions: Mapping[str, Sequence[str]],
    bank: Mapping[str, str],
    paths: Sequence[Mapping[str, str]],
    today: date,
    spoken: str = "",
) -> str:
    """The areas with their questions' scales. `questions` are ids by the criterion they stand under,
    `spoken` is what their elements say of their language."""
    return "".join(
        slots.fill(
            bank[f"area:{criterion}"],
            {
                "lang": spoken,
                "scales": "".join(
                    _scale(bank[f"scale:{question}"], question, paths, today) for question in own
                ),
            },
        )
        for criterion, own in questions.items()
    )


def _scale(html: str, question: str, paths: Sequence[Mapping[str, str]], today: date) -> str:
    stands = [(path["name"], place(path[f"place:{question}"])) for path in paths]
    values = {
        "height": str(height(len(paths))),
        "lanes": "".join(_lane(number, each, today) for number, (_, each) in enumerate(stands)),
        "words": _words(stands),
    }
    return slots.fill(html, values)


def _lane(number: int, stands: Place, today: date) -> str:
    low, high = (_x(end) for end in stands.band(today))
    middle = TOP + LANE * number + LANE // 2
    return (
        f'<g class="contender-{number + 1}" transform="translate(0 {middle})">'
        f'<line class="lane" x1="{MARGIN}" x2="{MARGIN + SCALE}"/>'
        f'<line class="lane-band" x1="{low:g}" x2="{high:g}"/>'
        f'<g transform="translate({_x(stands.value):g})"><rect x="-9" y="-9" width="18" height="18" rx="3"/>'
        f'<text y="4.5">{LETTERS[number]}</text></g></g>'
    )


def _x(points: float) -> float:
    return MARGIN + points * SCALE / 100


def _words(stands: Iterable[tuple[str, Place]]) -> str:
    """Names come escaped, as they stand on the page."""
    words = gettext("%(path)s: %(value)s ± %(uncertainty)s")
    return enumerations.in_turn(
        words % {"path": name, "value": each.value, "uncertainty": each.uncertainty} for name, each in stands
    )
