"""Figures as bars, on a scale that those of one unit and period share."""

import re

import pytest

from comparisons import ranges
from tests.makers import make_comparison, make_path, publish


def fact(low, high="", unit="USD", period="hour"):
    return {"low": low, "high": high or low, "unit": unit, "period": period}


def bars(*facts):
    return [each["bar"] for each in ranges.with_bars(facts, beside_others=False)]


def test_figures_of_one_unit_and_period_share_a_scale():
    assert bars(fact("2", "6.5"), fact("8", unit="usd"), fact("30", "40", period="day")) == [
        {"low": "2", "high": "6.5", "end": "8", "is_range": True},
        {"low": "8", "high": "8", "end": "8", "is_range": False},
        {"low": "30", "high": "40", "end": "40", "is_range": True},
    ]


def test_shares_stand_on_a_scale_up_to_a_hundred():
    assert bars(fact("20", "35", unit="%", period=""))[0]["end"] == "100"
    assert bars(fact("20", "135", unit="%", period=""))[0]["end"] == "135"


@pytest.mark.parametrize("lone", [fact("8"), fact("-3", "4"), fact("0"), fact("many", "more")])
def test_a_value_alone_or_below_zero_or_in_words_has_no_bar(lone):
    assert bars(lone) == [None]


@pytest.mark.django_db
def test_paths_beside_each_other_share_their_scales(client):
    paths = [
        make_path(title, facts=[{"label": "Pay", "low": low, "high": high, "unit": "USD", "period": "hour"}])
        for title, low, high in (("Gig work", "2", "6.50"), ("Management", "30", "55"))
    ]
    comparison = make_comparison(*paths)
    publish(comparison, with_required=True)
    assert scales(client.get(f"/compare/{comparison.slug}/")) == ["55", "55"]
    assert scales(client.get("/careers/gig-work/")) == ["6.5"]


def scales(page):
    return re.findall(r'class="range" viewBox="0 0 (\S+) 10"', page.text)
