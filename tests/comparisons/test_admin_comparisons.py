"""The forms of paths and comparisons: cells by contender, sources and points of the own article only."""

import re

import pytest
from django.urls import reverse

from articles.models import Source
from comparisons.models import Comparison, Difference, Point
from tests.base import queries
from tests.forms import address, form_data, save
from tests.makers import golden, make_article, make_comparison, make_path, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SOURCES = [{"publisher": "A bureau", "title": f"Table {number}"} for number in (1, 2)]


@pytest.fixture
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


@pytest.fixture
def comparison():
    return make_comparison(make_path("Tutoring"), make_path("Bookkeeping"))


def paths(comparison):
    return [contender.path for contender in comparison.contenders.select_related("path")]


def html(client, article):
    return client.get(address(article)).content.decode()


# --- The cells of a difference -------------------------------------------------------------------


def test_a_difference_has_an_input_for_each_contender_labelled_with_its_title(client, writer, comparison):
    page = html(client, comparison)
    for place, path in enumerate(paths(comparison)):
        identifier = f"id_differences-0-cells_{place}"
        assert f'<label for="{identifier}">{path.title}</label>' in page
        assert re.search(f'<textarea name="differences-0-cells_{path.pk}"[^>]* id="{identifier}"', page)


def test_cells_are_stored_by_the_id_of_the_path(client, writer, comparison):
    first, second = paths(comparison)
    save(
        client,
        comparison,
        **{f"differences-0-cells_{first.pk}": "Changed", f"differences-0-cells_{second.pk}": ""},
    )
    assert comparison.differences.get().cells == {str(first.pk): "Changed"}


def test_on_the_add_page_cells_go_by_the_places_of_the_contenders(client, writer):
    first, second = make_path("Tutoring"), make_path("Bookkeeping")
    add = reverse("admin:comparisons_comparison_add")
    data = form_data(client.get(add)) | {
        "title": "Tutoring vs bookkeeping",
        "slug": "tutoring-vs-bookkeeping",
        "contenders-0-path": str(first.pk),
        "contenders-1-path": str(second.pk),
        "differences-TOTAL_FORMS": "1",
        "differences-0-aspect": "Pay",
        "differences-0-cells_1": "by the hour",
        "differences-0-cells_2": "by the month",
        "_continue": "1",
    }
    response = client.post(add, data)
    comparison = Comparison.objects.get()
    assert response.url == address(comparison)
    assert comparison.differences.get().cells == {
        str(first.pk): "by the hour",
        str(second.pk): "by the month",
    }


def test_words_about_a_path_that_left_are_shown_until_somebody_clears_them(client, writer, comparison):
    first, second = paths(comparison)
    comparison.contenders.get(path=second).delete()
    assert "Bookkeeping (not compared here: move or clear)" in html(client, comparison)
    save(client, comparison)
    assert comparison.differences.get().cells[str(second.pk)] == "as Bookkeeping"
    save(client, comparison, **{f"differences-0-cells_{second.pk}": ""})
    assert comparison.differences.get().cells == {str(first.pk): "as Tutoring"}
    assert "move or clear" not in html(client, comparison)


def test_a_cell_without_a_contender_is_kept_in_sight(client, writer):
    path = make_path("Tutoring")
    add = reverse("admin:comparisons_comparison_add")
    data = form_data(client.get(add)) | {
        "title": "Tutoring alone",
        "slug": "tutoring-alone",
        "contenders-0-path": str(path.pk),
        "differences-TOTAL_FORMS": "1",
        "differences-0-aspect": "Pay",
        "differences-0-cells_2": "by the month",
        "_continue": "1",
    }
    client.post(add, data)
    assert Difference.objects.get().cells == {"2": "by the month"}
    assert "Path 2 (not compared here: move or clear)" in html(client, Comparison.objects.get())


def test_a_path_cannot_be_compared_with_itself(client, writer, comparison):
    first, _ = paths(comparison)
    response = save(client, comparison, **{"contenders-1-path": str(first.pk)})
    assert "Please correct the" in response.content.decode()
    assert not comparison.revisions.exists()


# --- What rows may refer to ----------------------------------------------------------------------


def test_rows_cite_sources_of_their_own_article_only(client, writer):
    path, other = make_path("Tutoring", sources=SOURCES), make_path("Bookkeeping", sources=SOURCES)
    own, strange = (Source.objects.filter(article=article).first() for article in (path, other))
    page = html(client, path)
    assert f'value="{own.pk}"' in page
    assert str(strange.pk) not in page
    save(client, path, **{"points-0-sources": str(own.pk)})
    assert [source.pk for source in path.points.first().sources.all()] == [own.pk]
    response = save(client, path, **{"points-0-sources": str(strange.pk)})
    assert "Please correct the error below." in response.content.decode()
    assert [source.pk for source in path.points.first().sources.all()] == [own.pk]


def test_points_in_one_contrast_are_edited_there_and_speak_of_its_paths(client, writer, comparison):
    first, _ = paths(comparison)
    stranger = make_path("Fishing")
    data = {"points-TOTAL_FORMS": "1", "points-0-side": "pro", "points-0-label": "Only here"}
    response = save(client, comparison, **data, **{"points-0-path": str(stranger.pk)})
    assert "Please correct the error below." in response.content.decode()
    save(client, comparison, **data, **{"points-0-path": str(first.pk)})
    point = Point.objects.get(comparison=comparison)
    assert (point.path, point.label) == (first, "Only here")
    assert "Only here" not in html(client, first)


def test_a_path_s_own_points_belong_to_no_comparison(client, writer):
    path = make_path()
    data = {"points-TOTAL_FORMS": "3", "points-2-side": "pro", "points-2-label": "New"}
    save(client, path, **data)
    assert path.points.get(label="New").comparison is None
    assert [point["label"] for point in path.revisions.get().document["points"]] == [
        "Flexible",
        "Uneven",
        "New",
    ]


# --- Queries -------------------------------------------------------------------------------------


def test_more_points_facts_and_sources_take_no_more_queries(client, writer):
    def document(count):
        rows = [{"side": "pro", "label": f"Point {number}"} for number in range(count)]
        facts = [{"label": f"Fact {number}", "low": "1", "high": "2"} for number in range(count)]
        sources = [{"publisher": "A bureau", "title": f"Table {number}"} for number in range(count)]
        return {"points": rows, "facts": facts, "sources": sources}

    few, many = make_path("Short", **document(1)), make_path("Long", **document(12))
    client.get(address(few))
    with queries() as short:
        client.get(address(few))
    with queries() as long:
        client.get(address(many))
    assert len(long) == len(short) <= 30


def test_more_differences_take_no_more_queries(client, writer):
    comparison = golden(published=False)
    rows = [{"aspect": f"Aspect {number}", "cells": {}} for number in range(12)]
    longer = make_comparison(*paths(comparison), title="Longer", differences=rows)
    client.get(address(comparison))
    with queries() as short:
        client.get(address(comparison))
    with queries() as long:
        client.get(address(longer))
    assert len(long) == len(short) <= 41


def test_a_rating_keeps_within_its_scale(client, writer):
    path = golden(published=False).contenders.first().path
    response = save(client, path, **{"ratings-0-value": "101"})
    assert "Please correct the error below." in response.content.decode()
    save(client, path, **{"ratings-0-value": "100"})
    assert path.revisions.get().document["ratings"][0]["value"] == 100


@pytest.mark.parametrize("model", ["careerpath", "question", "tag", "author"])
def test_choices_are_found_by_typing(client, writer, model):
    golden(published=False)
    make_article()
    fields = {
        "careerpath": ("comparisons", "contender", "path", "gig"),
        "question": ("comparisons", "rating", "question", "experience"),
        "tag": ("articles", "article", "tags", "x"),
        "author": ("articles", "byline", "author", "Ann"),
    }
    app, name, field, term = fields[model]
    query = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    response = client.get(reverse("admin:autocomplete"), query)
    assert response.status_code == 200
    assert len(response.json()["results"]) == (model != "tag")
