from typing import Any

from django.core.management.base import BaseCommand

from articles import formats, late


class Command(BaseCommand):
    help = (
        "Look whether what is scheduled would still pass its checks at its time, and warn whoever scheduled "
        "it, once. The worker does so every hour."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        count = 0
        for publication in late.look():
            count += 1
            if verbosity:
                when = formats.moment(publication.starts_at)
                self.stdout.write(f"“{publication.title}”, scheduled for {when}: somebody is warned.")
        if verbosity:
            self.stdout.write(f"{count} new warning{'s' * (count != 1)}.")
