"""Figures of the desk's first page that reports stand behind: what stops drafts, and links to other sites."""

from django.urls import reverse

from articles.admin import panels
from articles.admin.panels import Figure
from articles.checks.found import Level
from articles.models import ExternalLink, Finding
from articles.report import GRAVITY

panels.register(
    Figure(
        name="stops",
        words="Findings that stop",
        rows=lambda user, moment: Finding.objects.holding(moment).filter(gravity=GRAVITY[Level.STOPS]),
        may=panels.holding("articles.view_finding"),
        whole=lambda: f"{reverse('admin:articles_finding_changelist')}?level={Level.STOPS}",
    )
)
panels.register(
    Figure(
        name="external_links",
        words="Outside links to look at",
        rows=lambda user, moment: ExternalLink.objects.filter(needs_attention=True),
        may=panels.holding("articles.view_externallink"),
        whole=lambda: reverse("admin:articles_externallink_changelist"),
    )
)
