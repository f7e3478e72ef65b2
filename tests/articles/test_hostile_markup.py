"""Nothing that a browser could run is stored, whichever way it comes in."""

import re
from html.parser import HTMLParser

import nh3
import pytest
from django.core.management import call_command

from articles import documents, publishing
from articles.admin.fields import FORM_FIELDS
from articles.models import Comment, Section
from articles.richtext import RichTextField, cleaned
from comparisons.models import Contender
from tests.comparisons.test_import_article import TEXT
from tests.hostile import MARKUP
from tests.makers import article_document, make_article, make_comparison, make_path, publish
from tests.programs import Program

ALLOWED = {
    **{tag: set() for tag in ("p", "h3", "h4", "ul", "li", "blockquote", "strong", "em", "br")},
    "ol": {"start", "type", "data-type"},
    "a": {"href", "title", "rel"},
}
HREF = re.compile(r"https?://[^/\\\s]\S*|mailto:\S+|/(?![/\\])\S*|#\S*|article:[0-9a-f-]{36}", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects what stored rich text may not have."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED or not {name for name, _ in attributes} <= ALLOWED[tag]:
            self.found.append(self.get_starttag_text())
        self.found += [href for name, href in attributes if name == "href" and not HREF.fullmatch(href or "")]

    def handle_comment(self, text):
        self.found.append(text)

    handle_decl = handle_pi = unknown_decl = handle_comment


def hostile_parts(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    again = nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes={tag: names for tag, names in ALLOWED.items() if names},
        url_schemes={"http", "https", "mailto", "article"},
        link_rel=None,
    )
    return reader.found + ([html] if again != html or cleaned(html) != html else [])


def assert_harmless(texts):
    found = {html: parts for html in texts if (parts := hostile_parts(html))}
    assert found == {}


def test_there_are_many_and_the_judge_knows_them():
    assert len(set(MARKUP)) >= 120
    assert sum(bool(hostile_parts(markup)) for markup in MARKUP) > len(MARKUP) * 0.9


def test_a_form_takes_in_none_of_it():
    field = Section._meta.get_field("body").formfield(**FORM_FIELDS[RichTextField])
    assert_harmless(field.clean(markup) for markup in MARKUP)
    assert_harmless([field.clean("".join(MARKUP)), field.clean("\n".join(reversed(MARKUP)))])


@pytest.mark.django_db
def test_a_document_takes_in_none_of_it():
    bodies = ["".join(MARKUP[start : start + 8]) for start in range(0, len(MARKUP), 8)]
    article = make_article(sections=[{"role": "body", "heading": "x", "body": each} for each in bodies])
    publishing.record(article, by=None)
    documents.restore(article.revisions.get().document)
    comparison = make_comparison(make_path("One"), make_path("Two"))
    document = documents.compose(comparison)
    document["contenders"][0]["understanding"] = "".join(MARKUP)
    documents.restore(document)
    assert_harmless(Section.objects.values_list("body", flat=True))
    assert_harmless(Contender.objects.values_list("understanding", flat=True))
    assert "article:javascript" not in str(list(Section.objects.values_list("body", flat=True)))


@pytest.mark.django_db
def test_a_program_brings_in_none_of_it():
    sections = [{"role": "body", "heading": each[:200], "body": each} for each in MARKUP if "\0" not in each]
    given = article_document("article", "Marked", sections=sections)
    response = Program("edith", group="Editor").post(body={"document": given})
    assert response.status_code == 201
    assert len(response.json()["document"]["sections"]) > 100
    assert_harmless(each["body"] for each in response.json()["document"]["sections"])
    assert_harmless(Section.objects.values_list("body", flat=True))


@pytest.mark.django_db
@pytest.mark.any_database
def test_an_import_takes_in_none_of_it(tmp_path):
    path = tmp_path / "article.md"
    lines = [" ".join(markup.split()) for markup in MARKUP if len(markup) < 1000]
    path.write_text(TEXT.replace("We sell.", "\n\n".join(lines)), encoding="utf-8")
    call_command("import_article", str(path))
    bodies = list(Section.objects.values_list("body", flat=True))
    assert_harmless(bodies)
    assert "constructor" in "".join(bodies)


@pytest.mark.django_db
@pytest.mark.any_database
def test_replies_and_answers_show_it_as_the_text_it_is(client, settings):
    settings.COMMENTS_LINKS = 100
    article = publish(make_article()).article
    text = "".join(MARKUP)[:5000].replace("\x00", "")
    sent = {"article": str(article.pk), "name": MARKUP[0], "text": text}
    received = client.post("/api/v1/comments/", sent, content_type="application/json")
    assert received.status_code == 202
    Comment.objects.update(status=Comment.Status.APPROVED)
    page = client.get(f"/articles/{publish(article).slug}/").content.decode()
    shown = page[page.index('class="reply"') : page.index("</article>", page.index('class="reply"'))]
    assert "&lt;script&gt;alert(1)" in shown
    known = {"p", "strong", "bdi", "a", "time", "span", "div", "br"}
    assert set(re.findall(r"<([a-z]+)", shown)) <= known
    assert all(re.match("#|replies/|https?://", each) for each in re.findall(r'href="([^"]*)', shown))
