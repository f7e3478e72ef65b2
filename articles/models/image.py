from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models

from .base import Identified

MAX_BYTES = 10 * 1024 * 1024


class Image(Identified):
    file = models.ImageField(
        upload_to="images/%Y/%m",
        width_field="width",
        height_field="height",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp", "avif"])],
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who can't see it.",
    )
    decorative = models.BooleanField(default=False, help_text="It adds nothing that the words don't say.")
    credit = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=True, alt="")
                | (models.Q(decorative=False) & ~models.Q(alt="")),
                name="image_alt_or_decorative",
            )
        ]

    def __str__(self) -> str:
        return self.alt or self.file.name or "image"

    def clean(self) -> None:
        if self.decorative == bool(self.alt):
            raise ValidationError({"alt": "Describe the picture, or mark it as decorative; not both."})
