"""When facts are to be checked again: as long after they were, or first published, as their kind says."""

from typing import Any

from django.db.models import Case, DateField, Exists, Func, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from articles.models import Publication, ReviewInterval


class DaysAfter(Func):
    """A day, some days later."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    arity = 2
    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", ", **context
        )


def due_on() -> Case:
    """Of each article that is updated; None where it was never live, or where its kind is never due."""
    periods = Publication.objects.filter(article=OuterRef("pk")).order_by("-starts_at")
    first = TruncDate(
        Subquery(periods.values("first_published_at")[:1]), tzinfo=timezone.get_default_timezone()
    )
    days = ReviewInterval.objects.filter(kind=OuterRef("kind")).values("days")[:1]
    due = DaysAfter(Coalesce("reviewed_on", first), Subquery(days))
    return Case(When(Exists(periods), then=due), output_field=DateField())
