from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.core.management.base import BaseCommand


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
    """With names by content, as in production, but not compressed: that takes a minute, for no network."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.storage = ManifestStaticFilesStorage()


def has_compressed_files() -> bool:
    """Somebody collected in full; what changes now would be served as it was compressed then."""
    return any(Path(settings.STATIC_ROOT).rglob("*.br"))
