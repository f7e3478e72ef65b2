"""Facts on the desk: what is due, what rests on expired sources, and saying that it was checked."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import documents, freshness, publishing
from articles.models import Article, Event, ReviewInterval
from comparisons.models import CareerPath
from tests.base import at, queries
from tests.forms import address, form_data, said, save
from tests.makers import golden, make_article, make_author, make_comparison, make_path, make_user, publish

pytestmark = pytest.mark.django_db

DUE, CLAIMS = "/admin/articles/due/", "/admin/claims/"
LONG_AGO = timedelta(days=500)


@pytest.fixture(autouse=True)
def editor(client):
    editor = make_user("edith", group="Editor")
    client.force_login(editor)
    return editor


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def titles(html):
    return re.findall(r'class="field-of[^"]*"><a href="[^"]*">([^<]*)</a>', html)


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- What is due ------------------------------------------------------------------------------------------


@pytest.fixture
def old():
    """An article and a path that nobody has checked since they were published, the path due for longer."""
    with at(timezone.now() - LONG_AGO):
        article, path = make_article("An article", authors=("Ann Author", "Bob")), make_path("A path")
        publish(article)
        publish(path)
    return article, path


def test_what_is_due_is_listed_by_how_overdue_it_is(client, old):
    html = page(client, DUE)
    assert titles(html) == ["A path", "An article"]
    assert "320 days" in html
    assert "135 days" in html
    assert "never checked, published" in html
    for query in ({"kind": "article"}, {"authors__id__exact": make_author("Bob").pk}):
        assert titles(page(client, DUE, **query)) == ["An article"]


def test_the_list_costs_few_queries_however_long_it_is(client, old):
    with at(timezone.now() - LONG_AGO):
        for number in range(6):
            publish(make_article(f"Article {number}", authors=("Ann Author", "Bob")))
    page(client, DUE)
    with queries() as ran:
        page(client, DUE)
    assert len(ran) <= 10, ran


def test_a_button_of_the_list_says_that_facts_were_checked_and_leads_back(client, old, editor):
    _, path = old
    html = page(client, DUE, kind="career-path")
    assert f'formaction="{address(path, "checked")}"' in html
    back = re.search(r'name="back" value="([^"]*)"', html)[1]
    response = client.post(address(path, "checked"), {"back": back, "csrfmiddlewaretoken": "x"})
    assert response["Location"] == f"{DUE}?kind=career-path"
    assert "count as checked on" in said(response)
    assert titles(page(client, DUE)) == ["An article"]
    event = Event.objects.get(action="facts-checked")
    assert (event.who, event.channel) == ("edith", "desk")


def test_what_leads_back_leads_nowhere_else(client, old):
    response = client.post(address(old[0], "checked"), {"back": "//elsewhere.example"})
    assert response["Location"] == f"{DUE}?//elsewhere.example"


def test_an_editor_sets_how_long_facts_count_as_checked(client, old):
    form = reverse("admin:articles_reviewinterval_change", args=["career-path"])
    for wrong in ("0", "-1", "99999", "x"):
        assert client.post(form, {"days": wrong}).status_code == 200
    assert ReviewInterval.objects.get(kind="career-path").days == 180
    assert client.post(form, {"days": "499"}).status_code == 302
    assert "1 day <span" in page(client, DUE)
    client.post(form, {"days": ""})
    assert titles(page(client, DUE)) == ["An article"]


def test_whoever_writes_one_kind_alone_sees_what_is_due_of_it(client, old):
    from django.contrib.auth.models import Permission

    writer = make_user("wendy")
    writer.user_permissions.add(Permission.objects.get(codename="change_careerpath"))
    client.force_login(writer)
    assert titles(page(client, DUE)) == ["A path"]


# --- In the form ------------------------------------------------------------------------------------------


def test_the_form_tells_edits_publications_and_checks_apart(client):
    article = make_article("Piece", slug="piece", reviewed_on="2026-01-02")
    publish(article)
    html = words(page(client, address(article)))
    assert "Facts checked 2 January 2026" in html
    response = save(client, article, button="_checked", title="Another title")
    assert "count as checked on" in said(response)
    stored = Article.objects.get()
    assert (stored.title, stored.reviewed_on) == ("Another title", timezone.localdate())
    assert [each.note for each in stored.revisions.all()[:1]] == [
        f"Facts checked on {timezone.localdate():%-d %B %Y}"
    ]


def test_saving_the_form_checks_nothing(client):
    article = make_article("Piece", reviewed_on="2026-01-02")
    publishing.record(article, by=None)
    save(client, article, title="Another title", reviewed_on="2026-11-11")
    assert Article.objects.get().reviewed_on.isoformat() == "2026-01-02"


def test_facts_were_checked_on_another_day_with_a_note(client):
    article = make_article("Piece")
    form = address(article, "checked")
    assert "Checked on" in page(client, form)
    for wrong in ("soon", "0001-01-01", str(timezone.localdate() + timedelta(days=1))):
        assert client.post(form, {"on": wrong}).status_code == 200
    assert client.post(form, {"note": "a\x02b"}).status_code == 200
    assert Article.objects.get().reviewed_on is None
    client.post(form, {"on": "2026-02-03", "note": "Against the survey."})
    assert Article.objects.get().reviewed_on.isoformat() == "2026-02-03"
    assert Event.objects.get(action="facts-checked").detail == "On 3 February 2026. Against the survey."


def test_a_correction_is_written_in_the_form_and_not_for_a_day_to_come(client):
    article = make_article("Piece")
    publishing.record(article, by=None)
    today, data = timezone.localdate(), form_data(client.get(address(article)))
    row = {
        "corrections-TOTAL_FORMS": "1",
        "corrections-0-was": "Nine in ten",
        "corrections-0-now": "Eight in ten",
        "corrections-0-position": "0",
        "_continue": "1",
    }
    tomorrow = {"corrections-0-corrected_on": str(today + timedelta(days=1))}
    refused = client.post(address(article), data | row | tomorrow)
    assert "This day is still to come." in refused.content.decode()
    client.post(address(article), data | row | {"corrections-0-corrected_on": str(today)})
    assert documents.compose(article)["corrections"][0]["was"] == "Nine in ten"


# --- Claims to check again --------------------------------------------------------------------------------


def source(title="A table", **more):
    ended = timezone.localdate() - timedelta(days=3)
    found = {"id": str(uuid4()), "publisher": "A bureau", "title": title, "valid_until": ended.isoformat()}
    return found | more


@pytest.fixture
def path():
    """The worked example's first path, of which a point, a fact and a rating rest on an expired source."""
    path = CareerPath.objects.get(pk=golden().paths.get(slug="microtask-gig-work").pk)
    document, bureau = documents.compose(path), source()
    for name in ("points", "facts", "ratings"):
        document[name][0]["sources"] = [bureau["id"]]
    documents.restore(document | {"sources": [bureau, source("Unused")]})
    publish(path)
    return path


def test_an_expired_source_reopens_each_claim_that_rests_on_it(client, path):
    html = page(client, CLAIMS)
    assert "3 days ago" in html
    listed = words(html)
    assert "Point “Flexible”" in listed
    assert "Fact “Typical pay”: USD 2.00–6.50 per hour" in listed.replace("\xa0", " ")
    assert "Rating “How much experience?”: 5 ± 10" in listed
    assert "Unused" not in listed
    row = path.facts.get()
    assert f'href="{address(path)}?at=facts%2F{row.pk}"' in html
    opened = client.get(address(path), {"at": f"facts/{row.pk}"})
    assert opened["Location"].endswith("#facts-0")


def test_the_form_marks_the_claims_and_their_source(client, path):
    html = page(client, address(path))
    notice = html[html.index('id="reopened-title"') : html.index("</section>", html.index("reopened-title"))]
    anchors = re.findall(r'href="#([^"]*)"', notice)
    assert anchors == ["points-0", "facts-0", "ratings-0"]
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert html.count("Check this again:") == 3
    assert "Expired: 3 claims to check again." in html
    assert "Expired: 0 claims to check again." in html


def test_a_last_day_that_has_passed_may_come_back_with_other_errors(client, path):
    path.sources.update(valid_until=None)
    typed = {"title": "", "sources-0-valid_until": "2020-02-01"}
    html = save(client, path, **typed).content.decode()
    assert "This field is required." in html
    assert html.count("Check this again: “A bureau: A table” expired on 1 February 2020.") == 3
    assert "Expired: 3 claims to check again." in html
    assert 'value="2020-02-01"' in html


def test_another_last_day_closes_them_for_the_draft_and_then_for_readers(client, path):
    later = str(timezone.localdate() + timedelta(days=100))
    save(client, path, **{"sources-0-valid_until": later})
    assert "None: no claim rests" in page(client, CLAIMS)
    assert "Mended in drafts, and not yet published: 1" in words(page(client, CLAIMS))
    assert "Point “Flexible”" in words(page(client, CLAIMS, where="published"))
    assert "Readers are still told that sources have expired" in page(client, address(path))
    save(client, path, button="_publish")
    assert "Mended in drafts" not in page(client, CLAIMS)
    assert "None: no claim rests" in page(client, CLAIMS, where="published")
    assert "still told" not in page(client, address(path))


def test_another_source_closes_them_too(client, path):
    fresh = source("A newer table", valid_until=None)
    document = documents.compose(path)
    for name in ("points", "facts", "ratings"):
        document[name][0]["sources"] = [fresh["id"]]
    documents.restore(document | {"sources": [fresh]})
    publishing.record(path, by=None)
    assert not freshness.expired(timezone.localdate()).exists()
    assert [facet.label for facet in freshness.still_shown(timezone.now())] == ["A bureau: A table"]
    publish(path)
    assert not freshness.still_shown(timezone.now()).exists()


def test_drafts_are_looked_at_as_well_and_what_is_in_the_trash_is_not(client, path):
    own = source("Of a comparison")
    row = {"aspect": "Pay", "cells": {str(path.pk): "Little"}, "sources": [own["id"]]}
    draft = make_comparison(path, make_path("Other"), sources=[own], differences=[row])
    assert "Difference “Pay”" in words(page(client, CLAIMS))
    Article.objects.filter(pk=draft.pk).update(trashed_at=timezone.now())
    assert "Difference “Pay”" not in words(page(client, CLAIMS))


def test_the_list_of_claims_costs_few_queries_however_long_it_is(client, path):
    for number in range(4):
        own = source(f"Source {number}")
        points = [{"side": "pro", "label": f"Point {number}", "sources": [own["id"]]}] * 2
        publishing.record(make_path(f"Path {number}", sources=[own], points=points), by=None)
    page(client, CLAIMS)
    with queries() as ran:
        page(client, CLAIMS)
    assert len(ran) <= 10, ran
    with queries() as ran:
        list(freshness.expired(timezone.localdate()))
    assert len(ran) == 1
