from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from articles.models import Article, Positioned, Source

from .bank import Question


class CareerPath(Article):
    """A way of earning a living: what is known about it, reusable in every comparison."""

    class Meta:
        verbose_name = "career path"


class Point(Positioned):
    """A pro or a con of a path; where it names a comparison, it holds in that contrast only."""

    class Side(models.TextChoices):
        PRO = "pro", "Pro"
        CON = "con", "Con"

    path = models.ForeignKey(CareerPath, on_delete=models.CASCADE, related_name="points")
    comparison = models.ForeignKey(
        "Comparison", null=True, blank=True, on_delete=models.CASCADE, related_name="points"
    )
    side = models.CharField(max_length=3, choices=Side)
    label = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="points")

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self.label


class Platform(Positioned):
    """A marketplace, tool, certificate or employer that people on the path use."""

    class Type(models.TextChoices):
        MARKETPLACE = "marketplace", "Marketplace"
        TOOL = "tool", "Tool"
        CERTIFICATE = "certificate", "Certificate"
        EMPLOYER = "employer", "Employer"

    path = models.ForeignKey(CareerPath, on_delete=models.CASCADE, related_name="platforms")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=12, choices=Type, default=Type.TOOL)
    url = models.URLField("address", max_length=500, blank=True)
    text = models.TextField(blank=True)

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Fact(Positioned):
    """A figure about a path: one value, or a range."""

    path = models.ForeignKey(CareerPath, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(max_length=120)
    low = models.DecimalField("from", max_digits=14, decimal_places=2)
    high = models.DecimalField(
        "to", max_digits=14, decimal_places=2, help_text="The same again for one value."
    )
    unit = models.CharField(
        max_length=40, blank=True, help_text="A currency code such as USD, or hours, people, %."
    )
    period = models.CharField(
        max_length=40, blank=True, help_text="Per hour, month, year: the last word only."
    )
    region = models.CharField(max_length=80, blank=True)
    is_pay = models.BooleanField(
        "what people earn",
        default=False,
        help_text="Search engines and other programs are told the figure as pay, once it has a source, a "
        "currency code such as USD as its unit, and hour, day, week, month or year as its period.",
    )
    note = models.CharField(max_length=300, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="facts")

    class Meta(Positioned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(high__gte=F("low")),
                name="fact_range_in_order",
                violation_error_message="The range ends below its start.",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_range(self) -> bool:
        return Decimal(self.low) != Decimal(self.high)


class Rating(Positioned):
    """A path's place on a question's scale from 0 to 100, and how certain that is."""

    class Uncertainty(models.IntegerChoices):
        NARROW = 5, "±5"
        MEDIUM = 10, "±10"
        WIDE = 20, "±20"

    path = models.ForeignKey(CareerPath, on_delete=models.CASCADE, related_name="ratings")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    uncertainty = models.PositiveSmallIntegerField(choices=Uncertainty, default=Uncertainty.MEDIUM)
    rationale = models.CharField(max_length=300, blank=True, help_text="One sentence that gives the reason.")
    sources = models.ManyToManyField(Source, blank=True, related_name="ratings")

    class Meta(Positioned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["path", "question"],
                name="rating_once_per_question",
                violation_error_message="The path has a rating on this question already.",
            ),
            models.CheckConstraint(condition=Q(value__lte=100), name="rating_between_0_and_100"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value} ± {self.uncertainty}"
