import re

from django.core.validators import RegexValidator
from django.db import models

from .article import Article
from .base import Positioned

LINK = re.compile(r"\A(/(?![/\\])|https?://)\S*\Z", re.IGNORECASE)


class CallToAction(Positioned):
    """The link onward. One that is paid for says so, to readers and to search engines.

    A draft may still lack the words of who pays; the checks find that, and it is not published so.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="calls_to_action")
    label = models.CharField(max_length=120)
    text = models.CharField(max_length=300, blank=True)
    url = models.CharField(
        "address",
        max_length=500,
        validators=[
            RegexValidator(LINK, "Give a full http(s) address, or a path on this site that begins with /.")
        ],
    )
    sponsored = models.BooleanField(default=False)
    disclosure = models.CharField(
        max_length=300, blank=True, help_text="Who pays for it. A sponsored one is not published without."
    )
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it is shown.")

    class Meta(Positioned.Meta):
        verbose_name_plural = "calls to action"

    def __str__(self) -> str:
        return self.label
