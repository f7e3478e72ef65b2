"""Where the paths of a comparison stand on each question, drawn and in words."""

import re
from datetime import date

import pytest

from articles import documents
from comparisons import glance
from tests.makers import golden, publish

TODAY = date(2026, 11, 26)


def test_a_band_reaches_as_far_as_the_rating_is_uncertain():
    assert glance.Place(30, 10, "").band(TODAY) == (20, 40)


def test_a_band_ends_where_the_scale_ends():
    assert glance.Place(5, 10, "").band(TODAY) == (0, 15)
    assert glance.Place(95, 20, "").band(TODAY) == (75, 100)


@pytest.mark.parametrize(("valid_until", "band"), [("2026-11-26", (40, 60)), ("2026-11-25", (30, 70))])
def test_an_expired_source_doubles_the_band_from_the_day_after(valid_until, band):
    assert glance.Place(50, 10, valid_until).band(TODAY) == band


def test_a_rating_expires_with_the_first_of_its_sources():
    sources = [{"id": "a", "valid_until": "2027-01-01"}, {"id": "b", "valid_until": "2026-02-01"}]
    rating = {"question": "q", "value": 40, "uncertainty": 5, "sources": ["a", "b"]}
    found = glance.places({"sources": sources, "ratings": [rating]})
    assert glance.place(found["place:q"]) == glance.Place(40, 5, "2026-02-01")


@pytest.mark.django_db
class TestOnThePage:
    def test_every_question_has_a_picture_that_says_the_same_in_words(self, client):
        page = client.get(f"/compare/{golden().slug}/").text
        said = re.findall(r'<title id="scale-[^"]+">([^<]+)</title>', page)
        assert len(said) == 10
        assert said[0] == (
            "Microtask gig work: 5 ± 10; Remote project management: 75 ± 10, "
            "on a scale from 0, experience none, to 100, experience most"
        )
        assert 'href="#at-a-glance"' in page

    def test_what_no_path_is_rated_on_is_not_drawn(self, client):
        comparison = golden()
        path = comparison.paths.first()
        documents.restore(documents.compose(path) | {"ratings": []})
        publish(path)
        assert "at-a-glance" not in client.get(f"/compare/{comparison.slug}/").text
