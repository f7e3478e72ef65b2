"""The report on what the checks find in all drafts: kept by jobs, right at any time, filtered, exported."""

import csv

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles import documents, publishing, report, spreadsheets, trash
from articles.models import Finding
from comparisons.models import CareerPath
from tests.base import DAY, HOUR, queries, soon
from tests.forms import address
from tests.jobs import work
from tests.makers import article_document, make_article, make_path, make_user, publish

pytestmark = pytest.mark.django_db

REPORT = reverse("admin:articles_finding_changelist")
EXPORT = reverse("admin:articles_finding_export")


def saved(article, **parts):
    """The draft changed, saved and looked at."""
    documents.restore(documents.compose(article) | parts)
    publishing.record(article, by=None)
    work()
    return article


def linking(*targets):
    words = " ".join(f'<a href="article:{target.pk}">{target.title}</a>' for target in targets)
    return [{"role": "introduction", "heading": "", "body": f"<p>See {words}.</p>"}]


def found(check=None, moment=None):
    rows = Finding.objects.holding(moment or timezone.now()).order_by("pk")
    return [(each.article, each.check_name) for each in rows if check in (None, each.check_name)]


def listed(client, **filters):
    """What a page of the list and the export say, which is the same."""
    page = client.get(REPORT, filters)
    rows = [(each.article.title, each.check_name) for each in page.context["cl"].result_list]
    exported = exported_rows(client.get(EXPORT, filters))
    assert [row["Article"] for row in exported] == [title for title, _ in rows]
    return rows


def exported_rows(response):
    text = b"".join(response.streaming_content).decode().removeprefix(spreadsheets.MARK)
    return list(csv.DictReader(text.splitlines()))


# --- What is kept ------------------------------------------------------------------------------------


def test_saving_a_draft_has_it_looked_at_and_what_is_put_right_goes():
    article = saved(make_article(), title="x" * 61)
    assert found("length") == [(article, "length")]
    saved(article, title="How to read a pay figure")
    assert found("length") == []


def test_a_source_that_expires_is_found_from_the_day_after_without_a_job():
    today = timezone.now().date()
    source = {"publisher": "A bureau", "title": "A table", "valid_until": today.isoformat()}
    article = saved(make_article(), sources=[source])
    assert found("expired-source") == []
    assert found("expired-source", timezone.now() + DAY) == [(article, "expired-source")]


def test_links_are_looked_at_again_when_their_targets_come_and_go():
    target = make_article("Fees")
    article = saved(make_article(), sections=linking(target))
    assert found("link") == [(article, "link")]
    publish(target)
    work()
    assert found("link") == []
    publishing.withdraw(target, by=None, at=soon(hours=2))
    work()
    assert (found("link"), len(found("link", soon(hours=3)))) == ([], 1)
    publishing.withdraw(target, by=None)
    work()
    assert "withdrawn from" in Finding.objects.get(check_name="link").message
    trash.trash(target, by=None)
    work()
    assert "in the trash" in Finding.objects.get(check_name="link").message


def test_two_drafts_with_one_title_are_found_in_both_until_one_is_renamed():
    first = saved(make_article("Fees"))
    second = saved(documents.restore(article_document("article", "Fees", slug="fees-again")))
    assert {article for article, _ in found("duplicate-title")} == {first, second}
    saved(second, title="Other fees than these")
    assert found("duplicate-title") == []
    trash.trash(saved(second, title="Fees"), by=None)
    work()
    assert found("duplicate-title") == []
    trash.put_back(second, by=None)
    work()
    assert len(found("duplicate-title")) == 2


def test_findings_stand_where_their_article_stands():
    article = saved(make_article("x" * 61))

    def standing(moment=None):
        now = moment or timezone.now()
        return [each for each in Finding.Standing if Finding.objects.standing(each, now).exists()]

    assert standing() == ["draft"]
    publication = publishing.schedule(article, by=None, at=soon())
    work()
    assert (standing(), standing(publication.starts_at)) == (["scheduled"], ["live"])
    publishing.cancel(publication, by=None)
    publish(article, until=soon(hours=2))
    work()
    assert (standing(), standing(soon(hours=3))) == (["live"], ["withdrawn"])
    saved(article, summary="Another, and what readers find there is said at some length.")
    assert standing() == ["changed"]


def test_a_command_looks_at_all_drafts_again(capsys):
    article = saved(make_article(), title="x" * 61)
    Finding.objects.all().delete()
    trash.trash(saved(make_article("Another with a long title")), by=None)
    call_command("rebuild_findings")
    assert found("length") == [(article, "length")]
    assert "2 drafts looked at." in capsys.readouterr().out


# --- The list ----------------------------------------------------------------------------------------


@pytest.fixture
def writer(client):
    client.force_login(make_user("arthur", group="Author"))


@pytest.fixture
def broken(writer):
    """A live article and a draft by another author, with titles that are too long; a path without sources."""
    live = make_article("x" * 61)
    publish(live)
    publishing.record(make_article("y" * 61, authors=("Bea Author",)), by=None)
    publishing.record(make_path(), by=None)
    work()
    return live


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"check": "length"}, "yx"),
        ({"level": "stops"}, ""),
        ({"level": "warns", "kind": "article"}, "yx"),
        ({"level": "warns", "kind": "career-path"}, "M"),
        ({"state": "live"}, "x"),
        ({"state": "draft", "kind": "article"}, "y"),
        ({"article__authors__named": "Bea"}, "y"),
        ({"article__authors__named": "Bea", "state": "live"}, ""),
        ({"q": "microtask", "level": "warns"}, "M"),
        ({"q": "microtask", "kind": "article"}, ""),
        ({"q": '")%_'}, ""),
    ],
)
def test_the_report_is_filtered_and_exported_alike(client, broken, filters, shown):
    assert "".join(title[0] for title, _ in listed(client, **filters) if title) == shown


def test_findings_lead_to_their_fields(client, broken):
    path, row = CareerPath.objects.get(), Finding.objects.get(check_name="unsourced", gravity=2)
    place = f"?show={row.place.replace('/', '%2F')}"
    assert f'href="{address(path)}{place}"' in client.get(REPORT).content.decode()
    assert '<p data-show="id_facts-0-sources">' in client.get(address(path) + place).content.decode()
    unknown = client.get(f"{address(path)}?show=no/such/place").content.decode()
    assert '<p data-show="id_title">' in unknown


def test_a_filter_that_is_not_offered_leads_back_to_the_list(client, broken):
    for name in ("level", "state"):
        assert client.get(REPORT, {name: "zz"}).status_code == 302
        assert client.get(EXPORT, {name: "zz"}).status_code == 302


def test_the_list_and_the_export_ask_little_however_much_is_found(client, broken):
    Finding.objects.bulk_create(
        Finding(article=broken, kind="article", gravity=2, check_name="length", message=f"No. {number}")
        for number in range(120)
    )
    client.get(REPORT)
    with queries() as ran:
        client.get(REPORT, {"level": "warns", "state": "live", "kind": "article"})
    assert len(ran) <= 10, ran
    with queries() as ran:
        assert len(exported_rows(client.get(EXPORT))) > 120
    assert len(ran) <= 20, ran


def test_an_export_ends_and_says_so(client, broken, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST", 1)
    rows = exported_rows(client.get(EXPORT))
    assert (len(rows), rows[1]["Level"]) == (2, "The list ends after 1 rows. Filter to see others.")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_spreadsheet_runs_what_somebody_wrote(client, writer, cell):
    article = saved(make_article("x" * 61))
    Finding.objects.filter(article=article).update(message=f"{cell} is written here")
    (row,) = exported_rows(client.get(EXPORT))
    assert row["What is found"].startswith("'")


def test_what_a_job_looks_at_may_be_gone_meanwhile():
    article = make_article()
    publishing.record(article, by=None)
    trash.trash(article, by=None)
    trash.purge(timezone.now() + HOUR)
    work()
    assert not Finding.objects.exists()
    assert list(report.rebuild()) == []
