"""A copy says what the original says, of rows that are its own."""

import json

import pytest

from articles import copying, documents, publishing, trash
from articles.models import Author, Image
from tests.makers import embedded, golden_paths, make_article, make_comparison, make_tag, make_user

pytestmark = pytest.mark.django_db

SOURCES = [
    {"id": "5f0dbd5c-0000-4000-8000-00000000000" + str(n), "publisher": "A bureau", "title": f"Table {n}"}
    for n in range(3)
]
CITED = [SOURCES[2]["id"], SOURCES[0]["id"]]


def everything():
    """A comparison and one of its paths with a row of each sort, which cite sources."""
    path, other = golden_paths(published=False)
    document = documents.compose(path)
    for name in ("points", "facts", "ratings"):
        document[name] = [row | {"sources": CITED} for row in document[name]]
    image = documents.IMAGE.compose(
        [Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")]
    )[0]
    section = {"role": "body", "heading": "More", "body": f"<p>See {SOURCES[0]['id']}.</p>", "image": image}
    reviewer = embedded(Author.objects.get())
    document |= {"sources": SOURCES, "sections": [*document["sections"], section], "reviewer": reviewer}
    path = documents.restore(document | {"reviewed_on": "2026-01-02", "tags": [embedded(make_tag())]})
    question = str(path.ratings.first().question_id)
    comparison = make_comparison(
        path,
        other,
        points=[{"path": str(path.pk), "side": "pro", "label": "Here only"}],
        questions=[question],
        examples=[{"description": "Somebody", "answers": {question: 2}, "expected": str(path.pk)}],
        calls_to_action=[{"label": "Onward", "url": "/"}],
    )
    return path, comparison


def without_identity(document):
    """The document with its own identifiers by the order in which they come."""
    own = list(dict.fromkeys(copying.IDENTIFIER.findall(documents.canonical(document))))
    text = documents.canonical(document)
    for place, identifier in enumerate(own):
        text = text.replace(identifier, f"<{place}>")
    found = json.loads(text)
    return {
        name: value
        for name, value in found.items()
        if name not in ("title", "slug", "reviewer", "reviewed_on")
    }


def test_a_copy_is_the_original_but_for_identifiers_title_slug_and_review():
    for original in everything():
        before = documents.compose(original)
        copied = copying.copy(original, by=make_user(f"ann-{original.kind}"))
        after = documents.compose(copied)
        unreviewed = before | {"reviewer": None}
        assert without_identity(after) == without_identity(unreviewed)
        assert (after["title"], after["slug"]) == (f"Copy of {before['title']}", f"{before['slug']}-copy")
        assert (after["reviewer"], after["reviewed_on"]) == (None, None)
        assert documents.compose(original) == before
        revision = copied.revisions.get()
        assert (revision.note, revision.author.username) == (
            f"Copied from “{original.title}”",
            f"ann-{original.kind}",
        )


def test_rows_of_its_own_are_new_and_what_it_names_of_others_stays():
    path, comparison = everything()
    copied = documents.compose(copying.copy(path, by=None))
    before = documents.compose(path)
    own = {
        row["id"] for name in ("sources", "points", "facts", "ratings", "sections") for row in before[name]
    }
    assert not own & set(copying.IDENTIFIER.findall(documents.canonical(copied)))
    cited = [copied["sources"][place]["id"] for place in (0, 2)]
    assert all(row["sources"] == cited for row in copied["points"])
    assert copied["sources"][0]["id"] in copied["sections"][-1]["body"]
    assert [row["question"] for row in copied["ratings"]] == [row["question"] for row in before["ratings"]]
    assert (copied["tags"], copied["sections"][-1]["image"]) == (
        before["tags"],
        before["sections"][-1]["image"],
    )
    compared = documents.compose(copying.copy(comparison, by=None))
    assert compared["contenders"][0]["path"] == compared["points"][0]["path"] == str(path.pk)
    assert str(path.pk) in compared["differences"][0]["cells"]


def test_the_next_free_address_is_taken_and_long_names_still_fit():
    article = make_article()
    trash.trash(copying.copy(article, by=None), by=None)
    assert copying.copy(article, by=None).slug == "how-to-read-a-pay-figure-copy-2"
    long = make_article("A" * 200, slug="a" * 200, sections=[])
    assert (copied := copying.copy(long, by=None)).slug == "a" * 195 + "-copy"
    assert copied.title == ("Copy of " + "A" * 200)[:200]


def test_nothing_is_copied_from_the_trash():
    article = make_article()
    trash.trash(article, by=None)
    with pytest.raises(publishing.Trashed, match="is in the trash"):
        copying.copy(article, by=None)
