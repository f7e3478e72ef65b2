"""`manage.py import_article`: what it publishes, and who signs."""

import pytest

from articles.models import Article, Publication, State
from comparisons.models import CareerPath
from tests.comparisons.imported import SEED, TEXT, live, refused, run, saved, section, stored
from tests.comparisons.unfair import STOPS, ready
from tests.makers import make_author, make_comparison, make_path, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_the_seed_is_published_with_its_paths(seeds):
    output = run(seeds / SEED, publish=True)

    assert {publication.slug for publication in Publication.objects.all()} == {
        "microtask-gig-work",
        "remote-project-management",
        "microtask-gig-work-vs-remote-project-management",
    }
    assert "    live: http" in output
    assert "signed by Editorial team, since no author was named. Name one with --author." in output


def test_changed_paths_are_published_again(tmp_path):
    run(saved(tmp_path), publish=True)
    run(saved(tmp_path, TEXT.replace("We nurse.", "We care.")), publish=True)

    assert "We care." in live(CareerPath.objects.get(slug="nursing")).search_text


def test_without_publish_readers_see_what_they_saw(tmp_path):
    run(saved(tmp_path), publish=True)
    output = run(saved(tmp_path, TEXT.replace("We nurse.", "We care.")))

    assert "We nurse." in live(CareerPath.objects.get(slug="nursing")).search_text
    assert "    live, changed since: http" in output


def test_what_passes_the_checks_is_published_and_the_rest_explained(tmp_path):
    text = TEXT.replace("Cons:\n- Nights: Every week.\n", "")
    status, message = refused(saved(tmp_path, text), publish=True)

    assert status == 1
    assert message == "“Nursing” can't be published yet. points: Give at least one con."
    assert {publication.slug for publication in Publication.objects.all()} == {"sales"}
    assert {article.slug for article in Article.objects.all()} == {"sales", "nursing", "sales-vs-nursing"}


@pytest.mark.parametrize(
    ("authors", "options", "expected"),
    [
        ([], {}, None),
        ([], {"publish": True}, "Editorial team"),
        (["Ann Author"], {}, "Ann Author"),
        (["Ann Author"], {"publish": True}, "Ann Author"),
        (["Ann Author", "Ben Byline"], {}, None),
        (["Ann Author", "Ben Byline"], {"publish": True}, "Editorial team"),
        (["Ann Author", "Ben Byline"], {"author": "ben-byline"}, "Ben Byline"),
        (["Ann Author", "Ben Byline"], {"author": "ben-byline", "publish": True}, "Ben Byline"),
    ],
)
def test_who_signs(tmp_path, authors, options, expected):
    for name in authors:
        make_author(name)
    run(saved(tmp_path), **options)

    for article in Article.objects.all():
        assert [author.name for author in article.authors.all()] == ([expected] if expected else [])


def test_an_article_keeps_its_authors(tmp_path):
    path = make_path("Sales", authors=("Cleo",))
    make_author("Ben Byline")
    run(saved(tmp_path), author="ben-byline")

    assert [author.slug for author in path.authors.all()] == ["cleo"]


def test_an_unknown_author_is_refused(tmp_path):
    make_author()
    before = stored()

    assert refused(saved(tmp_path), author="nobody") == (
        2,
        "There is no author “nobody”. Known are: ann-author.",
    )
    assert stored() == before


def test_a_published_comparison_is_updated_in_place(tmp_path):
    comparison = make_comparison(make_path("Sales"), make_path("Nursing"))
    publish(comparison, with_required=True)
    run(saved(tmp_path), publish=True)

    assert Article.objects.with_state(live(comparison).starts_at).get(pk=comparison.pk).state == State.LIVE
    assert "Choose." in live(comparison).search_text


@pytest.mark.parametrize("name", STOPS)
def test_what_the_gate_stops_is_stored_and_not_published_and_the_command_says_why(tmp_path, name):
    change, objection = STOPS[name]
    comparison = ready(change)
    text = TEXT.replace("Sales", "Microtask gig work").replace("Nursing", "Remote project management")
    status, message = refused(saved(tmp_path, text), publish=True)

    assert status == 1
    assert objection in message
    assert "Choose." in section(comparison, "conclusion")["body"]
    assert live(comparison) is None
