"""Reviews on the desk: who sees which buttons, what they do, and where notes lead."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import documents, notes, publishing, workflow
from articles.models import Review, ReviewNote
from tests.base import queries
from tests.forms import address, form_data, said, save
from tests.makers import golden, make_article, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def logged_in(name, group):
    client = Client()
    client.force_login(make_user(name, group=group))
    client.user = name
    return client


@pytest.fixture
def anna():
    return logged_in("anna", "Author")


@pytest.fixture
def rita():
    return logged_in("rita", "Reviewer")


@pytest.fixture
def edith():
    return logged_in("edith", "Editor")


@pytest.fixture
def article(anna):
    article = make_article()
    save(anna, article, summary="As anna wrote it.")
    return article


def seen(article):
    return workflow.standing(Review.objects.open().filter(article=article).first())


def submit(client, article, **fields):
    return client.post(address(article, "submit"), {"seen": seen(article), **fields})


def approve(client, article, **fields):
    newest = article.revisions.first().pk
    return client.post(address(article, "approve"), {"seen": seen(article), "revision": newest, **fields})


def stands(article):
    review = Review.objects.open().filter(article=article).first()
    return review and review.state


def buttons(html):
    box = html[html.index('class="review"') :]
    found = re.findall(r'class="button[^"]*">([^<]+)<', box[: box.index("review-notes")])
    return [words.strip() for words in found]


# --- Submitting ------------------------------------------------------------------------------------


def test_the_button_saves_and_asks_who_is_to_decide(anna, rita, article):
    response = save(anna, article, "_submit", summary="And then some.")
    assert response.url == address(article, "submit")
    html = anna.get(response.url).content.decode()
    assert "Revision 2, saved" in html
    assert "rita" in html
    rita_pk = Review._meta.get_field("assignee").related_model.objects.get(username="rita").pk
    due_on = timezone.localdate() + timedelta(days=2)
    response = submit(anna, article, assignee=rita_pk, due_on=due_on.isoformat(), note="Mind the figures.")
    assert "rita is asked to decide" in said(response)
    review = Review.objects.get()
    assert (review.revision.number, review.due_on, review.note) == (2, due_on, "Mind the figures.")


def test_only_who_may_review_is_offered_and_a_mistake_keeps_what_was_typed(anna, edith, article):
    html = anna.get(address(article, "submit")).content.decode()
    assert "edith" in html
    assert ">anna</option>" not in html
    response = submit(anna, article, due_on="2020-01-01", note="Mind the figures.")
    html = response.content.decode()
    assert "has passed. Choose a day to come" in html
    assert "Mind the figures." in html
    assert stands(article) is None


# --- Deciding ------------------------------------------------------------------------------------------


def test_each_role_has_the_buttons_of_what_it_may_do(anna, rita, edith, article):
    submit(anna, article)
    found = {
        client.user: buttons(client.get(address(article)).content.decode()) for client in (anna, rita, edith)
    }
    assert found == {
        "anna": ["What has changed", "Assign…", "Take back from review"],
        "rita": ["What has changed", "Approve revision 1", "Request changes…", "Assign…"],
        "edith": [
            "What has changed",
            "Approve revision 1",
            "Request changes…",
            "Assign…",
            "Take back from review",
        ],
    }


def test_whoever_wrote_of_it_has_no_button_to_approve_and_is_told_why(anna, edith, article):
    save(edith, article, summary="As edith wrote it.")
    submit(anna, article)
    html = edith.get(address(article)).content.decode()
    assert "Approve revision" not in html
    assert "You wrote revision 2 yourself" in html
    assert "You wrote revision 2 yourself" in approve(edith, article).content.decode()
    assert stands(article) == "in-review"


def test_a_revision_is_approved_from_the_form_and_published(anna, rita, edith, article):
    submit(anna, article)
    refused = save(edith, article, "_publish")
    assert "Have revision 1 approved, or take it back from review" in said(refused)
    assert "Revision 1 is approved" in said(approve(rita, article))
    assert "is live" in said(save(edith, article, "_publish"))
    assert stands(article) is None


def test_the_publish_page_leads_to_the_review_that_is_in_the_way(anna, edith, article):
    submit(anna, article)
    for page in ("publish", "schedule"):
        html = edith.get(address(article, page)).content.decode()
        assert "is in review. anna submitted revision 1" in html
        assert address(article, "review") in html


def test_an_approval_of_what_was_changed_meanwhile_shows_what_that_is(anna, rita, article):
    submit(anna, article)
    looked_at = article.revisions.first().pk
    save(anna, article, summary="Changed meanwhile.")
    response = rita.post(address(article, "approve"), {"revision": looked_at, "note": "Well done."})
    html = response.content.decode()
    assert "and you looked at revision 1" in html
    assert f"{address(article, 'compare')}?from=1&amp;to=2" in html
    assert "Well done." in html
    assert stands(article) == "in-review"


def test_of_two_who_decide_the_second_is_told_and_keeps_what_they_typed(anna, rita, edith, article):
    submit(anna, article)
    form = {"seen": seen(article), "note": "Say where the figures come from."}
    approve(edith, article)
    response = rita.post(address(article, "requestchanges"), form)
    html = response.content.decode()
    assert "edith approved revision 1 on" in html
    assert "Say where the figures come from." in html
    assert stands(article) == "approved"


def test_a_save_after_the_approval_says_that_a_new_one_is_needed(anna, rita, article):
    submit(anna, article)
    approve(rita, article)
    save(anna, article, summary="One more word.")
    html = anna.get(address(article)).content.decode()
    assert "Approved, edited since" in html
    assert "rita approved revision 1 on" in html
    assert "What was changed since it was approved" in html


def test_taking_back_ends_it(anna, article):
    submit(anna, article)
    response = anna.post(address(article, "recall"), {"seen": seen(article)})
    assert "It is a draft again" in said(response)
    assert stands(article) is None


@pytest.mark.parametrize("page", ["approve", "requestchanges", "assign", "recall"])
def test_outside_of_a_review_every_decision_says_so(edith, article, page):
    response = edith.post(
        address(article, page), {"revision": article.revisions.first().pk, "note": "Why?"}, follow=True
    )
    assert "not in review" in response.content.decode()


# --- What has changed, and notes on it -----------------------------------------------------------------


def test_the_review_page_shows_what_readers_don_t_see_yet_with_a_link_for_notes(anna, rita, article):
    publish(article)
    save(anna, article, summary="Another summary.")
    submit(anna, article)
    html = rita.get(address(article, "review")).content.decode()
    assert "What revision 2 says other than revision 1, which readers see" in html
    assert "?at=summary#new-note" in html
    chosen = rita.get(address(article, "review"), {"at": "summary"}).content.decode()
    assert '<option value="summary" selected>' in chosen


def test_what_was_never_published_is_shown_whole(anna, rita, article):
    submit(anna, article)
    html = rita.get(address(article, "review")).content.decode()
    assert "Readers have never seen it" in html
    assert "begins here." in html
    assert rita.get(address(make_article("Not saved yet"), "review")).status_code == 200


def test_a_note_is_written_answered_and_resolved_on_the_form(anna, rita, article):
    submit(anna, article)
    section = f"sections/{article.sections.get().pk}"
    rita.post(address(article, "note"), {"place": section, "text": "Where from?", "page": "change"})
    note = ReviewNote.objects.get()
    data = {"note": note.pk, "page": "change"}
    assert anna.post(address(article, "answer"), data | {"text": "The bureau."}).url.startswith(
        address(article)
    )
    html = anna.get(address(article)).content.decode()
    assert "Where from?" in html
    assert "The bureau." in html
    anna.post(address(article, "resolve"), data)
    assert "1 resolved note" in anna.get(address(article)).content.decode()
    rita.post(address(article, "resolve"), data | {"again": "on"})
    assert ReviewNote.objects.unresolved().get() == note


def test_a_note_that_can_t_be_written_is_refused_with_a_reason(anna, rita, article):
    submit(anna, article)
    for data in ({"place": "nowhere", "text": "Why?"}, {"text": ""}, {"text": "a\x08b"}):
        response = rita.post(address(article, "note"), data)
        assert re.search(r"Choose another place|Nothing is written", said(response))
    strange = {"note": "no-identifier", "text": "So."}
    assert "Nothing is written" in said(rita.post(address(article, "answer"), strange))
    assert not ReviewNote.objects.exists()


def test_a_note_of_another_article_is_not_answered_here(anna, rita, article):
    submit(anna, article)
    other = make_article("Another")
    note = notes.add(article, place=(), text="Why?", by=None)
    rita.post(address(other, "answer"), {"note": note.pk, "text": "So."})
    assert not note.answers.exists()


@pytest.mark.parametrize("role", ["anna", "rita"])
def test_a_note_leads_to_its_field_or_row_in_the_form_and_says_where_that_is_gone(
    anna, rita, edith, article, role
):
    submit(anna, article)
    client = {"anna": anna, "rita": rita}[role]
    section = f"sections/{article.sections.get().pk}"
    fields = {
        "anna": ("id_title", "id_sections-0-heading"),
        "rita": ("group-title-and-summary", "sections-0"),
    }
    for place, anchor in zip(("title", f"{section}/heading"), fields[role], strict=True):
        response = client.get(address(article), {"at": place})
        assert response.url == f"{address(article)}#{anchor}"
        assert f'id="{anchor}"' in client.get(response.url).content.decode()
    assert client.get(address(article), {"at": f"{section}/body"}).url.endswith("#sections-0")
    notes.add(article, place=tuple(section.split("/")), text="Where from?", by=None)
    documents.restore(documents.compose(article) | {"sections": []})
    publishing.record(article, by=None)
    html = client.get(address(article)).content.decode()
    assert "not there any more" in html
    assert "Section “About How to read a pay figure”" in html
    for place in (section, "nowhere", "sections"):
        assert client.get(address(article), {"at": place}).url == address(article)


# --- Lists and budgets ---------------------------------------------------------------------------------


def test_lists_are_filtered_by_review_and_show_where_it_stands(anna, rita, article):
    make_article("Another")
    submit(anna, article)
    changelist = reverse("admin:articles_article_changelist")
    found = {
        value: [row.pk for row in rita.get(changelist, {"review": value}).context["cl"].result_list]
        for value in ("in-review", "approved", "mine", "anybody", "sent")
    }
    assert found == {
        "in-review": [article.pk],
        "approved": [],
        "mine": [],
        "anybody": [article.pk],
        "sent": [],
    }
    assert 'class="state review-in-review"' in rita.get(changelist).content.decode()
    assert rita.get(changelist, {"review": "nonsense"}).status_code == 302


def open_notes(html):
    return re.findall(r'<p class="open-notes"><a href="([^"]*)">([^<]*)</a>', html)


def test_whoever_decides_is_told_of_notes_that_are_open_and_may_decide_all_the_same(
    anna, rita, edith, article
):
    submit(anna, article)
    first = notes.add(article, by=None, text="Say to whom.", place=("summary",))
    notes.add(article, by=None, text="Since when?", place=())
    told = "2 notes are still open"
    for page in ("change", "review"):
        assert open_notes(rita.get(address(article, page)).content.decode()) == [("#review-notes", told)], (
            page
        )
    notes.resolve(first, by=None)
    for page in ("publish", "schedule", "checks"):
        link = f"{address(article, 'review')}#review-notes"
        assert open_notes(edith.get(address(article, page)).content.decode()) == [
            (link, "1 note is still open")
        ], page
    panel = form_data(edith.get(address(article))) | {"_preview": "panel", "_parts": "checks"}
    found = edith.post(address(article), panel).json()["checks"]
    assert open_notes(found) == [("#review-notes", "1 note is still open")]
    approve(rita, article)
    assert stands(article) == "approved"
    notes.resolve(ReviewNote.objects.unresolved().get(), by=None)
    assert open_notes(edith.get(address(article, "publish")).content.decode()) == []


def test_a_form_and_a_review_page_stay_within_their_queries(rita):
    comparison = golden()
    documents.restore(documents.compose(comparison) | {"summary": "Another."})
    workflow.submit(comparison, by=None)
    section = str(comparison.sections.first().pk)
    for number in range(4):
        note = notes.add(comparison, place=("sections", section), text=f"Note {number}", by=None)
        notes.answer(note, text="So.", by=None)
    for page, most in (("change", 60), ("review", 30)):
        rita.get(address(comparison, page))
        with queries() as ran:
            rita.get(address(comparison, page))
        assert len(ran) <= most, page


def test_what_is_done_around_the_form_opens_a_new_tab_as_only_a_script_keeps_what_was_typed(anna, article):
    submit(anna, article)
    notes.add(article, by=None, text="Say to whom.", place=("summary",))
    html = anna.get(address(article)).content.decode()
    around = re.findall(
        r'<form method="post" action="[^"]*/(note|answer|resolve|recall|copy)/"([^>]*)>', html
    )
    assert {name for name, _ in around} == {"note", "answer", "resolve", "recall", "copy"}
    assert {rest.strip() for _, rest in around} == {'target="_blank"'}
    assert "opens in a new tab" in html
    assert "target=" not in "".join(
        re.findall(r"<form[^>]*>", anna.get(address(article, "review")).content.decode())
    )
