import uuid
from typing import Any

from django.db import models

from articles.conditions import holds


class Identified(models.Model):
    """Known by an identifier that stays the same on every site a document travels to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def get_constraints(self) -> Any:
        """Those that are still to be validated: a query for each check of each row would be too many."""
        return [
            (model, [each for each in constraints if not self._meets(each)])
            for model, constraints in super().get_constraints()
        ]

    def _meets(self, constraint: models.BaseConstraint) -> bool:
        return isinstance(constraint, models.CheckConstraint) and holds(constraint.condition, self)


class Positioned(Identified):
    """A row among its siblings, in the order the editor gave them."""

    position = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
