from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles import documents, rendering
from articles.models import Publication
from articles.search import words

CHUNK = 200


class Command(BaseCommand):
    help = "Render anew what is live or scheduled and was rendered with other templates. For updates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also what is up to date already")

    def handle(self, *, all: bool, verbosity: int, **options: Any) -> None:  # noqa: A002 -- the option's name
        found = Publication.objects.not_over(timezone.now()).select_related("revision")
        if not all:
            found = found.exclude(rendered_with=rendering.fingerprint())
        count = 0
        for publication in found.iterator(chunk_size=CHUNK):
            rendering.render(publication, documents.upgrade(publication.revision.document))
            publication.save(update_fields=rendering.STORED)
            words.learn(publication)
            count += 1
        if verbosity:
            self.stdout.write(f"{count} rendered anew.")
