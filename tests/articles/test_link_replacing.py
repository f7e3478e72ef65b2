"""Another address in place of one, in all drafts that have it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import documents, open_forms, publishing, trail, trash
from articles.external_links import addresses, replacing, uses
from articles.models import Article, Event, ExternalLink, LinkReplacement, LinkUse
from tests.base import queries
from tests.jobs import work
from tests.makers import make_article, make_path, make_user, publish

pytestmark = pytest.mark.django_db

OLD, NEW = "https://old.example/a?b=1&c=2", "https://new.example/a?b=1&c=2"
RICH = '<p>See <a href="https://old.example/a?b=1&amp;c=2#{}">this</a>.</p>'


@pytest.fixture
def ann():
    return make_user("ann", group="Author")


def linking(title):
    article = make_article(
        title,
        sections=[{"role": "introduction", "heading": "How", "body": RICH.format("part")}],
        sources=[{"publisher": "A bureau", "title": "A table", "url": OLD}],
    )
    publishing.record(article, by=None)
    return article


def old_link():
    uses.settle(timezone.now())
    return ExternalLink.objects.get(pk=addresses.key(OLD))


def outcomes(replacement):
    return {item.title: item.outcome for item in replacement.items.all()}


def replace_page(link):
    return reverse("admin:articles_externallink_replace", args=[link.pk])


def test_each_draft_gets_a_revision_and_readers_see_no_change(ann):
    articles = [linking("First"), linking("Second")]
    publish(articles[0])
    replacement = replacing.begin(old_link(), NEW, by=ann)
    assert outcomes(replacement) == {"First": "changed", "Second": "changed"}
    assert replacement.ended_at
    for article in articles:
        document = documents.compose(article)
        assert document["sources"][0]["url"] == NEW
        assert f'href="{NEW.replace("&", "&amp;")}#part"' in document["sections"][0]["body"]
        revision = article.revisions.first()
        assert (revision.number, revision.author) == (2, ann)
        assert revision.note == f"{OLD} replaced by {NEW}"
        event = Event.objects.get(article=article.pk, action=trail.Action.LINK_REPLACED)
        assert (event.who, event.revision, event.detail) == ("ann", 2, f"{OLD} by {NEW}")
    live = articles[0].publications.get()
    assert live.revision.number == 1
    assert LinkUse.objects.filter(publication=None, address=NEW).count() == 4
    assert not replacing.drafts(old_link()).exists()


def test_what_may_not_be_changed_is_left_out_with_the_reason(ann):
    linking("Article")
    trash.trash(linking("Trashed"), by=None)
    publishing.record(make_path("Path", platforms=[{"name": "A market", "url": OLD}]), by=None)
    ann.groups.clear()
    ann.user_permissions.set(
        Group.objects.get(name="Author").permissions.filter(codename__endswith="_article")
    )
    link = old_link()
    assert (replacing.extent(link, ann).changing, replacing.extent(link, ann).left_out) == (1, 2)
    replacement = replacing.begin(link, NEW, by=ann)
    assert outcomes(replacement) == {"Article": "changed", "Trashed": "skipped", "Path": "skipped"}
    assert {item.title: item.words for item in replacement.items.filter(outcome="skipped")} == {
        "Trashed": "It is in the trash.",
        "Path": "Whoever asked for it may not change a career path.",
    }
    assert Article.objects.get(title="Path").revisions.count() == 1


def test_one_that_fails_keeps_no_other_from_being_changed(ann):
    first, damaged = linking("First"), linking("Damaged")
    damaged.sources.update(publisher="A \x02 bureau")
    replacement = replacing.begin(old_link(), NEW, by=ann)
    assert outcomes(replacement) == {"First": "changed", "Damaged": "failed"}
    assert "control character" in replacement.items.get(outcome="failed").words
    assert damaged.sources.get().url == OLD
    assert first.sources.get().url == NEW


def test_a_draft_without_the_address_by_now_stays_as_it_is(ann):
    article = linking("First")
    link = old_link()
    replacement = LinkReplacement.objects.create(old=OLD, new=NEW, by=ann, created_at=timezone.now())
    replacement.items.create(article=article, title="First")
    replacement.items.create(article=None, title="Purged")
    documents.restore(documents.compose(article) | {"sources": [], "sections": []})
    replacing.go_on(replacement)
    assert outcomes(replacement) == {"First": "unchanged", "Purged": "skipped"}
    assert link.url == OLD


@pytest.mark.parametrize(
    "new",
    [
        "",
        "/articles/",
        "ftp://new.example/",
        "javascript:alert(1)",
        "https://",
        "https://new.example/ a",
        "https://new.example/\x01",
        f"https://new.example/{'a' * 500}",
        OLD,
        f"{OLD}#part",
        OLD.replace("https", "HTTPS"),
    ],
)
def test_what_can_take_the_place_of_no_address(ann, new):
    linking("First")
    with pytest.raises(ValidationError):
        replacing.begin(old_link(), new, by=ann)
    assert not LinkReplacement.objects.exists()


# --- By a job ------------------------------------------------------------------------------------


@pytest.fixture
def several(monkeypatch):
    monkeypatch.setattr(replacing, "AT_ONCE", 2)
    return [linking(f"Article {n}") for n in range(4)]


def test_many_are_changed_by_a_job(ann, several):
    replacement = replacing.begin(old_link(), NEW, by=ann)
    assert set(outcomes(replacement).values()) == {"waiting"}
    work()
    replacement.refresh_from_db()
    assert set(outcomes(replacement).values()) == {"changed"}
    assert replacement.ended_at
    event = Event.objects.filter(action=trail.Action.LINK_REPLACED).first()
    assert (event.channel, event.who) == ("job", "ann")


def test_a_job_that_was_killed_is_gone_on_with_and_does_nothing_twice(ann, several, monkeypatch):
    replacement = replacing.begin(old_link(), NEW, by=ann)
    record, recorded = publishing.record, []

    def killed(article, **options):
        recorded.append(article)
        if len(recorded) == 3:
            raise KeyboardInterrupt
        return record(article, **options)

    monkeypatch.setattr(publishing, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        replacing.replace.call(replacement.pk)
    monkeypatch.setattr(publishing, "record", record)
    assert sorted(outcomes(replacement).values()) == ["changed", "changed", "waiting", "waiting"]
    replacing.replace.call(replacement.pk)
    assert set(outcomes(replacement).values()) == {"changed"}
    assert [article.revisions.count() for article in several] == [2, 2, 2, 2]


def test_rights_are_those_that_hold_when_the_job_runs(ann, several):
    replacement = replacing.begin(old_link(), NEW, by=ann)
    ann.groups.clear()
    work()
    assert set(outcomes(replacement).values()) == {"skipped"}


# --- From the desk ---------------------------------------------------------------------------------


def test_the_page_says_what_will_change_and_one_click_does_it(client, ann):
    article = linking("First")
    trash.trash(linking("Trashed"), by=None)
    open_forms.announce(uuid4(), article, make_user("ben", group="Author"), timezone.now())
    link = old_link()
    ExternalLink.objects.update(result="moved", suggestion=NEW)
    client.force_login(ann)
    with queries() as ran:
        html = client.get(replace_page(link)).content.decode()
    assert len(ran) <= 12, ran
    assert f'value="{NEW.replace("&", "&amp;")}"' in html
    assert "Replace it in 1 draft<" in html
    assert "section “How”, body" in html
    assert "Left out: It is in the trash." in html
    assert "ben has it open" in html

    page = client.post(replace_page(link), {"new": NEW}, follow=True).content.decode()
    assert "1 changed, 1 skipped." in page
    assert "Revision 2, while ben had it open." in page
    assert 'http-equiv="refresh"' not in page
    assert article.sources.get().url == NEW
    assert "Done" in client.get(reverse("admin:articles_linkreplacement_changelist")).content.decode()


def test_a_wrong_address_is_asked_for_again(client, ann):
    linking("First")
    client.force_login(ann)
    response = client.post(replace_page(old_link()), {"new": "nowhere"})
    assert response.status_code == 422
    assert "Give a full http(s) address." in response.content.decode()


def test_the_page_of_a_replacement_reloads_while_it_is_under_way_and_goes_on_when_asked(client, ann, several):
    replacement = replacing.begin(old_link(), NEW, by=ann)
    client.force_login(ann)
    page = reverse("admin:articles_linkreplacement_change", args=[replacement.pk])
    html = client.get(page).content.decode()
    assert "4 waiting." in html
    assert 'http-equiv="refresh"' in html
    go_on = reverse("admin:articles_linkreplacement_goon", args=[replacement.pk])
    assert client.post(go_on).url == page
    assert DBTaskResult.objects.filter(task_path__endswith="replacing.replace").count() == 2
    work()
    assert "4 changed." in client.get(page).content.decode()
    assert [article.revisions.count() for article in several] == [2, 2, 2, 2]
    client.force_login(make_user("ben", group="Editor"))
    assert client.post(go_on).status_code == 403
