from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import call_command
from django.core.management.base import BaseCommand

from careersite.static_files import StaticFiles


class Command(BaseCommand):
    help = "What `make run` does before it serves: database, static files, demonstration content, a login."
    requires_system_checks = []  # they load all that the server is about to load

    def handle(self, **options: Any) -> None:
        self.stdout.write("Bringing the database and the static files up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command(CollectQuickly(), interactive=False, verbosity=0, clear=has_compressed_files())
        call_command("load_demonstration", stdout=self.stdout)
        call_command("create_editor", superuser=True, stdout=self.stdout)


class CollectQuickly(collectstatic.Command):
    """As in production, but compressed is only what readers get: the rest takes a minute."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.storage = CompressedForReaders()


class CompressedForReaders(StaticFiles):
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from super().compress_files(filter(is_for_readers, paths))


def has_compressed_files() -> bool:
    """Somebody collected in full; what changes now would be served as it was compressed then."""
    root = Path(settings.STATIC_ROOT)
    return any(not is_for_readers(each.relative_to(root).as_posix()) for each in root.rglob("*.br"))


def is_for_readers(name: str) -> bool:
    return name.startswith("careersite/") and not name.startswith("careersite/admin/")
