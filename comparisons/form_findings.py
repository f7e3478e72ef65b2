"""What the fairness report and the reader examples say of decision forms, as findings of a document. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from articles.checks.found import Finding, Level, Place
from articles.records import JSON
from comparisons import gate
from comparisons.affected import Affected
from comparisons.decision import DecisionForm
from comparisons.gate import Key

FAIRNESS = "fairness"
SEE = "({others} more like it: see “Fairness of the decision form”.)"


def of_comparison(form: DecisionForm, comparison: JSON) -> Iterator[Finding]:
    """All that stops its own form, and all that is worth a look."""
    for stop in gate.stops(form, comparison):
        yield Finding(FAIRNESS, Level.STOPS, stop.message, _in_comparison(stop.key, comparison))
    alike: defaultdict[Key, list[str]] = defaultdict(list)
    for each in gate.examined(form).at(Level.WARNS):
        alike[each.check, None, each.path].append(each.message)
    for key, messages in alike.items():
        yield Finding(FAIRNESS, Level.WARNS, _folded(messages), _in_comparison(key, comparison))


def _folded(messages: Sequence[str]) -> str:
    """The first of some that are alike; the page of the report has all of them."""
    others = len(messages) - 1
    return f"{messages[0]} {SEE.format(others=others)}" if others else messages[0]


def _in_comparison(key: Key, comparison: JSON) -> Place:
    """Where on the form of a comparison something can be done about it."""
    if key[0] == "example":
        return ("examples", str(key[1]), "expected")
    contenders = {contender["path"]: contender["id"] for contender in comparison["contenders"]}
    return ("contenders", contenders[key[2]]) if len(key) > 2 and key[2] in contenders else ("questions",)


def of_member(document: JSON, forms: Iterable[Affected]) -> Iterator[Finding]:
    """What a path or the bank newly causes in the forms that it is part of."""
    for each in forms:
        for stop in gate.new_stops(each):
            message = f"In “{each.comparison['title']}”: {stop.message}"
            yield Finding(FAIRNESS, Level.STOPS, message, _in_member(stop.key, document))


def _in_member(key: Key, document: JSON) -> Place:
    rated = {rating["question"]: rating["id"] for rating in document.get("ratings", ())}
    if len(key) > 1 and key[1] in rated:
        return ("ratings", rated[key[1]])
    return ("ratings",) if "ratings" in document else ("criteria",)


def unlooked(document: JSON) -> Finding:
    message = "It is part of more decision forms than were looked at here. Publishing looks at all of them."
    return Finding(FAIRNESS, Level.INFORMS, message, _in_member((), document))
