"""What the admin of every kind shares: saving makes a revision, and buttons make the rest."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from adminsortable2.admin import SortableAdminBase
from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from js_asset import Media

from articles import finding, kinds, open_forms, publishing
from articles.admin import display, forms, linking, reopened, timeline, transitions
from articles.admin.base import Choosing, DeskAdmin
from articles.admin.bulk import BulkActions
from articles.admin.comparing import CompareViews
from articles.admin.conflicts import ConflictViews
from articles.admin.fact_checks import FactChecks
from articles.admin.filters import NamedFilter, ReviewFilter, StateFilter
from articles.admin.groups import Group, GroupedForm
from articles.admin.history import HistoryView
from articles.admin.image_chooser import PICTURE, IllustratedAdmin
from articles.admin.inlines import (
    BylineInline,
    CallToActionInline,
    CorrectionInline,
    SectionInline,
    SourceInline,
)
from articles.admin.leading import LeadingForm
from articles.admin.panel import PreviewPanel
from articles.admin.reviewing import ReviewViews
from articles.admin.rights import TO_PUBLISHERS, person
from articles.admin.sharing import ShareViews
from articles.admin.trash import TrashViews
from articles.admin.unsaved import UnsavedViews
from articles.models import Article

ABOUT = Group("Title and summary", ("title", "slug", "summary", *PICTURE))
SOURCES = Group("Sources", inlines=(SourceInline,))
CORRECTIONS = Group(
    "Corrections", inlines=(CorrectionInline,), template="admin/freshness/_corrections_help.html"
)
PUBLISHING = Group("Publishing", ("tags", "reviewer", "language", "translates"), (BylineInline,))
FACTS = Group("Facts", template="admin/freshness/_facts.html")


def record(request: HttpRequest, article: Article, note: str = "", page: UUID | None = None) -> None:
    """Make a revision of what was saved; where there can be none, the draft stays and the page says why."""
    try:
        revision = publishing.record(article, by=person(request), note=note)
        if page:
            open_forms.saved(page, article, person(request), revision.number, timezone.now())
    except publishing.NotReady as error:
        messages.error(request, f"The draft is saved, but there is no revision of it. {error}")


class PublishingAdmin(
    IllustratedAdmin,
    Choosing,
    ConflictViews,
    CompareViews,
    PreviewPanel,
    ShareViews,
    BulkActions,
    TrashViews,
    HistoryView,
    ReviewViews,
    FactChecks,
    UnsavedViews,
    GroupedForm,
    LeadingForm,
    SortableAdminBase,
    DeskAdmin,
):
    """An admin of one kind of article. Subclasses name the kind and add its own parts."""

    kind_name: ClassVar[str]

    form = forms.ArticleForm
    change_form_template = "admin/publishing/change_form.html"
    groups: ClassVar[Sequence[Group]] = (
        ABOUT,
        Group("Text", inlines=(SectionInline, CallToActionInline)),
        SOURCES,
        CORRECTIONS,
        FACTS,
        PUBLISHING,
    )
    autocomplete_fields: ClassVar[Any] = ("tags", "reviewer", "translates")
    prepopulated_fields = {"slug": ("title",)}
    list_display: tuple[str, ...] = ("title", "state", "updated_at", "byline")
    list_filter: ClassVar[Any] = (
        StateFilter,
        ReviewFilter,
        ("tags", NamedFilter),
        ("authors", NamedFilter),
        "language",
    )
    sortable_by = ("title", "updated_at")
    search_fields = ("title", "slug", "summary")
    list_prefetch_related = ("bylines__author",)
    search_help_text = "Words of the title, the slug or the summary, or their beginnings."
    finder = staticmethod(finding.articles)

    @property
    def kind(self) -> kinds.Kind:
        return kinds.get(self.kind_name)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return self.model._default_manager.of_kind(self.kind_name).with_state(timezone.now()).with_review()

    @admin.display(description="state")
    def state(self, article: Any) -> SafeString:
        review = display.review_badge(article.review_state)
        return (
            format_html("{} {}", display.badge(article.state), review)
            if review
            else display.badge(article.state)
        )

    @admin.display(description="authors")
    def byline(self, article: Article) -> str:
        return display.joined(byline.author for byline in article.bylines.all())

    # --- The form ---------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.kind, form.editor = self.kind, person(request)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Under the content-security policy, the editor's import map needs the nonce of this page."""
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        context["may_submit"] = self.has_change_permission(request)
        context["may_publish"] = self.has_publish_permission(request)
        context["has_page"] = self.kind.prefix is not None
        formsets = context.get("inline_admin_formsets", ())
        context["reopened"] = reopened.claims(formsets, timezone.localdate())
        context["leading_nowhere"] = linking.leading_nowhere(formsets, timezone.now())
        if article := context["original"]:
            context["badge"] = self.state(article)
            context["periods"] = timeline.open_periods(article, timezone.now())
            context["now"] = timezone.now()
            context |= self.trash_context(article) | {"may_copy": self.has_copy_permission(request)}
            context |= self.review_context(request, article) | self.facts_context(article, context["periods"])
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Saving -----------------------------------------------------------------------------

    @method_decorator(csp_update({"style-src": [NONCE]}))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if TO_PUBLISHERS & request.POST.keys() and not self.has_publish_permission(request):
            raise PermissionDenied
        if "_saveasnew" in request.POST:  # Django heeds the button whether or not the form has it
            raise BadRequest("An article is copied by its own button.")
        return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "_preview" not in request.POST and not self.is_contested(form.instance):
            record(request, form.instance, form.cleaned_data["note"], form.cleaned_data["page"])

    def response_add(self, request: HttpRequest, obj: Article, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.after_saving(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        choice = self.choice_between_versions(request, obj)
        return choice or self.after_saving(request, obj) or super().response_change(request, obj)

    def after_saving(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Where another button than “Save draft” was pressed: what that one does."""
        if "_preview" in request.POST:
            return self.looked_at(request, article)
        if "_publish" in request.POST:
            return self._publish(request, article)
        if "_checked" in request.POST:
            return self.facts_checked(request, article)
        for name in ("submit", "schedule", "withdraw"):
            if f"_{name}" in request.POST:
                return redirect(self.address(name, article))
        return None

    def _publish(self, request: HttpRequest, article: Article) -> HttpResponse:
        form = forms.DecisionForm(article, request.POST)
        form.full_clean()
        try:
            publication = publishing.publish(article, by=person(request), **form.decision())
        except (publishing.Blocked, publishing.Objected):
            return redirect(self.address("publish", article))
        except publishing.NotReady as refused:
            messages.error(request, self.refusal(article, refused))
        except publishing.PublishingError as error:
            messages.error(request, f"The draft is saved. {error}")
        else:
            messages.success(request, transitions.published(form, publication))
        return redirect(self.address("change", article))
