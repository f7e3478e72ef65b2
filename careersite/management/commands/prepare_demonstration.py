import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

STAMP = settings.BASE_DIR / ".build/static.sha256"


class Command(BaseCommand):
    help = "What `make run` does before it serves: database, static files, demonstration content, a login."

    def handle(self, **options: Any) -> None:
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        call_command("load_demonstration")
        call_command("create_editor", superuser=True)

    def collect_static(self) -> None:
        """Hashing and compressing takes many seconds, so only when a file has changed."""
        current = fingerprint()
        if collected() and STAMP.exists() and STAMP.read_text() == current:
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        STAMP.parent.mkdir(exist_ok=True)
        STAMP.write_text(current)


def collected() -> bool:
    return (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


def fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
