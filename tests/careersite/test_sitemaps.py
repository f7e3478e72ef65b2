"""The sitemap: every live page once, in files that never have too many, with the moment it came to be so."""

import gzip
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from articles import documents, publishing
from articles.models import Publication, Tag
from careersite import sitemaps
from tests.base import at, soon
from tests.makers import embedded, golden, make_article, make_path, make_tag, make_user, publish

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    tree = ElementTree.fromstring(b"".join(response))  # noqa: S314 -- it is our own
    assert tree.tag in {f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex"}
    told = {each.findtext(f"{NAMESPACE}loc"): each.findtext(f"{NAMESPACE}lastmod") for each in tree}
    return {address.removeprefix(settings.SITE_URL): since for address, since in told.items()}


def blocks(client):
    found = entries(client, "/sitemap.xml")
    assert found.pop("/sitemap-pages.xml") is None
    return found


def all_listed(client):
    return {address: since for name in blocks(client) for address, since in entries(client, name).items()}


def test_every_live_page_stands_in_it_with_the_moment_of_its_publication(client):
    publish(make_article(slug="on-pay"))
    publish(make_path(slug="nursing"))
    make_article("A draft", slug="draft")
    live = Publication.objects.at(timezone.now()).listed()
    told = {each.starts_at.isoformat(timespec="seconds") for each in live}
    found = all_listed(client)
    assert found.keys() == {"/articles/on-pay/", "/careers/nursing/"}
    assert set(found.values()) == told
    assert set(blocks(client).values()) == {max(told)}


def test_what_is_over_or_still_to_come_stands_in_none(client):
    article, coming = make_article(slug="first"), make_article("Coming", slug="coming")
    publish(article)
    publish(documents.restore(documents.compose(article) | {"slug": "second"}))
    publishing.schedule(coming, by=None, at=soon())
    assert all_listed(client).keys() == {"/articles/second/"}
    publishing.withdraw(article, by=make_user("wilma"))
    assert blocks(client) == {}
    with at(soon(hours=2)):
        assert all_listed(client).keys() == {"/articles/coming/"}


def test_files_are_blocks_of_numbers_so_that_none_has_too_many(client, monkeypatch):
    for number in range(5):
        publish(make_article(f"Article {number}", slug=f"article-{number}"))
    monkeypatch.setattr(sitemaps, "MOST", 2)
    files = blocks(client)
    assert len(files) >= 3
    listed = [address for name in files for address in entries(client, name)]
    assert sorted(listed) == [f"/articles/article-{number}/" for number in range(5)]
    assert max(len(entries(client, name)) for name in files) <= 2


@pytest.mark.parametrize("number", ["1", "49999", "50000", "9" * 30])
def test_a_file_that_is_not_in_the_index_is_not_there(client, number):
    publish(make_article())
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_what_is_no_publication_stands_in_a_file_of_its_own(client):
    document = documents.compose(golden())
    Tag.objects.create(name="Of nothing", slug="of-nothing")
    found = entries(client, "/sitemap-pages.xml")
    assert {"/", "/compare/", "/careers/", "/articles/", "/how-we-decide/", "/accessibility/"} <= found.keys()
    assert {f"/tags/{tag['slug']}/" for tag in document["tags"]} <= found.keys()
    assert {f"/authors/{author['slug']}/" for author in document["authors"]} <= found.keys()
    assert "/tags/of-nothing/" not in found
    for address in found:
        assert client.get(address).status_code == 200


def test_more_topics_and_authors_than_one_file_takes_stand_in_further_ones(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "OF_A_NAME", 2)
    tags = [make_tag(f"Topic {number}") for number in range(5)]
    for tag in (*tags[:3], tags[4]):
        publish(make_article(f"On {tag}", slug=f"on-{tag.slug}", tags=[embedded(tag)]))
    files = [name for name in entries(client, "/sitemap.xml") if "pages" in name]
    assert files == ["/sitemap-pages.xml", "/sitemap-pages-1.xml"], "topic 3 has nothing live"
    first, second = (list(entries(client, name)) for name in files)
    assert "/" in first
    assert [each for each in first if "/tags/" in each] == ["/tags/topic-0/", "/tags/topic-1/"]
    assert second == ["/tags/topic-2/", "/tags/topic-4/"]


@pytest.mark.parametrize("number", ["1", "9" * 30])
def test_further_topics_and_authors_that_are_not_there_have_no_file(client, number):
    publish(make_article())
    assert client.get(f"/sitemap-pages-{number}.xml").status_code == 404


def test_files_are_written_as_they_are_read(client, django_assert_num_queries):
    publish(make_article(slug="on-pay"))
    (name,) = blocks(client)
    with django_assert_num_queries(2):
        response = client.get(name)
        assert response.streaming
        plain = b"".join(response)
    packed = client.get(name, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(b"".join(packed)) == plain
    assert "Accept-Encoding" in packed["Vary"]
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
