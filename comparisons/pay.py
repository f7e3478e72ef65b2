"""What a path's facts say of pay, as far as it can be told to machines. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.checks.found import Finding, Level
from articles.records import JSON

PAY = "pay"
# UN/CEFACT's common codes would do for machines as well; search engines know these words.
PERIODS = {
    **dict.fromkeys(("hour", "stunde"), "HOUR"),
    **dict.fromkeys(("day", "tag"), "DAY"),
    **dict.fromkeys(("week", "woche"), "WEEK"),
    **dict.fromkeys(("month", "monat"), "MONTH"),
    **dict.fromkeys(("year", "jahr"), "YEAR"),
}
CODE = 3  # letters of a currency's code (ISO 4217)


@dataclass(frozen=True, slots=True)
class Pay:
    """From `low` to `high` in a currency (ISO 4217) for each `period`, a value of PERIODS."""

    label: str
    region: str
    note: str
    currency: str
    period: str
    low: str
    high: str
    valid_until: str | None  # ISO 8601: the last day on which all of its sources hold


def told(document: JSON) -> list[Pay]:
    """The facts about pay that have a source, and a currency and a period that machines know."""
    last_days = {source["id"]: source["valid_until"] for source in document["sources"]}
    return [
        _pay(fact, last_days)
        for fact in document["facts"]
        if fact["is_pay"] and fact["sources"] and _clear(fact)
    ]


def findings(document: JSON) -> Iterator[Finding]:
    """Pay that readers can read and machines can't."""
    for fact in document["facts"]:
        if fact["is_pay"] and not _clear(fact):
            message = (
                f"“{fact['label']}” is marked as what people earn, but programs are not told of it: write a "
                "currency code such as USD as its unit, and hour, day, week, month or year as its period."
            )
            yield Finding(PAY, Level.INFORMS, message, ("facts", fact["id"], "unit"))


def _clear(fact: JSON) -> bool:
    unit = fact["unit"].strip()
    is_code = len(unit) == CODE and unit.isascii() and unit.isalpha() and unit.isupper()
    return is_code and fact["period"].strip().casefold() in PERIODS


def _pay(fact: JSON, last_days: dict[str, str | None]) -> Pay:
    days = (last_days.get(source) for source in fact["sources"])
    return Pay(
        label=fact["label"],
        region=fact["region"],
        note=fact["note"],
        currency=fact["unit"].strip(),
        period=PERIODS[fact["period"].strip().casefold()],
        low=fact["low"],
        high=fact["high"],
        valid_until=min(filter(None, days), default=None),
    )
