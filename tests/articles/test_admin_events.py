"""The trail to read: filtered, on the history of an article, and as a file for spreadsheets."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from articles import publishing, spreadsheets, trail
from articles.models import Event
from tests.forms import address
from tests.makers import make_article, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TRAIL = "/admin/articles/event/"


@pytest.fixture
def edith(client):
    edith = make_user("edith", group="Editor")
    client.force_login(edith)
    return edith


def listed(client, **filters):
    return [event.title for event in client.get(TRAIL, filters).context["cl"].result_list]


@pytest.mark.every_database
def test_the_trail_is_filtered_by_action_person_kind_article_and_words(client, edith):
    article = make_article("On pay")
    publishing.publish(article, by=edith)
    publishing.withdraw(article, by=None)
    publish(make_path("Tutoring"))
    assert listed(client) == ["Tutoring", "On pay", "On pay"]
    assert listed(client, action__exact="withdrawn") == ["On pay"]
    assert listed(client, who="edith") == ["On pay"]
    assert listed(client, kind="career-path") == ["Tutoring"]
    assert listed(client, article=str(article.pk)) == ["On pay", "On pay"]
    assert listed(client, q="tutor") == ["Tutoring"]


def test_a_filter_that_makes_no_sense_leads_back_to_the_list(client, edith):
    for filters in ({"article": "nonsense"}, {"channel": "desk"}):
        assert client.get(TRAIL, filters).status_code == 302
        assert client.get(f"{TRAIL}export/", filters).status_code == 302


def test_nobody_changes_it_there(client, edith):
    event = trail.note(trail.Action.PUBLISHED, make_article(), by=edith)
    change = reverse("admin:articles_event_change", args=[event.pk])
    assert "127" not in client.get(change).content.decode()  # noted by a command: from nowhere
    assert client.post(change, {"who": "nobody"}).status_code == 403
    assert Event.objects.get().who == "edith"


def test_the_history_of_an_article_says_what_was_decided(client, edith):
    article = make_article()
    publishing.publish(article, by=edith)
    html = client.get(address(article, "history")).content.decode()
    section = html[html.index("What was decided") :]
    assert "Published" in section
    assert "edith" in section


def rows(response):
    text = response.getvalue().decode().removeprefix(spreadsheets.MARK)
    return list(csv.DictReader(StringIO(text)))


def test_what_is_filtered_is_saved_as_a_file_in_which_nothing_is_a_formula(client, edith):
    trail.note(trail.Action.PUBLISHED, make_article("=HYPERLINK(1)", slug="x"), by=edith, detail="+1, “so”")
    trail.note(trail.Action.WITHDRAWN, make_article("Another"), by=edith)
    response = client.get(f"{TRAIL}export/", {"action__exact": "published"})
    assert response["Content-Disposition"] == 'attachment; filename="trail.csv"'
    (row,) = rows(response)
    assert (row["title"], row["detail"], row["who"]) == ("'=HYPERLINK(1)", "'+1, “so”", "edith")
    assert (row["action"], row["channel"]) == ("Published", "A command")
    assert row["at"] == Event.objects.last().at.isoformat(timespec="seconds")


def test_the_file_ends_somewhere_and_says_so(client, edith, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST", 2)
    for _ in range(4):
        trail.note(
            trail.Action.PUBLISHED, make_article("On pay", slug=f"pay-{Event.objects.count()}"), by=None
        )
    found = rows(client.get(f"{TRAIL}export/"))
    assert [row["at"] for row in found][-1] == "The list ends after 2 rows. Filter to see others."
    assert len(found) == 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(("=1", "'=1"), (" @x", "' @x"), ("-1", "'-1"), (-1, -1), (None, ""), ("a=1", "a=1")),
        *(("\tx", "'\tx"), ("\u00a0=1", "'\u00a0=1"), ("＝1", "'＝1"), ("\n@x", "'\n@x")),
    ],
)
def test_what_a_spreadsheet_takes_for_a_formula_is_made_text(value, expected):
    assert spreadsheets.cell(value) == expected
