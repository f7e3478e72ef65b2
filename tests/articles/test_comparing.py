"""Two versions of one document: what changed, one part taken back, and two people's versions merged."""

import json
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import comparing, documents, kinds, merging, naming, narrating, taking
from articles.comparing import POSITION, Changed, Moved, address, parse
from articles.merging import Side
from tests.edits import RANDOM, edited

DIRECTORY = Path(__file__).with_name("documents")
NEWEST = ("schema-2-1-question-bank", "schema-2-2-career-path-a", "schema-3-3-comparison")


def sample(name):
    return documents.upgrade(json.loads((DIRECTORY / f"{name}.json").read_text(encoding="utf-8")))


def shortened(document):
    """With three rows of each sort: enough for whatever can happen to rows."""
    return {name: value[:3] if isinstance(value, list) else value for name, value in document.items()}


SAMPLES = st.sampled_from([shortened(sample(name)) for name in NEWEST])


def record_of(document):
    return kinds.get(document["kind"]).record


@st.composite
def versions(draw, count):
    """The record of a kind, a document of it, and so many versions of that."""
    document, random = draw(SAMPLES), draw(RANDOM)
    record = record_of(document)
    found = (edited(document, record, random) for _ in range(count))
    return record, document, *(comparing.with_cited(record, each, document)[0] for each in found)


# --- Comparing -----------------------------------------------------------------------------------


@settings(max_examples=40)
@given(versions(2))
def test_the_changes_lead_from_the_one_version_to_the_other(found):
    record, _, before, after = found
    changes = comparing.compare(record, before, after)
    assert comparing.applied(record, before, changes) == after
    assert comparing.compare(record, after, after) == []
    assert all(comparing.resolved(record, parse(address(change.place))) for change in changes)


@settings(max_examples=20)
@given(versions(2))
def test_every_change_is_told(found):
    record, _, before, after = found
    names = {row["id"]: "a row" for _, _, row in comparing.rows(record, before)}
    told = narrating.narrate(record, before, after, names)
    lines = {line.address for group in told.groups for entry in group.entries for line in entry.lines}
    changes = comparing.compare(record, before, after)
    assert {address(change.place) for change in changes if isinstance(change, Changed)} <= lines
    assert bool(changes) == bool(told.groups)


def rows(*names):
    return {"sections": [{"id": name, "role": "body", "heading": name, "body": ""} for name in names]}


def test_of_several_ways_the_fewest_rows_move():
    record = kinds.get("article").record
    changes = comparing.compare(record, rows(*"abcde"), rows(*"eabcd"))
    assert [(type(each), each.place[-1], each.was, each.at) for each in changes] == [(Moved, "e", 4, 0)]
    names = {name: name.upper() for name in "abcde"}
    assert narrating.moved(changes[0], names) == "moved to the beginning, from place 5 to place 1"


@pytest.fixture
def path():
    return sample("schema-2-2-career-path-a")


def lines_of(before, after, names):
    told = narrating.narrate(record_of(before), before, after, names)
    return [
        (group.label, entry.label, line.label, line.shown)
        for group in told.groups
        for entry in group.entries
        for line in entry.lines
    ]


def with_first(document, name, **values):
    first, *others = document[name]
    return document | {name: [first | values, *others]}


def test_a_rating_is_named_by_its_question_and_said_with_its_uncertainty(path):
    rating = path["ratings"][0]
    before = with_first(path, "ratings", value=75, uncertainty=10)
    after = with_first(path, "ratings", value=60, uncertainty=5)
    (line,) = lines_of(before, after, {rating["question"]: "How much freedom?"})
    assert line[:3] == ("ratings", "How much freedom?", "rating")
    assert "75 ± 10</del>" in line[3]
    assert "60 ± 5</ins>" in line[3]


def test_sources_are_cited_by_their_names(path):
    source = path["sources"][0]
    before, after = (with_first(path, "points", sources=cited) for cited in ([], [source["id"]]))
    record = comparing.part_named(record_of(path), "sources").record
    (line,) = lines_of(before, after, {source["id"]: naming.label(record, source, {})})
    assert line[2] == "sources"
    assert f"{source['publisher']}: {source['title']}</ins>" in unescape(line[3])


# --- Taking a part of an older version ------------------------------------------------------------


@settings(max_examples=40)
@given(versions(2), st.data())
def test_taking_one_part_brings_it_to_what_it_was_and_changes_nothing_else(found, data):
    record, _, old, draft = found
    changes = comparing.compare(record, old, draft)
    if not changes:
        return
    place = data.draw(st.sampled_from(changes)).place
    try:
        taken = taking.take(record, draft, old, place)
    except taking.Untakable:
        return
    place = place if comparing.found(record, draft, place[:2]) is not comparing.MISSING else place[:2]
    assert comparing.found(record, taken.document, place) == comparing.found(record, old, place)
    back = {row["id"] for row in taken.sources}
    touched = [each.place for each in comparing.compare(record, draft, taken.document)]
    assert all(each[: len(place)] == place or each[-1] in back for each in touched)


def test_a_row_that_is_gone_comes_back_at_its_place_with_the_sources_it_cites(path):
    record, source = record_of(path), path["sources"][0]
    old = with_first(path, "points", sources=[source["id"]])
    point = old["points"][0]
    draft = old | {"points": old["points"][1:], "sources": old["sources"][1:], "facts": []}
    draft |= {name: [row | {"sources": []} for row in draft[name]] for name in ("points", "ratings")}
    taken = taking.take(record, draft, old, ("points", point["id"], "text"))
    assert taken.document["points"][0] == point
    assert taken.sources == [source]
    assert taken.document["sources"] == old["sources"]


def test_a_row_goes_back_to_its_place_and_keeps_what_was_written_since(path):
    record, last = record_of(path), path["points"][-1]
    draft = path | {"points": [last | {"text": "New."}, *path["points"][:-1]]}
    taken = taking.take(record, draft, path, ("points", last["id"], POSITION))
    assert taken.document["points"] == [*path["points"][:-1], last | {"text": "New."}]


def test_a_source_that_the_draft_cites_is_not_taken_out(path):
    record, source = record_of(path), path["sources"][0]
    draft = with_first(path, "points", sources=[source["id"]])
    old = path | {"sources": path["sources"][1:]}
    with pytest.raises(taking.Untakable, match="cites it"):
        taking.take(record, draft, old, ("sources", source["id"]))


def test_a_question_that_moved_to_another_criterion_comes_back_once():
    bank = sample("schema-2-1-question-bank")
    one, other, *rest = bank["criteria"]
    moved, *left = one["questions"]
    draft = bank | {
        "criteria": [one | {"questions": left}, other | {"questions": [*other["questions"], moved]}, *rest]
    }
    taken = taking.take(record_of(bank), draft, bank, ("criteria", one["id"], "questions", moved["id"]))
    assert taken.document == bank
    without = bank | {"criteria": draft["criteria"][1:]}
    taken = taking.take(record_of(bank), without, bank, ("criteria", one["id"], "name"))
    assert taken.document["criteria"][0] == one | {"questions": left}


@pytest.mark.parametrize("place", [("nowhere",), ("sections",), ("differences", "x")])
def test_a_place_that_no_document_has_is_refused(path, place):
    with pytest.raises(LookupError):
        taking.take(record_of(path), path, path, place)


# --- Merging ---------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(versions(2), st.data())
def test_choosing_one_side_everywhere_gives_that_side(found, data):
    record, base, theirs, mine = found
    base = data.draw(st.sampled_from([base, None]))
    differences = merging.differences(record, base, theirs, mine)
    for side, whole in ((Side.THEIRS, theirs), (Side.MINE, mine)):
        chosen = {each.place: side for each in differences}
        assert merging.merged(record, theirs, mine, differences, chosen)[0] == whole


@settings(max_examples=40)
@given(versions(1))
def test_what_one_side_left_alone_is_suggested_from_the_other(found):
    record, base, changed = found
    for theirs, mine, side in ((base, changed, Side.MINE), (changed, base, Side.THEIRS)):
        differences = merging.differences(record, base, theirs, mine)
        assert {each.suggested for each in differences} <= {side}


@settings(max_examples=25)
@given(versions(2), st.data())
def test_each_choice_decides_its_own_place(found, data):
    record, base, theirs, mine = found
    differences = merging.differences(record, base, theirs, mine)
    chosen = {each.place: data.draw(st.sampled_from(Side)) for each in differences}
    document, _ = merging.merged(record, theirs, mine, differences, chosen)
    for each in differences:
        if each.place[-1] == POSITION or len(each.place) < 3:
            continue
        wanted = {Side.THEIRS: theirs, Side.MINE: mine}[chosen[each.place]]
        assert comparing.found(record, document, each.place) == comparing.found(record, wanted, each.place)


def test_what_both_changed_has_to_be_chosen():
    record = kinds.get("article").record
    base, theirs, mine = ({"id": "x", "title": title, **rows()} for title in ("One", "Two", "Three"))
    (difference,) = merging.differences(record, base, theirs, mine)
    assert difference.suggested is None


def test_a_row_that_they_deleted_and_i_changed_has_to_be_chosen():
    record = kinds.get("article").record
    base, theirs, mine = rows("a", "b"), rows("b"), rows("a", "b")
    (kept,) = merging.differences(record, base, theirs, mine)
    assert kept.suggested is Side.THEIRS
    mine["sections"][0]["body"] = "<p>New.</p>"
    (contested,) = merging.differences(record, base, theirs, mine)
    assert contested.suggested is None
    document, _ = merging.merged(record, theirs, mine, [contested], {contested.place: Side.MINE})
    assert document == mine


def test_a_source_that_they_deleted_stays_where_what_is_chosen_of_mine_cites_it(path):
    record, source = record_of(path), path["sources"][0]
    base = path | {name: [] for name in ("points", "facts", "ratings")}
    theirs = base | {"sources": base["sources"][1:]}
    point = path["points"][0] | {"sources": [source["id"]]}
    differences = merging.differences(record, base, theirs, base | {"points": [point]})
    chosen = {each.place: each.suggested for each in differences}
    assert set(chosen.values()) == set(Side)
    document, back = merging.merged(record, theirs, base | {"points": [point]}, differences, chosen)
    assert (document, back) == (base | {"points": [point]}, [source])
