"""What publishing a path or the question bank changes in comparisons: in their forms, in what they say."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html

from articles import kinds
from articles.admin import display
from articles.admin.transitions import Effect, TransitionViews
from articles.records import JSON
from comparisons import affected
from comparisons.affected import Affected
from comparisons.impact import Impact, impact

TO_REVIEW = "Its own words mention what changes, and somebody will be asked to review them."


class AffectingForms(TransitionViews):
    """An article that the decision forms of live comparisons are made of."""

    def effects(self, document: JSON, moment: datetime) -> Iterator[Effect]:
        for each in affected.affected(document, moment):
            address = reverse("admin:comparisons_comparison_change", args=[each.comparison["id"]])
            link = format_html('<a href="{}">{}</a>', address, each.comparison["title"])
            yield Effect(link, sentence(each))
        for wanted in kinds.get(document["kind"]).follow_ups(document, moment):
            address = display.place_address(wanted.article, wanted.place)
            link = format_html('<a href="{}">{}</a>', address, wanted.article.title)
            yield Effect(link, f"{TO_REVIEW} {' '.join(wanted.text.split())}")


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
