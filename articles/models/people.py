from django.conf import settings
from django.db import models
from django.urls import reverse

from .base import Identified


class Author(Identified):
    """A person named in bylines; not necessarily someone who can log in."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    expertise = models.CharField(
        max_length=200, blank=True, help_text="What they know about, in a few words."
    )
    bio = models.TextField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="author"
    )

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])
