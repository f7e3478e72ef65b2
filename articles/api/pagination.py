"""Pages of a list by cursor: where the last page ended, not how many rows came before. Nothing is counted.

A position is the sorted column's value and the row's key, so that rows with equal values are neither lost
nor repeated; DRF's own cursor counts them instead, and gives up at a thousand.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError as InvalidValue
from django.db.models import Field, Model, Q, QuerySet
from django.utils.timezone import is_naive
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from articles.api.parameters import parameter, whole_number
from articles.records import UNPRINTABLE

PER_PAGE, MOST_PER_PAGE = 20, 100
PAGE_SIZE = parameter(
    "page_size", "How many to a page.", type="integer", minimum=1, maximum=MOST_PER_PAGE, default=PER_PAGE
)
PAGING = (parameter("cursor", "Where a page begins; taken from `next` or `previous`."), PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, then the key."""

    column: str
    descending: bool

    def names(self, *, backward: bool) -> tuple[str, str]:
        sign = "-" if self.descending != backward else ""
        return f"{sign}{self.column}", f"{sign}id"

    def beyond(self, cursor: "Cursor") -> Q:
        side = "lt" if self.descending != cursor.backward else "gt"
        # The first condition is implied by the second; an index can follow it.
        return Q(**{f"{self.column}__{side}e": cursor.value}) & (
            Q(**{f"{self.column}__{side}": cursor.value}) | Q(**{f"id__{side}": cursor.key})
        )


@dataclass(frozen=True, slots=True)
class Cursor:
    value: Any
    key: Any
    backward: bool = False

    def text(self) -> str:
        value = self.value if isinstance(self.value, str) else self.value.isoformat()
        data = [value, str(self.key), *([True] if self.backward else ())]
        return urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    next: str | None
    previous: str | None


def paginate(
    request: Request,
    rows: Callable[[], QuerySet[Any, Any]],
    orders: Mapping[str, str],
    default: str,
    first: Callable[[int], Sequence[Any] | None] = lambda count: None,
) -> Page:
    """The page that a request asks for. `orders` are columns by the names that `?ordering=` gives them.

    `first` may know a quicker way to the first so many of `rows` in the default order.
    """
    name = request.query_params.get("ordering", default)
    size = whole_number(request, "page_size", default=PER_PAGE, low=1, high=MOST_PER_PAGE)
    order = Order(orders[name.removeprefix("-")], name.startswith("-"))
    plain = name == default and "cursor" not in request.query_params
    if plain and (quick := first(size + 1)) is not None:
        return _page(request, quick, size, order, None)
    found = rows()
    cursor = _cursor(request, found.model, order)
    if cursor:
        found = found.filter(order.beyond(cursor))
    names = order.names(backward=bool(cursor and cursor.backward))
    return _page(request, list(found.order_by(*names)[: size + 1]), size, order, cursor)


def _page(request: Request, found: Sequence[Any], size: int, order: Order, cursor: Cursor | None) -> Page:
    """The page, and links to its neighbours. One row more than its size says that there is another."""
    more, found = len(found) > size, list(found[:size])
    has_next, has_previous = more, cursor is not None
    if cursor and cursor.backward:
        found.reverse()
        has_next, has_previous = True, more
    return Page(
        found,
        _link(request, found[-1], order, backward=False) if found and has_next else None,
        _link(request, found[0], order, backward=True) if found and has_previous else None,
    )


def _link(request: Request, row: Any, order: Order, *, backward: bool) -> str:
    cursor = Cursor(getattr(row, order.column), row.id, backward)
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor.text())


def _cursor(request: Request, model: type[Model], order: Order) -> Cursor | None:
    given = request.query_params.get("cursor")
    if given is None:
        return None
    try:
        value, key, *backward = json.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)))
        return Cursor(_value(model, order.column, value), _value(model, "id", key), bool(backward))
    except (ValueError, TypeError, OverflowError, RecursionError, InvalidValue) as error:
        message = "is damaged, or belongs to another list. Begin without one."
        raise ValidationError({"cursor": [message]}) from error


def _value(model: type[Model], column: str, value: Any) -> Any:
    if not isinstance(value, str) or UNPRINTABLE.search(value):
        raise ValueError("A cursor holds printable texts.")
    found = cast("Field[Any, Any]", model._meta.get_field(column)).to_python(value)
    if found is None or (isinstance(found, datetime) and is_naive(found)):
        raise ValueError("A cursor's moment has a time zone.")
    return found.astimezone(UTC) if isinstance(found, datetime) else found
