"""A comparison's card, which other sites may show in a frame, and nothing else of ours."""

import re
from html import unescape

import pytest
from django.conf import settings

from articles import documents, publishing
from tests.base import queries, soon
from tests.makers import make_comparison, make_path, publish

pytestmark = pytest.mark.django_db
CARD = "/compare/which/embed/"


@pytest.fixture
def comparison():
    path, other = make_path("Tutoring"), make_path("Coaching")
    for each in (path, other):
        publish(each)
    aspects = ("Pay", "Hours", "Place", "Mood")
    rows = [{"aspect": each, "cells": {str(path.pk): f"{each} here", str(other.pk): ""}} for each in aspects]
    comparison = make_comparison(path, other, title='Which "one"?', slug="which", differences=rows)
    publish(comparison)
    return comparison


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_card_shows_the_paths_and_the_first_differences(client, comparison):
    with queries() as ran:
        response = client.get(CARD)
    assert response.status_code == 200
    assert len(ran) == 2
    text = text_of(response)
    assert "Tutoring" in text
    assert "Coaching" in text
    assert "Pay Tutoring Pay here Coaching – " in text
    assert "Place here" in text
    assert "Mood" not in text
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Language"] == "en"
    assert not response.cookies


def test_other_sites_may_frame_the_card_and_no_other_page(client, comparison):
    card = client.get(CARD)
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'self'" in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card
    for address in (
        "/compare/which/",
        "/",
        "/compare/which/decide/",
        "/careers/tutoring/",
        "/compare/none/embed/",
    ):
        page = client.get(address)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"], address
        assert page["X-Frame-Options"] == "DENY", address


def test_a_card_follows_its_paths(client, comparison):
    path = comparison.contenders.first().path
    documents.restore(documents.compose(path) | {"title": "Tutoring <b>at home</b>"})
    publishing.publish(path, by=None)
    assert "Tutoring &lt;b&gt;at home&lt;/b&gt;" in client.get(CARD).content.decode()


def test_a_card_without_differences_shows_what_the_comparison_is_about(client):
    paths = [make_path("Tutoring"), make_path("Coaching")]
    for each in paths:
        publish(each)
    publish(make_comparison(*paths, slug="which", differences=[]))
    assert "What Tutoring vs Coaching is about, in one sentence. Tutoring Coaching" in text_of(
        client.get(CARD)
    )


def test_a_card_of_a_comparison_that_nobody_has_written_is_compiled(client):
    for title in ("Coaching", "Tutoring"):
        publish(make_path(title))
    response = client.get("/compare/coaching-vs-tutoring/embed/")
    assert response.status_code == 200
    assert "Typical pay" in text_of(response)


def test_a_card_leads_on_where_its_comparison_moved(client, comparison):
    documents.restore(documents.compose(comparison) | {"slug": "which-one"})
    publishing.publish(comparison, by=None)
    response = client.get(CARD)
    assert (response.status_code, response["Location"]) == (301, "/compare/which-one/embed/")


def test_a_card_of_what_was_withdrawn_says_so_in_its_frame(client, comparison):
    publishing.withdraw(comparison, by=None)
    response = client.get(CARD)
    assert response.status_code == 410
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "This comparison is no longer published." in text_of(response)
    assert "Which" not in text_of(response)


def test_what_is_not_live_yet_has_no_card(client):
    paths = [make_path("Tutoring"), make_path("Coaching")]
    for each in paths:
        publish(each)
    publishing.schedule(make_comparison(*paths, slug="which"), by=None, at=soon())
    assert client.get(CARD).status_code == 404


def test_a_page_gives_the_lines_that_show_its_card(client, comparison):
    page = client.get("/compare/which/").content.decode()
    (shown,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page[: page.index('id="replies"')])
    assert unescape(shown) == (
        f'<iframe src="{settings.SITE_URL}/compare/which/embed/" title="Which &quot;one&quot;?" '
        'width="600" height="440" style="max-width: 100%" loading="lazy"></iframe>'
    )
