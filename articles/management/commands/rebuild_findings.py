from typing import Any

from django.core.management.base import BaseCommand

from articles import report


class Command(BaseCommand):
    help = (
        "Look again at all drafts, as they were last saved, for the report on what the checks find. For "
        "updates that bring new checks, and after restoring a database."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        count = sum(1 for _ in report.rebuild())
        if verbosity:
            self.stdout.write(f"{count} drafts looked at.")
