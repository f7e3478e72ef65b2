"""The report on links to other sites, and what people do from there."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import publishing, trash
from articles.external_links import addresses, turn, uses
from articles.models import ExternalLink
from tests.base import DAY, queries
from tests.forms import said
from tests.makers import make_article, make_user, publish

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_externallink_changelist")
EXPORT = reverse("admin:articles_externallink_export")
CHECK = reverse("admin:articles_externallink_check")
GOOD, GONE, OLD, SLOW = (f"https://{name}.example/page" for name in ("good", "gone", "old", "slow"))


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    """Links to four sites of which one is good."""
    sources = [{"publisher": "A bureau", "title": url, "url": url} for url in (GOOD, GONE, OLD, SLOW)]
    article = make_article("=Linking", sources=sources)
    publishing.record(article, by=None)
    uses.settle(timezone.now())
    later = timezone.now() + DAY
    ExternalLink.objects.update(next_check_at=later, checked_at=timezone.now(), result="good")
    judge(GONE, "broken", "404 Not Found.", days=1)
    judge(OLD, "moved", "200 OK, after 1 redirect.", suggestion="https://new.example/", days=3)
    judge(SLOW, "trouble", "slow.example does not answer.", days=2)
    return article


def judge(url, result, words="", *, suggestion="", days=0):
    since = timezone.now() - days * DAY
    link = ExternalLink.objects.filter(pk=addresses.key(url))
    link.update(result=result, words=words, suggestion=suggestion, since=since, needs_attention=True)


def link(url):
    return ExternalLink.objects.get(pk=addresses.key(url))


def listed(client, **query):
    return [each.url for each in client.get(LIST, query).context["cl"].result_list]


def test_the_list_shows_what_somebody_should_look_at_the_newest_first(client, article):
    assert listed(client) == [GONE, SLOW, OLD]
    html = client.get(LIST).content.decode()
    assert "404 Not Found." in html
    assert "Replace by https://new.example/" in html
    assert f'/admin/articles/article/{article.pk}/change/">=Linking</a>' in html
    assert "No link is due to be checked." in html


def test_the_list_is_filtered_and_searched(client, article):
    assert listed(client, result="broken") == [GONE]
    assert listed(client, result="good") == [GOOD]
    assert len(listed(client, result="all")) == 4
    assert listed(client, host=" SLOW.example ") == [SLOW]
    assert listed(client, q="old.exam") == [OLD]
    assert listed(client, seen="live") == []
    publish(article)
    assert listed(client, seen="live", result="moved") == [OLD]


def test_the_list_says_what_is_due_and_what_is_under_way(client, article):
    ExternalLink.objects.update(next_check_at=timezone.now())
    assert "4 links are due to be checked." in client.get(LIST).content.decode()
    with turn.taken() as held:
        held.renew(checked=3)
        assert ": 3 so far." in client.get(LIST).content.decode()


def test_pages_of_links_take_few_queries(client, article):
    publish(article)
    for address in (LIST, f"{LIST}?result=all&seen=live&q=example", f"{EXPORT}?result=all"):
        client.get(address)
        with queries() as ran:
            response = client.get(address)
            b"".join(response)
        assert len(ran) <= 10, ran
    for name in ("change", "replace"):
        with queries() as ran:
            client.get(reverse(f"admin:articles_externallink_{name}", args=[link(GONE).pk]))
        assert len(ran) <= 10, ran


def test_the_page_of_a_link_leads_to_where_it_stands(client, article):
    publish(article)
    source = article.sources.get(url=GONE)
    other = make_article("Another", sources=[{"publisher": "B", "title": "C", "url": GONE}])
    publishing.record(other, by=None)
    trash.trash(other, by=None)
    html = client.get(reverse("admin:articles_externallink_change", args=[link(GONE).pk])).content.decode()
    where = "source “A bureau: https://gone.example/page”, address"
    assert f'<a href="/admin/articles/article/{article.pk}/change/#row-{source.pk}">{where}</a>' in html
    assert f"Live: {where}" in html
    assert "Another</a>, which is in the trash" in html
    assert 'rel="noreferrer"' in html


def test_the_list_is_exported_as_it_is_filtered(client, article):
    response = client.get(EXPORT, {"result": "moved"})
    assert response["Content-Disposition"] == 'attachment; filename="links.csv"'
    header, *rows = csv.reader(b"".join(response).decode("utf-8-sig").splitlines())
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["address"], row["result"], row["address to use instead"]) for row in found] == [
        (OLD, "moved", "https://new.example/")
    ]
    assert (found[0]["articles"], found[0]["first article"]) == ("1", "'=Linking")  # no formula
    assert client.get(EXPORT, {"result": "zz"}).url == f"{LIST}?e=1"


def test_a_file_ends_where_programs_for_tables_do(client, article, monkeypatch):
    monkeypatch.setattr("articles.spreadsheets.MOST", 2)
    *_, last = b"".join(client.get(EXPORT)).decode().splitlines()
    assert last == "The list ends after 2 rows. Filter to see others."


def test_editors_have_links_checked_at_once(client, article):
    response = client.post(CHECK)
    assert response.url == LIST
    assert "checked in the background" in said(response)
    client.post(CHECK)
    assert DBTaskResult.objects.filter(task_path__endswith="check_links").count() == 1


def test_some_links_are_checked_again_before_they_are_due(client, article):
    chosen = {"action": "check_again", "_selected_action": [link(GONE).pk, link(OLD).pk]}
    client.post(LIST, chosen)
    due = ExternalLink.objects.due(timezone.now() + timedelta(seconds=1))
    assert {each.url for each in due} == {GONE, OLD}
    assert DBTaskResult.objects.filter(task_path__endswith="check_links").count() == 1


def test_authors_see_the_report_and_have_nothing_checked(client, article):
    client.force_login(make_user("ann", group="Author"))
    html = client.get(LIST).content.decode()
    assert GONE in html
    assert "Check now" not in html
    assert "check_again" not in html
    client.post(LIST, {"action": "check_again", "_selected_action": [link(GONE).pk]})
    assert not ExternalLink.objects.due(timezone.now() + timedelta(seconds=1)).exists()
