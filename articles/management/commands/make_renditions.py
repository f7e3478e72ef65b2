from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import renditions
from articles.models import Image
from articles.pictures import Refused


class Command(BaseCommand):
    help = (
        "Make the WebP and AVIF renditions of pictures that have none, as of those that documents brought. "
        "Pages that were published before show them once they are published again."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        made, failed = 0, 0
        for image in Image.objects.order_by("pk").iterator():
            try:
                made += renditions.make(image)
            except (Refused, OSError) as error:
                failed += 1
                self.stderr.write(f"{image.file.name}: {error}")
        if verbosity:
            self.stdout.write(f"{made} files made.")
        if failed:
            raise CommandError(f"{failed} pictures are left as they are, for the reasons above.")
