"""What is found on the desk by the beginnings of words."""

import pytest
from django.db import connection
from django.urls import reverse

from articles import finding
from articles.models import Article, Comment, PreviewLink, Publication, Revision
from articles.publishing import record
from tests.makers import make_article, make_comment, make_user, publish

pytestmark = pytest.mark.django_db


def titles(typed):
    return {article.title for article in finding.articles(Article.objects.all(), typed)}


def test_all_words_are_found_by_their_beginnings_wherever_they_stand():
    make_article("Remote work, well paid", slug="far-away", summary="Über Geld.")
    make_article("Night shifts")
    for typed in ("remote", "REM", "paid remo", "work far-aw", "über", "“Remote” & (paid)*", "_work_"):
        assert titles(typed) == {"Remote work, well paid"}, typed
    for typed in ("emote", "remote shifts", "--", '" OR "night', "%", "ni_ht"):
        assert titles(typed) == set(), typed


def test_what_changes_is_found_by_its_new_words_alone():
    article = make_article("First words")
    Article.objects.update(title="Second words", slug="second", summary="")
    assert (titles("first"), titles("second")) == (set(), {"Second words"})
    article.delete()
    make_article("Third words")
    assert (titles("second"), titles("words")) == (set(), {"Third words"})


def test_what_belongs_to_an_article_is_found_by_its_words_or_by_the_articles():
    article, other = make_article("Remote work"), make_article("Night shifts")
    publish(article)
    comment, _ = make_comment(article, text="Splendid"), make_comment(other)
    record(other, by=None, note="Corrected the wages")
    assert finding.comments(Comment.objects.all(), "splen").get() == comment
    assert finding.comments(Comment.objects.all(), "remote").get() == comment
    assert finding.revisions(Revision.objects.all(), "wag corr").get().article == other
    assert finding.revisions(Revision.objects.all(), "remote").get().article == article
    assert finding.publications(Publication.objects.all(), "remote").get().article == article
    assert not finding.preview_links(PreviewLink.objects.all(), "remote").exists()


def test_lists_fields_and_choosers_find_alike(client):
    client.force_login(make_user(superuser=True))
    make_article("Remote work")
    listed = client.get(reverse("admin:articles_article_changelist"), {"q": "wor rem"})
    assert [row.title for row in listed.context["cl"].result_list] == ["Remote work"]
    chosen = client.get(reverse("admin:link_targets"), {"q": "wor rem"}).json()["results"]
    assert [row["title"] for row in chosen] == ["Remote work"]


def test_the_tables_have_the_triggers_that_keep_the_words():
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1")
        found = dict(cursor.fetchall())
    del found["articles_event"]  # which has its own
    assert found == {
        "articles_article": 3,
        "articles_comment": 3,
        "articles_publication": 10,
        "articles_revision": 4,
        "articles_word": 2,
    }
