"""Where twins are, for how long, at what cost; those of the decision form and of its results."""

import re

import brotli
import pytest
from lxml import etree

from articles import documents, publishing
from articles.markdown import twins
from tests.base import at, queries, soon
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, make_site
from tests.makers import (
    golden_answers,
    make_article,
    make_author,
    make_comment,
    make_comparison,
    make_path,
    make_tag,
    publish,
)
from tests.markdown.asked import HOST, PAGES, text, twin
from tests.markdown.rendered import tokens

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def site():
    return make_site()


# --- Which there are --------------------------------------------------------------------------------


def renamed(article, slug):
    documents.restore(documents.compose(article) | {"slug": slug})
    publish(article)


def test_an_old_address_leads_to_the_new_twin(client):
    article = make_article(slug="first")
    publish(article)
    renamed(article, "second")
    response = client.get("/articles/first.md?from=mail")
    assert (response.status_code, response["Location"]) == (301, "/articles/second.md?from=mail")


@pytest.mark.parametrize("rest", [".md", "/decide.md", "/differences.md", "/differences.csv"])
def test_what_stands_below_a_comparison_moves_with_it(client, site, rest):
    before = site.slug
    renamed(site, "gigs-or-projects")
    response = client.get(f"/compare/{before}{rest}")
    assert (response.status_code, response["Location"]) == (301, f"/compare/gigs-or-projects{rest}")
    other = client.get(f"/compare/remote-project-management-vs-microtask-gig-work{rest}")
    assert (other.status_code, other["Location"]) == (302, f"/compare/gigs-or-projects{rest}")


def test_a_withdrawn_article_s_twin_is_gone_and_says_so(client):
    article = make_article("Withdrawn *piece*", slug="piece")
    publish(article)
    publishing.withdraw(article, by=None)
    response = twin(client, "/articles/piece.md", 410)
    assert "Withdrawn \\*piece\\*" in response.content.decode()
    assert "Link" not in response


def test_a_draft_has_no_twin_and_a_scheduled_article_has_one_at_its_time(client):
    make_article("Draft", slug="draft")
    later = soon()
    publishing.schedule(make_article("Later", slug="later"), by=None, at=later)
    assert [client.get(f"/articles/{slug}.md").status_code for slug in ("draft", "later", "none")] == [
        404
    ] * 3
    with at(later):
        assert "# Later" in text(twin(client, "/articles/later.md"))


def test_a_twin_follows_what_its_page_shows(client, site):
    path = site.paths.get(slug="microtask-gig-work")
    address = f"{GIG_VS_MANAGEMENT[:-1]}.md"
    twin(client, address)
    documents.restore(documents.compose(path) | {"title": "Micro work"})
    assert "Micro work" not in text(twin(client, address))
    publish(path)
    assert "## Understanding Micro work" in text(twin(client, address))
    make_comment(site, "A late word")
    assert "A late word" in text(twin(client, address))


def test_a_renamed_topic_and_author_lead_to_their_new_twins(client, site):
    tag, author = make_tag(), make_author()
    type(tag).objects.filter(pk=tag.pk).update(slug="remote")
    type(author).objects.filter(pk=author.pk).update(slug="ann")
    assert client.get("/tags/remote-work.md")["Location"] == "/tags/remote.md"
    assert client.get("/authors/ann-author.md")["Location"] == "/authors/ann.md"


def test_what_nobody_has_written_has_twins_as_well(client, site):
    three = make_path("Apples", slug="apples")
    publish(three)
    address = "/compare/apples-vs-microtask-gig-work"
    found = text(twin(client, f"{address}.md"))
    assert "No editor has written about these paths together yet." in found
    assert "Replies" not in found
    assert client.get("/compare/microtask-gig-work-vs-apples.md")["Location"] == f"{address}.md"
    assert "Typical pay" in client.get(f"{address}/differences.csv").content.decode()


def test_a_choice_of_paths_leads_to_the_twin_of_their_comparison(client, site):
    chosen = client.get("/compare.md?path=remote-project-management&path=microtask-gig-work")
    assert chosen["Location"] == f"{GIG_VS_MANAGEMENT[:-1]}.md"


@pytest.mark.parametrize(
    "address", ["/search/suggestions.md", "/articles/x/replies.md", "/replies/data.md", "/preview/x.md"]
)
def test_what_is_no_document_has_no_twin(client, site, address):
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "slug", ["..", "a.b", "a%2Fb", "a%0d%0aX-Y: z", "x" * 5000, "%00", "a b", ".md", "é"]
)
def test_a_hostile_slug_is_not_there(client, slug):
    for prefix in ("articles", "careers", "compare", "tags", "authors"):
        assert client.get(f"/{prefix}/{slug}.md").status_code in (404, 301)
    assert client.get(f"/compare/{slug}/differences.csv").status_code == 404


def test_twins_are_only_read(client, site):
    for address in PAGES.values():
        assert client.post(address).status_code == 405, address
        assert client.head(address).status_code == 200


# --- What they cost ---------------------------------------------------------------------------------


def test_a_twin_is_sent_compressed_and_not_twice(client, site):
    address = f"{GIG_VS_MANAGEMENT[:-1]}.md"
    plain = twin(client, address)
    sent = client.get(address, headers={"Accept-Encoding": "br"})
    assert brotli.decompress(sent.content) == plain.content
    again = client.get(address, headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_twin_costs_the_same_however_much_it_holds_and_is_converted_once(client, site):
    points = [{"side": side, "label": f"{n}", "text": f"*{n}*"} for n in range(15) for side in ("pro", "con")]
    paths = [make_path(f"Path {n}", points=points) for n in range(4)]
    comparison = make_comparison(*paths)
    publish(comparison, with_required=True)
    address = f"/compare/{comparison.slug}.md"
    assert text(twin(client, address)).count("\\*7\\*") == 8
    before = twins.kept.cache_info().hits
    with queries() as found:
        twin(client, address)
    assert len(found) <= 3
    assert twins.kept.cache_info().hits == before + 1


# --- The decision form ------------------------------------------------------------------------------


def test_a_program_can_answer_the_form_by_what_its_twin_says(client, site):
    found = twin(client, f"{GIG_VS_MANAGEMENT}decide.md").content.decode()
    assert "### How much experience?" in found
    assert "- `0` experience none\n- `1` experience little\n" in found
    (example,) = [token.content for token in tokens(found) if token.type == "fence"]
    request, _, body = example.partition("\n\n")
    address = re.fullmatch(rf"POST {HOST}(\S+)\nContent-Type: application/json", request)[1]
    sent = client.post(address, body, content_type="application/json")
    assert sent.status_code == 200, sent.content
    asked = re.findall(r"Question: `(.+)`", found)
    assert asked == [str(pk) for pk in golden_answers()]


def test_a_comparison_without_a_form_has_no_twin_of_one(client):
    publish(make_comparison(make_path("One"), make_path("Two")), with_required=True)
    assert client.get("/compare/one-vs-two/decide.md").status_code == 404
    assert "Answer the questions" not in text(twin(client, "/compare/one-vs-two.md"))


def test_a_result_has_a_twin_that_is_as_private_as_its_page(client, site):
    answers = {f"question-{pk}": str(option) for pk, option in golden_answers().items()}
    address = client.post(f"{GIG_VS_MANAGEMENT}decide/", answers)["Location"]
    kept = twins.kept.cache_info().currsize
    response = twin(client, f"{address[:-1]}.md")
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private", "no-referrer")
    assert twins.kept.cache_info().currsize == kept
    found = text(response)
    for part in (
        "# Your answers lean towards Microtask gig work",
        "## The scores side by side",
        "## What tips the balance",
        "## The strongest argument against Microtask gig work",
        "## What would change it",
        "## How sure it is",
        "## Question by question",
        "| Path | Place | Fit | Why |",
        "Your answer: ",
    ):
        assert part in found, part
    assert "[How it is made]" in found
    head = etree.HTML(client.get(address).content)
    assert [link.get("href") for link in head.iterfind(".//link[@type='text/markdown']")] == [
        f"{HOST}{address[:-1]}.md"
    ]
    damaged = twin(client, f"{GIG_VS_MANAGEMENT}decide/AAAA.md", 400)
    assert damaged["Cache-Control"] == "private"
