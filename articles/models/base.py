import uuid

from django.db import models


class Identified(models.Model):
    """Known by an identifier that stays the same on every site a document travels to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Positioned(Identified):
    """A row among its siblings, in the order the editor gave them."""

    position = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
