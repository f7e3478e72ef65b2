"""What is rendered at publication is derived: it follows the templates and can be rebuilt."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command

from articles import corrections, kinds, pages, rendering, structured_data
from articles.markdown import front_matter
from articles.models import Publication
from articles.social_cards import card
from comparisons import embed_code, pay
from tests.base import queries
from tests.makers import golden, make_article, make_comparison, make_path, publish

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


@pytest.mark.parametrize("module", [pages, structured_data, card, front_matter, corrections, pay, embed_code])
def test_other_code_that_draws_has_all_rendered_anew(monkeypatch, module):
    before = rendering.fingerprint.__wrapped__()
    read = Path.read_bytes
    changed = Path(module.__file__)
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"#" if path == changed else b""))
    assert rendering.fingerprint.__wrapped__() != before


def test_no_part_is_rendered_again_where_the_templates_are_the_same():
    publication = publish(make_article())
    with queries() as found:
        rendering.page(publication)
    assert found == []


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("make", [make_article, make_path, make_comparison])
def test_the_contents_name_the_sources_last_where_there_are_any(client, make, number):
    sources = [{"id": str(uuid4()), "publisher": "A publisher", "title": "A report"}][:number]
    roles = ("introduction", "body", "body", "body")
    sections = [
        {"role": role, "heading": f"Part {n}", "body": "<p>It says.</p>"} for n, role in enumerate(roles)
    ]
    paths = [make_path(), make_path("Remote management")] if make is make_comparison else []
    for path in paths:
        publish(path)
    article = make(*paths, sections=sections, sources=sources)
    publish(article)
    page = client.get(f"{kinds.get(article.kind).prefix}{article.slug}/").text
    contents = page[page.index('class="contents"') : page.index("</nav>", page.index('class="contents"'))]
    anchors = re.findall('href="#(.+?)"', contents)
    assert (anchors[-1] == "sources") is bool(number)
    assert all(f'id="{each}"' in page for each in anchors)
