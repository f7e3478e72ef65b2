from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.external_links import checking, turn, uses
from articles.models import ExternalLink

BROKEN, NOT_NOW = 1, 2
Result = ExternalLink.Result


class Command(BaseCommand):
    help = (
        "Ask for the addresses of other sites that articles link to: for those that are due. Those that need "
        "somebody's attention are named. The exit status is 1 where some are broken, and 2 where nothing was "
        "checked, as another run is under way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, metavar="N", help="check at most so many")
        parser.add_argument("--host", help="check addresses of this host only")
        parser.add_argument("--all", action="store_true", dest="every", help="also what is not due yet")
        parser.add_argument(
            "--reread",
            action="store_true",
            help="first go through all articles anew for what they link to",
        )

    def handle(
        self, *, limit: int | None, host: str | None, every: bool, reread: bool, **options: Any
    ) -> None:
        if limit is not None and limit < 1:
            raise CommandError("--limit is a number from 1 on.", returncode=NOT_NOW)
        try:
            with turn.taken() as held:
                found = self._check(held, limit, host, every=every, reread=reread)
        except (turn.Busy, turn.Lost) as error:
            raise CommandError(str(error), returncode=NOT_NOW) from error
        self._sum_up(found, limit)

    def _check(
        self, held: turn.Turn, limit: int | None, host: str | None, *, every: bool, reread: bool
    ) -> "Counter[str]":
        now = timezone.now()
        if reread:
            uses.reread(now, held.renew)
        uses.settle(now)
        links = ExternalLink.objects.all() if every else ExternalLink.objects.due(now)
        among = links.filter(host=host.lower()) if host else links
        found: Counter[str] = Counter()
        for link in checking.check(held, among, most=limit or among.count()):
            found[link.result] += 1
            if link.needs_attention:
                self._tell(link)
        return found

    def _tell(self, link: ExternalLink) -> None:
        leads = f" Use {link.suggestion} instead." if link.suggestion else ""
        self.stdout.write(f"{link.get_result_display()}: {link.url}\n    {link.words}{leads}")

    def _sum_up(self, found: "Counter[str]", limit: int | None) -> None:
        parts = [f"{found[result]} {result.label.lower()}" for result in Result if found[result]]
        self.stdout.write(f"{found.total()} checked{': ' if parts else ''}{', '.join(parts)}.")
        if limit and (left := ExternalLink.objects.due(timezone.now()).count()):
            self.stdout.write(f"{left} more are due.")
        if found[Result.BROKEN]:
            raise CommandError("Some links are broken; they are named above.", returncode=BROKEN)
