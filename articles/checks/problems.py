"""What keeps a document from being published, whatever its kind. Pure: a document in, problems out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from articles.checks.found import Finding, Level, Place
from articles.records import JSON, Problem

CHECK = "required"
STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


def shared_problems(document: JSON) -> Iterator[Problem]:
    if not document["summary"].strip():
        yield Problem("summary", "Write one or two sentences for lists and search results.")
    if not document["authors"]:
        yield Problem("authors", "Name at least one author.")
    if not any(section["body"].strip() for section in document["sections"]):
        yield Problem("sections", "Write at least one section.")
    for index, section in enumerate(document["sections"]):
        if section["role"] == "body" and not section["heading"].strip():
            yield Problem(
                f"sections[{index}].heading", "Give the section a heading; readers find it by that."
            )
    for index, call in enumerate(document["calls_to_action"]):
        if call["sponsored"] and not call["disclosure"].strip():
            yield Problem(
                f"calls_to_action[{index}].disclosure",
                f"“{call['label']}” is sponsored. Say who pays for it: readers have a right to know.",
            )


def as_findings(document: JSON, problems: Iterable[Problem]) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(CHECK, Level.STOPS, problem.message, place_of(document, problem.where))


def place_of(document: JSON, where: str) -> Place:
    """`points[3].label` as a place, in which rows are known by their ids."""
    place: list[str] = []
    row: Any = document
    for name, index in STEP.findall(where):
        place.append(name)
        row = row[name]
        if index:
            row = row[int(index)]
            place.append(row["id"])
    return tuple(place)
