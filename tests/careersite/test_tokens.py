"""Tokens: issued once, kept as a hash, revoked, and refused wherever their owner may not come any more."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from careersite import tokens
from careersite.models import ApiToken
from tests.base import at
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/admin/tokens/"
DRAFTS = "/api/v1/drafts/"


@pytest.fixture
def edith():
    return make_user("edith", group="Editor")


def ask(client, text, scheme="Bearer"):
    return client.get(DRAFTS, headers={"Authorization": f"{scheme} {text}"})


def test_a_token_is_shown_once_and_kept_as_a_hash(client, edith):
    client.force_login(edith)
    response = client.post(PAGE, {"name": "Weekly import", "days": "90"})
    text = response.context["secret"]
    assert text in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    (token,) = ApiToken.objects.all()
    assert (token.user, token.name, token.expires_at - token.created_at) == (
        edith,
        "Weekly import",
        timedelta(days=90),
    )
    assert text not in repr(token.__dict__)
    page = client.get(PAGE).content.decode()
    assert text not in page
    assert text[: len(tokens.PREFIX) + 6] in page


def test_it_opens_the_drafts_and_says_when_it_last_did(client, edith):
    token, text = tokens.issue(edith, name="x", lasts=None)
    assert ask(client, text).status_code == 200
    token.refresh_from_db()
    assert token.last_used_on == timezone.now().date()


def test_a_cookie_opens_nothing(client, edith):
    client.force_login(edith)
    response = client.get(DRAFTS)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="drafts"'


def test_what_is_no_valid_token_opens_nothing(client, edith):
    token, text = tokens.issue(edith, name="x", lasts=timedelta(days=1))
    for wrong in (text[:-1], text + "x", "", "a b", "\x00", "ü"):
        assert ask(client, wrong).status_code == 401, wrong
    assert ask(client, text, scheme="Basic").status_code == 401
    with at(timezone.now() + timedelta(days=1, seconds=1)):
        assert ask(client, text).status_code == 401
    assert ask(client, text).status_code == 200
    assert [tokens.revoke(token), tokens.revoke(token)] == [True, False]
    assert ask(client, text).status_code == 401


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_it_opens_nothing_once_its_owner_may_not_come_to_the_desk(client, edith, name):
    _, text = tokens.issue(edith, name="x", lasts=None)
    setattr(edith, name, False)
    edith.save()
    assert ask(client, text).status_code == 401


def test_people_revoke_their_own_and_nobody_elses(client, edith):
    token, text = tokens.issue(edith, name="x", lasts=None)
    client.force_login(make_user("anna", group="Author"))
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert "x" not in [each.name for each in client.get(PAGE).context["tokens"]]
    client.force_login(edith)
    assert client.post(f"{PAGE}{token.pk}/revoke/").url == PAGE
    assert ask(client, text).status_code == 401


def test_a_form_that_makes_no_sense_issues_nothing(client, edith):
    client.force_login(edith)
    for sent in ({"name": "", "days": "90"}, {"name": "x", "days": "9"}, {"name": "a\x00b", "days": "90"}):
        assert client.post(PAGE, sent).context["form"].errors
    for _ in range(tokens.MOST):
        tokens.issue(edith, name="x", lasts=None)
    assert "20 tokens already" in client.post(PAGE, {"name": "x", "days": "90"}).content.decode()
    assert ApiToken.objects.count() == tokens.MOST


def test_commands_issue_and_revoke(client, edith):
    output = StringIO()
    call_command("issue_token", "edith", "Import", days=7, stdout=output)
    text = output.getvalue().strip()
    assert ask(client, text).status_code == 200
    call_command("revoke_tokens", "edith", name="Import", stdout=output)
    assert f"Revoked: Import ({text[:17]}…)" in output.getvalue()
    assert ask(client, text).status_code == 401
    with pytest.raises(CommandError, match=r"No login “nobody” may come"):
        call_command("issue_token", "nobody", "x")
    with pytest.raises(CommandError, match=r"1 to 3660 days"):
        call_command("issue_token", "edith", "x", days=0)


def test_who_asks_too_often_waits(client, edith, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    _, text = tokens.issue(edith, name="x", lasts=None)
    _, other = tokens.issue(edith, name="y", lasts=None)
    assert [ask(client, each).status_code for each in (text, other)] == [200, 200]
    response = ask(client, text)
    assert (response.status_code, 0 < int(response["Retry-After"]) <= 60) == (429, True)
