"""Translations of one article: readers and search engines are led from one language to the other."""

import pytest
from django.utils import timezone

from articles import checking, documents, publishing
from articles.models import Article
from tests.base import queries
from tests.makers import golden, make_article, make_user, publish

pytestmark = pytest.mark.django_db

HERE = "/articles/how-to-read-a-pay-figure/"
THERE = "/articles/gehaltsangaben-lesen/"
LINKS = (
    f'<link rel="alternate" hreflang="de" href="http://127.0.0.1:8000{THERE}">'
    f'<link rel="alternate" hreflang="en" href="http://127.0.0.1:8000{HERE}">'
    f'<link rel="alternate" hreflang="x-default" href="http://127.0.0.1:8000{HERE}">'
)


EMPTY = {
    "differences": [],
    "sections": [{"role": "introduction", "body": "<p>Worum es geht.</p>"}],
    "points": [],
}


def make_pair():
    original = make_article()
    translation = make_article("Gehaltsangaben lesen", language="de", translates=str(original.pk))
    return original, translation


def page(client, address):
    with queries() as found:
        response = client.get(address)
    assert response.status_code == 200
    assert len(found) == 2  # the page with its translations, and the replies
    return response.content.decode()


def findings(article):
    document = documents.compose(article)
    found = checking.found(document, timezone.now())
    return [each.message for each in found if each.check == "translation"]


def test_both_pages_name_each_other_and_themselves(client):
    for article in make_pair():
        publish(article)
    here, there = page(client, HERE), page(client, THERE)
    assert LINKS in here
    assert LINKS in there
    assert f'Also in: <a href="{THERE}" hreflang="de" lang="de">Deutsch</a>' in here
    assert f'Auch auf: <a href="{HERE}" hreflang="en" lang="en">English</a>' in there


def test_a_translation_that_is_not_live_is_not_named(client):
    original, translation = make_pair()
    publish(original)
    assert "hreflang" not in page(client, HERE)
    publish(translation)
    assert "hreflang" in page(client, HERE)
    publishing.withdraw(translation, by=None)
    assert "hreflang" not in page(client, HERE)


def test_a_comparison_is_translated_at_no_further_query(client):
    comparison = golden()
    document = documents.compose(comparison)
    other = make_comparison_in_german(document)
    publish(other)
    with queries() as found:
        response = client.get(f"/compare/{comparison.slug}/")
    assert len(found) == 3
    assert 'Also in: <a href="/compare/mikrojobs-oder-projektleitung/"' in response.content.decode()


def make_comparison_in_german(document):
    own = {"title": "Mikrojobs oder Projektleitung", "slug": "mikrojobs-oder-projektleitung"}
    named = {key: value for key, value in document.items() if key not in ("id", "contenders", "differences")}
    contenders = [{"path": each["path"]} for each in document["contenders"]]
    rest = {"language": "de", "translates": document["id"], "contenders": contenders} | EMPTY
    return documents.restore(named | own | rest)


def test_nothing_is_found_where_the_original_is_live_in_another_language():
    original, translation = make_pair()
    publish(original)
    assert findings(translation) == []
    assert findings(original) == []


@pytest.mark.parametrize(
    ("original", "said"),
    [
        ({"language": "de"}, "is in the same language"),
        ({"published": False}, "is not live"),
        ({"translates": True}, "is a translation itself"),
    ],
)
def test_what_keeps_readers_from_being_led_is_found(original, said):
    first, translation = make_pair()
    if original.get("published", True):
        publish(first)
    first.language = original.get("language", "en")
    first.translates = make_article("The very first") if original.get("translates") else None
    first.save()
    assert [said in message for message in findings(translation)] == [True]


def test_an_article_that_names_itself_is_told_so():
    article = make_article()
    article.translates = article
    article.save()
    assert ["names itself" in message for message in findings(article)] == [True]


def test_what_is_purged_is_not_named_any_more():
    original, translation = make_pair()
    Article.objects.filter(pk=original.pk).delete()
    translation.refresh_from_db()
    assert documents.compose(translation)["translates"] is None


def test_an_original_of_any_kind_is_found_by_its_title(client):
    golden()
    make_article()
    client.force_login(make_user(group="Editor"))
    wanted = {"app_label": "articles", "model_name": "article", "field_name": "translates"}
    found = client.get("/admin/autocomplete/", wanted | {"term": "microtask"}).json()["results"]
    assert {each["text"] for each in found} == {
        "Microtask gig work",
        "Microtask gig work vs Remote project management",
    }
