"""Logins and groups: nobody grants more than they hold, whatever they send."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from tests.forms import form_data
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MANAGING = ("view_user", "add_user", "change_user", "delete_user", "view_group", "add_group", "change_group")
USERS, GROUPS = "/admin/auth/user/", "/admin/auth/group/"


@pytest.fixture
def manager(client):
    """Somebody who manages logins and may do what authors may."""
    user = make_user("mary", group="Author")
    user.user_permissions.set(Permission.objects.filter(codename__in=MANAGING))
    client.force_login(user)
    return user


def form_of(row):
    return f"{USERS if isinstance(row, User) else GROUPS}{row.pk}/change/"


def sent(client, row, **changes):
    page = client.get(form_of(row))
    return client.post(form_of(row), form_data(page, **changes) | {"_continue": "1"})


def permission(codename):
    return Permission.objects.get(codename=codename)


def test_what_they_hold_can_be_given_and_nothing_beyond(client, manager):
    other, author, editor = (
        make_user("otto"),
        Group.objects.get(name="Author"),
        Group.objects.get(name="Editor"),
    )
    page = client.get(form_of(other)).content.decode()
    assert ">Author<" in page
    assert ">Editor<" not in page
    assert "publish_article" not in page
    assert 'name="is_superuser"' not in page
    assert 'name="date_joined_0"' not in page
    beyond = {
        "groups": [str(editor.pk)],
        "user_permissions": [str(permission("publish_article").pk)],
    }
    for name, values in beyond.items():
        assert "Select a valid choice" in sent(client, other, **{name: values}).content.decode()
    own = str(permission("change_user").pk)
    given = {"groups": [str(author.pk)], "user_permissions": [own], "is_superuser": "on"}
    assert sent(client, other, **given).status_code == 302
    other = User.objects.get(pk=other.pk)
    assert (list(other.groups.all()), other.is_superuser) == ([author], False)
    assert other.user_permissions.get() == permission("change_user")


def test_whoever_holds_more_is_out_of_reach_even_if_they_cannot_log_in(client, manager):
    root, editor = make_user("root", superuser=True), make_user("edith", group="Editor")
    User.objects.update(is_active=False)
    User.objects.filter(pk=manager.pk).update(is_active=True)
    for other in (root, editor):
        assert 'name="username"' not in client.get(form_of(other)).content.decode()
        assert client.post(form_of(other), {"username": "mine"}).status_code == 403
        for button in ("password", "invite", "revoke"):
            assert client.post(f"{USERS}{other.pk}/{button}/").status_code == 403
        assert client.post(f"{USERS}{other.pk}/delete/", {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
        assert client.post(USERS, chosen).status_code == 403
        assert User.objects.get(pk=other.pk).check_password("a-test-password")
    equal = make_user("anna", group="Author")
    assert client.post(f"{USERS}{equal.pk}/password/").status_code == 302


def test_groups_take_what_their_manager_holds_only(client, manager):
    author, editor = Group.objects.get(name="Author"), Group.objects.get(name="Editor")
    assert client.post(form_of(editor), {"name": "Mine"}).status_code == 403
    held = [str(pk) for pk in author.permissions.values_list("pk", flat=True)]
    beyond = [*held, str(permission("override_gate").pk)]
    assert "Select a valid choice" in sent(client, author, permissions=beyond).content.decode()
    assert sent(client, author, permissions=held[1:]).status_code == 302
    assert author.permissions.count() == len(held) - 1
    made = client.post(
        f"{GROUPS}add/", {"name": "New", "permissions": [str(permission("publish_article").pk)]}
    )
    assert "Select a valid choice" in made.content.decode()
    assert not Group.objects.filter(name="New").exists()


def test_superusers_grant_everything(client):
    root, other = make_user("root", superuser=True), make_user("otto")
    client.force_login(root)
    sent(client, other, is_superuser="on", groups=[str(Group.objects.get(name="Editor").pk)])
    other = User.objects.get(pk=other.pk)
    assert (other.is_superuser, other.groups.count()) == (True, 1)
