"""The preview beside the form: what is not saved yet as a page, nothing of it kept."""

import pytest
from django.db import connection

from tests.forms import address, form_data
from tests.makers import golden, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


def everything_stored():
    """All rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_unsaved_words_are_shown_and_leave_no_trace(client, writer):
    comparison = golden()
    page = client.get(address(comparison))
    changed = form_data(
        page,
        title="Only a try",
        **{
            "sections-introduction-0-body": "<p>Not kept.</p>",
            "differences-0-DELETE": "on",
            "note": "No revision",
        },
    )
    before = everything_stored()
    response = client.post(address(comparison), changed | {"_preview": "panel"})
    html = response.json()["page"]
    assert (response.status_code, "Only a try" in html, "Not kept." in html) == (200, True, True)
    assert "as Microtask gig work" not in html
    assert 'action="/compare/microtask-gig-work-vs-remote-project-management/replies/"' not in html
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]
    assert everything_stored() == before


@pytest.mark.any_database
def test_the_panel_is_told_which_fields_are_in_the_way(client, writer):
    comparison = golden()
    page = client.get(address(comparison))
    changed = form_data(page, title="", **{"differences-0-aspect": "", "contenders-1-path": ""})
    response = client.post(address(comparison), changed | {"_preview": "panel"})
    required = "This field is required."
    assert response.status_code == 422
    assert response.json() == {
        "waits_for": [
            {"label": "Title", "place": "id_title", "message": required},
            {"label": "Contender 2, Path", "place": "id_contenders-1-path", "message": required},
            {"label": "Difference 1, Aspect", "place": "id_differences-0-aspect", "message": required},
        ]
    }
    deleted = client.post(address(comparison), changed | {"_preview": "panel", "differences-0-DELETE": "on"})
    assert [each["place"] for each in deleted.json()["waits_for"]] == ["id_title", "id_contenders-1-path"]
