"""Comparisons that nobody has written: composed from what is live about their paths."""

import re

import pytest
from django.utils import timezone

from articles import documents, publishing
from comparisons import composed
from tests.comparisons.test_decision_pages import plain
from tests.makers import golden_answers, golden_paths, make_comparison, make_path, publish
from tests.stored import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAIR = "/compare/microtask-gig-work-vs-remote-project-management/"


@pytest.fixture
def pair():
    return golden_paths()


@pytest.fixture
def four():
    return make_four()


@made_once
def make_four():
    paths = [make_path(title) for title in ("Apples", "Bread", "Cheese", "Dates")]
    for path in paths:
        publish(path)
    return paths


def decide(client, address=PAIR):
    answers = golden_answers()
    return client.post(f"{address}decide/", {f"question-{pk}": str(option) for pk, option in answers.items()})


@pytest.mark.every_database
def test_two_live_paths_have_a_page_that_says_it_was_compiled(client, pair):
    response = client.get(PAIR)
    shown = plain(response)
    assert "Microtask gig work vs remote project management" in shown
    assert "No editor has written about these paths together yet" in shown
    assert "Microtask gig work fits around other things." in shown
    assert "Remote project management pays irregularly." in shown
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_facts_and_ratings_stand_side_by_side(client, pair):
    rows = re.findall(r'<th scope="row".*?</tr>', client.get(PAIR).content.decode(), re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert any(text.startswith("Typical pay") and text.count("USD") == 2 for text in texts), texts
    assert any("How much experience?" in text and "5 ± 10" in text and "75 ± 10" in text for text in texts)


def test_nobody_can_reply_to_it(client, pair):
    assert "reply" not in client.get(PAIR).content.decode()
    assert client.get(f"{PAIR}replies/").status_code == 404
    assert client.post(f"{PAIR}replies/", {"name": "A", "text": "B"}).status_code == 404


def test_it_is_in_no_list_and_not_in_the_sitemap(client, pair):
    address = PAIR.encode()
    for page in ("/", "/compare/", "/search/?q=compiled", "/sitemap-0.xml", "/api/v1/comparisons/"):
        assert address not in b"".join(client.get(page)), page


@pytest.mark.every_database
def test_its_form_decides_as_an_editors_does(client, pair):
    shown = plain(client.get(decide(client)["Location"]))
    assert "82.5" in shown
    assert "68.0" in shown


def test_programs_can_ask_for_it_as_well(client, pair):
    address = f"/api/v1/comparisons/{PAIR.split('/')[2]}/decision/"
    assert len(client.get(address).json()["questions"]) == 10
    result = client.post(address, {"answers": golden_answers()}, content_type="application/json").json()
    assert result["margin"] == 14.5
    assert client.get(f"{address}{result['code']}/").json()["margin"] == 14.5


def test_its_link_keeps_the_result_after_a_rating_changed(client, pair):
    link = decide(client)["Location"]
    before = plain(client.get(link))
    document = documents.compose(pair[0])
    document["ratings"][0]["value"] = 100
    documents.restore(document)
    publish(pair[0])
    after = plain(client.get(link))
    assert "82.5" in after
    assert "have changed since" in after
    assert before.split("Question by question")[1] == after.split("Question by question")[1]


def test_an_editors_article_takes_the_address_over_and_old_links_last(client, pair):
    link = decide(client)["Location"]
    publish(make_comparison(*pair))
    page = plain(client.get(PAIR))
    assert "No editor has written" not in page
    shown = plain(client.get(link))
    assert "82.5" in shown
    assert "have changed since" in shown


def test_an_editors_article_at_another_address_is_led_to(client, pair):
    publish(make_comparison(*pair, slug="gigs-or-projects"))
    response = client.get(PAIR)
    assert (response.status_code, response["Location"]) == (302, "/compare/gigs-or-projects/")


def test_another_order_leads_to_the_one_address(client, four):
    response = client.get("/compare/bread-vs-apples/decide/")
    assert (response.status_code, response["Location"]) == (302, "/compare/apples-vs-bread/decide/")


@pytest.mark.parametrize(("method", "status"), [("get", 302), ("post", 307)])
def test_programs_are_not_told_that_the_order_is_for_ever(client, four, method, status):
    response = getattr(client, method)("/api/v1/comparisons/bread-vs-apples/decision/")
    where = "/api/v1/comparisons/apples-vs-bread/decision/"
    assert (response.status_code, response["Location"]) == (status, where)


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("apples-vs-bread", 200),
        ("apples-vs-bread-vs-cheese", 200),
        ("apples-vs-bread-vs-cheese-vs-dates", 200),
        ("apples-vs-bread-vs-cheese-vs-dates-vs-eggs", 404),
        ("apples-vs-apples", 404),
        ("apples-vs-nothing", 404),
        ("apples-vs-", 404),
        ("apples", 404),
        ("-vs-", 404),
    ],
)
def test_two_to_four_different_live_paths_can_be_compared(client, four, slug, status):
    assert client.get(f"/compare/{slug}/").status_code == status


def test_a_draft_cannot_be_compared(client, four):
    make_path("Eggs")
    assert client.get("/compare/apples-vs-eggs/").status_code == 404


@pytest.mark.every_database
def test_a_renamed_path_is_followed(client, four):
    documents.restore(documents.compose(four[0]) | {"slug": "zapples"})
    publish(four[0])
    response = client.get("/compare/apples-vs-bread/")
    assert (response.status_code, response["Location"]) == (302, "/compare/bread-vs-zapples/")


@pytest.mark.every_database
def test_a_withdrawn_path_is_gone(client, four):
    publishing.withdraw(four[0], by=None)
    assert client.get("/compare/apples-vs-bread/").status_code == 410


def test_paths_without_common_ratings_have_a_page_and_no_form(client, four):
    assert "/decide/" not in client.get("/compare/apples-vs-bread/").content.decode()
    assert client.get("/compare/apples-vs-bread/decide/").status_code == 404


def test_up_to_four_paths_can_be_chosen(client, four):
    assert client.get("/compare/").content.count(b'name="path"') == 2
    assert client.get("/compare/?more=yes").content.count(b'name="path"') == 4


def test_the_chooser_leads_to_it(client, four):
    response = client.get("/compare/?path=cheese&path=apples&path=bread")
    assert response["Location"] == "/compare/apples-vs-bread-vs-cheese/"


def test_the_document_fits_the_schema(pair):
    from jsonschema import Draft202012Validator

    found = composed.find(PAIR.split("/")[2], timezone.now())
    Draft202012Validator(documents.schema("comparison")).validate(found.publication.revision.document)
