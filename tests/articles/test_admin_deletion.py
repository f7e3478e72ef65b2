"""Authors, tags and images that articles need are not deleted, and the page says which articles these are."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.admin.deletion import SHOWN
from articles.models import Article, Author, Image, Tag
from tests.base import DAY, at
from tests.forms import address
from tests.makers import embedded, make_article, make_author, make_tag, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def tagged(title, tag):
    return make_article(title, tags=[embedded(tag)])


def link(article):
    return f'“<a href="{address(article)}">{article.title}</a>”'


def delete(client, *rows):
    """One from its own page, several from their list."""
    if len(rows) == 1:
        return client.post(address(rows[0], "delete"), {"post": "yes"})
    listed = reverse(f"admin:articles_{type(rows[0])._meta.model_name}_changelist")
    chosen = [str(row.pk) for row in rows]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    return client.post(listed, data)


def test_a_tag_that_readers_see_stays_and_the_articles_are_named(client):
    tag = make_tag()
    live, draft = tagged("Live with it", tag), tagged("A draft with it", tag)
    publish(live)
    html = delete(client, tag).content.decode()
    assert f"{link(live)}, live since" in html
    assert "which names Remote work" in html
    assert draft.title not in html
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_tag_that_readers_will_see_stays(client):
    tag = make_tag()
    article = tagged("Soon with it", tag)
    publishing.schedule(article, by=None, at=timezone.now() + DAY)
    assert f"{link(article)}, scheduled for" in delete(client, tag).content.decode()
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_tag_of_a_live_publication_stays_where_the_draft_has_lost_it(client):
    tag = make_tag()
    article = tagged("Live with it", tag)
    publish(article)
    article.tags.clear()
    assert link(article) in delete(client, tag).content.decode()
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_tag_that_no_reader_sees_any_more_is_deleted(client):
    tag = make_tag()
    article = tagged("Over", tag)
    publish(article)
    with at(timezone.now() + DAY):
        publishing.withdraw(article, by=None)
    with at(timezone.now() + 2 * DAY):
        delete(client, tag)
    assert not Tag.objects.exists()


def test_of_several_one_that_readers_see_keeps_all(client):
    used, unused = make_tag("Used"), make_tag("Unused")
    article = tagged("Live with it", used)
    publish(article)
    html = delete(client, used, unused).content.decode()
    assert f"{link(article)}, live since" in html
    assert "which names Used" in html
    assert Tag.objects.count() == 2


def test_several_that_nobody_uses_are_deleted_together(client):
    delete(client, make_tag("One"), make_tag("Two"))
    assert not Tag.objects.exists()


def test_an_author_whom_readers_see_stays_where_the_draft_has_lost_them(client):
    author = make_author()
    article = make_article()
    publish(article)
    article.bylines.all().delete()
    html = delete(client, author).content.decode()
    assert f"{link(article)}, live since" in html
    assert "which names Ann Author" in html
    assert Author.objects.exists()


def test_an_author_or_reviewer_of_a_draft_stays_and_the_drafts_are_named(client):
    written, reviewed = make_article("Written"), make_article("Reviewed", authors=("Zoe",))
    author = make_author()
    Article.objects.filter(pk=reviewed.pk).update(reviewer=author)
    html = delete(client, author).content.decode()
    assert f"the draft of {link(written)}" in html
    assert f"the draft of {link(reviewed)}" in html
    assert "Byline" not in html
    assert Author.objects.filter(pk=author.pk).exists()


def test_an_image_of_a_draft_stays_and_the_draft_is_named(client):
    image = Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")
    article = make_article()
    Article.objects.update(image=image)
    assert f"the draft of {link(article)}" in delete(client, image).content.decode()
    assert Image.objects.exists()


def test_a_long_list_is_shortened(client):
    tag = make_tag()
    for number in range(SHOWN + 1):
        publish(tagged(f"Article {number}", tag))
    html = delete(client, tag).content.decode()
    assert html.count("live since") == SHOWN
    assert "and others" in html
