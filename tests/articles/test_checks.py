"""What the shared checks find in a document. They ask no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks import linked, problems, sourced, structure
from articles.checks.found import Finding, Level, holding
from articles.checks.surroundings import Surroundings, Target, absences
from articles.documents import ARTICLE

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWN, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def section(body="<p>Text.</p>", heading="A heading", role="body", **more):
    empty = {"image": None, "image_alt": "", "image_decorative": False, "caption": ""}
    return {"id": f"s-{heading}", "role": role, "heading": heading, "body": body, **empty, **more}


def document(*sections, **parts):
    found = {"id": OWN, "title": "On pay", "summary": "What it says.", "authors": [{"id": "a"}]}
    found |= {"image": None, "image_alt": "", "image_decorative": False, "sources": [], "calls_to_action": []}
    return found | {"sections": list(sections)} | parts


def picture(alt="A desk", *, decorative=False, file="images/2026/11/desk-3.webp"):
    return {"image": {"id": "i", "alt": alt, "decorative": decorative, "file": file}}


# --- What stops publication --------------------------------------------------------------------------


def test_problems_are_findings_that_lead_to_their_fields():
    call = {"id": "c", "label": "Sign up", "sponsored": True, "disclosure": " "}
    whole = document(
        section(), section(heading=" ", id="s-2"), summary=" ", authors=[], calls_to_action=[call]
    )
    found = list(problems.as_findings(whole, problems.shared_problems(whole)))
    assert [each.place for each in found] == [
        ("summary",),
        ("authors",),
        ("sections", "s-2", "heading"),
        ("calls_to_action", "c", "disclosure"),
    ]
    assert {each.level for each in found} == {Level.STOPS}
    assert found[-1].message.startswith("“Sign up” is sponsored. Say who pays for it")


# --- Pictures and headings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "level"),
    [
        (picture(), None),
        (picture(""), Level.WARNS),
        (picture("", decorative=True), None),
        (picture("", decorative=True) | {"caption": "My desk"}, Level.INFORMS),
        (picture("") | {"image_decorative": True}, None),
        (picture("") | {"image_alt": "A desk by a window"}, None),
        (picture("IMG_2041"), Level.WARNS),
        (picture("desk-3"), Level.WARNS),
        (picture("Desk at home.jpg"), None),  # words about it, badly ended
        (picture("desk.jpg"), Level.WARNS),
    ],
)
def test_a_picture_is_described_or_decorative(shown, level):
    found = list(structure.pictures(document(section(**shown))))
    assert [each.level for each in found] == ([level] if level else [])
    assert all(each.place == ("sections", "s-A heading", "image_alt") for each in found)


def test_the_articles_own_picture_is_looked_at_too():
    (found,) = structure.pictures(document(**picture("")))
    assert (found.place, found.message.partition(" has")[0]) == (("image_alt",), "The article's picture")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("<p>One.</p><h3>Two</h3><p>Three.</p><h4>Four</h4><p>Five.</p><h3>Six</h3><p>Seven.</p>", []),
        ("<h3>Two</h3><h4>Four</h4><p>Five.</p>", []),
        ("<p>One.</p><h4>Four</h4><p>Five.</p>", ["heading of level 4 below one of level 2"]),
        ("<h3> <br></h3><p>Three.</p>", ["a heading without words"]),
        ("<h3>Two</h3><h3>Six</h3><p>Seven.</p>", ["nothing stands under “Two”"]),
        ("<h3>Two</h3><p>Three.</p><h3>Six</h3><p> </p>", ["nothing stands under “Six”"]),
        ("<h3>Two</h3><p>Three.</p><h4>Four</h4><h3>Six</h3><p>S.</p>", ["nothing stands under “Four”"]),
        ("", ["Nothing stands under “A heading”"]),
    ],
)
def test_headings_have_words_and_text_and_skip_no_level(body, wrong):
    found = list(structure.headings(document(section(body))))
    assert [words in each.message for each, words in zip(found, wrong, strict=True)] == [True] * len(wrong)


# --- Links -------------------------------------------------------------------------------------------

moments = st.integers(-9, 9).map(lambda hours: NOW + hours * HOUR)


@given(st.lists(st.integers(-9, 9), unique=True, max_size=8), st.booleans(), moments)
def test_something_is_absent_just_when_no_period_of_it_holds(bounds, stays, moment):
    ends = [NOW + hours * HOUR for hours in sorted(bounds)]
    periods = list(zip(ends[::2], ends[1::2], strict=False))
    if stays and len(ends) % 2:
        periods.append((ends[-1], None))
    gaps = [Finding("c", Level.WARNS, "m", (), *each) for each in absences(periods, NOW)]
    live = any(start <= moment and (end is None or moment < end) for start, end in periods)
    if moment >= NOW:
        assert any(gap.holds(moment) for gap in gaps) is not live


@pytest.mark.parametrize(
    ("target", "says", "level"),
    [
        (None, "leads to an article that is not here any more", Level.WARNS),
        (Target("Fees"), "leads to “Fees”, which is not live", Level.WARNS),
        (Target("Fees", trashed=True), "“Fees”, which is in the trash", Level.WARNS),
        (Target("Fees", ((NOW - 2 * HOUR, NOW - HOUR),)), "which is withdrawn from", Level.WARNS),
        (Target("Fees", ((NOW + HOUR, None),)), "which goes live on", Level.INFORMS),
        (Target("Fees", ((NOW - HOUR, None),)), "", None),
    ],
)
def test_a_link_to_what_is_not_live_is_found(target, says, level):
    body = f'<p>See <a href="article:{OTHER}">the <em>fees</em></a>, <a href="article:{OWN}">here</a>.</p>'
    whole = document(section(body))
    around = Surroundings(NOW, {OTHER: target} if target else {})
    found = holding(linked.leading_nowhere(ARTICLE, whole, around), NOW)
    assert [each.level for each in found] == ([level] if level else [])
    for each in found:
        assert each.message.startswith("“the fees” leads to ")
        assert says in each.message
        assert each.place == ("sections", "s-A heading", "body")


def test_a_link_that_will_lead_nowhere_is_found_from_then_on():
    around = Surroundings(NOW, {OTHER: Target("Fees", ((NOW - HOUR, NOW + HOUR),))})
    whole = document(section(f'<p><a href="article:{OTHER}">fees</a></p>'))
    found = list(linked.leading_nowhere(ARTICLE, whole, around))
    assert [(each.since, each.until) for each in found] == [(NOW + HOUR, None)]
    assert (holding(found, NOW), holding(found, NOW + HOUR)) == ([], found)


# --- Sources -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid_until", "holds"),
    [(None, False), ("2026-11-26", False), ("2026-11-25", True), ("9999-12-31", False), ("0001-01-01", True)],
)
def test_a_source_expires_when_its_last_day_is_over(valid_until, holds):
    source = {"id": "q", "publisher": "A bureau", "title": "A table", "valid_until": valid_until}
    found = holding(sourced.expired(ARTICLE, document(sources=[source])), NOW)
    assert bool(found) is holds
    for each in found:
        assert each.level is Level.INFORMS  # nothing rests on it
        assert "and no claims rest on it" in each.message
        assert each.place == ("sources", "q", "valid_until")


def test_the_gravest_stand_first():
    levels = [Level.INFORMS, Level.PASSES, Level.STOPS, Level.WARNS, Level.STOPS]
    found = [Finding("c", level, str(number)) for number, level in enumerate(levels)]
    assert [each.message for each in holding(found, NOW)] == ["2", "4", "3", "0", "1"]
