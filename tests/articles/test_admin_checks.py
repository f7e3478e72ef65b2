"""What the checks find, on the editors' desk: beside the form, on its own page, where one decides."""

import re
from html import unescape

import pytest
from django.urls import reverse

from articles import documents, publishing
from articles.models import Revision
from comparisons.models import Comparison
from tests.forms import address, form_data, said, save
from tests.jobs import work
from tests.makers import golden, make_article, make_bank, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def changed(article, **parts):
    return documents.restore(documents.compose(article) | parts)


def links(html):
    """What is found and where each leads, as the list says it."""
    shown = re.findall(r'<li>\s*<a href="([^"]*)">(.*?)</a>', html, re.DOTALL)
    return {unescape(message): unescape(place) for place, message in shown}


def panel(client, article, parts="checks", **changes):
    """The answer for the panels, with some fields of the form changed."""
    page = client.get(address(article))
    data = form_data(page, **changes) | {"_preview": "panel", "_parts": parts}
    return client.post(address(article), data)


def test_what_is_typed_is_checked_and_each_finding_leads_to_its_field(client, editor):
    comparison = golden()
    path = str(comparison.paths.order_by("title").first().pk)
    response = panel(
        client,
        comparison,
        title="x" * 61,
        summary="",
        **{
            "sections-introduction-0-body": "<p>Income is guaranteed.</p>",
            f"differences-0-cells_{path}": "",
            "bylines-0-DELETE": "on",
        },
    )
    assert list(response.json()) == ["checks"]
    found = links(response.json()["checks"])
    assert set(found.values()) >= {
        "#id_summary",
        "#bylines-group",
        "#id_title",
        "#id_sections-introduction-0-body",
        "#id_differences-0-cells_0",
        "#form_questions-group",
    }
    assert found["Name at least one author."] == "#bylines-group"
    assert "no-store" in response["Cache-Control"]
    assert (Comparison.objects.get().title, Revision.objects.filter(article=comparison).count()) == (
        comparison.title,
        1,
    )


def test_an_empty_cell_is_led_to_before_the_contenders_are_stored(client, editor):
    first, second = make_path("Tutoring"), make_path("Bookkeeping")
    add = reverse("admin:comparisons_comparison_add")
    typed = {
        "title": "Tutoring vs bookkeeping",
        "slug": "tutoring-vs-bookkeeping",
        "contenders-0-path": str(first.pk),
        "contenders-1-path": str(second.pk),
        "differences-TOTAL_FORMS": "1",
        "differences-0-aspect": "Pay",
        "differences-0-cells_1": "by the hour",
    }
    data = form_data(client.get(add), **typed) | {"_preview": "panel", "_parts": "checks"}
    found = links(client.post(add, data).json()["checks"])
    message = "“Pay” says nothing of one of the contenders. Fill its cell, or leave the row out."
    assert found[message] == "#id_differences-0-cells_1"


def test_rows_that_are_not_stored_yet_are_led_to_as_well(client, editor):
    article = make_article()
    new = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-role": "body",
        "sections-1-heading": "Never said",
        "sections-1-body": "",
        "sections-1-position": "1",
    }
    found = links(panel(client, article, **new).json()["checks"])
    assert (
        found["Nothing stands under “Never said”. Write the section, or remove it."] == "#id_sections-1-body"
    )


def test_the_search_result_is_drawn_and_cut(client, editor):
    article = make_article("How to read a pay figure that says per hour and means per task")
    html = panel(client, article).json()["checks"]
    assert '<p class="title">How to read a pay figure that says per hour and means per …</p>' in html
    assert "articles › how-to-read-a-pay-figure-that-says-per-hour-and-means-per-task" in html


def test_each_panel_gets_what_it_asks_for(client, editor):
    article = make_article()
    assert list(panel(client, article, parts="page").json()) == ["page"]
    both = panel(client, article, parts=["page", "checks"]).json()
    assert sorted(both) == ["checks", "page"]
    bank = make_bank()
    page = client.get(address(bank)).content.decode()
    assert 'data-part="page"' not in page
    assert 'data-part="checks"' in page
    assert list(panel(client, bank, parts=["page", "checks"]).json()) == ["checks"]


def test_without_a_script_a_button_checks_what_is_typed_and_stores_nothing(client, editor):
    article = make_article()
    page = client.get(address(article))
    assert 'name="_preview" value="checks" formtarget="_blank"' in page.content.decode()
    response = client.post(address(article), form_data(page, summary="") | {"_preview": "checks"})
    html = response.content.decode()
    assert "Of what you typed. Nothing of it is stored" in html
    (place,) = {place for message, place in links(html).items() if message.startswith("Write one or two")}
    assert place == f"{address(article)}?show=summary"
    assert not Revision.objects.exists()
    article.refresh_from_db()
    assert article.summary


def test_the_page_of_checks_is_about_what_is_saved(client, editor):
    article = changed(make_article(), summary="")
    html = client.get(address(article, "checks")).content.decode()
    found = links(html)
    assert found["Write one or two sentences for lists and search results."].endswith("?show=summary")
    assert "About as search results show it" in html
    assert f'href="{address(article, "checks")}"' in client.get(address(article)).content.decode()


def test_deciding_shows_what_the_checks_find(client, editor):
    comparison = changed(golden(), title="x" * 61)
    for page in ("publish", "schedule"):
        html = client.get(address(comparison, page)).content.decode()
        assert any(message.startswith("The title has 61") for message in links(html)), page
    assert "What the checks find" not in client.get(address(comparison, "withdraw")).content.decode()


def test_what_is_missing_is_linked_where_publishing_was_refused(client, editor):
    article = make_article()
    response = save(client, article, "_publish", summary="")
    assert f'<a href="{address(article)}?show=summary">Write one or two sentences' in said(response)
    client.get(address(article))  # which shows that message
    html = client.get(address(article, "publish")).content.decode()
    assert html.count("Write one or two sentences") == 1
    assert "can&#x27;t be published yet." in html


def test_the_form_opens_with_the_counts_of_what_was_kept(client, editor):
    article = changed(make_article(), title="x" * 61, summary="")
    publishing.record(article, by=None)
    work()
    html = client.get(address(article)).content.decode()
    counts = re.search(r'<span class="checks-counts">(.*?)</button>', html, re.DOTALL)[1]
    assert re.sub(r"<[^>]*>|\s+", " ", counts).split() == ["✖", "1", "stop", "publication", "⚠", "1", "warn"]


def test_nothing_that_somebody_wrote_is_markup_in_findings(client, editor):
    article = make_article()
    publish(article)
    html = panel(client, article, **{"sections-0-heading": "<b>x</b>", "sections-0-body": ""}).json()[
        "checks"
    ]
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
