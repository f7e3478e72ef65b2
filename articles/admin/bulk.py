"""Done to many articles from their list: a page says what will happen, then a job does it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.admin import bulk_forms, display
from articles.admin.bulk_offers import ACTION, OFFERS, Offer
from articles.admin.copying import CopyView
from articles.admin.rights import REVIEW, person
from articles.admin.trash import AT_ONCE
from articles.bulk import running
from articles.models import BulkJob
from articles.obstacles import PublishingError

SHOWN = 10
CONFIRMED = "confirmed"  # the name of the button that starts the job


class BulkActions(CopyView):
    actions: Any = (
        "publish_many",
        "schedule_many",
        "withdraw_many",
        "tag_many",
        "assign_many",
        *CopyView.actions,
    )
    in_bulk: ClassVar[bool] = True  # whether there are many of the kind

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        return {name: each for name, each in found.items() if self.in_bulk or not name.endswith("_many")}

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) or person(request).has_perm(REVIEW)

    @admin.action(description="Publish…", permissions=["publish"])
    def publish_many(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        return self._have_done(request, articles, ACTION.PUBLISH)

    @admin.action(description="Schedule…", permissions=["publish"])
    def schedule_many(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        return self._have_done(request, articles, ACTION.SCHEDULE)

    @admin.action(description="Withdraw…", permissions=["publish"])
    def withdraw_many(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        return self._have_done(request, articles, ACTION.WITHDRAW)

    @admin.action(description="Add or remove tags…", permissions=["change"])
    def tag_many(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        return self._have_done(request, articles, ACTION.TAG)

    @admin.action(description="Assign the review…", permissions=["assign"])
    def assign_many(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        return self._have_done(request, articles, ACTION.ASSIGN)

    @admin.action(description="Move to the trash", permissions=["delete"])
    def move_to_trash(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        """A few at once, on a page that says what each is part of."""
        if _are_few(articles):
            return super().move_to_trash(request, articles)
        return self._have_done(request, articles, ACTION.TRASH)

    @admin.action(description="Put back", permissions=["delete"])
    def put_back(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        if _are_few(articles):
            return super().put_back(request, articles)
        return self._have_done(request, articles, ACTION.PUT_BACK)

    # --- The page, and the job ----------------------------------------------------------------------

    def _have_done(
        self, request: HttpRequest, articles: QuerySet[Any], name: BulkJob.Action
    ) -> HttpResponse | None:
        """Ask before anything is stored, then start the job; None leads back to the list."""
        try:
            count = running.how_many(articles)
        except (running.NoneLeft, running.TooMany) as error:
            messages.error(request, str(error))
            return None
        form = OFFERS[name].form(
            request.POST if CONFIRMED in request.POST else None, initial={"count": count}
        )
        if not form.is_valid() or form.cleaned_data["count"] != count:
            return self._bulk_page(request, OFFERS[name], form, articles, count)
        return self._start(request, articles, name, form)

    def _start(
        self, request: HttpRequest, articles: QuerySet[Any], name: str, form: bulk_forms.BulkForm
    ) -> HttpResponse | None:
        key, options = form.cleaned_data["key"], form.options()
        try:
            job = running.start(articles, name, by=person(request), options=options, key=key)
        except PublishingError as error:
            messages.error(request, str(error))
            return None
        return redirect(display.job_address(job))

    def _bulk_page(
        self,
        request: HttpRequest,
        offer: Offer,
        form: bulk_forms.BulkForm,
        articles: QuerySet[Any],
        count: int,
    ) -> HttpResponse:
        said = form.cleaned_data.get("count") if form.is_bound else None
        context = {
            **self.admin_site.each_context(request),
            "title": offer.button,
            "opts": self.opts,
            "media": self.media + form.media,
            "offer": offer,
            "form": form,
            "count": count,
            "counted_before": said if said != count else None,
            "what": f"{count:,} {self.opts.verbose_name if count == 1 else self.opts.verbose_name_plural}",
            "examples": [(display.edit_link(each), display.badge(each.state)) for each in articles[:SHOWN]],
            "more": max(count - SHOWN, 0),
            "under_way": BulkJob.objects.under_way().select_related("by")[:3],
            "action": request.POST.get("action"),
            "confirmed": CONFIRMED,
            "across": request.POST.get("select_across") == "1",
            "chosen": self._chosen(request, articles),
            "checkbox": ACTION_CHECKBOX_NAME,
            "away": request.get_full_path(),
            "now": timezone.localtime(),
            "time_zone": timezone.get_current_timezone_name(),
        }
        return TemplateResponse(request, "admin/bulk/confirm.html", context)

    def _chosen(self, request: HttpRequest, articles: QuerySet[Any]) -> Sequence[str]:
        """What the page sends back; one row stands for all that match."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        return chosen[:1] if request.POST.get("select_across") == "1" else chosen


def _are_few(articles: QuerySet[Any]) -> bool:
    return articles.order_by().values("pk")[: AT_ONCE + 1].count() <= AT_ONCE
