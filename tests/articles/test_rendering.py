"""What is rendered at publication is derived: it follows the templates and can be rebuilt."""

import pytest
from django.core.management import call_command

from articles import rendering
from articles.models import Publication
from tests.base import queries
from tests.makers import golden, make_article, publish

pytestmark = pytest.mark.django_db


def outdate():
    Publication.objects.update(page="", fragments="", card_html="", rendered_with="older")


def test_rebuilding_stores_what_publishing_would_have_stored(capsys):
    golden()
    before = list(Publication.objects.order_by("pk").values_list("pk", *rendering.STORED))
    outdate()
    call_command("rebuild_pages")
    assert list(Publication.objects.order_by("pk").values_list("pk", *rendering.STORED)) == before
    assert "4 rendered anew." in capsys.readouterr().out


def test_rebuilding_leaves_alone_what_is_up_to_date(capsys):
    publish(make_article())
    call_command("rebuild_pages")
    assert "0 rendered anew." in capsys.readouterr().out


def test_outdated_cards_are_rendered_on_reading(client):
    publish(make_article("Visible"))
    outdate()
    assert "Visible" in client.get("/articles/").content.decode()


def test_no_part_is_rendered_again_where_the_templates_are_the_same():
    publication = publish(make_article())
    with queries() as found:
        rendering.page(publication)
    assert found == []
