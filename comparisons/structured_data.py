"""What machines are told of career paths and of what a comparison compares, in the words of schema.org."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import unescape
from typing import Any

from articles import site_addresses, slots, structured_data
from articles.records import JSON
from comparisons import pay

OCCUPATION = "#occupation"
NAME, ADDRESS = "json-name:", "json-address:"


def occupation(document: JSON, address: str) -> JSON:
    """A career path; what it pays, only where a fact with a source says so."""
    salaries = [_salary(each) for each in pay.told(document)]
    return {
        "@type": "Occupation",
        "@id": site_addresses.absolute(address + OCCUPATION),
        "name": document["title"],
        "description": document["summary"],
        "mainEntityOfPage": site_addresses.absolute(address),
    } | ({"estimatedSalary": salaries} if salaries else {})


def _salary(found: pay.Pay) -> JSON:
    said = ". ".join(text for text in (found.region, found.note) if text)
    return {
        "@type": "MonetaryAmount",
        "name": found.label,
        **({"description": said} if said else {}),
        "currency": found.currency,
        "value": {
            "@type": "QuantitativeValue",
            **_amount(found),
            "unitText": found.period,
        },
        **({"validThrough": found.valid_until} if found.valid_until else {}),
    }


def _amount(found: pay.Pay) -> JSON:
    low, high = _number(found.low), _number(found.high)
    return {"value": low} if low == high else {"minValue": low, "maxValue": high}


def _number(text: str) -> int | float:
    amount = Decimal(text)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def about(paths: Sequence[str]) -> list[JSON]:
    """The occupations that a comparison is about; names and addresses are slots."""
    return [
        {
            "@type": "Occupation",
            "@id": f"{site_addresses.absolute(slots.slot(ADDRESS + path))}{OCCUPATION}",
            "name": slots.slot(NAME + path),
        }
        for path in paths
    ]


def contenders(paths: Sequence[str]) -> JSON:
    """The paths that a comparison compares, as a list in its order."""
    named = [(slots.slot(NAME + path), slots.slot(ADDRESS + path)) for path in paths]
    return structured_data.item_list(named, itemListOrder=f"{structured_data.CONTEXT}/ItemListUnordered")


def values(paths: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What fills these slots: from the fragments of the paths' publications, by their ids."""
    return {
        key + path: structured_data.string(unescape(parts[name]))
        for path, parts in paths.items()
        for key, name in ((NAME, "name"), (ADDRESS, "address"))
    }
