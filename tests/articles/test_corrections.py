"""What was wrong is not mended in silence: on the page, in a feed, in the API and in structured data."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import documents, publishing
from tests.base import at, queries, soon
from tests.makers import article_document, make_article, make_path, publish
from tests.schema_org import node

pytestmark = pytest.mark.django_db

OLDER = {"corrected_on": "2026-02-01", "was": "It pays <b>weekly</b>.", "now": "It pays monthly."}
NEWER = {
    "corrected_on": "2026-03-03",
    "was": "Nine in ten",
    "now": "Eight in ten",
    "why": "A column was read twice.",
    "credit": "Lena",
}


def text(client, address):
    return client.get(address).content.decode()


def test_a_page_shows_its_corrections_the_newest_first(client):
    publish(make_article(slug="piece", corrections=[OLDER, NEWER]))
    page = text(client, "/articles/piece/")
    assert page.index("Nine in ten") < page.index("It pays &lt;b&gt;weekly&lt;/b&gt;.")
    assert "Thanks to Lena, who pointed it out." in page
    assert re.search(r'<a href="#corrections">Corrected\s+<time datetime="2026-03-03">', page)


def test_a_page_without_corrections_speaks_of_none(client):
    publish(make_article(slug="piece"))
    assert "orrected" not in text(client, "/articles/piece/")


def test_programs_read_of_a_correction_on_the_page(client):
    publish(make_path(corrections=[NEWER, OLDER | {"why": ""}]))
    assert node(text(client, "/careers/microtask-gig-work/"), "Article")["correction"] == [
        {
            "@type": "CorrectionComment",
            "datePublished": "2026-03-03",
            "text": "It said: Nine in ten\nRight is: Eight in ten\nA column was read twice.",
        },
        {
            "@type": "CorrectionComment",
            "datePublished": "2026-02-01",
            "text": "It said: It pays <b>weekly</b>.\nRight is: It pays monthly.",
        },
    ]


def test_a_feed_has_the_corrections_of_all_that_is_live(client):
    publish(make_article("Piece", slug="piece", corrections=[OLDER]))
    publish(make_path(corrections=[NEWER]))
    withdrawn = make_article("Withdrawn", corrections=[NEWER | {"was": "Secret"}])
    publish(withdrawn)
    publishing.withdraw(withdrawn, by=None)
    make_article("Draft", corrections=[NEWER | {"was": "Secret"}])
    with queries() as ran:
        feed = text(client, "/feed/corrections/")
    assert len(ran) == 3  # two of them ask when anything changed
    assert re.findall(r"<title>(.*?)</title>", feed)[1:] == ["Microtask gig work", "Piece"]
    assert "&lt;p&gt;It said: It pays &amp;lt;b&amp;gt;weekly" in feed
    assert "Secret" not in feed


def test_the_api_lists_corrections_and_what_they_were_made_in(client):
    article = make_article("Piece", slug="piece", corrections=[OLDER, NEWER])
    publish(article)
    older, newer = article.corrections.all()
    first = client.get("/api/v1/corrections/", {"page_size": 1}).json()
    assert first["results"] == [
        {
            "id": str(newer.pk),
            **NEWER,
            "article": {"kind": "article", "slug": "piece", "url": "/articles/piece/", "title": "Piece"},
        }
    ]
    second = client.get(first["next"]).json()
    assert [each["id"] for each in second["results"]] == [str(older.pk)]
    assert second["next"] is None


def test_what_is_corrected_from_monday_on_is_told_then(client):
    article = make_article(slug="piece")
    publish(article)
    documents.restore(documents.compose(article) | {"corrections": [NEWER]})
    monday = soon(hours=48)
    publishing.schedule(article, by=None, at=monday)
    for address in ("/articles/piece/", "/feed/corrections/", "/api/v1/corrections/"):
        assert "Nine in ten" not in text(client, address)
        with at(monday):
            assert "Nine in ten" in text(client, address)


def test_a_correction_of_no_day_or_without_words_is_refused():
    for log in ({"was": "A", "now": "B"}, NEWER | {"was": ""}, NEWER | {"corrected_on": "soon"}):
        with pytest.raises(documents.DocumentError, match=r"corrections\[0\]"):
            documents.restore(article_document("article", "Piece", corrections=[log]))


# --- Published, updated, facts checked ---------------------------------------------------------------


def test_a_page_tells_its_days_apart(client):
    article = make_article(slug="piece", reviewed_on="2026-01-02")
    start = timezone.now()
    publish(article)
    page = text(client, "/articles/piece/")
    assert "Updated" not in page
    assert re.search(r'Facts checked <time datetime="2026-01-02">', page)
    later = start + timedelta(days=3)
    with at(later):
        documents.restore(documents.compose(article) | {"summary": "A comma was missing."})
        publish(article)
        page = text(client, "/articles/piece/")
    assert f'Updated <time datetime="{later.date()}">' in page
    assert f'Published <time datetime="{start.date()}">' in page
    assert re.search(r'Facts checked <time datetime="2026-01-02">', page)
    data = node(page, "Article")
    assert data["datePublished"][:10] == str(start.date())
    assert data["dateModified"][:10] == str(later.date())
    assert data["mainEntityOfPage"]["lastReviewed"] == "2026-01-02"
    assert "reviewedBy" not in data["mainEntityOfPage"]


def test_facts_that_nobody_has_checked_have_no_day(client):
    publish(make_path())
    page = text(client, "/careers/microtask-gig-work/")
    assert "Facts checked" not in page
    assert node(page, "Article")["mainEntityOfPage"].keys() == {"@type", "@id"}
