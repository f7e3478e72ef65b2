"""A new login is set up by its owner: a mail, a link that works once, and a password of their own."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from careersite import grants, invitations
from careersite.models import Invitation
from tests.base import DAY, at
from tests.forms import said
from tests.jobs import work
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADD, ACCEPT = "/admin/auth/user/add/", "/admin/invitation/"
PASSWORD = "wholly-unguessable-93"
NEW = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def manager(client):
    """Somebody who manages logins and may do what authors may."""
    user = make_user("mary", group="Author")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("view_user", "add_user", "change_user"))
    )
    client.force_login(user)
    return user


def form(**changes):
    author = Group.objects.get(name="Author").pk
    who = {"first_name": "Ann", "last_name": "", "email": "ann@example.org", "username": "ann"}
    return who | {"groups": [author]} | changes


def invite(by, **changes):
    user = User(username="ann", email="ann@example.org", **changes)
    return invitations.invite(user, [Group.objects.get(name="Author")], by=by)


def link():
    """The path of the link in the newest mail."""
    work()
    return re.search(rf"^{settings.SITE_URL}(/admin/invitation/\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def opened(browser, address):
    """What somebody sees who opens a link."""
    return browser.get(address, follow=True)


def test_an_invited_person_sets_a_password_and_is_logged_in(client, manager):
    response = client.post(ADD, form())
    user = User.objects.get(username="ann")
    assert response["Location"] == f"/admin/auth/user/{user.pk}/change/"
    assert (user.is_staff, user.has_usable_password(), user.first_name) == (True, False, "Ann")
    assert [group.name for group in user.groups.all()] == ["Author"]

    address, theirs = link(), Client()
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == (["ann@example.org"], "Your login at Careersite")
    assert "mary invites you" in sent.body
    assert "Your login name is ann" in sent.body

    led = theirs.get(address)
    assert (led["Location"], led["Referrer-Policy"]) == (ACCEPT, "no-referrer")
    page = theirs.get(ACCEPT)
    assert address.split("/")[-2] not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    weak = theirs.post(ACCEPT, {"new_password1": "12345", "new_password2": "12345"})
    assert "too short" in weak.content.decode()
    assert theirs.post(ACCEPT, NEW)["Location"] == "/admin/"
    assert theirs.get("/admin/").status_code == 200
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert Invitation.objects.get().state(timezone.now()) == "accepted"

    again = opened(Client(), address)
    assert (again.status_code, "was accepted" in again.content.decode()) == (410, True)


def test_a_link_is_sent_again_revoked_and_runs_out(client, manager):
    user = invite(manager).user
    first, page = link(), f"/admin/auth/user/{user.pk}/"
    assert client.post(f"{page}invite/").status_code == 302
    second = link()
    assert first != second
    assert "There is a newer link" in opened(Client(), first).content.decode()

    with at(timezone.now() + 8 * DAY):
        assert "Ask mary to send it again" in opened(Client(), second).content.decode()
        assert Invitation.objects.in_state("expired", timezone.now()).count() == 1
    browser = Client()
    assert opened(browser, second).status_code == 200
    assert "works no more" in said(client.post(f"{page}revoke/"))
    refused = browser.post(ACCEPT, NEW)
    assert (refused.status_code, "was revoked" in refused.content.decode()) == (410, True)
    assert "There was no link" in said(client.post(f"{page}revoke/"))
    client.post(f"{page}invite/")
    assert opened(Client(), link()).status_code == 200
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_links_that_are_damaged_or_of_nobody_say_so_and_keep_nothing(manager):
    invitation = invite(manager)
    address, browser = link(), Client()
    for damaged in (f"{address[:-2]}/", f"{ACCEPT}{'x' * 500}/", f"{ACCEPT}a:b/"):
        answer = opened(browser, damaged)
        assert (answer.status_code, "This link is not whole" in answer.content.decode()) == (410, True)
    assert settings.SESSION_COOKIE_NAME not in browser.cookies
    invitation.user.delete()
    assert "does not exist any more" in opened(browser, address).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"email": "other@example.org"}, "your address was changed"), ({"is_active": False}, "was revoked")],
)
def test_a_changed_address_or_login_ends_the_link(manager, change, words):
    user = invite(manager).user
    User.objects.filter(pk=user.pk).update(**change)
    assert words in opened(Client(), link()).content.decode()


def test_of_two_who_accept_the_second_is_told(manager):
    token = invitations.token(invite(manager))
    invitations.accept(token, PASSWORD)
    with pytest.raises(invitations.Closed, match="was accepted"):
        invitations.accept(token, "another-password-17")
    assert User.objects.get(username="ann").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": ""}, "This field is required"),
        ({"email": "ann@example.org\nBcc: all@example.org"}, "Enter a valid email address"),
        ({"email": "MARY@example.org"}, "There is a login with the address MARY@example.org already"),
        ({"username": "mary"}, "A user with that username already exists"),
        ({"username": "two words"}, "Enter a valid username"),
        ({"first_name": "Ann\x07"}, "control character"),
        ({"groups": ["editor"]}, "is not a valid value"),
    ],
)
def test_what_cannot_be_invited_is_refused_with_the_reason(client, manager, changes, words):
    User.objects.filter(pk=manager.pk).update(email="mary@example.org")
    response = client.post(ADD, form(**changes))
    assert (response.status_code, words in response.content.decode()) == (200, True)
    assert User.objects.count() == 1
    assert mail.outbox == []


def test_nobody_invites_into_groups_that_may_do_more(client, manager):
    editor = Group.objects.get(name="Editor")
    assert "Select a valid choice" in client.post(ADD, form(groups=[editor.pk])).content.decode()
    with pytest.raises(invitations.InvitationError, match="can’t put anybody into Editor"):
        invitations.invite(User(username="ann", email="ann@example.org"), [editor], by=manager)
    edith = make_user("edith", group="Editor")
    edith.set_unusable_password()
    edith.save()
    for button in ("invite", "revoke", "password"):
        assert client.post(f"/admin/auth/user/{edith.pk}/{button}/").status_code == 403
    assert not grants.may_change_user(manager, edith)


def test_two_who_invite_one_person_at_once_make_one_login(manager, monkeypatch):
    invite(manager)
    monkeypatch.setattr(User.objects, "filter", lambda **columns: User.objects.none())  # as the other saw it
    other = User(username="ann2", email="ANN@example.org")
    with pytest.raises(invitations.InvitationError, match="was invited a moment ago"):
        invitations.invite(other, [], by=manager)
    monkeypatch.undo()
    assert not User.objects.filter(username="ann2").exists()


def test_what_an_invitation_cannot_be_sent_for(manager):
    user = make_user("otto")
    with pytest.raises(invitations.InvitationError, match="has set a password"):
        invitations.send_again(user, by=manager)
    user.set_unusable_password()
    with pytest.raises(invitations.InvitationError, match="has no e-mail address"):
        invitations.send_again(user, by=manager)
    user.email, user.is_active = "otto@example.org", False
    with pytest.raises(invitations.InvitationError, match="is not active"):
        invitations.send_again(user, by=manager)


def test_the_list_says_and_finds_how_invitations_stand(client, manager):
    invite(manager)
    page = client.get("/admin/auth/user/?invitation=invited").content.decode()
    assert 'class="state invitation-invited"' in page
    assert "mary</a>" not in page
    assert "invitation-invited" not in client.get("/admin/auth/user/?invitation=accepted").content.decode()
    assert client.get("/admin/auth/user/?invitation=nonsense").status_code == 302


def test_nobody_sets_the_password_of_another(client):
    client.force_login(make_user("root", superuser=True))
    user = make_user("otto")
    page = client.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert "password1" not in page
    assert "Send a link to set a new password" in page
    assert client.get(f"/admin/auth/user/{user.pk}/password/").status_code == 405
    client.post(f"/admin/auth/user/{user.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(pk=user.pk).check_password("a-test-password")


def test_no_link_stands_in_a_log(manager, caplog):
    invite(manager)
    address, browser = link(), Client(raise_request_exception=False)
    caplog.set_level("DEBUG")
    caplog.clear()
    for method in ("get", "head", "post", "put"):
        assert getattr(browser, method)(address).status_code == 302
    assert address.split("/")[-2] not in caplog.text
