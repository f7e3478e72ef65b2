"""What publishing a path or the question bank changes in the decision forms that it is part of."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html

from articles.admin.transitions import Effect, TransitionViews
from articles.records import JSON
from comparisons import affected
from comparisons.affected import Affected
from comparisons.impact import Impact, impact


class AffectingForms(TransitionViews):
    """An article that the decision forms of live comparisons are made of."""

    def effects(self, document: JSON, moment: datetime) -> Iterator[Effect]:
        for each in affected.affected(document, moment):
            address = reverse("admin:comparisons_comparison_change", args=[each.comparison["id"]])
            link = format_html('<a href="{}">{}</a>', address, each.comparison["title"])
            yield Effect(link, sentence(each))


def sentence(case: Affected) -> str:
    """What becomes of a comparison's form, in words."""
    if case.after is None:
        gone = "This takes its decision form away" if case.before else "It has no decision form"
        return f"{gone}: on no question all its paths have a rating."
    if case.before is None:
        return "This gives it a decision form."
    if case.before.table == case.after.table:
        return "This leaves all its verdicts as they are."
    names = {path.id: path.name for path in case.after.paths}
    found = impact(case.before.table, case.after.table)
    return found.sentence(names) if isinstance(found, Impact) else found.sentence()
