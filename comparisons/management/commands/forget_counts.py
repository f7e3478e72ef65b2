from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comparisons import counting


class Command(BaseCommand):
    help = f"Delete the counts of results that are older than {counting.KEPT.days} days. For a daily timer."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        rows = counting.forget(counting.day_of(timezone.now()))
        if verbosity:
            self.stdout.write(f"{rows} counters deleted.")
