"""The kinds of this app: career path, comparison, question bank."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.checks import problems, shared
from articles.checks.found import Finding, Level
from articles.checks.problems import shared_problems
from articles.checks.sourced import UNSOURCED, unsourced
from articles.kinds import NOTHING, FacetValue, FollowUp, Kind
from articles.models import Article, Publication
from articles.obstacles import Objection
from articles.reading import Outcome
from articles.records import JSON, Problem
from articles.search.terms import ended, text_of
from articles.upgrades import with_corrections, with_pictures, with_translation
from comparisons import (
    balance,
    changed_facts,
    checks,
    composed,
    form_findings,
    gate,
    pages,
    pay,
    reading,
    surroundings,
)
from comparisons.documents import CAREER_PATH, COMPARISON, QUESTION_BANK, with_examples, with_pay
from comparisons.models import (
    CareerPath,
    Comparison,
    Contender,
    FormQuestion,
    Point,
    QuestionBank,
    Rating,
    ReaderExample,
)
from comparisons.surroundings import Around

CHECKS = {
    **shared.LABELS,
    UNSOURCED: "Claims without a source",
    balance.BALANCE: "Balance between contenders",
    balance.CELLS: "Cells of differences",
    form_findings.FAIRNESS: "Fairness of the decision form",
    pay.PAY: "Pay that programs can read",
}
POINT = {"points": ("point", Level.INFORMS)}
CLAIMS = {**POINT, "facts": ("fact", Level.WARNS), "ratings": ("rating", Level.WARNS)}


class CareerPathKind(Kind):
    name = "career-path"
    label = gettext_noop("career path")
    plural = gettext_noop("Careers")
    absent = _("There is no career path at this address.")
    model = CareerPath
    record = CAREER_PATH
    prefix = "/careers/"
    schema = 5
    upgrades = {1: with_pictures, 2: with_corrections, 3: with_translation, 4: with_pay}
    roles = ("introduction", "body", "conclusion")
    checks = CHECKS

    def problems(self, document: JSON, moment: datetime) -> Iterator[Problem]:
        yield from shared_problems(document)
        yield from checks.path_problems(document)

    def objections(self, document: JSON, moment: datetime) -> Iterable[Objection]:
        return gate.objections(document, moment)

    def late_objections(self, document: JSON, moment: datetime, decided: datetime) -> Iterable[Objection]:
        return gate.late_objections(document, moment, decided)

    def surroundings(self, document: JSON, moment: datetime) -> Around:
        return surroundings.of_path(document, moment)

    def findings(self, document: JSON, surroundings: Any) -> Iterator[Finding]:
        yield from super().findings(document, surroundings)
        yield from unsourced(document, CLAIMS, surroundings.prompts)
        yield from pay.findings(document)
        yield from form_findings.of_member(document, surroundings.forms)
        if surroundings.more:
            yield form_findings.unlooked(document)

    def follow_ups(self, document: JSON, moment: datetime) -> Iterable[FollowUp]:
        return changed_facts.follow_ups(document, moment)

    def drafts_naming(self, pks: Collection[UUID]) -> QuerySet[Article]:
        compared = Contender.objects.filter(path__in=pks).values("comparison").order_by()
        spoken_of = (
            Point.objects.filter(path__in=pks, comparison__isnull=False).values("comparison").order_by()
        )
        expected = ReaderExample.objects.filter(expected__in=pks).values("comparison").order_by()
        return Article.objects.filter(pk__in=compared.union(spoken_of, expected))

    def search_text(self, document: JSON) -> str:
        points = (f"{ended(point['label'])} {point['text']}" for point in document["points"])
        platforms = (f"{ended(platform['name'])} {platform['text']}" for platform in document["platforms"])
        return " ".join((super().search_text(document), *points, *platforms))

    def page(self, document: JSON) -> dict[str, str]:
        return pages.path_page(document)

    def fragments(self, document: JSON) -> dict[str, str]:
        return pages.path_fragments(document)

    def body(
        self, publication: Publication, moment: datetime, drafts: Mapping[UUID, Publication] = NOTHING
    ) -> str:
        return reading.path_body(publication, moment)


class ComparisonKind(Kind):
    name = "comparison"
    label = gettext_noop("comparison")
    plural = gettext_noop("Comparisons")
    absent = _("There is no comparison at this address.")
    model = Comparison
    record = COMPARISON
    prefix = "/compare/"
    schema = 5
    upgrades = {1: with_examples, 2: with_pictures, 3: with_corrections, 4: with_translation}
    roles = ("introduction", "differences", "choosing", "alternatives", "conclusion", "body")
    unread = (*Kind.unread, "examples")
    checks = CHECKS
    requires = (CareerPathKind.name,)

    def problems(self, document: JSON, moment: datetime) -> Iterator[Problem]:
        yield from shared_problems(document)
        yield from checks.comparison_problems(document)

    def objections(self, document: JSON, moment: datetime) -> Iterable[Objection]:
        return gate.objections(document, moment)

    def late_objections(self, document: JSON, moment: datetime, decided: datetime) -> Iterable[Objection]:
        return gate.late_objections(document, moment, decided)

    def surroundings(self, document: JSON, moment: datetime) -> Around:
        return surroundings.of_comparison(document, moment)

    def findings(self, document: JSON, surroundings: Any) -> Iterator[Finding]:
        paths = surroundings.members.paths
        yield from super().findings(document, surroundings)
        yield from balance.balance(document, paths)
        yield from balance.cells(document, paths)
        yield from unsourced(document, POINT, {})
        if form := surroundings.members.form(document, surroundings.today):
            yield from form_findings.of_comparison(form, document)

    def unwritten(self, slug: str, moment: datetime) -> Outcome:
        return composed.find(slug, moment)

    def facets(self, document: JSON) -> list[FacetValue]:
        paths = [UUID(contender["path"]) for contender in document["contenders"]]
        known = CareerPath.objects.in_bulk(paths)
        named = [known[pk] for pk in paths if pk in known]
        return super().facets(document) + [
            FacetValue("path", path.pk, path.slug, path.title, required=True) for path in named
        ]

    def search_text(self, document: JSON) -> str:
        points = (f"{ended(point['label'])} {point['text']}" for point in document["points"])
        paths = [contender["path"] for contender in document["contenders"]]
        rows = (
            " ".join(map(ended, [row["aspect"], *(row["cells"].get(path, "") for path in paths)]))
            for row in document["differences"]
        )
        overrides = (text_of(contender["understanding"]) for contender in document["contenders"])
        return " ".join((super().search_text(document), *overrides, *points, *rows))

    def card(self, document: JSON) -> JSON:
        return super().card(document) | {"paths": [contender["path"] for contender in document["contenders"]]}

    def page(self, document: JSON) -> dict[str, str]:
        return pages.comparison_page(document)

    def body(
        self, publication: Publication, moment: datetime, drafts: Mapping[UUID, Publication] = NOTHING
    ) -> str:
        return reading.comparison_body(publication, moment, drafts)

    def contenders(self, publication: Publication, moment: datetime) -> Sequence[str]:
        return reading.contenders(publication, moment)

    def texts(self, rows: Sequence[Any], moment: datetime) -> dict[int, str]:
        return reading.comparison_texts(rows, moment)


class QuestionBankKind(Kind):
    name = "question-bank"
    label = "question bank"
    absent = "There is no question bank at this address."
    model = QuestionBank
    record = QUESTION_BANK
    copied = False
    checks = CHECKS
    schema = 4
    upgrades = {1: with_pictures, 2: with_corrections, 3: with_translation}

    def problems(self, document: JSON, moment: datetime) -> Iterator[Problem]:
        yield from checks.bank_problems(document)

    def objections(self, document: JSON, moment: datetime) -> Iterable[Objection]:
        return gate.objections(document, moment)

    def late_objections(self, document: JSON, moment: datetime, decided: datetime) -> Iterable[Objection]:
        return gate.late_objections(document, moment, decided)

    def surroundings(self, document: JSON, moment: datetime) -> Around:
        return surroundings.of_bank(document, moment)

    def findings(self, document: JSON, surroundings: Any) -> Iterator[Finding]:
        """It has no page, and the words of its questions are looked at by the fairness report."""
        yield from problems.as_findings(document, self.problems(document, surroundings.moment))
        yield from form_findings.of_member(document, surroundings.forms)
        if surroundings.more:
            yield form_findings.unlooked(document)

    def drafts_naming(self, pks: Collection[UUID]) -> QuerySet[Article]:
        rated = Rating.objects.filter(question__criterion__bank__in=pks).values("path").order_by()
        asked = FormQuestion.objects.filter(question__criterion__bank__in=pks).values("comparison").order_by()
        return Article.objects.filter(pk__in=rated.union(asked))

    def search_text(self, document: JSON) -> str:
        return ""

    def card_html(self, document: JSON) -> str:
        return ""

    def fragments(self, document: JSON) -> dict[str, str]:
        return pages.bank_fragments(document)
