"""What articles use is not removed from under them, and who uses it is said."""

import pytest

from articles.models import Author, Image
from comparisons.models import Criterion, Question
from tests.forms import address, form_data
from tests.makers import embedded, golden, make_article, make_author, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_user("edith", group="Editor"))


def test_a_source_that_is_still_cited_is_not_removed(client):
    source = {"id": "5f0dbd5c-0000-4000-8000-000000000001", "publisher": "A bureau", "title": "A table"}
    fact = {"label": "Pay", "low": "1", "high": "2", "sources": [source["id"]]}
    path = make_path(sources=[source], facts=[fact])
    data = form_data(client.get(address(path)), **{"sources-0-DELETE": "on", "facts-0-label": "Wage"})
    html = client.post(address(path), data | {"_continue": "1"}).content.decode()
    assert "“A bureau: A table” is to be removed, and is cited here" in html
    assert path.sources.count() == path.facts.get(label="Pay").sources.count() == 1
    client.post(address(path), data | {"_continue": "1", "facts-0-sources": []})
    assert (path.sources.count(), path.facts.get().label) == (0, "Wage")


def test_a_criterion_with_rated_questions_is_not_removed_and_the_paths_are_named(client):
    comparison = golden(published=False)
    bank = Criterion.objects.first().bank
    data = form_data(client.get(address(bank)), **{"criteria-0-DELETE": "on"}) | {"_continue": "1"}
    response = client.post(address(bank), data)
    assert response.status_code == 200
    html = response.content.decode()
    assert all(address(path) in html for path in comparison.paths.all())
    assert Criterion.objects.count() == 5
    criterion = Question.objects.first().criterion
    data = form_data(client.get(address(criterion)), **{"questions-0-DELETE": "on"}) | {"_continue": "1"}
    html = client.post(address(criterion), data).content.decode()
    assert all(address(path) in html for path in comparison.paths.all())
    assert Question.objects.count() == 10


def test_images_and_reviewers_of_what_is_live_stay_where_the_draft_has_lost_them(client):
    image = Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")
    reviewer = make_author("Rita Reviewer")
    article = make_article(reviewer=embedded(reviewer))
    article.sections.update(image=image)
    publish(article)
    article.sections.update(image=None)
    type(article).objects.update(reviewer=None)
    for row, label in ((image, "A desk"), (reviewer, "Rita Reviewer")):
        html = client.post(address(row, "delete"), {"post": "yes"}).content.decode()
        assert address(article) in html
        assert f"which names {label}" in html
    assert Image.objects.exists()
    assert Author.objects.filter(pk=reviewer.pk).exists()
