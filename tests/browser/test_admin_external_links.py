"""From the report on links to other sites to the row that has one, and to another address in its place."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import publishing
from articles.external_links import addresses, uses
from articles.models import ExternalLink
from tests.browser.pages import violations
from tests.makers import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OLD, NEW = "https://old.example/page", "https://new.example/page"
LIST = "/admin/articles/externallink/"


def test_an_address_that_has_moved_is_found_looked_at_and_replaced(desk):
    sources = [{"publisher": f"Bureau {n}", "title": "A table", "url": f"{OLD}{n}"} for n in range(9)]
    article = make_article("On waiting", sources=sources)
    publishing.record(article, by=None)
    uses.settle(timezone.now())
    moved = ExternalLink.objects.filter(pk=addresses.key(f"{OLD}8"))
    moved.update(result="moved", needs_attention=True, words="200 OK, after 1 redirect.", suggestion=NEW)

    desk.goto(LIST)
    assert violations(desk) == []
    desk.get_by_role("link", name=f"{OLD}8").click()
    desk.get_by_role("link", name="source “Bureau 8: A table”, address").click()
    expect(desk.locator("#sources-8")).to_be_focused()
    expect(desk.locator("#id_sources-8-url")).to_be_in_viewport()

    desk.goto(LIST)
    desk.get_by_role("link", name=f"Replace by {NEW}").click()
    expect(desk.get_by_label("Address to use instead")).to_have_value(NEW)
    assert violations(desk) == []
    desk.get_by_role("button", name="Replace it in 1 draft").click()
    expect(desk.get_by_text("1 changed.")).to_be_visible()
    assert violations(desk) == []
    assert article.sources.get(publisher="Bureau 8").url == NEW
