from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from careersite import tokens


class Command(BaseCommand):
    help = "Issue a token with which a program speaks for a login. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login")
        parser.add_argument("name", help="what it is for")
        parser.add_argument("--days", type=int, help="how long it lasts; without it, until it is revoked")

    def handle(self, *args: Any, login: str, name: str, days: int | None, **options: Any) -> None:
        user = User.objects.filter(username=login, is_active=True, is_staff=True).first()
        if user is None:
            raise CommandError(f"No login “{login}” may come to the editors' desk.")
        try:
            lasts = None if days is None else timedelta(days=days)
            _, text = tokens.issue(user, name=name, lasts=lasts)
        except (tokens.TokenError, OverflowError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)
