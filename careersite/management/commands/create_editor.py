from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction


class Command(BaseCommand):
    help = "Create an editor's login, with a generated password that is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default="editor")
        parser.add_argument("--superuser", action="store_true", help="may also manage logins and all else")

    def handle(self, *, username: str, superuser: bool, **options: Any) -> None:
        if User.objects.filter(username=username).exists():
            self.stdout.write(
                f"The login {username} exists. "
                f"A new password: .venv/bin/python manage.py changepassword {username}"
            )
            return
        password = token_urlsafe(12)
        create_editor(username, password, superuser=superuser)
        self.stdout.write(f"A new login: {username}, password {password} (shown this once)")


@transaction.atomic
def create_editor(username: str, password: str, *, superuser: bool) -> User:
    user = User.objects.create_user(username, password=password, is_staff=True, is_superuser=superuser)
    user.groups.add(Group.objects.get_or_create(name="Editor")[0])
    return user
