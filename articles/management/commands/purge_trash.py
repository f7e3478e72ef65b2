from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from articles import formats, kinds, trash
from articles.trash import Fate


class Command(BaseCommand):
    help = (
        "Remove for good what has been in the trash for 30 days, with its history and comments. For a daily "
        "timer. What readers ever saw is kept unless --published is given; what others still use is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=trash.KEPT_FOR.days, help="in the trash for so long")
        parser.add_argument("--dry-run", action="store_true", help="remove nothing, only say what would be")
        parser.add_argument(
            "--published",
            action="store_true",
            help="also what readers saw once: its address and its links of results are not found any more",
        )

    def handle(self, *, days: int, dry_run: bool, published: bool, verbosity: int, **options: Any) -> None:
        if not 0 <= days <= 36_500:
            raise CommandError("--days is a number from 0 to 36500.")
        before = timezone.now() - timedelta(days=days)
        fates = _rehearsed(before, published) if dry_run else trash.purge(before, published=published)
        if verbosity:
            self._tell(fates, published=published, dry_run=dry_run)

    def _tell(self, fates: list[Fate], *, published: bool, dry_run: bool) -> None:
        for fate in fates:
            self.stdout.write(_line(fate))
        kept = sum(bool(fate.kept) for fate in fates)
        self.stdout.write(f"{len(fates) - kept} removed for good, {kept} kept.")
        if kept and not published:
            self.stdout.write("What readers saw once is removed with --published only.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was removed.")


def _rehearsed(before: Any, published: bool) -> list[Fate]:
    with transaction.atomic():
        fates = trash.purge(before, published=published)
        transaction.set_rollback(True)
    return fates


def _line(fate: Fate) -> str:
    article = fate.article
    moved = formats.moment(article.trashed_at) if article.trashed_at else "a moment ago"
    what = f"{kinds.get(article.kind).label} “{article.title}”, in the trash since {moved}"
    return f"kept     {what}: {fate.kept}." if fate.kept else f"removed  {what}."
