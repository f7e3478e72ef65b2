"""Cards by their addresses. Only those are drawn whose digest is that of what is live."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import kinds, rendering, site_addresses
from articles.languages import spoken
from articles.social_cards import card, keeping
from articles.views import Elsewhere, find

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=300"


@require_safe
def of_article(request: HttpRequest, kind: str, slug: str, digest: str) -> HttpResponse:
    """The card of an article that is live now, whatever the moment that is looked at."""
    moment = timezone.now()
    try:
        publication = find(request, kind, slug, moment, rest=f"card/{digest}.png")
    except Elsewhere as elsewhere:
        return elsewhere.response
    if publication.pk is None:  # compiled for who asks, from any paths: it shows the site's card
        raise Http404(gettext("There is no card at this address."))
    described = rendering.page(publication)[card.PART]
    contenders = kinds.get(kind).contenders(publication, moment)
    current = card.digest(described, contenders)
    if digest != current:
        return _outdated(card.address(site_addresses.of(kind, publication.slug), current))
    return _shown(described, contenders, digest, publication.language)


@require_safe
def of_site(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404(gettext("There is no card at this address."))
    with spoken(language):
        described = card.of_site()
        current = card.digest(described)
        if digest != current:
            return _outdated(card.site_address(current))
    return _shown(described, (), digest, language)


def _shown(described: str, contenders: Iterable[str], digest: str, language: str) -> HttpResponse:
    drawn = keeping.drawn(card.read(described, contenders), digest)
    headers = {"Cache-Control": FOR_EVER if drawn.whole else FOR_NOW, "Content-Language": language}
    return HttpResponse(drawn.png, content_type="image/png", headers=headers)


def _outdated(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, headers={"Cache-Control": FOR_NOW})
