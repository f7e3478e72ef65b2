import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.importing import files
from articles.importing.files import ImportRefused
from articles.models import Author
from comparisons.importing import report, storing
from comparisons.importing.parsed import ParsedArticle
from comparisons.importing.parsing import parse
from comparisons.importing.storing import Byline, Outcome

REFUSED, NOT_PUBLISHED = 2, 1


class Command(BaseCommand):
    help = (
        "Import an “X vs Y” article, plain text or Markdown, as career paths and their comparison. "
        "Importing it again updates them. No word is lost: each goes to a field, or is listed as decoration."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="UTF-8, at most 5 MB")
        parser.add_argument("--publish", action="store_true", help="publish what passes the checks")
        parser.add_argument("--dry-run", action="store_true", help="store nothing, only say what would be")
        parser.add_argument("--author", metavar="SLUG", help="who signs the articles that have no author yet")

    def handle(self, *, file: Path, publish: bool, dry_run: bool, author: str | None, **options: Any) -> None:
        name = os.fsencode(file.name).decode(errors="replace")
        named = _named(author) if author else None
        byline = Byline(lambda: named or _unnamed(publish))
        try:
            article = parse(files.read(file), name)
            storing.refuse_losses(article.lost_words())
            refusals = self._import(article, name, byline, publish=publish, dry_run=dry_run)
        except ImportRefused as error:
            message = " ".join(f"{file}:{error.line}: {error}".split())
            raise CommandError(message, returncode=REFUSED) from error
        if refusals:
            raise CommandError("\n".join(refusals), returncode=NOT_PUBLISHED)

    def _import(
        self, article: ParsedArticle, name: str, byline: Byline, *, publish: bool, dry_run: bool
    ) -> list[str]:
        with transaction.atomic():
            outcome = storing.store(article, file_name=name, byline=byline)
            refusals = storing.publish(outcome) if publish else []
            self._say(article, outcome)
            if dry_run:
                transaction.set_rollback(True)
                self.stdout.write("This was a dry run: nothing was stored.")
        return refusals

    def _say(self, article: ParsedArticle, outcome: Outcome) -> None:
        for part in (
            report.recognised(article),
            report.decoration(article),
            report.warnings(article),
            report.stored(outcome),
        ):
            for line in part:
                self.stdout.write(line)


def _named(slug: str) -> Author:
    try:
        return Author.objects.get(slug=slug)
    except Author.DoesNotExist as error:
        known = ", ".join(Author.objects.values_list("slug", flat=True)) or "none yet"
        message = f"There is no author “{slug}”. Known are: {known}."
        raise CommandError(message, returncode=REFUSED) from error


def _unnamed(publish: bool) -> Author | None:
    """The only author there is; to publish where there are none or several, the editorial team."""
    if Author.objects.count() == 1:
        return Author.objects.get()
    return storing.editorial_team() if publish else None
