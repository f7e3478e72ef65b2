"""The admin site of the editors."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from careersite import logins


class EditorsSite(AdminSite):
    site_header = site_title = f"{settings.SITE_NAME} · editors"
    index_title = "The editors' desk"
    index_template = "admin/desk.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from articles.admin.desk import desk  # it registers admins, for which this site must be there

        return super().index(request, {**desk(request), **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Nothing here is found by a null character, and PostgreSQL stumbles over them.

        Whoever isn't logged in any more loses nothing of what they sent.
        """
        from articles import trail  # it needs the models, which are there once an address is asked for

        found = super().admin_view(view, cacheable)

        @wraps(found)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "%00" in request.META["QUERY_STRING"]:
                raise SuspiciousOperation("The address holds a null character.")
            with trail.came_from(trail.Channel.DESK, request):
                if request.user.is_authenticated:
                    return found(request, *args, **kwargs)
                return logins.answer(self, request) or found(request, *args, **kwargs)

        return guarded

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from articles.admin import calendar, claims, desk, linking, tasks  # as above
        from careersite import as_of, password_pages, roles, token_pages, views  # likewise

        own = [
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(view_on_site),
                name="view_on_site",
            ),
            path("link-targets/", self.admin_view(linking.targets), name="link_targets"),
            path("style/", self.admin_view(views.style), name="style"),
            path("claims/", self.admin_view(claims.listed), name="claims"),
            path("tasks/", self.admin_view(tasks.mine), name="tasks"),
            path("tasks/<uuid:pk>/done/", self.admin_view(tasks.done), name="task_done"),
            path("tokens/", self.admin_view(token_pages.mine), name="tokens"),
            path("tokens/<uuid:pk>/revoke/", self.admin_view(token_pages.revoke), name="token_revoke"),
            path("calendar/", self.admin_view(calendar.show), name="calendar"),
            path("desk/<slug:name>/", self.admin_view(desk.whole_list), name="desk_list"),
            path("roles/", self.admin_view(roles.show), name="roles"),
            path("as-of/", self.admin_view(as_of.choose), name="as_of_choose"),
            path("as-of/<str:moment>/", self.admin_view(as_of.show), name="as_of"),
            path("as-of/<str:moment>/<path:address>", self.admin_view(as_of.show), name="as_of"),
        ]
        return [*own, *logins.urls(self), *password_pages.urls(self), *super().get_urls()]


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Django's own, which takes any identifier to be well formed."""
    from django.contrib.contenttypes.views import shortcut

    try:
        return shortcut(request, content_type_id, object_id)
    except ValidationError as error:
        raise Http404("There is nothing with this identifier.") from error
