"""What all tests share: which of them run on which database, a real browser, and no skip that nobody sees."""

import gc
import os
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from scripts.chromium import HOW_TO_INSTALL
from scripts.chromium import found as find_chromium

STRICT = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
SEEDS = Path(__file__).resolve().parents[2] / "shared/seeds"
trail_migration = import_module("articles.migrations.0012_trail_is_only_added_to")
TRANSACTIONAL_FIXTURES = {"transactional_db", "django_db_reset_sequences", "live_server"}
DATABASE_FIXTURES = {"db"} | TRANSACTIONAL_FIXTURES
# Containers rarely have what the sandbox needs, and only our own pages are opened.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="only what hangs on the database")


def pytest_configure(config):
    # Playwright's event loop stays in the thread of the tests, where Django then refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # How long an example takes says more of the machine than of the code.
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("quick", patient, max_examples=40)
    settings.register_profile("thorough", patient, max_examples=2000)
    settings.load_profile(config.getoption("hypothesis_profile", None) or "quick")


# --- Which tests run, and on what ------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    database_only = config.getoption("database_only")
    chosen = {item: belongs_here(item, database_only=database_only) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not chosen[item]])
    # Last those that empty the tables; pytest itself has moved some forward for their browser.
    items[:] = sorted((item for item in items if chosen[item]), key=is_transactional)
    for item in filter(is_transactional, items):
        keep_what_migrations_made(item)


def pytest_collection_finish():
    """What is here now stays: looking through it for garbage again and again takes an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def belongs_here(item, *, database_only):
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        return False
    return not database_only or (touches_the_database(item) and hangs_on_the_database(item))


def hangs_on_the_database(item):
    """What is done in a browser is about pages, unless its own mark or the nearest says otherwise."""
    names = {"any_database": False, "every_database": True}
    said = [names[mark.name] for mark in item.iter_markers() if mark.name in names]
    return said[0] if said else "browser" not in item.fixturenames


def touches_the_database(item):
    by_class = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    by_marker = item.get_closest_marker("django_db") is not None
    return by_class or by_marker or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    by_marker = bool(marker and marker.kwargs.get("transaction"))
    return by_marker or not TRANSACTIONAL_FIXTURES.isdisjoint(item.fixturenames)


def keep_what_migrations_made(item):
    """A test that commits ends in a flush of all tables, the editorial groups with them."""
    marker = item.get_closest_marker("django_db")
    options = (marker.kwargs if marker else {}) | {"transaction": True, "serialized_rollback": True}
    item.add_marker(pytest.mark.django_db(**options), append=False)


# --- In CI a skip is a failure ---------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if not hasattr(report, "wasxfail"):
        fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    fail_if_skipped(report)
    return report


def fail_if_skipped(report):
    if STRICT and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: {report.longrepr[2]} (CI has all that tests need)"


# --- What tests ask for ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """What migrations made is kept for every connection: Playwright's event loop gives the thread another."""
    database = connections["default"]
    if kept := getattr(database, "_test_serialized_contents", None):
        type(database)._test_serialized_contents = kept


@pytest.fixture(scope="session", autouse=True)
def flushing_empties_the_trail_too():
    """A flush deletes rows on SQLite, which the trail refuses; PostgreSQL empties tables in another way."""
    operations, (_, refusal) = DatabaseWrapper.ops_class, trail_migration.SQLITE
    flush = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        statements = flush(self, style, tables, **options)
        return [trail_migration.SQLITE_REVERSE[1], *statements, refusal] if statements else statements

    with patch.object(operations, "sql_flush", sql_flush):
        yield


@pytest.fixture(autouse=True)
def an_empty_cache():
    cache.clear()


@pytest.fixture(scope="session")
def seeds():
    """The article that the product starts from, which lies beside the checkout."""
    if not SEEDS.is_dir():
        pytest.skip("no ../shared/seeds")
    return SEEDS


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if not path:
        pytest.skip(f"no Chromium: {HOW_TO_INSTALL}")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"reduced_motion": "reduce"}
