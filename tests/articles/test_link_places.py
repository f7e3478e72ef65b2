"""Where documents link to other sites: found by the kinds' records, kept with revisions and publications."""

import pytest
from django.utils import timezone

from articles import documents, kinds, publishing, trash
from articles.external_links import addresses, places, uses
from articles.models import ExternalLink, LinkUse
from tests.base import HOUR, at, queries, soon
from tests.makers import golden, make_article, make_comparison, make_path, publish

pytestmark = pytest.mark.django_db

SITE = "https://careers.example"
A, B = "https://a.example/x?y=1&z=%22", "https://b.example/"
RICH = (
    '<p><a href="https://a.example/x?y=1&amp;z=&quot;#part">One</a>, <a href="article:{}">ours</a>, '
    '<a href="https://careers.example/x/" rel="nofollow">ours as well</a> and '
    '<a href="https://A.example/x?y=1&amp;z=%22" rel="nofollow">again</a>. https://c.example/</p>'
)


def found(article):
    document = documents.compose(article)
    record = kinds.get(article.kind).record
    return [(use.address, use.words) for use in places.uses(record, document, SITE)]


def kept(**filters):
    rows = LinkUse.objects.filter(**filters).order_by("address", "words")
    return list(rows.values_list("address", "words"))


@pytest.fixture
def article(settings):
    """Links to A from everywhere where one can."""
    settings.SITE_URL = SITE
    body = RICH.format(make_article("Ours").pk)
    return make_article(
        "Linking",
        sections=[{"role": "introduction", "heading": "How to begin", "body": body}],
        sources=[{"publisher": "A bureau", "title": "A table", "url": A}],
        calls_to_action=[{"label": "Try it", "url": A}, {"label": "Stay", "url": "/careers/"}],
    )


FROM_ARTICLE = [
    (A, "source “A bureau: A table”, address"),
    (A, "section “How to begin”, body"),
    (A, "call to action “Try it”, address"),
]


def test_links_are_found_in_rich_text_sources_and_calls_to_action(article):
    assert found(article) == FROM_ARTICLE


def test_links_are_found_in_what_belongs_to_other_kinds():
    path = make_path(platforms=[{"name": "A market", "url": B}])
    other = make_path("Other", platforms=[])
    contender = {"path": str(path.pk), "understanding": f'<p><a href="{B}">See</a></p>'}
    comparison = make_comparison(path, other, contenders=[contender, {"path": str(other.pk)}])
    assert found(path) == [(B, "platform “A market”, address")]
    assert found(comparison) == [(B, "contender, understanding")]


def test_another_address_takes_its_place_wherever_it_stands_and_fragments_stay(article):
    new = 'https://new.example/?a=1&b="'
    document = documents.compose(article)
    changed = places.replaced(kinds.get("article").record, document, A, new)
    documents.restore(changed)
    stored = documents.compose(article)
    assert stored["sources"][0]["url"] == stored["calls_to_action"][0]["url"] == new
    assert stored["calls_to_action"][1]["url"] == "/careers/"
    body = stored["sections"][0]["body"]
    escaped = "https://new.example/?a=1&amp;b=&quot;"
    assert f'<a href="{escaped}#part">One</a>' in body
    assert f'<a href="{escaped}" rel="nofollow">again</a>' in body
    assert "https://c.example/</p>" in body
    assert found(article) == [(addresses.normalised(new), words) for _, words in FROM_ARTICLE]
    back = places.replaced(kinds.get("article").record, stored, addresses.normalised(new), A)
    assert found(documents.restore(back)) == FROM_ARTICLE


def test_what_does_not_have_the_address_stays_as_it_is(article):
    document = documents.compose(article)
    record = kinds.get("article").record
    for other in (B, "https://a.example/x", "https://a.example/x?y=1"):
        assert places.replaced(record, document, other, B) == document


# --- Kept with revisions and publications ------------------------------------------------------------


def test_what_a_draft_links_to_is_kept_with_its_newest_revision(article):
    publishing.record(article, by=None)
    assert kept(publication=None) == sorted(FROM_ARTICLE)
    documents.restore(documents.compose(article) | {"sources": []})
    publishing.record(article, by=None)
    assert kept(article=article) == sorted(FROM_ARTICLE[1:])


def test_saving_asks_nothing_of_links_where_none_has_changed(article):
    publishing.record(article, by=None)
    for change, expected in (({"title": "Another"}, 0), ({"sources": []}, 2)):
        documents.restore(documents.compose(article) | change)
        with queries() as ran:
            publishing.record(article, by=None)
        assert len([each for each in ran if "linkuse" in each]) == expected


def test_what_is_live_has_links_of_its_own_for_as_long_as_it_is_live(article):
    publish(article)
    documents.restore(documents.compose(article) | {"sources": [], "sections": [], "calls_to_action": []})
    publishing.record(article, by=None)
    later = make_article("Later", sources=[{"publisher": "A bureau", "title": "A table", "url": B}])
    publishing.schedule(later, by=None, at=soon())
    now = timezone.now()
    live = LinkUse.objects.live(now)
    assert {use.article_id for use in live} == {article.pk}
    assert live.count() == 3
    assert LinkUse.objects.live(now + 2 * HOUR).count() == 4
    publishing.withdraw(article, by=None)
    assert not LinkUse.objects.live(timezone.now()).exists()


def test_links_come_and_go_with_their_uses(article):
    publish(article)
    uses.settle(timezone.now())
    link = ExternalLink.objects.get()
    assert (link.url, link.host, link.result) == (A, "a.example", "unchecked")
    uses.settle(timezone.now())
    assert ExternalLink.objects.get().since == link.since
    publishing.withdraw(article, by=None)
    with at(soon()):
        uses.settle(timezone.now())
        assert not LinkUse.objects.exclude(publication=None).exists()
        assert ExternalLink.objects.exists()
        trash.trash(article, by=None)
        uses.settle(timezone.now())
        assert not ExternalLink.objects.exists()
        trash.put_back(article, by=None)
        uses.settle(timezone.now())
    assert ExternalLink.objects.get().pk == link.pk


def test_all_can_be_found_out_anew(article, monkeypatch):
    monkeypatch.setattr(uses, "BATCH", 2)
    publish(article)
    golden()
    before = kept()
    LinkUse.objects.filter(publication=None).delete()
    LinkUse.objects.update(address="https://gone.example/")
    uses.reread(timezone.now(), lambda: None)
    assert kept() == before
    assert len(before) >= 8
