"""Somebody is invited, sets their own password, and finds the desk that their group gives them."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from playwright.sync_api import expect

from tests.browser.pages import press, violations
from tests.jobs import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def expect_it_is_fit_for_use(page):
    assert violations(page) == []
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_invited_author_sets_a_password_and_finds_their_own_desk(desk_of, new_context, live_server):
    edith = desk_of("edith")
    inviting = Permission.objects.filter(codename__in=("add_user", "view_user"))
    User.objects.get(username="edith").user_permissions.set(inviting)
    edith.goto("/admin/")
    expect_it_is_fit_for_use(edith)
    edith.goto("/admin/auth/user/add/")
    edith.get_by_label("First name").fill("Ann")
    edith.get_by_label("E-mail address").fill("ann@example.org")
    edith.get_by_label("Login name").fill("ann")
    edith.get_by_label("Author").check()
    expect_it_is_fit_for_use(edith)
    press(edith, "Send the invitation")
    expect(edith.locator(".standing-of-login")).to_contain_text("Sent to ann@example.org by edith")

    work()
    ann = new_context().new_page()
    ann.goto(re.search(r"(/admin/invitation/\S+)", mail.outbox[-1].body)[1])
    expect(ann).to_have_url(f"{live_server.url}/admin/invitation/")
    expect_it_is_fit_for_use(ann)
    ann.get_by_label("New password:").fill("wholly-unguessable-93")
    ann.get_by_label("New password confirmation").fill("wholly-unguessable-93")
    press(ann, "Set the password and log in")
    expect(ann.get_by_role("heading", name="Your unfinished work")).to_be_visible()
    expect(ann.get_by_role("heading", name="Awaiting review")).to_have_count(0)
    expect(ann.get_by_role("link", name="Users")).to_have_count(0)

    ann.get_by_role("link", name="Who may do what").first.click()
    expect(ann.locator("#content-main > p")).to_contain_text("You are in the group Author")
    expect_it_is_fit_for_use(ann)
    ann.goto("/admin/calendar/")
    ann.get_by_role("link", name="→").press("Enter")
    expect(ann).to_have_url(re.compile(r"\?month=\d{4}-\d{2}$"))
    expect_it_is_fit_for_use(ann)
