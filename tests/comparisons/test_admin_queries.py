"""Large forms: what opening and saving them asks of the database does not grow with their rows."""

from uuid import uuid4

import pytest

from articles import publishing
from comparisons.models import Point
from tests.base import queries
from tests.forms import address, form_data
from tests.makers import make_bank, make_comparison, make_path, make_user, publish, questions

pytestmark = pytest.mark.django_db

MOST = 60
QUESTIONS = [(f"Criterion {number % 4}", f"question-{number}", "at_least", 20, 80) for number in range(12)]


@pytest.fixture
def paths():
    """Four paths with twelve ratings and fifteen points each, all with a source."""
    bank = make_bank(QUESTIONS)
    publish(bank)
    rated = questions(bank).values()
    found = []
    for number in range(4):
        source = cited()
        ratings = [
            {"question": str(pk), "value": 20 * number, "uncertainty": 10, "sources": [source["id"]]}
            for pk in rated
        ]
        points = [point(f"Path {number}", place, source) for place in range(15)]
        found.append(make_path(f"Path {number}", ratings=ratings, points=points, sources=[source]))
    return found


@pytest.fixture
def comparison(paths):
    """All four, with sixty points of its own."""
    source = cited()
    points = [point(path.title, place, source, path=str(path.pk)) for path in paths for place in range(15)]
    return make_comparison(*paths, title="All four", points=points, sources=[source])


def cited():
    return {"id": str(uuid4()), "publisher": "A bureau", "title": "A table"}


def point(title, place, source, **more):
    words = {"label": f"{title}, {place}", "text": f"What is so of {title}.", "sources": [source["id"]]}
    return {"side": ("pro", "con")[place % 2], **words, **more}


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_user("edith", group="Editor"))


def opened(client, article):
    """The form's fields as a browser sends them."""
    client.get(address(article))  # what a process finds out once is known then
    with queries() as ran:
        page = client.get(address(article))
    assert len(ran) <= MOST, ran
    return form_data(page)


def send(client, article, data):
    with queries() as ran:
        response = client.post(address(article), data | {"_continue": "1"})
    assert response.status_code == 302, response.context["errors"]
    assert len(ran) <= MOST, ran
    return len(ran)


def look(client, article, data):
    """What is typed, as both panels beside the form ask for it; the paths are drafts that were saved."""
    for path in article.paths.all():
        publishing.record(path, by=None)
    with queries() as ran:
        response = client.post(address(article), data | {"_preview": "panel"})
    assert sorted(response.json()) == ["checks", "page"]
    assert len(ran) <= MOST, ran


def changed(data, prefix):
    """Every row of a kind with other words."""
    rows = {name: [f"{values[0]} Indeed."] for name, values in data.items() if is_text(name, prefix)}
    assert len(rows) >= 12
    return data | rows


def is_text(name, prefix):
    return name.startswith(f"{prefix}-") and name.endswith(("-text", "-rationale"))


def test_a_comparison_with_four_contenders_and_sixty_points(client, comparison):
    data = opened(client, comparison)
    send(client, comparison, data)
    send(client, comparison, data | {"points-0-text": "Another."})
    look(client, comparison, data | {"points-0-text": "And another."})
    send(client, comparison, changed(opened(client, comparison), "points"))
    assert Point.objects.filter(comparison=comparison, text__endswith="Indeed.").count() == 60


def test_sixty_points_that_are_all_new(client, comparison):
    data = opened(client, comparison)
    Point.objects.filter(comparison=comparison).delete()
    new = {name: [""] for name in data if name.startswith("points-") and name.endswith("-id")}
    send(client, comparison, data | new | {"points-INITIAL_FORMS": "0"})
    assert Point.objects.filter(comparison=comparison, sources__isnull=False).count() == 60


def test_a_path_with_twelve_ratings(client, paths):
    data = opened(client, paths[0])
    send(client, paths[0], data)
    send(client, paths[0], changed(changed(opened(client, paths[0]), "ratings"), "points"))
    assert paths[0].ratings.filter(rationale__endswith="Indeed.").count() == 12
