"""A forgotten password: a mail helps its owner, and nobody else learns anything."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from careersite import invitations, passwords
from careersite.models import PasswordRequest
from tests.base import HOUR, at
from tests.forms import said
from tests.jobs import work
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ASK = "/admin/password/forgotten/"
PASSWORD = "wholly-unguessable-93"
NEW = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def edith():
    user = make_user("edith", group="Editor")
    user.email = "Edith@example.org"
    user.save()
    return user


def ask(client, address="edith@example.org"):
    response = client.post(ASK, {"email": address})
    work()
    return response


def link():
    return re.search(r"(/admin/password/set/\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, edith):
    assert ASK in client.get("/admin/login/").content.decode()
    assert ask(client)["Location"] == "/admin/password/asked/"
    assert mail.outbox[-1].to == ["Edith@example.org"]
    address = link()
    led = client.get(address)
    assert led["Referrer-Policy"] == "no-referrer"
    assert led["Location"].endswith("/set-password/")
    page = client.get(led["Location"])
    assert (page["Referrer-Policy"], "edith" in page.content.decode()) == ("same-origin", True)
    assert client.post(led["Location"], NEW)["Location"] == "/admin/password/changed/"
    assert client.login(username="edith", password=PASSWORD)
    again = Client().get(address)
    assert (again["Referrer-Policy"], "Send me another link" in again.content.decode()) == (
        "no-referrer",
        True,
    )


def test_known_and_unknown_addresses_get_the_same_answer_by_the_same_work(
    client, edith, django_assert_num_queries
):
    answers = []
    for address in ("edith@example.org", "nobody@example.org"):
        with django_assert_num_queries(5):
            answers.append(client.post(ASK, {"email": address}))
    known, unknown = ((each.status_code, each["Location"], each.content) for each in answers)
    assert known == unknown
    work()
    assert [each.to for each in mail.outbox] == [["Edith@example.org"]]


def test_logins_that_are_not_active_get_nothing_and_invited_ones_are_told(client, edith):
    User.objects.filter(pk=edith.pk).update(is_active=False)
    ask(client)
    assert mail.outbox == []
    invitations.invite(User(username="ann", email="ann@example.org"), [], by=make_user(superuser=True))
    ask(client, "ann@example.org")
    assert "It has none yet" in mail.outbox[-1].body


def test_one_mailbox_gets_three_mails_an_hour_and_one_sender_asks_ten_times(client, edith):
    for _ in range(5):
        assert ask(client).status_code == 302
    assert len(mail.outbox) == passwords.PER_ADDRESS
    for number in range(5):
        assert ask(client, f"{number}@example.org").status_code == 302
    refused = ask(client)
    assert (refused.status_code, "Please try again later" in refused.content.decode()) == (429, True)
    assert refused["Retry-After"] == "3600"
    with at(timezone.now() + 1.1 * HOUR):
        assert ask(client).status_code == 302
        assert PasswordRequest.objects.count() == 1
    assert len(mail.outbox) == passwords.PER_ADDRESS + 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b.org\r\nBcc: c@d.org", "a\x00@b.org"])
def test_what_is_no_address_is_refused(client, address):
    assert ask(client, address).status_code == 200
    assert not PasswordRequest.objects.exists()


@pytest.mark.parametrize("place", ["x/y", "MQ/set-password", f"{'9' * 60}/a-b", "MQ/%00"])
def test_damaged_links_say_so(client, edith, place):
    answer = client.get(f"/admin/password/set/{place}/")
    assert (answer.status_code, "is not whole" in answer.content.decode()) == (200, True)


def test_who_manages_logins_sends_a_link_and_sets_nothing(client, edith):
    client.force_login(make_user("root", superuser=True))
    assert "on its way to Edith@example.org" in said(client.post(f"/admin/auth/user/{edith.pk}/password/"))
    work()
    assert link()
    User.objects.filter(pk=edith.pk).update(email="")
    assert "has no e-mail address" in said(client.post(f"/admin/auth/user/{edith.pk}/password/"))
    with pytest.raises(passwords.PasswordError, match="may do more"):
        passwords.send_link(edith, by=make_user("arthur", group="Author"))
