"""What keeps a document from being published, whatever its kind. Pure: a document in, problems out."""

from collections.abc import Iterator

from articles.records import JSON, Problem


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
