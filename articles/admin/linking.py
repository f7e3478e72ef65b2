"""Links between articles on the editors' desk: choosing one, and being told where one leads nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from articles import kinds, link_targets, links
from articles.admin import display
from articles.admin.rights import person, readable_kinds
from articles.models import Article, Publication, State
from articles.richtext import RichTextField, article_links

SHOWN = 20
SEEN = (State.LIVE, State.CHANGED)
MISSING = (
    "The link “{words}” leads to an article that is not here (any more). "
    "Choose another for it, or remove the link."
)


# --- Choosing -----------------------------------------------------------------------------------


@require_GET
def targets(request: HttpRequest) -> JsonResponse:
    """What the link chooser offers: `?q=` some words, `?id=` one article, `?address=` what stands there."""
    among, now = _readable_kinds(request), timezone.now()
    if not among:
        raise PermissionDenied
    if address := request.GET.get("address"):
        sites = (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
        found = link_targets.by_address(address, sites, among, now)
    elif given := request.GET.get("id"):
        pk = _uuid(given)
        found = link_targets.by_id(pk, among, now) if pk else link_targets.Found([])
    else:
        found = link_targets.by_words(request.GET.get("q", ""), among, now)
    shown = [_option(article) for article in found.articles]
    return JsonResponse({"results": shown, "more": found.more}, headers={"Cache-Control": "no-store"})


def _readable_kinds(request: HttpRequest) -> list[str]:
    """The kinds with pages whose drafts this person may read."""
    return [kind.name for kind in readable_kinds(person(request)) if kind.prefix]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _option(article: Any) -> dict[str, Any]:
    return {
        "id": str(article.pk),
        "title": article.title,
        "kind": kinds.get(article.kind).label,
        "state": article.state,
        "stateLabel": State(article.state).label,
        "form": display.edit_address(article),
    }


# --- Saving -------------------------------------------------------------------------------------


def refuse_missing(rows: Iterable[forms.ModelForm]) -> None:
    """Put an error where rich text links to what is not here; one query where there are links."""
    found = [
        (row, name, link)
        for row in rows
        for name in _rich_columns(row)
        for link in article_links(getattr(row, "cleaned_data", {}).get(name) or "")
    ]
    missing = links.missing({link.target for *_, link in found}) if found else set()
    for row, name, link in found:
        if link.target in missing:
            row.add_error(name, MISSING.format(words=strip_tags(link.words)))


def _rich_columns(row: forms.ModelForm) -> Iterator[str]:
    for column in row._meta.model._meta.concrete_fields:
        if isinstance(column, RichTextField):
            yield column.name


# --- Telling ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkNowhere:
    """A link of a form that readers get as plain text: its words, where it stands, where it should lead."""

    words: str
    place: str
    where: str
    target: str
    badge: SafeString | str


def leading_nowhere(formsets: Iterable[Any], moment: datetime) -> list[LinkNowhere]:
    """The links of a form to what is not live; one query where it has links at all."""
    rows = [row for inline in formsets for row in inline.formset.forms]
    found = [(row, link) for row in rows for link in _links(row)]
    wanted = {link.target for _, link in found}
    known: dict[UUID, Any] = Article.objects.with_state(moment).in_bulk(wanted) if wanted else {}
    return [
        _nowhere(row, strip_tags(link.words), known.get(link.target))
        for row, link in found
        if link.target not in known or known[link.target].state not in SEEN
    ]


def _links(row: forms.ModelForm) -> Iterator[Any]:
    for name in _rich_columns(row):
        value = row[name].value() if name in row.fields else getattr(row.instance, name)
        yield from article_links(value or "")


def _nowhere(row: forms.ModelForm, words: str, target: Any) -> LinkNowhere:
    place, where = str(row.prefix), str(row.instance)
    if target is None:
        return LinkNowhere(words, place, where, "an article that was deleted", "")
    return LinkNowhere(words, place, where, display.edit_link(target), display.badge(target.state))


@dataclass(frozen=True, slots=True)
class Linking:
    """Articles that link to another: how many, and links to the forms of the first."""

    count: int
    shown: list[SafeString]

    @property
    def others(self) -> int:
        return self.count - len(self.shown)


def linked_from(article: Article, moment: datetime) -> dict[str, Linking]:
    """What links to an article and is live, or else scheduled."""
    found = links.linking_to(article, moment).select_related("article")
    rows: list[Publication] = list(found.only("starts_at", "article__kind", "article__title"))
    live = {row.article_id: row.article for row in rows if row.starts_at <= moment}
    later = {row.article_id: row.article for row in rows if row.article_id not in live}
    return {"live": _linking(list(live.values())), "scheduled": _linking(list(later.values()))}


def _linking(articles: list[Article]) -> Linking:
    return Linking(len(articles), [display.edit_link(article) for article in articles[:SHOWN]])
