from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from careersite import tokens
from careersite.models import ApiToken


class Command(BaseCommand):
    help = "Revoke the tokens of a login, or those of one name: what uses them is refused at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--name", help="only those that were issued for this")

    def handle(self, *args: Any, login: str, name: str | None, **options: Any) -> None:
        found = ApiToken.objects.valid(timezone.now()).filter(user__username=login)
        for token in found.filter(name=name) if name else found:
            tokens.revoke(token)
            self.stdout.write(f"Revoked: {token} ({tokens.PREFIX}{token.beginning}…)")
