"""Somebody issues a token, tries it on the page that describes the API, and revokes it."""

import re

import pytest
from playwright.sync_api import expect

from articles import publishing
from tests.browser.pages import follow, press, violations
from tests.makers import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def expected_errors():
    return ("status of 401",)


def test_a_token_is_issued_tried_and_revoked(desk):
    publishing.record(make_article(), by=None)
    desk.goto("/admin/")
    follow(desk, "Tokens for programs")
    assert violations(desk) == []
    desk.get_by_label("What it is for").fill("Weekly import")
    press(desk, "Issue it")
    token = desk.locator("#new-token ~ pre").inner_text()
    assert violations(desk) == []
    for width in (360, 768, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        button = desk.get_by_role("button", name="Revoke").bounding_box()
        assert button["x"] + button["width"] <= width

    described = desk.context.new_page()
    described.goto("/api/v1/docs/")
    described.get_by_role("button", name="Authorize").click()
    described.locator(".auth-container input").fill(token)
    described.locator(".auth-btn-wrapper .authorize").click()
    described.locator(".auth-btn-wrapper .btn-done").click()
    described.locator("#operations-drafts-drafts_list .opblock-summary-control").click()
    described.get_by_role("button", name="Try it out").click()
    described.get_by_role("button", name="Execute").click()
    expect(described.locator(".live-responses-table .response .response-col_status")).to_contain_text("200")
    expect(described.locator(".live-responses-table")).to_contain_text("How to read a pay figure")

    press(desk, re.compile(r"Revoke\s*: Weekly import"))
    expect(desk.locator("#content-main")).to_contain_text("You have none.")
    described.get_by_role("button", name="Execute").click()
    expect(described.locator(".live-responses-table .response .response-col_status")).to_contain_text("401")
