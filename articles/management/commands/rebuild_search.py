from typing import Any

from django.core.management.base import BaseCommand

from articles.search import searching


class Command(BaseCommand):
    help = "Make anew what the search goes by: its indexes, and the words it knows. For updates and repairs."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        count = searching.rebuild()
        if verbosity:
            self.stdout.write(f"The search knows {count} publications.")
