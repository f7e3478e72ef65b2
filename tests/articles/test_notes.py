"""Notes that are pinned to places of an article in review, and what those are called."""

import pytest

from articles import documents, kinds, naming, notes, places, publishing, trash, workflow
from articles.models import Event, ReviewNote
from articles.obstacles import Conflict, PublishingError, Trashed
from tests.jobs import work
from tests.makers import make_article, make_comparison, make_path, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_user("anna", group="Author")


@pytest.fixture
def rita():
    return make_user("rita", group="Reviewer")


@pytest.fixture
def article(anna):
    article = make_article()
    workflow.submit(article, by=anna)
    return article


def section_of(article):
    return ("sections", str(article.sections.get().pk))


def test_a_note_says_where_and_of_which_revision_it_is(article, rita):
    note = notes.add(article, place=(*section_of(article), "body"), text=" Where from? ", by=rita)
    assert (note.text, note.author, note.revision) == ("Where from?", rita, 1)
    assert note.about == "section “About How to read a pay figure”: body"
    assert notes.add(article, place=(), text="Good.", by=rita).about == ""
    event = Event.objects.first()
    assert (event.action, event.detail) == ("noted", "the article as a whole: Good.")


def test_a_note_survives_a_further_revision_and_is_gone_with_its_row(article, rita):
    record = kinds.get("article").record
    note = notes.add(article, place=section_of(article), text="Where from?", by=rita)
    place = places.parse(note.place)
    for document in (
        documents.compose(article) | {"summary": "Another."},
        documents.compose(article) | {"sections": []},
    ):
        documents.restore(document)
        publishing.record(article, by=None)
        assert places.is_there(record, document, place) == bool(document["sections"])
    assert ReviewNote.objects.get() == note


@pytest.mark.parametrize(
    "place",
    [("sections", "00000000-0000-0000-0000-000000000000"), ("nowhere",), ("sections",), ("summary", "x")],
)
def test_a_note_is_pinned_to_nothing_that_is_not_there(article, rita, place):
    with pytest.raises(PublishingError, match=r"is not there any more. Choose another place"):
        notes.add(article, place=place, text="Why?", by=rita)


@pytest.mark.parametrize("text", ["  ", "x" * (notes.LONGEST + 1)])
def test_a_note_says_something_and_not_too_much(article, rita, text):
    with pytest.raises(PublishingError, match=r"write what is to change|Shorten it"):
        notes.add(article, place=(), text=text, by=rita)


def test_outside_of_a_review_and_in_the_trash_nobody_writes_notes(article, rita):
    note = notes.add(article, place=(), text="Why?", by=rita)
    workflow.recall(article, by=None)
    with pytest.raises(Conflict, match=r"Submit it, then write notes on it"):
        notes.add(article, place=(), text="Why?", by=rita)
    trash.trash(article, by=None)
    for write in (notes.resolve, lambda note, by: notes.answer(note, text="So.", by=by)):
        with pytest.raises(Trashed):
            write(note, by=rita)


def test_answers_go_to_whoever_wrote_the_note_or_answered_it(article, anna, rita, mailoutbox):
    for user in (anna, rita):
        user.email = f"{user.username}@example.org"
        user.save()
    note = notes.add(article, place=("summary",), text="Too short.", by=rita)
    first = notes.answer(note, text="Is it?", by=anna)
    second = notes.answer(first, text="It is.", by=rita)
    assert second.answers_to == note
    work()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["rita@example.org"], "Answer on How to read a pay figure"),
        (["anna@example.org"], "Answer on How to read a pay figure"),
    ]
    assert "anna answered the note on “summary”.\n\nIs it?" in mailoutbox[0].body


def test_a_note_is_resolved_once_and_may_be_opened_again(article, anna, rita):
    note = notes.add(article, place=(), text="Why?", by=rita)
    assert [notes.resolve(note, by=anna) for _ in range(2)] == [True, False]
    assert not ReviewNote.objects.unresolved().exists()
    assert [notes.reopen(note, by=rita) for _ in range(2)] == [True, False]
    assert [event.action for event in Event.objects.all()][:3] == ["reopened", "resolved", "noted"]


def test_changes_may_be_requested_by_notes_alone(article, rita):
    notes.add(article, place=("summary",), text="Too short.", by=rita)
    assert workflow.request_changes(article, by=rita).state == "changes-requested"


def test_every_field_and_row_can_be_chosen_and_every_cell():
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    record, document = kinds.get("comparison").record, documents.compose(make_comparison(*paths))
    names = naming.names(record, document)
    offers = {offer.label: dict(offer.places) for offer in places.offers(record, document, names)}
    assert "summary" in offers["The article"]
    assert offers["The article"][""] == "the article as a whole"
    pay = offers["difference “Pay”"]
    assert "cells: Tutoring" in pay.values()
    assert "contender “Bookkeeping”" in offers
    for address in (each for offer in offers.values() for each in offer):
        assert places.words(record, document, places.parse(address), names)
