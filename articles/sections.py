"""The one order of an article's sections, where a form shows them in several groups."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from articles.models import Article, Section

Key = TypeVar("Key", bound=Hashable)


def order(article: Article) -> list[UUID]:
    return list(article.sections.order_by("position", "pk").values_list("pk", flat=True))


def arrange(article: Article, before: Sequence[UUID], roles: Sequence[Collection[str]]) -> None:
    """Give each section its place: those of one group in the order of their positions.

    `before` is the order before the rows were saved, `roles` those of each group, in the order of the page.
    What has none of these roles counts to the last group.
    """
    found = list(article.sections.order_by("position", "pk").only("role", "position"))
    groups: list[list[Any]] = [[] for _ in roles]
    for section in found:
        home = next((number for number, each in enumerate(roles) if section.role in each), -1)
        groups[home].append(section.pk)
    places = {pk: place for place, pk in enumerate(merged(before, groups))}
    moved = [section for section in found if section.position != places[section.pk]]
    for section in moved:
        section.position = places[section.pk]
    Section.objects.bulk_update(moved, ["position"])


def merged(before: Sequence[Key], groups: Sequence[Sequence[Key]]) -> list[Key]:
    """One list of all rows: each group keeps the places it had in `before`, and fills them in its own order.

    New rows follow what their group has, or else the groups that come before it.
    """
    home = {key: number for number, group in enumerate(groups) for key in group}
    places = [home[key] for key in before if key in home]
    for number, group in enumerate(groups):
        end = max((place for place, owner in enumerate(places, 1) if owner <= number), default=0)
        places[end:end] = [number] * (len(group) - places.count(number))
    rows = [iter(group) for group in groups]
    return [next(rows[number]) for number in places]
