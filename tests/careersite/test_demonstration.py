"""The demonstration content: complete in itself, and loaded without touching what is here already."""

import json
import re
from datetime import UTC, date, datetime
from fractions import Fraction
from io import StringIO
from itertools import combinations

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Pillow

from articles import documents, kinds, publishing
from articles.models import Article, Author, Comment, Event, Image, Publication, Revision, Section, State, Tag
from careersite.demonstration import content
from comparisons import decision, examination, gate, pay
from comparisons.checks import BANK_SLUG
from comparisons.models import CareerPath, Comparison, Difference, Fact, Point, QuestionBank, Rating
from tests.makers import make_user

MOMENT = datetime(2026, 12, 1, tzinfo=UTC)
TABLES = (Article, Author, Comment, Difference, Fact, Point, Publication, Rating, Revision, Section, Tag)
WANTED = [{"language": "en"} | document for document in content.documents()]
BANK, *_ = WANTED
PATHS = [document for document in WANTED if document["kind"] == "career-path"]
QUESTIONS = [question for criterion in BANK["criteria"] for question in criterion["questions"]]
COMPARISONS = [document for document in WANTED if document["kind"] == "comparison"]
GOLDEN_COMPARISON = next(each for each in COMPARISONS if each["slug"].startswith("microtask-gig-work-vs-"))
GIG_WORK = next(path for path in PATHS if path["slug"] == "microtask-gig-work")
GOLDEN = {
    "experience": ("at_most", 5, 75),
    "skill-building": ("at_least", 15, 85),
    "income-needed": ("at_least", 20, 85),
    "time-to-first-pay": ("at_most", 10, 75),
    "project-length": ("near", 10, 80),
    "repetition": ("at_most", 85, 30),
    "fixed-hours": ("at_most", 5, 70),
    "influence": ("at_least", 15, 75),
    "company": ("near", 10, 85),
    "responsibility": ("at_most", 10, 85),
}


def named(document):
    return f"{document['kind']}:{document['slug']}"


def load(**options):
    output = StringIO()
    call_command("load_demonstration", stdout=output, **options)
    return output.getvalue().splitlines()


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


def cited(document):
    rows = (*document.get("points", ()), *document.get("facts", ()), *document.get("ratings", ()))
    return [source for row in (*rows, *document.get("differences", ())) for source in row["sources"]]


# --- What the files say -------------------------------------------------------------------------


def test_there_are_a_question_bank_six_paths_two_articles_and_four_comparisons():
    found = [document["kind"] for document in WANTED]
    assert found == ["question-bank", *["career-path"] * 6, *["article"] * 2, *["comparison"] * 4]


@pytest.mark.parametrize("document", WANTED, ids=named)
def test_nothing_breaks_a_rule_of_publishing(document):
    assert list(kinds.get(document["kind"]).problems(document, MOMENT)) == []


def test_the_question_bank_has_the_slug_that_the_site_looks_for():
    assert BANK["slug"] == BANK_SLUG
    assert content.needs(GIG_WORK) == [BANK["id"]]


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_every_path_is_rated_on_every_question_and_says_why(path):
    assert [rating["question"] for rating in path["ratings"]] == [question["id"] for question in QUESTIONS]
    assert all(rating["rationale"] for rating in path["ratings"])


@pytest.mark.parametrize(
    "pair", list(combinations(PATHS, 2)), ids=lambda pair: f"{pair[0]['slug']}:{pair[1]['slug']}"
)
def test_any_two_paths_can_be_compared_on_every_question(pair):
    form = decision.build({"questions": []}, pair, BANK, date(2026, 12, 1))
    assert [path.id for path in form.paths] == [path["id"] for path in pair]
    assert [question.id for question in form.questions] == [question["id"] for question in QUESTIONS]


def test_the_golden_pair_has_the_ratings_and_shapes_of_the_worked_example():
    project = next(path for path in PATHS if path["slug"] == "remote-project-management")
    rated = zip(QUESTIONS, GIG_WORK["ratings"], project["ratings"], strict=True)
    found = {q["slug"]: (q["shape"], first["value"], second["value"]) for q, first, second in rated}
    assert found == GOLDEN
    assert {rating["uncertainty"] for path in (GIG_WORK, project) for rating in path["ratings"]} == {10}


@pytest.mark.parametrize("comparison", COMPARISONS, ids=named)
def test_every_comparison_passes_its_own_gate(comparison):
    assert [stop.message for stop in gate.stops(form_of(comparison), comparison)] == []


def form_of(comparison):
    return decision.build({"questions": []} | comparison, paths_of(comparison), BANK, MOMENT.date())


def paths_of(comparison):
    by_id = {path["id"]: path for path in PATHS}
    return [by_id[contender["path"]] for contender in comparison["contenders"]]


def test_about_half_of_the_questions_are_displayed_reversed():
    assert sum(question["reversed"] for question in QUESTIONS) == len(QUESTIONS) / 2


def test_the_golden_comparison_has_a_reader_example_for_each_path_that_answers_everything():
    expected = [example["expected"] for example in GOLDEN_COMPARISON["examples"]]
    assert expected == [path["id"] for path in paths_of(GOLDEN_COMPARISON)]
    asked = {question["id"] for question in QUESTIONS}
    assert all(example["answers"].keys() == asked for example in GOLDEN_COMPARISON["examples"])


def test_the_golden_comparison_has_the_figures_of_the_worked_example():
    report = examination.examine(form_of(GOLDEN_COMPARISON))
    shares = [round(share * 100, 2) for share in report.leaning.values()]
    assert shares == [Fraction("27.12"), Fraction("40.58")]
    assert (report.margins[0].mean, report.middle.margin) == (-2, Fraction("4.5"))


@pytest.mark.parametrize("document", WANTED, ids=named)
def test_every_source_cited_exists_and_every_source_is_cited(document):
    assert set(cited(document)) == {source["id"] for source in document.get("sources", ())}


def test_every_link_within_the_site_leads_to_a_page_of_the_demonstration():
    pages = {kinds.get(document["kind"]).address(document["slug"]) for document in WANTED}
    text = json.dumps([document.get(part) for document in WANTED for part in ("sections", "calls_to_action")])
    links = set(re.findall(r'(?:href=\\"|"url": ")(/[^"\\]*)', text))
    assert links
    assert {link.removesuffix("decide/") for link in links} <= pages


def test_every_author_and_tag_is_used():
    for name, rows in (("authors", content.authors()), ("tags", content.tags())):
        used = {item["id"] for document in WANTED for item in document.get(name, ())}
        assert used == {row["id"] for row in rows}


def test_a_reply_answers_a_first_reply_on_the_same_article():
    replies = {reply["id"]: reply for reply in content.comments(WANTED)}
    answered = [(reply, replies[reply["parent_id"]]) for reply in replies.values() if reply["parent_id"]]
    assert answered
    for reply, first in answered:
        assert (first["article_id"], first["parent_id"]) == (reply["article_id"], None)


def test_headings_in_prose_are_at_the_third_level():
    assert content.html("# One\n\n##### Two") == "<h3>One</h3>\n<h3>Two</h3>"


def test_html_in_prose_stays_text():
    assert content.html("a <script>b</script>") == "<p>a &lt;script&gt;b&lt;/script&gt;</p>"


# --- Loading ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_loading_publishes_everything_and_says_so():
    *lines, total = load()
    assert [line[:8] for line in lines] == ["made    "] * len(WANTED)
    assert total == "13 made, 0 kept, 0 skipped; comments added: 8."
    live = Publication.objects.at(timezone.now()).values_list("article_id", flat=True)
    assert {str(pk) for pk in live} == {document["id"] for document in WANTED}
    assert set(Article.objects.with_state(timezone.now()).values_list("state", flat=True)) == {State.LIVE}
    pictures = [Pillow.open(image.file).size == (image.width, image.height) for image in Image.objects.all()]
    assert pictures == [True, True]


@pytest.mark.any_database
@pytest.mark.django_db
def test_what_the_files_say_of_pay_is_published():
    load()
    live = Publication.objects.at(timezone.now()).of_kind("career-path").select_related("revision")
    paid = [pay.told(documents.upgrade(publication.revision.document)) for publication in live]
    assert len(paid) == 6
    assert all(paid)


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_allow_list_of_rich_text_removes_nothing():
    load()
    stored = {str(pk): body for pk, body in Section.objects.values_list("pk", "body")}
    assert stored == {s["id"]: s["body"] for document in WANTED for s in document.get("sections", ())}


@pytest.mark.any_database
@pytest.mark.django_db
def test_loading_twice_makes_nothing_new():
    load()
    before = counts()
    assert load()[-1] == "0 made, 13 kept, 0 skipped; comments added: 0."
    assert counts() == before


@pytest.mark.django_db
def test_a_second_run_reads_once_and_writes_nothing():
    load()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load()
    own = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert [sql.split()[0] for sql in own] == ["SELECT"]


@pytest.mark.any_database
@pytest.mark.django_db
def test_loading_keeps_what_an_editor_changed():
    load()
    path = CareerPath.objects.get(slug="microtask-gig-work")
    CareerPath.objects.filter(pk=path.pk).update(title="Click work", slug="click-work")
    path.points.all().delete()
    Comment.objects.all().delete()
    publishing.withdraw(Comparison.objects.earliest("created_at"), by=None)
    before = counts()
    load()
    path.refresh_from_db()
    assert (path.title, path.slug, counts()) == ("Click work", "click-work", before)


@pytest.mark.any_database
@pytest.mark.django_db
def test_an_article_of_an_editor_keeps_its_slug_and_what_needs_the_path_is_skipped():
    own = CareerPath.objects.create(kind="career-path", title="Ours", slug="microtask-gig-work")
    *lines, total = load()
    assert [line for line in lines if line.startswith("skipped")] == [
        "skipped career path “Microtask gig work”: another one here has the slug “microtask-gig-work”.",
        "skipped comparison “Microtask gig work vs remote project management”: "
        "it rests on one that was skipped.",
    ]
    assert total == "11 made, 0 kept, 2 skipped; comments added: 5."
    own.refresh_from_db()
    assert (own.title, own.sections.count()) == ("Ours", 0)


@pytest.mark.any_database
@pytest.mark.django_db
def test_beside_a_question_bank_of_the_site_only_the_articles_are_loaded():
    QuestionBank.objects.create(kind="question-bank", title="Ours", slug=BANK_SLUG)
    assert load()[-1] == "2 made, 0 kept, 11 skipped; comments added: 1."


@pytest.mark.any_database
@pytest.mark.django_db
def test_what_cannot_be_published_is_left_out_with_the_reason_and_no_draft_of_it_stays():
    load()
    comparison = Comparison.objects.get(slug="microtask-gig-work-vs-remote-project-management")
    publishing.withdraw(comparison, by=None)
    publishing.withdraw(
        CareerPath.objects.get(slug="remote-project-management"), by=None, with_dependents=True
    )
    forget(comparison)
    skipped = [line for line in load() if line.startswith("skipped")]
    assert len(skipped) == 1
    assert "needs “Remote project management”, not live" in skipped[0]
    assert not Comparison.objects.filter(slug=comparison.slug).exists()


def forget(article):
    """Remove an article with its history, which the site itself never does."""
    Publication.objects.filter(article=article).delete()
    Revision.objects.filter(article=article).delete()
    article.delete()


@pytest.mark.any_database
@pytest.mark.django_db
def test_authors_and_tags_that_are_here_are_used_as_they_are():
    author = Author.objects.create(name="I. S.", slug="imogen-sallow", bio="Ours")
    tag = Tag.objects.create(name="Remote work", slug="remote")
    load()
    author.refresh_from_db()
    assert (author.name, author.bio, Author.objects.count()) == ("I. S.", "Ours", 3)
    composed = documents.compose(Article.objects.get(slug="try-a-career-for-a-fortnight"))
    assert composed["authors"][0]["id"] == str(author.pk)
    assert str(tag.pk) in [item["id"] for item in composed["tags"]]
    assert all(Author.objects.values_list("bio", flat=True))
    assert all(Tag.objects.exclude(pk=tag.pk).values_list("description", flat=True))


@pytest.mark.any_database
@pytest.mark.django_db
def test_comments_are_approved_lie_in_the_past_and_stand_in_order():
    load()
    found = list(Comment.objects.order_by("created_at"))
    assert [str(comment.pk) for comment in found] == [reply["id"] for reply in content.comments(WANTED)]
    assert {comment.status for comment in found} == {Comment.Status.APPROVED}
    assert found[-1].created_at < timezone.now()
    for comment in found:
        comment.full_clean()


# --- Where nothing is published without an approval --------------------------------------------------


@pytest.mark.django_db
@pytest.mark.any_database
def test_where_an_approval_is_required_it_is_loaded_as_drafts_and_says_what_to_do(settings):
    settings.REVIEW_REQUIRED = True
    *_, totals, what_to_do = load()
    assert totals.startswith("0 made, 13 drafted, 0 kept, 0 skipped; comments added: ")
    assert "--approved-by LOGIN" in what_to_do
    assert not Publication.objects.exists()
    assert "--approved-by LOGIN" in load()[-1]
    changed = Article.objects.get(pk=BANK["id"])
    rita = make_user("rita", group="Reviewer")
    *_, totals = load(approved_by="rita")
    assert totals == "0 made, 13 published, 0 kept, 0 skipped; comments added: 0."
    told = Event.objects.filter(article=changed.pk).order_by("id").values_list("action", "who", "channel")
    assert list(told) == [(name, rita.username, "command") for name in ("submitted", "approved", "published")]
    assert load()[-1] == "0 made, 13 kept, 0 skipped; comments added: 0."


@pytest.mark.django_db
@pytest.mark.any_database
def test_it_is_published_at_once_where_somebody_is_named_who_may_approve(settings):
    settings.REVIEW_REQUIRED = True
    make_user("edith", group="Editor")
    assert load(approved_by="edith")[-1].startswith("13 made, 0 kept, 0 skipped; ")
    assert Publication.objects.count() == 13
    assert not mail.outbox


@pytest.mark.django_db
@pytest.mark.any_database
def test_only_who_may_approve_is_taken_for_an_approval():
    make_user("anna", group="Author")
    for name in ("anna", "nobody"):
        with pytest.raises(CommandError, match=f"There is no login “{name}” that may approve"):
            load(approved_by=name)
