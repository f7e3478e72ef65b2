"""What the paths of a comparison are called, for the rows that speak of them."""

from typing import Any

from articles.admin.known import once
from comparisons.models import CareerPath, Contender


class NamesContenders:
    """A set of forms whose rows name contenders, which are read once for all of them."""

    instance: Any

    @property
    def contenders(self) -> dict[str, str]:
        found = Contender.objects.filter(comparison=self.instance.pk).select_related("path")
        return once(
            self.instance, "contenders", lambda: {str(each.path_id): each.path.title for each in found}
        )

    def offer(self, field: Any, empty: str, others: dict[str, str] | None = None) -> None:
        """Let a field choose one of the contenders, or of others that are known by id and title."""
        choices = self.contenders | (others or {})
        field.queryset = CareerPath.objects.filter(pk__in=choices)
        field.choices = [("", empty), *choices.items()]
        field.widget.can_add_related = False  # a new path is no contender yet
