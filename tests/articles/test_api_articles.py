"""Lists of articles and single ones over the API: whole payloads, queries, versions, old addresses."""

import json

import pytest
from django.utils import timezone

from articles import documents, publishing
from articles.api import items
from articles.models import Revision
from tests.base import HOUR, at, queries, soon
from tests.makers import embedded, make_article, make_path, make_tag, publish

pytestmark = pytest.mark.django_db

LIST, DETAIL = "/api/v1/articles/", "/api/v1/articles/how-to-read-a-pay-figure/"


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


def tagged(*names):
    return [embedded(make_tag(name)) for name in names]


def shown(publication, **more):
    """What lists show of a publication of `make_article`."""
    return {
        "id": str(publication.article_id),
        "kind": "article",
        "slug": "how-to-read-a-pay-figure",
        "url": "/articles/how-to-read-a-pay-figure/",
        "title": "How to read a pay figure",
        "summary": "What How to read a pay figure is about, in one sentence.",
        "language": "en",
        "reviewed_on": None,
        "authors": [{"name": "Ann Author", "slug": "ann-author"}],
        "tags": [],
        "minutes": 1,
        "first_published_at": instant(publication.first_published_at),
        "published_at": instant(publication.starts_at),
        "revision": 1,
        **more,
    }


def revised(article, **changes):
    """The article with changes, published anew."""
    documents.restore(documents.compose(article) | changes)
    return publish(article)


def titles(client, query):
    response = client.get(LIST, query)
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["results"]]


def test_a_list_shows_what_is_live(client):
    publication = publish(make_article(tags=tagged("Pay")))
    make_article("A draft")
    publish(make_path())
    assert client.get(LIST).json() == {
        "next": None,
        "previous": None,
        "results": [shown(publication, tags=[{"name": "Pay", "slug": "pay"}])],
    }


def test_an_article_comes_with_its_whole_document(client):
    article = make_article()
    publication = publish(article)
    response = client.get(DETAIL)
    assert response["Content-Type"] == "application/json"
    assert response.json() == shown(publication, document=documents.compose(article))


def test_the_document_is_the_text_that_is_stored(client):
    publication = publish(make_article(summary="Schlüssel „Geld“ – <b>&amp;</b>"))
    assert publication.revision.text in client.get(DETAIL).content.decode()


def test_a_document_of_an_older_schema_is_brought_up_to_date(client, monkeypatch):
    article = make_article()
    publish(article)
    kind = publishing.kinds.get("article")
    present, following = kind.schema, kind.schema + 1
    newer = {present: lambda old: old | {"schema": following, "more": True}}
    monkeypatch.setattr(kind, "schema", following, raising=False)
    monkeypatch.setattr(kind, "upgrades", newer, raising=False)
    document = client.get(DETAIL).json()["document"]
    assert (document["schema"], document["more"]) == (following, True)


def test_changes_that_are_not_published_stay_inside(client):
    article = make_article()
    publish(article)
    documents.restore(documents.compose(article) | {"title": "Not yet"})
    assert client.get(DETAIL).json()["title"] == "How to read a pay figure"


def test_a_new_publication_changes_what_is_shown(client):
    article = make_article()
    first = publish(article)
    second = revised(article, title="Reading pay figures")
    assert client.get(DETAIL).json() == shown(
        second,
        title="Reading pay figures",
        first_published_at=instant(first.starts_at),
        revision=2,
        document=documents.compose(article),
    )


def test_a_scheduled_article_appears_when_its_time_comes(client):
    article = make_article()
    publishing.schedule(article, by=None, at=soon(hours=1))
    assert client.get(DETAIL).status_code == 404
    assert titles(client, {}) == []
    with at(soon(hours=2)):
        assert client.get(DETAIL).status_code == 200
        assert titles(client, {}) == ["How to read a pay figure"]


def test_head_is_get_without_a_body(client):
    publish(make_article())
    response = client.head(DETAIL)
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get(DETAIL)["ETag"]


def test_options_names_the_methods(client):
    response = client.options(LIST)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


# --- Cost ------------------------------------------------------------------------------------------


def test_an_article_costs_one_query(client):
    publish(make_article())
    with queries() as ran:
        client.get(DETAIL)
    assert len(ran) == 1


@pytest.mark.parametrize("query", ["", "?tag=pay&author=ann-author&language=en&ordering=title"])
def test_a_list_costs_one_query(client, query):
    for number in range(3):
        publish(make_article(f"Article {number}", tags=tagged("Pay")))
    with queries() as ran:
        assert len(client.get(LIST + query).json()["results"]) == 3
    assert len(ran) == 1


def test_a_stored_document_is_not_parsed(client, monkeypatch):
    publish(make_article())
    monkeypatch.setattr(Revision, "document", property(lambda self: pytest.fail("parsed")))
    monkeypatch.setattr(items, "upgrade", lambda document: pytest.fail("parsed"))
    assert client.get(DETAIL).status_code == 200


# --- Filters ---------------------------------------------------------------------------------------


def test_lists_are_filtered_by_tag_author_and_language(client):
    publish(make_article("On pay", tags=tagged("Pay", "Remote work")))
    publish(make_article("Von Arbeit", language="de", authors=("Ben Byline",)))
    assert titles(client, {"tag": "pay"}) == ["On pay"]
    assert titles(client, {"author": "ben-byline"}) == ["Von Arbeit"]
    assert titles(client, {"language": "de"}) == ["Von Arbeit"]
    assert titles(client, {"tag": "remote-work", "author": "ann-author", "language": "en"}) == ["On pay"]
    assert titles(client, {"tag": "pay", "author": "ben-byline"}) == []


def test_a_renamed_tag_is_found_by_its_slug_of_now(client):
    publish(make_article("On pay", tags=tagged("Pay")))
    tag = make_tag("Pay")
    tag.slug = "wages"
    tag.save()
    assert titles(client, {"tag": "wages"}) == ["On pay"]
    assert titles(client, {"tag": "pay"}) == []


@pytest.mark.parametrize("name", ["tag", "author"])
def test_an_unknown_slug_finds_nothing(client, name):
    publish(make_article())
    assert titles(client, {name: "nobody"}) == []


# --- Fields ----------------------------------------------------------------------------------------


def test_fields_leave_out_the_rest(client):
    publish(make_article())
    assert client.get(LIST, {"fields": "title,slug"}).json()["results"] == [
        {"slug": "how-to-read-a-pay-figure", "title": "How to read a pay figure"}
    ]


def test_the_document_is_a_field_of_single_articles(client):
    article = make_article()
    publish(article)
    document = documents.compose(article)
    assert client.get(DETAIL, {"fields": "title"}).json() == {"title": article.title}
    assert client.get(DETAIL, {"fields": "document"}).json() == {"document": document}
    assert client.get(DETAIL, {"fields": "title,document"}).json() == {
        "title": article.title,
        "document": document,
    }
    assert client.get(LIST, {"fields": "document"}).status_code == 400


# --- Versions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LIST, DETAIL])
def test_what_the_client_has_already_is_not_sent_again(client, address):
    publish(make_article())
    tag = client.get(address)["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        response = client.get(address, headers={"If-None-Match": known})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("address", [LIST, DETAIL])
def test_a_new_publication_is_a_new_version(client, address):
    article = make_article()
    publish(article)
    tag = client.get(address)["ETag"]
    revised(article, summary="Another summary.")
    response = client.get(address, headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert response["ETag"] != tag


def test_the_same_revision_published_again_is_a_new_version(client):
    article = make_article()
    publish(article)
    tag = client.get(DETAIL)["ETag"]
    publish(article, until=timezone.now() + HOUR)
    assert client.get(DETAIL)["ETag"] != tag


def test_an_article_that_is_gone_is_never_unchanged(client):
    article = make_article()
    publish(article)
    tag = client.get(DETAIL)["ETag"]
    publishing.withdraw(article, by=None)
    assert client.get(DETAIL, headers={"If-None-Match": tag}).status_code == 410


# --- Old addresses ---------------------------------------------------------------------------------


def test_an_old_slug_leads_to_the_new_address(client):
    article = make_article()
    publish(article)
    revised(article, slug="pay-figures")
    response = client.get(DETAIL, {"fields": "title"})
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/articles/pay-figures/?fields=title"
    assert client.get(DETAIL, {"fields": "title"}, follow=True).json() == {"title": article.title}


def test_a_withdrawn_article_is_gone(client):
    article = make_article()
    publish(article)
    publishing.withdraw(article, by=None)
    response = client.get(DETAIL)
    assert response.status_code == 410
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "“How to read a pay figure” was withdrawn.",
    }
