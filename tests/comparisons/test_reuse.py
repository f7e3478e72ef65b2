"""A path's point is shown in all its comparisons; one that holds in one of them may become such a point."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, trash
from articles.models import Article, Source
from comparisons import reuse
from comparisons.models import Comparison, Point
from tests.base import queries
from tests.forms import address, said
from tests.makers import make_comparison, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def source(number, title):
    return {"id": f"5f0dbd5c-0000-4000-8000-00000000000{number}", "publisher": "A bureau", "title": title}


@pytest.fixture
def comparison():
    """Its one point in this contrast cites what the path cites already, and one source more."""
    path = make_path("Tutoring", sources=[source(1, "A table")])
    cited = [source(2, "Another table"), source(3, "A table")]
    point = {
        "path": str(path.pk),
        "side": "con",
        "label": "Late",
        "text": "It pays late here.",
        "sources": [each["id"] for each in cited],
    }
    return make_comparison(path, make_path("Bookkeeping"), sources=cited, points=[point])


def test_the_comparisons_that_show_a_path_are_found_with_one_query_the_live_ones_first(comparison):
    path, other = comparison.paths.order_by("-title")
    publish(comparison, with_required=True)
    comparison.contenders.filter(path=path).delete()  # in the draft alone
    draft = make_comparison(path, other, title="A draft")
    trash.trash(make_comparison(path, other, title="In the trash"), by=None)
    with queries() as taken:
        found = reuse.uses([path.pk, other.pk], timezone.now())
    assert len(taken) == 1
    assert found[path.pk].live == {comparison.pk}
    assert found[path.pk].drafts == {draft.pk}
    assert [each.pk for each in found[other.pk].some(2)] == [comparison.pk, draft.pk]
    assert (found[path.pk].count, found[other.pk].count) == (2, 2)


def test_a_point_moves_to_its_path_with_its_sources_and_readers_see_no_change(comparison):
    publish(comparison, with_required=True)
    before = [row.revision.document for row in comparison.publications.all()]
    point, user = comparison.points.get(), make_user("edith", group="Editor")
    path = point.path
    assert [reuse.use_everywhere(point, by=user), reuse.use_everywhere(point, by=user)] == [True, False]
    moved = path.revisions.first().document
    assert [each["label"] for each in moved["points"]] == ["Flexible", "Uneven", "Late"]
    assert [each["title"] for each in moved["sources"]] == ["A table", "Another table"]
    assert set(moved["points"][2]["sources"]) == {each["id"] for each in moved["sources"]}
    assert path.revisions.first().note == f"“Late” taken over from “{comparison.title}”"
    left = comparison.revisions.first()
    assert (left.document["points"], left.note, left.author) == ([], "“Late” is one of “Tutoring” now", user)
    assert len(left.document["sources"]) == 2
    assert [row.revision.document for row in comparison.publications.all()] == before
    assert Source.objects.count() == 4


def test_lists_say_that_both_have_changed(comparison):
    point, long_ago = comparison.points.get(), timezone.now() - timedelta(days=9)
    Article.objects.update(updated_at=long_ago)
    reuse.use_everywhere(point, by=None)
    changed = Article.objects.filter(updated_at__gt=long_ago)
    assert set(changed.values_list("pk", flat=True)) == {point.path_id, comparison.pk}


def test_nothing_moves_to_a_path_in_the_trash(comparison):
    point = comparison.points.get()
    trash.trash(point.path, by=None)
    with pytest.raises(publishing.Trashed, match="“Tutoring” is in the trash"):
        reuse.use_everywhere(point, by=None)
    assert Point.objects.get(pk=point.pk).comparison_id == comparison.pk


def test_the_forms_say_where_points_are_used_and_lead_there(comparison, client):
    client.force_login(make_user("edith", group="Editor"))
    path, point = comparison.points.get().path, comparison.points.get()
    page = client.get(address(path)).content.decode()
    assert "used in 1 comparison." in page
    assert f'<a href="{address(comparison)}">{comparison.title}</a> (draft)' in page
    page = client.get(address(comparison)).content.decode()
    assert f'href="{address(path)}#points-1"' in page
    everywhere = f"{address(comparison).removesuffix('change/')}points/{point.pk}/"
    assert everywhere in page
    assert address(comparison) in client.get(everywhere).content.decode()
    assert "“Late” is one of the points of" in said(client.post(everywhere))
    assert client.get(everywhere).status_code == 404
    assert Comparison.objects.get().points.count() == 0
