from django.db import models

from articles.richtext import RichTextField

from .article import Article
from .base import Positioned
from .image import Illustrated, alt_or_decorative


class Section(Illustrated, Positioned):
    """A headed piece of prose. Its role says where the page puts it."""

    class Role(models.TextChoices):
        INTRODUCTION = "introduction", "Introduction"
        BODY = "body", "Body"
        DIFFERENCES = "differences", "Key differences"
        CHOOSING = "choosing", "Which one is right for you"
        ALTERNATIVES = "alternatives", "Neither, both, or stay as you are"
        CONCLUSION = "conclusion", "Conclusion"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    role = models.CharField(max_length=20, choices=Role, default=Role.BODY)
    heading = models.CharField(max_length=200, blank=True)
    body = RichTextField(blank=True)
    caption = models.CharField("caption of the image", max_length=300, blank=True)

    class Meta(Positioned.Meta):
        constraints = [alt_or_decorative("section")]

    def __str__(self) -> str:
        return self.heading or self.get_role_display()
