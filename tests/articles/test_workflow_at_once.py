"""Two who decide at the same moment, each in a thread and a connection of its own."""

import threading
from functools import partial

import pytest
from django.db import connection

from articles import documents, publishing, workflow
from articles.models import Article, Review
from articles.obstacles import Conflict, PublishingError
from tests.makers import article_document, make_article, make_user
from tests.programs import Program

pytestmark = [pytest.mark.django_db(transaction=True)]


def at_once(*runs):
    """What came of each: its result or why it was refused."""
    barrier, found = threading.Barrier(len(runs)), []

    def run(each):
        barrier.wait(timeout=10)
        try:
            found.append(each())
        except PublishingError as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return found


@pytest.fixture
def article():
    article = make_article()
    workflow.submit(article, by=None)
    return article


def test_of_two_reviewers_one_decides_and_the_other_is_told(article):
    rita, edith = make_user("rita", group="Reviewer"), make_user("edith", group="Editor")
    seen, revision = workflow.standing(Review.objects.get()), article.revisions.first()
    found = at_once(
        partial(workflow.approve, article, revision=revision, by=rita, seen=seen),
        partial(workflow.request_changes, article, by=edith, note="Why?", seen=seen),
    )
    assert sorted(isinstance(each, Conflict) for each in found) == [False, True]
    assert Review.objects.get().version == 2


def test_what_is_saved_at_the_moment_of_an_approval_is_never_approved_unseen(article):
    rita = make_user("rita", group="Reviewer")
    looked_at = article.revisions.first()

    def save():
        documents.restore(documents.compose(article) | {"summary": "Changed."})
        return publishing.record(Article.objects.get(pk=article.pk), by=None)

    at_once(partial(workflow.approve, article, revision=looked_at, by=rita), save)
    review = Review.objects.get()
    assert article.revisions.first().number == 2
    assert review.state in ("in-review", "lapsed")
    with pytest.raises(publishing.Unapproved):
        publishing.publish(article, by=None)


def test_of_two_who_submit_at_once_there_is_one_review():
    article = make_article()
    publishing.record(article, by=None)
    at_once(*(partial(workflow.submit, article, by=None, note=note) for note in ("One", "Two")))
    assert Review.objects.open().count() == 1


def test_of_two_programs_that_write_from_one_revision_one_is_told_and_nothing_is_lost(article):
    programs = [Program("anna", group="Author"), Program("edith", group="Editor")]

    def write(program, member):
        body = {"document": {member: f"By {program.user}"}, "revision": 1}
        return program.patch(article, body).status_code

    found = at_once(partial(write, programs[0], "title"), partial(write, programs[1], "summary"))
    assert sorted(found) == [200, 409]
    assert article.revisions.count() == 2


def test_of_two_programs_that_begin_with_one_slug_one_is_refused():
    programs = [Program("anna", group="Author"), Program("edith", group="Editor")]
    sent = [article_document("article", "The same") for _ in programs]

    def begin(program, document):
        return program.post(body={"document": document}).status_code

    found = at_once(*(partial(begin, *each) for each in zip(programs, sent, strict=True)))
    assert sorted(found) == [201, 400]
