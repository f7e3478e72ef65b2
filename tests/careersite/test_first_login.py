import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def create(*arguments, **options):
    output = StringIO()
    call_command("create_editor", *arguments, stdout=output, **options)
    return output.getvalue()


def password_in(message):
    return re.search(r"password (\S+) \(shown this once\)", message)[1]


def test_an_editor_gets_a_generated_password_and_the_editors_rights():
    message = create()

    editor = User.objects.get()
    assert message.startswith("A new login: editor, ")
    assert len(password_in(message)) >= 16
    assert editor.check_password(password_in(message))
    assert (editor.is_staff, editor.is_superuser) == (True, False)
    assert editor.has_perm("articles.publish_article")


def test_no_two_editors_share_a_password():
    assert password_in(create("ada")) != password_in(create("grace"))


def test_a_second_run_keeps_the_login_and_says_how_to_change_the_password():
    create()
    before = User.objects.values().get()

    message = create()

    assert User.objects.values().get() == before
    assert "shown this once" not in message
    assert "manage.py changepassword editor" in message


def test_a_superuser_is_made_only_when_asked_for():
    create("ada", superuser=True)

    assert User.objects.get().is_superuser
