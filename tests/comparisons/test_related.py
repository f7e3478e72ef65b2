"""What to compare next: comparisons that share paths, and those that are asked for most."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from comparisons import related
from comparisons.models import LeanCounter
from tests.makers import make_comparison, make_path, publish

pytestmark = pytest.mark.django_db


def comparisons(*names):
    """Published comparisons of the paths that the letters of each name stand for, in that order."""
    paths = {letter: make_path(f"Path {letter}") for letter in sorted(set("".join(names)))}
    made = [make_comparison(*(paths[letter] for letter in name), title=name) for name in names]
    for each in made:
        publish(each, with_required=True)
    return made


def titles_below(client, comparison):
    page = client.get(f"/compare/{comparison.slug}/").text
    section = page.partition('id="related"')[2].partition("</section>")[0]
    return [part.partition("</a>")[0].rpartition(">")[2] for part in section.split("<li>")[1:]]


def test_those_with_most_paths_in_common_come_first_and_then_the_newest(client):
    here, *_ = comparisons("AB", "ABC", "AC", "BD", "CD")
    assert titles_below(client, here) == ["ABC", "BD", "AC"]


def test_what_is_not_live_is_not_offered(client):
    here, other = comparisons("AB", "BC")
    publishing.withdraw(other, by=None)
    assert titles_below(client, here) == []


def test_a_path_s_page_offers_the_other_paths(client):
    comparisons("AB")
    page = client.get("/careers/path-a/").text
    form = page.partition('class="compare-with"')[2].partition("</form>")[0]
    assert 'value="path-b"' in form
    assert '<option value="path-a"' not in form
    assert client.get("/compare/?path=path-a&path=path-b")["Location"] == "/compare/ab/"


def test_the_home_page_shows_what_most_results_were_asked_for(client):
    few, many, _, long_ago = comparisons("AB", "BC", "CD", "DE")
    today = timezone.localdate()
    for comparison, day, results in (
        (few, today, 2),
        (many, today, 4),
        (many, today - timedelta(days=3), 5),
        (long_ago, today - timedelta(days=40), 90),
    ):
        LeanCounter.objects.add(
            [LeanCounter(comparison=comparison.pk, day=day, lean="leans_nowhere", results=results)]
        )
    section = client.get("/").text.partition("Most compared")[2].partition("</section>")[0]
    assert [section.index(title) for title in (">BC<", ">AB<")] == sorted(
        section.index(title) for title in (">BC<", ">AB<")
    )
    assert ">CD<" not in section
    assert ">DE<" not in section


def test_what_was_compared_most_goes_from_the_home_page_as_soon_as_it_is_withdrawn(client):
    (comparison,) = comparisons("AB")
    LeanCounter.objects.add(
        [LeanCounter(comparison=comparison.pk, day=timezone.localdate(), lean="tie", results=3)]
    )
    assert "Most compared" in client.get("/").text
    publishing.withdraw(comparison, by=None)
    assert related.most_compared(timezone.now(), 5) == []
    assert "Most compared" not in client.get("/").text
