"""The table of differences by itself: as CSV that spreadsheets may open, and as Markdown."""

import csv
import io
from uuid import UUID

import pytest
import yaml

from articles import documents, publishing
from tests.base import at, soon
from tests.careersite.test_pages import GIG_VS_MANAGEMENT
from tests.makers import golden, golden_paths, make_comparison, make_path, publish
from tests.markdown.rendered import FRONT_MATTER, rendered, tree

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HOST = "http://127.0.0.1:8000"
OFFICE = {
    "id": str(UUID(int=1)),
    "publisher": "The Office",
    "title": "A | table",
    "url": "https://example.org/t",
}
BOOK = {"id": str(UUID(int=2)), "publisher": "A Press", "title": "=1+1", "url": ""}


@pytest.fixture
def comparison():
    ash, oak = make_path("Ash"), make_path("=Oak")
    rows = [
        {
            "aspect": "Pay, a month",
            "cells": {str(ash.pk): 'A "lot"', str(oak.pk): "-5 | *less*"},
            "sources": [OFFICE["id"], BOOK["id"]],
        },
        {"aspect": "Hours", "cells": {str(oak.pk): "שעות\nfour"}},
    ]
    made = make_comparison(ash, oak, title="Ash vs Oak", differences=rows, sources=[OFFICE, BOOK])
    publish(made, with_required=True)
    return made


def rows_of(response):
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "text/csv; charset=utf-8; header=present",
    )
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def cells_of(response):
    assert (response.status_code, response["Content-Type"]) == (200, "text/markdown; charset=utf-8")
    found = tree(rendered(response.content.decode()))
    return [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")]


def test_the_table_as_csv_has_a_column_for_each_path_and_its_sources(client, comparison):
    response = client.get("/compare/ash-vs-oak/differences.csv")
    assert rows_of(response) == [
        ["Aspect", "Ash", "'=Oak", "Sources"],
        [
            "Pay, a month",
            'A "lot"',
            "'-5 | *less*",
            "The Office, A | table, https://example.org/t\nA Press, =1+1",
        ],
        ["Hours", "", "שעות\nfour", ""],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="ash-vs-oak-differences.csv"'
    assert (response["X-Robots-Tag"], response["Content-Language"]) == ("noindex", "en")
    assert response["Link"] == f'<{HOST}/compare/ash-vs-oak/>; rel="canonical"'
    assert response["Cache-Control"] == "no-cache"


def test_the_table_as_markdown_says_the_same(client, comparison):
    response = client.get("/compare/ash-vs-oak/differences.md")
    assert cells_of(response) == [
        ["Aspect", "Ash", "=Oak", "Sources"],
        ["Pay, a month", 'A "lot"', "-5 | *less*", "The Office, A | table; A Press, =1+1"],
        ["Hours", "–", "שעות four", ""],
    ]
    text = response.content.decode()
    assert yaml.safe_load(FRONT_MATTER.match(text)[0].strip("-\n")) == {
        "title": "Ash vs Oak: the differences at a glance",
        "url": f"{HOST}/compare/ash-vs-oak/",
        "language": "en",
    }
    assert "[The Office, A \\| table](https://example.org/t); A Press, =1+1" in text


def test_paths_are_called_what_they_are_called_now(client, comparison):
    path = comparison.paths.get(slug="ash")
    later = soon()
    documents.restore(documents.compose(path) | {"title": "Elm"})
    publishing.schedule(path, by=None, at=later)
    assert rows_of(client.get("/compare/ash-vs-oak/differences.csv"))[0][1] == "Ash"
    with at(later):
        assert rows_of(client.get("/compare/ash-vs-oak/differences.csv"))[0][1] == "Elm"


def test_a_comparison_that_nobody_has_written_has_a_table(client):
    golden_paths()
    found = rows_of(client.get(f"{GIG_VS_MANAGEMENT}differences.csv"))
    assert found[0] == ["Aspect", "Microtask gig work", "Remote project management", "Sources"]
    assert [
        "Typical pay",
        "USD\u00a02.00–6.50 per\u00a0hour",
        "USD\u00a02.00–6.50 per\u00a0hour",
        "",
    ] in found
    assert cells_of(client.get(f"{GIG_VS_MANAGEMENT}differences.md"))[0] == found[0]


@pytest.mark.parametrize("form", ["csv", "md"])
def test_without_a_table_there_is_no_file_and_the_page_offers_none(client, form):
    publish(make_comparison(make_path("Ash"), make_path("Oak"), differences=[]), with_required=True)
    response = client.get(f"/compare/ash-vs-oak/differences.{form}")
    assert response.status_code == 404
    assert "This comparison has no table of differences." in response.content.decode()
    assert "differences.csv" not in client.get("/compare/ash-vs-oak/").content.decode()


@pytest.mark.parametrize("form", ["csv", "md"])
def test_what_is_withdrawn_or_not_there_has_no_file(client, comparison, form):
    assert client.get(f"/compare/nothing/differences.{form}").status_code == 404
    publishing.withdraw(comparison, by=None)
    assert client.get(f"/compare/ash-vs-oak/differences.{form}").status_code == 410


def test_the_page_offers_both_and_feeds_and_twins_do_not_repeat_it(client):
    golden()
    page = client.get(GIG_VS_MANAGEMENT).content.decode()
    for form in ("csv", "md"):
        assert f'<a href="{GIG_VS_MANAGEMENT}differences.{form}"' in page
    for address in ("/feed/", f"{GIG_VS_MANAGEMENT[:-1]}.md"):
        text = client.get(address).content.decode()
        assert "as Microtask gig work" in text
        assert "differences.csv" not in text


def test_a_german_table_has_german_words(client, comparison):
    documents.restore(documents.compose(comparison) | {"language": "de"})
    publish(comparison)
    assert rows_of(client.get("/compare/ash-vs-oak/differences.csv"))[0][::3] == ["Aspekt", "Quellen"]
