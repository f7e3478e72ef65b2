"""Late warnings: what is scheduled and would not pass its checks at its time any more.

It was decided when it was scheduled, and goes live all the same: a period needs no job. Whoever scheduled it
is told once, by a task and by mail, while something can still be done.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from articles import documents, formats, kinds, mailing, report
from articles.checks.found import Finding, Level
from articles.checks.shared import LATE
from articles.models import Article, LateWarning, Publication, Task
from articles.models import Finding as Row


def warn() -> int:
    """Look at all that is scheduled; returns of how much somebody is warned for the first time."""
    return sum(1 for _ in look())


def look() -> Iterator[Publication]:
    """The same, one after the other: yields what somebody is warned of."""
    now = timezone.now()
    scheduled = Publication.objects.filter(starts_at__gt=now).order_by("starts_at", "pk")
    for pk in scheduled.values_list("pk", flat=True):
        if warned := _look_at(pk, now):
            yield warned


def warn() -> int:
    """The same as a whole, which recurs where there is a worker; returns of how many somebody is warned."""
    return sum(1 for _ in look())


def found(publication: Publication) -> list[Finding]:
    """What stands against it when it begins, and did not, or was not known, when that was decided."""
    document = documents.upgrade(publication.revision.document)
    kind, start, decided = kinds.get(document["kind"]), publication.starts_at, publication.created_at
    against = [
        *(problem.message for problem in kind.problems(document, start)),
        *(str(objection) for objection in kind.late_objections(document, start, decided)),
    ]
    changed = [
        each
        for each in kind.findings(document, kind.surroundings(document, start))
        if each.level is Level.WARNS and each.since and decided < each.since <= start
    ]
    return [
        *(Finding(LATE, Level.STOPS, message) for message in against),
        *(Finding(LATE, Level.WARNS, each.message, each.place) for each in changed),
    ]


def warnings(article: Article, moment: datetime) -> QuerySet[Row]:
    """What was found of the periods of an article that are still to begin."""
    kept = Row.objects.filter(article=article.pk, publication__isnull=False).holding(moment)
    return kept.select_related("publication__revision").order_by("publication__starts_at", "gravity", "pk")


def forget(publication: Publication, *, by: User | None, moment: datetime) -> None:
    """It was put right or cancelled: nothing is left to do about it."""
    asked = Task.objects.open().filter(late_warning__publication=publication)
    asked.update(done_at=moment, done_by=by)
    LateWarning.objects.filter(publication=publication).delete()


# --- Warning ------------------------------------------------------------------------------------


@transaction.atomic
def _look_at(pk: int, now: datetime) -> Publication | None:
    held = Publication.objects.select_for_update(of=("self",)).filter(pk=pk)
    publication = held.select_related("article", "revision", "by").first()
    if publication is None:  # it was cancelled meanwhile
        return None
    against = found(publication)
    _keep(publication, against)
    if not against:
        forget(publication, by=None, moment=now)
        return None
    warning, is_new = LateWarning.objects.get_or_create(publication=publication, defaults={"found_at": now})
    if not is_new:
        return None
    warning.task = _ask(publication, against, now)
    warning.save(update_fields=["task"])
    _write(publication, against)
    return publication


def _keep(publication: Publication, against: Sequence[Finding]) -> None:
    Row.objects.filter(publication=publication).delete()
    own = {"publication": publication}
    rows = [report.row(publication.article, each, **own) for each in against]
    for row in rows:
        row.until = publication.starts_at
    Row.objects.bulk_create(rows)


def _ask(publication: Publication, against: Sequence[Finding], now: datetime) -> Task:
    return Task.objects.create(
        article=publication.article,
        reason=Task.Reason.LATE,
        text=_words(publication, against),
        assignee=_decider(publication),
        due_on=timezone.localdate(publication.starts_at),
        created_at=now,
    )


def _decider(publication: Publication) -> User | None:
    """Whoever scheduled it, if they can still log in; else whoever may."""
    by = publication.by
    return by if by and by.is_active else None


def _write(publication: Publication, against: Sequence[Finding]) -> None:
    decider = _decider(publication)
    if decider and decider.email:
        subject = f"“{publication.title}” would not pass its checks when it goes live"
        text = f"{_words(publication, against)}\n\n{settings.SITE_URL}{_address(publication)}\n"
        mailing.post(decider.email, subject=subject, text=text)


def _words(publication: Publication, against: Sequence[Finding]) -> str:
    listed = "\n".join(f"- {each.message}" for each in against)
    return (
        f"“{publication.title}” goes live on {formats.moment(publication.starts_at)}, as was decided on "
        f"{formats.moment(publication.created_at)}. It would not pass its checks then:\n\n{listed}\n\n"
        "It goes live all the same. Put it right and schedule it again, or cancel it under History."
    )


def _address(publication: Publication) -> str:
    options = kinds.get(publication.kind).model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[publication.article_id])
