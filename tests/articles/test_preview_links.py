"""Links to a preview: pinned to what was saved, until they expire or are revoked."""

import pytest
from django.utils import timezone

from articles import documents, preview_links, publishing
from articles.admin import sharing
from articles.models import Article, PreviewLink, Revision
from tests.base import DAY, at, queries, soon
from tests.forms import address, said
from tests.makers import golden, make_article, make_comparison, make_path, make_user, publish

pytestmark = pytest.mark.django_db


def shared(article, **options):
    revision = publishing.record(article, by=None)
    return preview_links.share(revision, **({"by": None, "expires_at": soon(hours=24)} | options))


def opened(client, link):
    return client.get(preview_links.address(link).removeprefix("http://127.0.0.1:8000"))


def saved(article, **parts):
    restored = documents.restore(documents.compose(article) | parts)
    return publishing.record(restored, by=None)


def test_a_link_shows_what_was_saved_when_it_was_made_and_nothing_later(client):
    live, draft = make_path("Tutoring"), make_path("Bookkeeping")
    publish(live)
    publishing.record(draft, by=None)
    comparison = make_comparison(live, draft)
    link = shared(comparison, note="Ann")
    assert [revision.article_id for revision in link.beside.all()] == [draft.pk]
    saved(comparison, summary="A later secret.")
    later = [{"role": "introduction", "heading": "", "body": "<p>Another secret.</p>"}]
    saved(draft, sections=later)
    with queries() as taken:
        response = opened(client, link)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Bookkeeping begins here." in html
    assert "Tutoring begins here." in html
    assert "secret" not in html
    assert "<strong>Preview of revision 1</strong>, not published" in " ".join(html.split())
    assert "reply-form" not in html
    assert (response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "private, no-store",
        "noindex",
        "no-referrer",
    )
    assert not response.cookies
    assert len(taken) <= 6


def test_machines_are_told_nothing_by_a_preview(client):
    comparison = make_comparison(make_path("Tutoring"), make_path("Coaching"))
    for article in (comparison, make_article("Pay")):
        html = opened(client, shared(article)).content.decode()
        assert f"<title>{article.title} – " in html
        assert "ld+json" not in html
        assert "schema.org" not in html


def test_the_decision_form_in_a_preview_can_be_seen_and_not_used(client):
    html = opened(client, shared(golden())).content.decode()
    form = html[html.index('<section class="decide"') :]
    assert form.index("<fieldset disabled>") < form.index("How much experience?")
    assert "decide.js" not in html


def test_a_link_that_has_ended_says_the_same_whatever_ended_it(client):
    article = make_article("A secret title")
    expired, revoked = shared(article), shared(article)
    assert preview_links.revoke(revoked, by=None)
    assert not preview_links.revoke(revoked, by=None)
    open_one = shared(article, expires_at=soon(hours=48))
    tampered = preview_links.address(open_one).rstrip("/")[:-1].partition(":8000")[2] + "_/"
    with at(timezone.now() + DAY):
        found = [opened(client, expired), opened(client, revoked), client.get(tampered)]
        assert opened(client, open_one).status_code == 200
    Article.objects.update(trashed_at=timezone.now())
    found.append(opened(client, open_one))
    assert [response.status_code for response in found] == [410, 410, 404, 410]
    assert len({response.content for response in found}) == 1
    assert "A secret title" not in found[0].content.decode()


@pytest.mark.parametrize("hours", [-1, 24 * 90 + 1])
def test_a_link_ends_in_the_future_and_within_ninety_days(hours):
    with pytest.raises(preview_links.SharingError):
        shared(make_article(), expires_at=soon(hours=hours))
    assert not PreviewLink.objects.exists()


@pytest.mark.any_database
def test_links_are_made_listed_and_revoked_by_their_makers_and_by_publishers(client):
    makers = [make_user(name, group="Author") for name in ("arthur", "anna")]
    editor = make_user("edith", group="Editor")
    article = make_article()
    revision = publishing.record(article, by=None)
    client.force_login(makers[0])
    for note in ("Ann", "Bob"):
        given = {"revision": revision.pk, "note": note, "expires_at": soon().strftime("%Y-%m-%dT%H:%M")}
        page = client.post(address(article, "share"), given, follow=True)
    assert "sees revision 1 until" in said(page)
    bob, ann = PreviewLink.objects.all()
    assert (ann.note, ann.created_by) == ("Ann", makers[0])
    assert preview_links.address(ann) in page.content.decode()

    client.force_login(makers[1])
    assert client.post(address(article, "revoke"), {"link": ann.pk}).status_code == 403
    assert client.post(address(article, "revoke"), {"link": "none"}).status_code == 404
    for user, link in ((makers[0], ann), (editor, bob)):
        client.force_login(user)
        page = client.post(address(article, "revoke"), {"link": link.pk}, follow=True)
        assert f"Revoked by {user}" in page.content.decode()
    for state, count in (("open", 0), ("expired", 0), ("revoked", 2)):
        listed = client.get("/admin/articles/previewlink/", {"state": state})
        assert len(listed.context["cl"].result_list) == count
    late = {"revision": revision.pk, "expires_at": soon(hours=-9).strftime("%Y-%m-%dT%H:%M")}
    refused = client.post(address(article, "share"), late)
    assert refused.status_code == 422
    assert "has passed. Choose a time in the future." in refused.content.decode()


def test_newest_revisions_are_offered_and_an_older_one_from_the_history(client, monkeypatch):
    monkeypatch.setattr(sharing, "SHOWN", 2)
    client.force_login(make_user("edith", group="Editor"))
    article = make_article()
    for number in range(1, 5):
        saved(article, summary=f"The {number}th try.")
    history = client.get(address(article, "history")).content.decode()
    page = client.get(address(article, "share"))
    assert [label.split(",")[0] for _, label in page.context["form"].fields["revision"].choices] == ["4", "3"]
    assert f'href="{address(article, "share")}?revision=1"' in history
    asked = client.get(address(article, "share"), {"revision": "1"}).context["form"]
    assert Revision.objects.get(pk=asked["revision"].value()).number == 1
    given = {"revision": asked["revision"].value(), "expires_at": soon().strftime("%Y-%m-%dT%H:%M")}
    assert "sees revision 1 until" in said(client.post(address(article, "share"), given, follow=True))
    assert client.get(address(article, "share"), {"revision": "none"}).status_code == 200
