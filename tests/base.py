"""Small things that many tests need."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The same process at another time: no job runs in between."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def soon(*, hours: float = 1) -> datetime:
    return timezone.now() + hours * HOUR


@contextmanager
def queries() -> Iterator[list[str]]:
    """The SQL of what happens inside; the list is filled when it is over."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found.extend(query["sql"] for query in captured.captured_queries)
