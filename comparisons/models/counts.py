"""How many results leaned where and skipped which question, by day: numbers, and nothing of readers."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import connections, models, router


class CounterQuerySet(models.QuerySet[Any]):
    def of(self, comparison: UUID) -> Self:
        return self.filter(comparison=comparison)

    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def add(self, counters: Sequence["Counter"]) -> None:
        """Add to the numbers that are there, in one statement, so that two at once lose nothing.

        Each key comes once. Rows are locked in the order of their keys, so that no two wait for each other.
        """
        fields = [self.model._meta.get_field(name) for name in (*self.model.KEY, *self.model.NUMBERS)]
        connection = connections[router.db_for_write(self.model)]
        ordered = sorted(counters, key=lambda counter: counter.key)
        values = [
            field.get_db_prep_save(getattr(counter, field.attname), connection)
            for counter in ordered
            for field in fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(_upsert(self.model, len(ordered)), values)


def _upsert(model: type["Counter"], rows: int) -> str:
    """`bulk_create` can overwrite numbers but not add to them; SQLite and PostgreSQL share this syntax."""
    table, columns = model._meta.db_table, (*model.KEY, *model.NUMBERS)
    row = f"({', '.join(['%s'] * len(columns))})"
    sums = ", ".join(f"{number} = {table}.{number} + excluded.{number}" for number in model.NUMBERS)
    return (  # all names are the model's own
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)} "  # noqa: S608
        f"ON CONFLICT ({', '.join(model.KEY)}) DO UPDATE SET {sums}"
    )


class Counter(models.Model):
    """Numbers of one comparison's results on one day.

    The comparison is only an identifier, because those that are composed from paths have no row.
    """

    KEY: ClassVar[tuple[str, ...]]
    NUMBERS: ClassVar[tuple[str, ...]]

    comparison = models.UUIDField()
    day = models.DateField(db_index=True, help_text="In the time zone of the site.")

    objects = CounterQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()  # nobody edits them; whoever may view a comparison may view its counts

    def __str__(self) -> str:
        return f"{self.comparison} on {self.day}"

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.KEY)


class LeanCounter(Counter):
    """Results that leaned towards a path, or had a verdict that leans nowhere."""

    KEY = ("comparison", "day", "lean")
    NUMBERS = ("results",)

    lean = models.CharField(max_length=36, help_text="The id of a path, or the verdict.")
    results = models.PositiveIntegerField(default=0)

    class Meta(Counter.Meta):
        constraints = [
            models.UniqueConstraint(fields=["comparison", "day", "lean"], name="lean_counted_once_a_day")
        ]


class QuestionCounter(Counter):
    """Results that answered a question, and those that skipped it."""

    KEY = ("comparison", "day", "question")
    NUMBERS = ("answered", "skipped")

    question = models.UUIDField()
    answered = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta(Counter.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "day", "question"], name="question_counted_once_a_day"
            )
        ]
