"""Links to articles by their ids: what readers get of them, what editors are told, what is refused."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import documents, links, publishing
from articles.documents import DocumentError
from articles.models import Article, Facet, Section
from articles.richtext import article_links, cleaned
from comparisons.models import Comparison
from tests.base import at, queries, soon
from tests.makers import (
    article_document,
    golden_answers,
    golden_paths,
    make_article,
    make_bank,
    make_comparison,
    make_path,
    publish,
)

pytestmark = pytest.mark.django_db


def linking(*targets, words="there"):
    """Rich text that links to some articles."""
    anchors = (f'<a href="article:{getattr(each, "pk", each)}">{words} <em>now</em></a>' for each in targets)
    return f"<p>It stands {', '.join(anchors)}.</p>"


def section(*targets, role="introduction"):
    return {"role": role, "heading": "Where", "body": linking(*targets)}


def shown(client, address):
    """What readers get of the words that link, and the number of queries that took."""
    client.get(address)  # statements are prepared by whoever comes first
    with queries() as found:
        page = client.get(address).content.decode()
    start = page.index("It stands")
    return page[start : page.index("</p>", start)], len(found)


def test_a_link_follows_its_target_wherever_that_goes(client):
    target = make_article("Target", slug="old")
    publish(make_article("Source", slug="source", sections=[section(target)]))
    plain, without = shown(client, "/articles/source/")
    assert plain == "It stands there <em>now</em>."
    publish(target)
    assert shown(client, "/articles/source/") == (
        'It stands <a href="/articles/old/">there <em>now</em></a>.',
        without,
    )
    publish(make_article("Third", sections=[section(f"{target.pk}#why", target)]))
    assert re.findall('href="([^"]+)"', shown(client, "/articles/third/")[0]) == [
        "/articles/old/#why",
        "/articles/old/",
    ]
    target.slug = "new"
    target.save()
    publish(target)
    assert 'href="/articles/new/"' in shown(client, "/articles/source/")[0]
    assert 'href="/articles/new/#why"' in shown(client, "/articles/third/")[0]
    publishing.withdraw(target, by=None)
    assert shown(client, "/articles/source/")[0] == plain
    publishing.schedule(target, by=None, at=soon())
    assert shown(client, "/articles/source/")[0] == plain
    with at(soon(hours=2)):
        assert 'href="/articles/new/"' in shown(client, "/articles/source/")[0]


def test_many_links_cost_one_query_and_none_costs_none(client):
    targets = [publish(make_article(f"Target {number}")).article for number in range(6)]
    publish(make_article("Source", sections=[section(*targets), section(*targets)]))
    publish(make_article("Plain", sections=[{"role": "introduction", "body": "<p>It stands alone.</p>"}]))
    text, with_links = shown(client, "/articles/source/")
    assert text.count('<a href="/articles/target-') == 6
    assert shown(client, "/articles/plain/")[1] == with_links - 1


def test_a_comparison_shows_the_links_of_its_paths_and_its_own_in_one_more_query(client):
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    comparison = make_comparison(*paths)
    for each in (*paths, comparison):
        publish(each)
    address = "/compare/tutoring-vs-bookkeeping/"
    client.get(address)
    with queries() as before:
        client.get(address)
    target = publish(make_article("Target")).article
    for path in paths:
        path.sections.update(body=linking(target))
        publish(path)
    comparison.sections.update(body=linking(target))
    publish(comparison)
    with queries() as after:
        page = client.get(address).content.decode()
    assert page.count('<a href="/articles/target/">there <em>now</em></a>') == 3
    assert len(after) == len(before) + 1
    assert 'href="/articles/target/"' in client.get("/careers/tutoring/").content.decode()


def test_composed_comparisons_and_results_have_them_too(client):
    target = publish(make_article("Target")).article
    first, second = golden_paths()
    first.sections.update(body=linking(target))
    publish(first)
    names = "microtask-gig-work-vs-remote-project-management"
    assert client.get(f"/compare/{names}/").content.decode().count('href="/articles/target/"') == 1
    comparison = make_comparison(first, second, sections=[section(target, role="alternatives")])
    publish(comparison)
    answers = {f"question-{pk}": option for pk, option in golden_answers().items()}
    result = client.post(f"/compare/{names}/decide/", answers, follow=True).content.decode()
    assert 'It stands <a href="/articles/target/">' in result


def test_search_knows_the_words_and_programs_get_the_id(client):
    target = publish(make_article("Target")).article
    publish(make_article("Source", sections=[section(target)]))
    found = client.get("/api/v1/search/?q=stands").json()["results"][0]
    assert "article:" not in found["excerpt"]
    assert "there" in found["excerpt"]
    document = client.get("/api/v1/articles/source/").json()["document"]
    assert document["sections"][0]["body"] == linking(target)
    assert documents.compose(documents.restore(document)) == document
    schema = documents.schema("article")["properties"]["sections"]["items"]["properties"]["body"]
    assert "article:ID" in schema["description"]


def test_a_link_to_what_is_not_here_is_refused_with_its_place():
    unknown = uuid4()
    with pytest.raises(DocumentError) as refused:
        make_article(sections=[section(), {"role": "body", "heading": "x", "body": linking(unknown)}])
    assert str(refused.value) == (
        f"sections[1].body: links to an article that is not here ({unknown}). Add that first."
    )
    own = uuid4()
    make_article(id=str(own), sections=[section(own)])
    contenders = [{"path": str(make_path(each).pk)} for each in ("One", "Two")]
    contenders[1]["understanding"] = linking(unknown)
    with pytest.raises(DocumentError, match=r"contenders\[1\].understanding: links to"):
        make_comparison(contenders=contenders, title="One vs two", differences=[])
    assert not Comparison.objects.exists()


def test_two_new_documents_that_link_to_each_other_come_one_after_the_other(client):
    pks = [uuid4(), uuid4()]
    for own, other in (pks, pks[::-1]):
        document = article_document("article", f"To {other}", sections=[section(other)])
        publish(documents.restore(document | {"id": str(own)}, coming=pks))
    for own, other in (pks, pks[::-1]):
        first, second = (Article.objects.get(pk=pk).slug for pk in (own, other))
        assert f'href="/articles/{second}/"' in shown(client, f"/articles/{first}/")[0]


def test_what_links_where_is_known_of_what_is_live_and_scheduled():
    target, other = make_article("Target"), make_article("Other")
    source = make_article("Source", sections=[section(target, target, other)])
    publish(source)
    publishing.schedule(make_article("Later", sections=[section(target)]), by=None, at=soon())
    own = uuid4()
    publish(make_article("Self", id=str(own), sections=[section(own)]))
    now = timezone.now()
    assert [each.title for each in links.linking_to(target, now)] == ["Source", "Later"]
    assert [facet.label for facet in links.broken(now, 5)] == ["Target", "Other"]
    publish(target)
    assert [facet.label for facet in links.broken(timezone.now(), 5)] == ["Other"]
    source.sections.update(body="<p>None.</p>")
    publish(source)
    assert links.broken(timezone.now(), 5) == []
    assert Facet.objects.filter(name="link", required=True).count() == 0


def test_one_form_of_a_link_to_an_article_is_stored():
    pk = uuid4()
    written = f"<A title=x HREF=' ARTICLE:{str(pk).upper()} ' rel=nofollow target=_blank>a</A>"
    assert cleaned(written) == f'<a href="article:{pk}">a</a>'
    assert [link.target for link in article_links(cleaned(written))] == [pk]
    part = f'<a href="article:{pk}#Part_2-b">a</a>'
    assert cleaned(part.replace("article", "Article")) == part
    assert [link.target for link in article_links(part)] == [pk]
    assert cleaned(f'<a href="article:{pk}#a&quot;b">a</a> <a href="article:x">b</a>') == "a b"


def test_a_bank_is_not_linked_to(client):
    bank = publish(make_bank()).article
    publish(make_article("Source", sections=[section(bank)]))
    assert shown(client, "/articles/source/")[0] == "It stands there <em>now</em>."
    assert Section.objects.filter(body__contains=str(bank.pk)).exists()
