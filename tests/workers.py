"""Workers as processes of their own, on the database of the tests: what is to be seen has to be committed."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from articles.models import Worker
from articles.models.worker import LEASE

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds: other tests keep the machine busy


def database_url():
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = f"{found['USER']}:{found['PASSWORD']}".strip(":")
    return f"postgres://{login}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


@contextmanager
def worker(*arguments):
    """A process of `manage.py work`; whatever becomes of it, it is gone in the end."""
    settings = {"SECRET_KEY": "of-workers-that-tests-start", "HTTPS": "off", "DATABASE_URL": database_url()}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work", *arguments], cwd=ROOT, env=os.environ | settings
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(condition):
    """Wait for what another process does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "It did not come to that."
        time.sleep(0.01)


def kill(process):
    """Without a word, as a machine that fails; and then half a minute passes."""
    process.kill()
    process.wait()
    Worker.objects.update(heard_at=timezone.now() - LEASE - timedelta(seconds=1))
