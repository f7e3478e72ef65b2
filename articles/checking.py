"""What the checks of its kind find in a document, with all that stands around it at a moment."""

from datetime import datetime

from articles import kinds
from articles.checks.found import Finding, holding
from articles.records import JSON


def found(document: JSON, moment: datetime) -> list[Finding]:
    """What is found from the moment on, in the order of the checks; some of it may hold later only."""
    kind = kinds.get(document["kind"])
    return list(kind.findings(document, kind.surroundings(document, moment)))


def holds(document: JSON, moment: datetime) -> list[Finding]:
    """What holds at the moment, the gravest first."""
    return holding(found(document, moment), moment)


def label(name: str) -> str:
    return labels().get(name, name)


def labels() -> dict[str, str]:
    """What all checks there are are called, by name."""
    return {name: label for kind in kinds.every() for name, label in kind.checks.items()}
