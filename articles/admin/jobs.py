"""Jobs over many articles on the desk: how far each is, what came of its rows, stopping, trying again."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from articles import kinds, spreadsheets
from articles.admin import display, progress
from articles.admin.history import ReadOnlyAdmin
from articles.admin.rights import REVIEW, person
from articles.bulk import running
from articles.models import BulkItem, BulkJob
from articles.obstacles import PublishingError

PAGE = 50
SEE_ALL = "articles.view_bulkjob"
STOP_ALL = "articles.change_bulkjob"
Outcome = BulkItem.Outcome
COLUMNS = ("Place", "Kind", "Title", "Identifier", "Outcome", "Message", "When")


@admin.register(BulkJob)
class BulkJobAdmin(ReadOnlyAdmin):
    """Everybody sees their own; whoever may see all, sees all."""

    list_display = ("title", "standing", "counted", "by", "created_at")
    list_filter = ("state", "action")
    list_select_related = ("by", "stopped_by")
    sortable_by = ("created_at",)
    ordering = ("-created_at", "id")

    def get_urls(self) -> list[URLPattern]:
        views = [
            ("progress/", self.progress_view, "progress"),
            ("outcomes.csv", self.outcomes_view, "outcomes"),
            ("stop/", self.stop_view, "stop"),
            ("go-on/", self.go_on_view, "goon"),
            ("again/", self.again_view, "again"),
        ]
        own = [
            path(f"<uuid:pk>/{address}", self.admin_site.admin_view(view), name=f"articles_bulkjob_{name}")
            for address, view, name in views
        ]
        return own + super().get_urls()

    # --- Who may --------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: BulkJob | None = None) -> bool:
        if super().has_view_permission(request, obj):
            return True
        return _writes(request) if obj is None else obj.by_id == request.user.pk

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_stop_permission(self, request: HttpRequest, job: BulkJob) -> bool:
        return job.by_id == request.user.pk or person(request).has_perm(STOP_ALL)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkJob]:
        """The list has one's own for those who may not see all."""
        found = super().get_queryset(request).select_related("by", "stopped_by")
        match = request.resolver_match
        is_list = match is not None and match.url_name == "articles_bulkjob_changelist"
        sees_all = not is_list or person(request).has_perm(SEE_ALL)
        return found if sees_all else found.filter(by=person(request))

    # --- The list ---------------------------------------------------------------------------------------

    @admin.display(description="state")
    def standing(self, job: BulkJob) -> str:
        return job.get_state_display()

    @admin.display(description="rows")
    def counted(self, job: BulkJob) -> str:
        refused = f", {job.refused:,} refused" if job.refused else ""
        return f"{job.counted:,} of {job.total:,}{refused}"

    # --- One job ----------------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        job = self._job(request, object_id)
        counts = BulkItem.objects.counts(job.pk)
        shown = request.GET.get("outcome", "")
        page = _page(job, counts, shown, request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": job.title,
            "opts": self.opts,
            "job": job,
            "progress": progress.of(job, counts),
            "counts": [(outcome, counts[outcome]) for outcome in Outcome],
            "shown": shown,
            "page": page,
            "rows": [(item, display.form_address(item.kind, item.article)) for item in page],
            "may_stop": self.has_stop_permission(request, job),
            "may_try": _writes(request),
            "refused": counts[Outcome.REFUSED],
            "left": 0 if job.is_under_way else counts[Outcome.WAITING],
        }
        return TemplateResponse(request, "admin/bulk/job.html", context)

    @method_decorator([require_GET, never_cache])
    def progress_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """For the script of its page, every few seconds."""
        job = self._job(request, pk)
        return JsonResponse(asdict(progress.of(job, BulkItem.objects.counts(job.pk))))

    @method_decorator(require_GET)
    def outcomes_view(self, request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
        job = self._job(request, pk)
        return spreadsheets.response(f"job-{job.pk}", COLUMNS, _rows(job))

    @method_decorator(require_POST)
    def stop_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        job = self._job(request, pk)
        if not self.has_stop_permission(request, job):
            raise PermissionDenied
        if running.stop(job, by=person(request)):
            messages.success(request, "Stopped. What was done stays done, and nothing more is begun.")
        else:
            messages.warning(request, "It had ended already.")
        return redirect(display.job_address(job))

    @method_decorator(require_POST)
    def go_on_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        job = self._job(request, pk)
        if not self.has_stop_permission(request, job):
            raise PermissionDenied
        if running.go_on(job):
            messages.success(request, "It goes on where it broke off.")
        else:
            messages.warning(request, "It had not broken off, or goes on already.")
        return redirect(display.job_address(job))

    @method_decorator(require_POST)
    def again_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """A job of one's own, with the same options, over the rows that came to an outcome."""
        job = self._job(request, pk)
        if not _writes(request):
            raise PermissionDenied
        outcome = Outcome.WAITING if request.POST.get("outcome") == Outcome.WAITING else Outcome.REFUSED
        try:
            job = running.again(job, outcome, by=person(request))
        except PublishingError as error:
            messages.error(request, str(error))
        return redirect(display.job_address(job))

    def _job(self, request: HttpRequest, pk: UUID | str) -> BulkJob:
        job = self.get_object(request, str(pk))
        if job is None:
            raise Http404("There is no such job, or it is long over.")
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        return job


def _writes(request: HttpRequest) -> bool:
    """Whether they may start a job over articles of any kind."""
    options = [kind.model._meta for kind in kinds.every()]
    names = [f"{each.app_label}.change_{each.model_name}" for each in options]
    return any(person(request).has_perm(name) for name in (REVIEW, *names))


def _page(job: BulkJob, counts: Mapping[str, int], outcome: str, number: Any) -> Page[BulkItem]:
    """Of all rows, or of those with an outcome that there is; they are counted already."""
    items = job.items.order_by("position")
    paginator = Paginator(items.filter(outcome=outcome) if outcome in counts else items, PAGE)
    paginator.count = counts.get(outcome, job.total)
    return paginator.get_page(number)


def _rows(job: BulkJob) -> Iterator[tuple[Any, ...]]:
    for item in job.items.order_by("position").iterator(chunk_size=spreadsheets.AT_ONCE):
        kind, outcome = kinds.get(item.kind).label, item.get_outcome_display()
        yield item.position, kind, item.title, str(item.article), outcome, item.message, item.ended_at
