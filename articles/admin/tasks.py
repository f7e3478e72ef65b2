"""What somebody is asked to do, as a list; some of it ends by a button there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from articles import kinds, tasks
from articles.admin import display
from articles.admin.paging import BoundedPaginator
from articles.admin.rights import person
from articles.models import Task
from articles.obstacles import PublishingError

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    task: Task
    kind: str
    address: str
    is_overdue: bool
    is_mine: bool  # else whoever may is asked
    has_button: bool


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the person is asked to do, and whoever may do it; by due date."""
    user, today = person(request), timezone.localdate()
    named = Task.objects.select_related("article", "created_by")
    pages = BoundedPaginator(tasks.waiting_for(user), PAGE, rows=named)
    page = pages.get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": "My tasks",
        "page": page,
        "rows": list(_rows(page, user.pk, today)),
        "has_more": pages.has_more,
    }
    return TemplateResponse(request, "admin/tasks/mine.html", context)


@require_POST
def done(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = Task.objects.select_related("article").filter(pk=pk).first()
    if task is None:
        raise Http404("There is no such task (any more).")
    if not tasks.may_do(person(request), task):
        raise PermissionDenied
    try:
        was_open = tasks.finish(task, by=person(request))
    except PublishingError as error:
        messages.error(request, str(error))
    else:
        said = f"Done: {task}." if was_open else "It was done already."
        messages.success(request, said)
    return redirect("admin:tasks")


def _rows(page: Iterable[Any], user: int, today: date) -> Iterable[Row]:
    for task in page:
        yield Row(
            task=task,
            kind=kinds.get(task.article.kind).label,
            address=address_of(task),
            is_overdue=bool(task.due_on and task.due_on < today),
            is_mine=task.assignee_id == user,
            has_button=task.reason not in tasks.DECIDED,
        )


def address_of(task: Task) -> str:
    """Where it is done."""
    if task.reason == Task.Reason.REVIEW:
        return display.review_address(task.article)
    return display.place_address(task.article, task.place)
