"""The settings as a process sees them that has nothing but its environment."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.formats import localize

PACKAGE = Path(__file__).resolve().parents[2] / "careersite"
SECRET = {"SECRET_KEY": "a-secret-for-one-process-that-is-long-enough-0123456789"}
SHOW = """
import json, sys
from careersite import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""
ASK = """
import django
django.setup()
from django.test import RequestFactory
from django.urls import Resolver404, resolve
try:
    found = resolve("/media/desk.txt")
except Resolver404:
    print("not found")
else:
    print(*found.func(RequestFactory().get("/"), *found.args, **found.kwargs))
"""


@pytest.fixture
def outside(tmp_path):
    """A copy without a checkout's .env beside it."""
    (tmp_path / "careersite").mkdir()
    for name in ("__init__.py", "environment.py", "settings.py"):
        shutil.copy(PACKAGE / name, tmp_path / "careersite" / name)
    return tmp_path


def start(directory, environment, *names):
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names],
        cwd=directory, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def settings_of(directory, environment, *names):
    process = start(directory, environment, *names)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_there_is_no_default_secret(outside):
    process = start(outside, {})

    assert process.returncode != 0
    assert "ImproperlyConfigured: SECRET_KEY is not set" in process.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("HTTPS", "perhaps"),
        ("BEHIND_PROXY", "perhaps"),
        ("COMMENTS_OPEN", "perhaps"),
        ("REVIEW_REQUIRED", "perhaps"),
        ("OWN_APPROVAL", "perhaps"),
        ("COMMENTS_PER_HOUR", "0"),
        ("EMAIL_PORT", "0"),
        ("EMAIL_SECURITY", "perhaps"),
        ("SITE_URL", "careers.example"),
        ("COMMENTS_PER_HOUR", "many"),
        ("COMMENTS_DAYS", "-1"),
    ],
)
def test_a_bad_value_names_its_variable(outside, name, value):
    process = start(outside, SECRET | {name: value})

    assert process.returncode != 0
    assert f"ImproperlyConfigured: {name}='{value}' is " in process.stderr


def test_a_secret_alone_gives_a_safe_site(outside):
    safe = {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "X_FRAME_OPTIONS": "DENY",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SECURE_PROXY_SSL_HEADER": None,
    }

    assert settings_of(outside, SECRET, *safe) == safe


def test_a_checkout_may_turn_https_off(outside):
    (outside / ".env").write_text("SECRET_KEY=from-the-file\nHTTPS=off\n")

    expected = {
        "SECRET_KEY": "from-the-file",
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
    }
    assert settings_of(outside, {}, *expected) == expected


def test_a_proxys_word_on_https_counts_only_where_there_is_one(outside):
    found = settings_of(outside, SECRET | {"BEHIND_PROXY": "on"}, "SECURE_PROXY_SSL_HEADER")

    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_the_sites_own_address_may_send_forms(outside):
    found = settings_of(outside, SECRET | {"SITE_URL": "https://careers.example/"}, "CSRF_TRUSTED_ORIGINS")

    assert found == {"CSRF_TRUSTED_ORIGINS": ["https://careers.example"]}


@pytest.mark.parametrize(
    ("address", "engine"),
    [
        ("", "django.db.backends.sqlite3"),
        ("sqlite:////tmp/careers.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://careers@db.example/careers", "django.db.backends.postgresql"),
    ],
)
def test_the_address_of_a_database_selects_its_engine(outside, address, engine):
    environment = SECRET | ({"DATABASE_URL": address} if address else {})

    assert settings_of(outside, environment, "DATABASES")["DATABASES"]["default"]["ENGINE"] == engine


def test_what_the_address_of_a_database_asks_for_stays(outside):
    environment = SECRET | {"DATABASE_URL": "postgres://careers@db.example/careers?sslmode=require"}

    options = settings_of(outside, environment, "DATABASES")["DATABASES"]["default"]["OPTIONS"]
    assert options["sslmode"] == "require"


def test_the_address_of_a_cache_selects_redis(outside):
    found = settings_of(outside, SECRET | {"CACHE_URL": "redis://cache.example/1"}, "CACHES")

    assert found["CACHES"]["default"] == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://cache.example/1",
    }


def test_moments_are_written_with_their_day_and_time_zone():
    moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert localize(timezone.localtime(moment)) == "Mon 23 Nov 2026, 9:00 UTC"
    assert localize(moment.date()) == "23 November 2026"


@pytest.mark.parametrize(("debug", "answer"), [("on", "b'a picture'"), ("off", "not found")])
def test_pictures_are_served_to_who_works_on_the_code_and_to_nobody_else(tmp_path, debug, answer):
    (tmp_path / "desk.txt").write_text("a picture")
    given = {"DEBUG": debug, "MEDIA_ROOT": str(tmp_path), "DJANGO_SETTINGS_MODULE": "careersite.settings"}
    process = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=PACKAGE.parent, env=SECRET | given, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert process.stdout.strip() == answer
