from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.db import models

from .base import Identified

MIDDLE = 50  # per cent


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
    focal_x = models.PositiveSmallIntegerField(
        "focal point from the left",
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text="In per cent of the width. What lies there stays in sight where the picture is cropped.",
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point from the top",
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text="In per cent of the height.",
    )
    renditions = models.JSONField(
        default=list, editable=False, help_text="Widths in pixels in which it was stored as WebP and AVIF."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["-created_at", "id"], name="image_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=True, alt="")
                | (models.Q(decorative=False) & ~models.Q(alt="")),
                name="image_alt_or_decorative",
            ),
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100), name="image_focal_point_within"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.file.name or "image"

    def clean(self) -> None:
        if self.decorative == bool(self.alt):
            raise ValidationError({"alt": "Describe the picture, or mark it as decorative; not both."})


class Illustrated(models.Model):
    """Shows an image, and may describe it in words of its own: what matters of a picture differs by place."""

    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    image_alt = models.CharField(
        "what the image shows here",
        max_length=300,
        blank=True,
        help_text="Leave empty where the image's own description fits.",
    )
    image_decorative = models.BooleanField(
        "decorative here", default=False, help_text="Beside these words it adds nothing."
    )

    class Meta:
        abstract = True


def alt_or_decorative(name: str) -> models.CheckConstraint:
    """For the tables that show images: those that inherit from them have the columns elsewhere."""
    return models.CheckConstraint(
        condition=models.Q(image_decorative=False) | models.Q(image_alt=""),
        name=f"{name}_image_alt_or_decorative",
        violation_error_message="Describe the picture, or mark it as decorative; not both.",
    )
