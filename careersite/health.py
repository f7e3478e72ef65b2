"""Two questions of an operator: does the process answer, and is all that it needs in order?"""

import logging
from collections.abc import Callable
from secrets import token_hex

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
OK = "ok"


@cache_control(no_store=True)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse(OK, content_type="text/plain; charset=utf-8")


@cache_control(no_store=True)
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    checks = {"database": database, "cache": shared_cache, "migrations": migrations}
    found = {name: outcome(name, check) for name, check in checks.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {OK} else 503)


def outcome(name: str, check: Callable[[], str]) -> str:
    """What drivers say names hosts and users, so it goes to the log and not to whoever asks."""
    try:
        return check()
    except Exception:
        logger.exception("%s is not ready", name)
        return "unavailable"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def shared_cache() -> str:
    key = f"readyz-{token_hex(8)}"
    cache.set(key, OK, timeout=10)
    kept = cache.get(key)
    cache.delete(key)
    return OK if kept == OK else "does not keep what it is given"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} to apply" if pending else OK
