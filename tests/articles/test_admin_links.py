"""The link chooser's articles, and what the desk says of links that lead nowhere."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User

from articles import publishing
from articles.models import Article, Section
from tests.articles.test_links import linking, section
from tests.base import queries, soon
from tests.forms import address, form_data, said
from tests.makers import make_article, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TARGETS = "/admin/link-targets/"


@pytest.fixture
def desk(client):
    client.force_login(make_user(group="Editor"))
    return client


def found(client, **question):
    return client.get(TARGETS, question).json()


def titles(client, **question):
    return [article["title"] for article in found(client, **question)["results"]]


def test_articles_are_found_by_words_of_their_titles_with_where_they_stand(desk):
    live = publish(make_article("How to read a pay figure")).article
    make_path("Reading aloud for pay")
    make_article("How to rest")
    gone = make_article("Pay to read")
    Article.objects.filter(pk=gone.pk).update(trashed_at=soon())
    with queries() as asked:
        assert titles(desk, q="pay READ") == ["Reading aloud for pay", "How to read a pay figure"]
    assert len(asked) <= 7  # four of them are the session's and the person's
    assert found(desk, q="figure") == {
        "results": [
            {
                "id": str(live.pk),
                "title": "How to read a pay figure",
                "kind": "article",
                "state": "live",
                "stateLabel": "Live",
                "form": address(live),
            }
        ],
        "more": False,
    }
    assert titles(desk, id=live.pk) == ["How to read a pay figure"]
    assert titles(desk, id=gone.pk) == titles(desk, id="nonsense") == []
    for number in range(20):
        make_article(f"How to count {number}")
    everything = found(desk, q="how")
    assert (len(everything["results"]), everything["more"]) == (20, True)


def test_an_address_of_this_site_leads_to_its_article(desk, settings):
    article = make_article("Piece", slug="old")
    publish(article)
    article.slug = "new"
    article.save()
    publish(article)
    make_path("Draft", slug="draft")
    site = settings.SITE_URL
    for place in (
        "/articles/old/",
        f"{site}/articles/new/",
        "http://testserver/articles/new",
        "/articles/new/#why",
    ):
        assert titles(desk, address=place) == ["Piece"]
    assert titles(desk, address="/careers/draft/") == ["Draft"]
    for place in (
        "https://example.org/articles/new/",
        "/articles/new/?page=2",
        "/articles/new/replies/",
        "/articles/unknown/",
        "/articles/",
        "//[",
    ):
        assert titles(desk, address=place) == []


def test_nobody_finds_drafts_of_a_kind_they_may_not_read(client):
    make_article("Article")
    make_path("Path")
    user = User.objects.create_user("guest", is_staff=True)
    client.force_login(user)
    assert client.get(TARGETS).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_careerpath"))
    assert titles(client) == ["Path"]
    assert client.post(TARGETS).status_code == 405


def test_a_form_says_which_links_lead_nowhere_and_refuses_those_to_what_is_not_here(desk):
    live, draft = publish(make_article("Live")).article, make_article("A draft")
    source = make_article("Source", sections=[section(live, draft)])
    page = desk.get(address(source))
    [told] = page.context["leading_nowhere"]
    assert (told.words, told.place, told.where) == ("there now", "sections-0", "Where")
    assert f'<a href="{address(draft)}">A draft</a>' in page.content.decode()
    missing = linking(uuid4(), words="far")
    answer = desk.post(address(source), form_data(page, **{"sections-0-body": missing}) | {"_continue": "1"})
    rows = [row for each in answer.context["inline_admin_formsets"] for row in each.formset.errors]
    [errors] = filter(None, rows)
    assert errors["body"] == [
        "The link “far now” leads to an article that is not here (any more). "
        "Choose another for it, or remove the link."
    ]
    assert Section.objects.get(article=source).body == linking(live, draft)


def test_withdrawing_says_where_readers_will_see_plain_text(desk):
    target = publish(make_article("Target")).article
    for number in range(2):
        publish(make_article(f"Source {number}", sections=[section(target)]))
    publishing.schedule(make_article("Later", sections=[section(target)]), by=None, at=soon())
    page = desk.get(address(target, "withdraw")).content.decode()
    assert "2 live articles link to it; readers will see plain text there" in page
    assert "1 scheduled article links to it" in page
    assert "Source 1</a>" in page
    answer = desk.post(address(target, "withdraw"), {"seen": ""})
    assert "Withdrawn" in said(answer)
    front = desk.get("/admin/").content.decode()
    assert front.count("links to “Target”, which is not live") == 2
