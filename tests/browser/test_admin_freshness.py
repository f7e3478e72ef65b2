"""Facts that grow old, in a real browser: what is due, and what rests on a source that has expired."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import documents
from articles.models import Event, Task
from comparisons.models import Comparison
from tests.base import at
from tests.browser.pages import follow, form_of, press, violations
from tests.makers import make_comparison, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def path(transactional_db):
    """A path that is due, whose fact rests on an expired source and is mentioned by a comparison."""
    ended = timezone.localdate() - timedelta(days=3)
    source = {"id": str(uuid4()), "publisher": "A bureau", "title": "A table", "valid_until": str(ended)}
    fact = {"label": "Typical pay", "low": "2", "high": "6.5", "unit": "USD", "period": "hour"}
    with at(timezone.now() - timedelta(days=400)):
        path = make_path(sources=[source], facts=[fact | {"sources": [source["id"]]}])
        other = make_path("Remote project management")
        row = {"aspect": "Pay", "cells": {str(path.pk): "USD 2–6.50 per hour"}}
        publish(make_comparison(path, other, differences=[row]), with_required=True)
    return documents.restore(documents.compose(path))


def fits_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.every_database
def test_what_is_due_is_checked_corrected_and_published(desk, path, live_server):
    desk.goto("/admin/articles/due/")
    expect(desk.locator("#result_list tbody tr")).to_have_count(3)
    assert violations(desk) == []
    fits_a_telephone(desk)
    desk.get_by_role("button", name=re.compile(r"^Facts checked today.*: Microtask gig work$")).click()
    expect(desk.locator(".messagelist .success")).to_contain_text("count as checked on")
    expect(desk.locator("#result_list tbody tr")).to_have_count(2)
    assert Event.objects.get(action="facts-checked").who == "edith"

    follow(desk, "Claims whose sources have expired")
    assert violations(desk) == []
    fits_a_telephone(desk)
    desk.get_by_role("link", name="Fact “Typical pay”").click()
    expect(desk).to_have_url(re.compile(r"#facts-0$"))
    row = desk.locator("#facts-0")
    expect(row.get_by_text("Check this again: “A bureau: A table” expired on")).to_be_visible()
    notice = desk.get_by_role("region", name="Claims to check again")
    expect(notice.get_by_role("link")).to_have_attribute("href", "#facts-0")
    assert violations(desk, "#desk-notices") == []
    assert violations(desk, "#group-facts") == []

    row.get_by_label("To:").fill("7")
    desk.locator("#id_sources-0-valid_until").fill(str(timezone.localdate() + timedelta(days=300)))
    desk.get_by_role("button", name="Add another Correction").click()
    correction = desk.locator("#corrections-0")
    correction.get_by_label("What it said").fill("Up to USD 6.50 per hour")
    correction.get_by_label("What is right").fill("Up to USD 7 per hour")
    press(desk, "Publish now")
    expect(desk.locator(".messagelist .success")).to_contain_text("Somebody is asked to review the words of")
    expect(notice).to_have_count(0)

    assert Task.objects.get().created_by.username == "edith"
    desk.goto("/admin/tasks/")
    desk.set_viewport_size({"width": 360, "height": 800})
    table = desk.locator(".scrolls")
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0
    desk.get_by_role("link", name="A fact has changed that its own words mention").click()
    expect(desk).to_have_url(re.compile(f"{form_of(Comparison.objects.get())}#differences-0$"))

    desk.goto("/careers/microtask-gig-work/")
    expect(desk.get_by_text("source expired")).to_have_count(0)
    expect(desk.locator("#corrections")).to_contain_text("Up to USD 7 per hour")
    assert violations(desk) == []
