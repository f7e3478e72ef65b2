"""What stands around a path, a comparison or the question bank, read once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db.models import Q

from articles.checks import around
from articles.checks.surroundings import Surroundings
from articles.documents import upgrade
from articles.models import Article, Revision
from articles.records import JSON
from comparisons.affected import Affected, Members, affected, live_members, path_ids
from comparisons.checks import BANK_SLUG

MOST_FORMS = 5  # of those that a path or the bank is part of; publishing looks at all


@dataclass(frozen=True)
class Around(Surroundings):
    """`members` are what decision forms are made of; `forms` those that a path or the bank is part of.

    `more` says that it is part of others as well, which were not looked at.
    """

    members: Members = field(default_factory=lambda: Members({}, None))
    forms: tuple[Affected, ...] = ()
    more: bool = False

    @property
    def prompts(self) -> Mapping[str, str]:
        """The questions of the bank by id."""
        criteria = self.members.bank["criteria"] if self.members.bank else ()
        return {question["id"]: question["prompt"] for each in criteria for question in each["questions"]}


def of_comparison(document: JSON, moment: datetime) -> Around:
    """With its paths and the bank as they are live, or else as their drafts were last saved."""
    return _around(document, moment, members_at_desk(path_ids(document), moment))


def of_path(document: JSON, moment: datetime) -> Around:
    return _around(document, moment, members_at_desk([], moment), part_of_forms=True)


def of_bank(document: JSON, moment: datetime) -> Around:
    return _around(document, moment, Members({}, document), part_of_forms=True)


def members_at_desk(paths: Collection[str], moment: datetime) -> Members:
    """What is live of these paths, and the bank, with the newest revisions in place of what is not."""
    found = live_members(paths, moment)
    missing = Q(pk__in=set(paths) - found.paths.keys())
    if found.bank is None:
        missing |= Q(kind=BANK_SLUG, slug=BANK_SLUG, trashed_at=None)
    if found.bank is None or set(paths) - found.paths.keys():
        for revision in Revision.objects.newest_of(Article.objects.filter(missing)):
            found = found.with_document(upgrade(revision.document))
    return found


def _around(document: JSON, moment: datetime, members: Members, *, part_of_forms: bool = False) -> Around:
    shared = around.read(document, moment)
    found = list(islice(affected(document, moment, MOST_FORMS + 1), MOST_FORMS + 1)) if part_of_forms else []
    return Around(
        moment=shared.moment,
        targets=shared.targets,
        namesakes=shared.namesakes,
        members=members,
        forms=tuple(found[:MOST_FORMS]),
        more=len(found) > MOST_FORMS,
    )
