import json
import logging

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from careersite import health

GET, HEAD, POST = (getattr(RequestFactory(), method) for method in ("get", "head", "post"))
SECRET = "connection to db.internal refused for user careers with password hunter2"


def refuse(*arguments, **options):
    raise OperationalError(SECRET)


def test_the_process_answers_without_asking_the_database():
    # pytest-django refuses the database to a test that does not ask for it.
    response = health.healthz(GET("/healthz"))

    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_a_site_with_all_it_needs_is_ready():
    response = health.readyz(GET("/readyz"))

    assert response.status_code == 200
    assert json.loads(response.content) == {"database": "ok", "cache": "ok", "migrations": "ok"}


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready():
    MigrationRecorder(connection).migration_qs.filter(app="comparisons").delete()

    response = health.readyz(GET("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content)["migrations"].endswith(" to apply")


def leave_the_earlier_migrations(app, *, but=None):
    """None of today's stays on record, only what they replace."""
    migrations = MigrationLoader(connection).disk_migrations.values()
    replaced = {name for migration in migrations for label, name in migration.replaces if label == app}
    MigrationRecorder(connection).migration_qs.filter(app=app).exclude(name__in=replaced - {but}).delete()


@pytest.mark.django_db
def test_a_database_from_before_todays_first_migrations_is_ready():
    for app in ("articles", "comparisons"):
        leave_the_earlier_migrations(app)

    assert health.migrations() == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "last"), [("articles", "0026_search_by_kind"), ("comparisons", "0012_pay_is_marked")]
)
def test_a_database_that_lacks_the_last_of_the_earlier_migrations_is_not_ready(app, last):
    leave_the_earlier_migrations(app, but=last)

    assert health.migrations() == "1 to apply"


@pytest.mark.django_db
def test_a_cache_that_keeps_nothing_is_not_ready(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    response = health.readyz(GET("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content) == {
        "database": "ok",
        "cache": "does not keep what it is given",
        "migrations": "ok",
    }


@pytest.mark.django_db
def test_an_unreachable_database_is_named_without_its_secrets(monkeypatch, caplog):
    monkeypatch.setattr(connection, "cursor", refuse)

    with caplog.at_level(logging.ERROR):
        response = health.readyz(GET("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content) == {
        "database": "unavailable",
        "cache": "ok",
        "migrations": "unavailable",
    }
    assert SECRET in caplog.text


@pytest.mark.django_db
def test_an_unreachable_cache_is_named_without_its_secrets(monkeypatch):
    monkeypatch.setattr(type(cache._connections["default"]), "set", refuse)

    response = health.readyz(GET("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content)["cache"] == "unavailable"


@pytest.mark.django_db
@pytest.mark.parametrize("view", [health.healthz, health.readyz])
def test_answers_are_never_stored(view):
    assert view(GET("/"))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("view", [health.healthz, health.readyz])
def test_only_reading_is_allowed(view):
    response = view(POST("/"))

    assert response.status_code == 405
    assert response["Cache-Control"] == "no-store"


def test_a_head_request_is_answered():
    assert health.healthz(HEAD("/healthz")).status_code == 200
