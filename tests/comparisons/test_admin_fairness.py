"""The fairness page of a comparison: the figures of its form, what was found, and the reader examples."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from articles import publishing
from comparisons.models import CareerPath, QuestionBank
from tests.base import queries
from tests.comparisons.unfair import STOPS, changed, example, gig_work, rate, ready, without_a_rationale
from tests.forms import address
from tests.makers import golden, make_comparison, make_path, make_user, publish, questions, ratings

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


class Texts(HTMLParser):
    """What a reader of the page gets to read, and the rows of its tables."""

    def __init__(self):
        super().__init__()
        self.words, self.rows, self._row = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self._row = []
            self.rows.append(self._row)

    def handle_endtag(self, tag):
        if tag == "tr":
            self._row = []

    def handle_data(self, data):
        text = " ".join(data.split())
        if text:
            self.words.append(text)
            self._row.append(text)


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def shown(client, comparison):
    response = client.get(address(comparison, "fairness"))
    assert response.status_code == 200
    texts = Texts()
    texts.feed(response.content.decode())
    return texts


def text(client, comparison):
    return " ".join(shown(client, comparison).words)


# --- Figures -------------------------------------------------------------------------------------


def test_the_figures_of_the_worked_example_can_be_read(client, editor):
    rows = shown(client, golden()).rows
    assert ["Lean to Microtask gig work", "27.12%"] in rows
    assert ["Lean to Remote project management", "40.58%"] in rows
    assert ["Too close to call", "32.30%"] in rows
    assert ["Mean margin", "2.0 points towards Remote project management"] in rows
    assert [
        "The middle option everywhere",
        "4.5 points towards Remote project management: too close to call",
    ] in rows


def test_the_picture_shades_the_band_and_has_a_text_equivalent(client, editor):
    response = client.get(address(golden(), "fairness")).content.decode()
    assert response.count('<rect class="band"') == 1
    assert response.count('<rect class="bar"') > 40
    titled = r'<svg[^>]* role="img" aria-labelledby="(.*?)">\s*<title id="\1">(.*?)</title>'
    assert re.search(titled, response)[2] == (
        "The margin reaches from about 42 points for Microtask gig work to about 40 points for "
        "Remote project management. The highest bar stands at 2.0 points towards Remote project management, "
        "the mean at 2.0 points towards Remote project management."
    )
    assert "Within ±5.0 points, the paler band, it is too close to call." in " ".join(response.split())


def test_the_same_figures_stand_in_a_table_whose_shares_add_up(client, editor):
    rows = [row for row in shown(client, golden()).rows if len(row) == 2 and "points" in row[0]]
    shares = [float(share.removesuffix("%")) for _, share in rows]
    assert sum(shares) == pytest.approx(100, abs=0.2)


def test_more_than_two_paths_are_shown_by_pairs_with_their_errors(client, editor):
    comparison = golden()
    third = make_path("Tutoring", ratings=ratings(questions(QuestionBank.objects.get()), 3))
    publish(third)
    words = text(client, make_comparison(*comparison.paths.all(), third, title="Three"))
    assert "How far Remote project management and Tutoring are apart" in words
    assert words.count("The same as a table") == 3
    assert re.search(r"Lean to Tutoring \d+\.\d\d% ± 0\.\d\d%", words)
    assert "20000 answer sets drawn at random (seed 1977)" in words


# --- Checks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_publication_comes_first_and_says_so_in_words(client, editor, name):
    change, message = STOPS[name]
    page = shown(client, ready(change))
    assert "It can’t be published as it is:" in page.words
    first = next(row for row in page.rows if row[:1] == ["✖"])
    assert first[1] == "Stops publication"
    assert message in " ".join(page.words)


def test_every_check_has_its_level_and_its_figure(client, editor):
    rows = {tuple(row[1:3]): row for row in shown(client, golden()).rows if row[0] in "✖⚠✓"}
    assert rows["As it should be", "Reach: each path can win"][-1] in ("27.12%", "40.58%")
    assert rows["As it should be", "Lean: the mean margin"][-1] == "mean 2.0"
    assert rows["As it should be", "Lean: the middle everywhere"][-1] == "margin 4.5"
    assert rows["Worth a look", "Displayed reversed"][-1] == "0.00%"
    assert rows["Worth a look", "Options with the same effect"][-1] == "2 options"
    assert "Cite what it rests on." in rows["Worth a look", "Evidence: source"][3]


def test_where_nothing_stops_it_the_page_says_that(client, editor):
    assert "Nothing stops its publication." in text(client, golden())


# --- Reader examples -----------------------------------------------------------------------------


def test_each_reader_example_stands_there_with_what_came_out(client, editor):
    comparison = golden()
    expectations = [gig_work(), CareerPath.objects.get(title="Remote project management"), None]
    examples = [example(comparison, expected=each) for each in expectations]
    changed(comparison, lambda document: document.update(examples=examples))
    rows = [row for row in shown(client, comparison).rows if "wants side income on Sundays" in row]
    came = "lean to Microtask gig work: it is 14.5 points ahead"
    assert [row[1:] for row in rows] == [
        ["As it should be", "wants side income on Sundays", "lean to Microtask gig work", came],
        ["Stops publication", "wants side income on Sundays", "lean to Remote project management", came],
        ["Stops publication", "wants side income on Sundays", "be too close to call", came],
    ]


# --- Of what -------------------------------------------------------------------------------------


def test_paths_are_as_readers_see_them_and_as_drafts_where_they_are_not_live(client, editor):
    comparison = golden()
    without_a_rationale(comparison)
    assert "Nothing stops its publication." in text(client, comparison)
    publishing.withdraw(gig_work(), by=None, with_dependents=True)
    words = text(client, comparison)
    assert "Not live yet, and taken as their drafts are: “Microtask gig work”." in words
    assert "has no rationale" in words


def test_a_bank_that_was_never_published_is_taken_as_its_draft_is(client, editor):
    words = text(client, golden(published=False))
    assert "“Question bank”" in words
    assert "27.12%" in words


def test_without_a_form_there_is_nothing_to_look_at(client, editor):
    one, two = make_path("One"), make_path("Two")
    assert "There is no decision form to look at" in text(client, make_comparison(one, two))
    assert "There is no decision form to look at" in text(client, make_comparison(one, title="One alone"))


def test_it_is_of_the_draft_and_changes_nothing(client, editor):
    comparison = golden()
    before = publishing.standing(comparison)
    change, message = STOPS["dominant question"]
    change(comparison)
    assert message in text(client, comparison)
    assert publishing.standing(comparison) == before
    assert comparison.revisions.count() == 1


# --- Who may look --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "status"), [("Editor", 200), ("Author", 200), ("Moderator", 200), ("nobody", 403), (None, 302)]
)
def test_all_who_may_see_the_comparison_may_look(client, group, status):
    if group:
        client.force_login(make_user(group=group if group != "nobody" else None))
    assert client.get(address(golden(), "fairness")).status_code == status


def test_it_is_there_to_read_only_and_for_comparisons_only(client, editor):
    comparison = golden()
    assert client.post(address(comparison, "fairness")).status_code == 405
    nowhere = reverse("admin:comparisons_comparison_fairness", args=[gig_work().pk])
    assert client.get(nowhere).status_code == 404


def test_more_questions_examples_and_sources_take_no_more_queries(client, editor):
    comparison = golden()
    client.get(address(comparison, "fairness"))
    with queries() as few:
        client.get(address(comparison, "fairness"))
    examples = [example(comparison, expected=gig_work()) for _ in range(5)]
    changed(comparison, lambda document: document.update(examples=examples))
    rate(q1={"value": 6})(comparison)
    with queries() as many:
        client.get(address(comparison, "fairness"))
    assert len(many) == len(few) <= 30
