"""What keeps paths, comparisons and the question bank from being published. Pure."""

from collections import Counter
from collections.abc import Iterator

from articles.records import JSON, Problem
from comparisons.codes import MAX_CRITERIA, MAX_QUESTIONS
from comparisons.models import FEWEST_CONTENDERS, MOST_CONTENDERS

BANK_SLUG = "question-bank"


def path_problems(document: JSON) -> Iterator[Problem]:
    if not any(section["role"] == "introduction" for section in document["sections"]):
        yield Problem("sections", "Write an introduction: comparisons show it as “Understanding …”.")
    for side, name in (("pro", "pro"), ("con", "con")):
        if not any(point["side"] == side for point in document["points"]):
            yield Problem("points", f"Give at least one {name}.")


def comparison_problems(document: JSON) -> Iterator[Problem]:
    paths = [contender["path"] for contender in document["contenders"]]
    if not FEWEST_CONTENDERS <= len(paths) <= MOST_CONTENDERS:
        yield Problem(
            "contenders",
            f"A comparison has {FEWEST_CONTENDERS} to {MOST_CONTENDERS} contenders; here are {len(paths)}.",
        )
    for index, point in enumerate(document["points"]):
        if point["path"] not in paths:
            yield Problem(
                f"points[{index}].path", f"“{point['label']}” speaks of a path that isn't compared here."
            )
    for index, row in enumerate(document["differences"]):
        if strangers := row["cells"].keys() - set(paths):
            yield Problem(
                f"differences[{index}].cells",
                f"“{row['aspect']}” has {len(strangers)} cells for paths not compared here. Remove them.",
            )
    for index, example in enumerate(document["examples"]):
        if example["expected"] and example["expected"] not in paths:
            yield Problem(
                f"examples[{index}].expected",
                f"“{example['description']}” should lean to a path that isn't compared here.",
            )


def bank_problems(document: JSON) -> Iterator[Problem]:
    if document["slug"] != BANK_SLUG:
        yield Problem("slug", f"The question bank's slug is “{BANK_SLUG}”; there is only one.")
    if not document["criteria"]:
        yield Problem("criteria", "Add at least one criterion.")
    for index, criterion in enumerate(document["criteria"]):
        if not criterion["questions"]:
            yield Problem(
                f"criteria[{index}].questions", f"“{criterion['name']}” needs at least one question."
            )
    count = sum(len(criterion["questions"]) for criterion in document["criteria"])
    if count > MAX_QUESTIONS or len(document["criteria"]) > MAX_CRITERIA:
        limits = f"{MAX_QUESTIONS} questions under {MAX_CRITERIA} criteria"
        yield Problem("criteria", f"The link of a result holds the answers to {limits} at most.")
    slugs = Counter(q["slug"] for criterion in document["criteria"] for q in criterion["questions"])
    for slug in (slug for slug, count in slugs.items() if count > 1):
        yield Problem("criteria", f"Two questions have the slug “{slug}”.")
