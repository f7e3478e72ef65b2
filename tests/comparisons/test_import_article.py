"""`manage.py import_article`: what it stores, publishes, says and refuses."""

import tempfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings

from articles import documents
from articles.importing.words import all_text_of, words
from articles.models import Article, Author, Publication, Revision, State
from comparisons.importing.parsing import parse
from comparisons.models import CareerPath, Comparison
from tests.comparisons.test_import_parsing import SEED, variants
from tests.comparisons.unfair import STOPS, ready
from tests.makers import make_author, make_comparison, make_path, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TEXT = """Introduction
Sales or nursing?
Understanding Sales
We sell.
Pros and Cons of Sales
Pros:
- Freedom: All day.
Cons:
- Quotas: Every month.
Understanding Nursing
We nurse.
Pros and Cons of Nursing
Pros:
- Meaning: Every day.
Cons:
- Nights: Every week.
Conclusion
Choose.
💡 Click here for more
"""


def saved(tmp_path, text=TEXT, name="article.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def run(path, **options):
    """What the command printed."""
    output = StringIO()
    call_command("import_article", str(path), stdout=output, **options)
    return output.getvalue()


def refused(path, **options):
    """The exit status and the one message."""
    output = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_article", str(path), stdout=output, **options)
    return error.value.returncode, str(error.value)


def stored():
    return [model.objects.count() for model in (Article, Author, Publication, Revision)]


def live(article):
    return Publication.objects.filter(article=article, ends_at=None).first()


def section(article, role):
    return next(each for each in documents.compose(article)["sections"] if each["role"] == role)


def in_fields(article):
    """All words of the stored fields."""
    document = documents.compose(article)
    texts = [document["title"]]
    for row in (*document["sections"], *document.get("points", ()), *document["calls_to_action"]):
        texts += [row.get(name, "") for name in ("heading", "label", "text", "url")]
        texts.append(all_text_of(row.get("body", "")))
    return {word for text in texts for word in words(text)}


# --- Storing ---------------------------------------------------------------------------------------


def test_the_seed_becomes_two_paths_and_a_comparison(seeds):
    run(seeds / SEED)
    comparison = Comparison.objects.get()
    document = documents.compose(comparison)

    assert [path.title for path in CareerPath.objects.order_by("title")] == [
        "Microtask gig work",
        "Remote project management",
    ]
    assert (document["title"], document["slug"]) == (
        "Microtask gig work vs remote project management",
        "microtask-gig-work-vs-remote-project-management",
    )
    assert [row["path"] for row in document["contenders"]] == [
        str(CareerPath.objects.get(slug=slug).pk)
        for slug in ("microtask-gig-work", "remote-project-management")
    ]
    assert [row["role"] for row in document["sections"]] == [
        "introduction",
        "differences",
        "choosing",
        "conclusion",
    ]


def test_every_word_of_the_seed_is_in_a_field_or_listed_as_decoration(seeds):
    text = (seeds / SEED).read_text(encoding="utf-8")
    output = run(seeds / SEED)
    _, listed = output.split("Decoration, in no field\n")
    listed, _ = listed.split("\nLook at\n")
    fields = set.union(*(in_fields(article) for article in Article.objects.all()))

    assert set(words(text)) - fields - set(words(listed)) == set()


@given(variants())
@settings(deadline=None, max_examples=15)
def test_every_word_of_a_variant_is_in_a_field_or_listed_as_decoration(variant):
    with transaction.atomic(), tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "variant.md"
        path.write_bytes(variant.text.encode())
        run(path)
        stored_paths = {path.title.casefold() for path in CareerPath.objects.all()}
        fields = set.union(*(in_fields(article) for article in Article.objects.all()))
        transaction.set_rollback(True)
    decoration = {word for each in parse(variant.text, "variant.md").decoration for word in words(each.text)}

    assert stored_paths == {name.casefold() for name in variant.names}
    assert set(words(variant.text.replace("&amp;", "&"))) - fields - decoration == set()


def test_the_summary_is_the_first_sentences(tmp_path):
    run(saved(tmp_path))

    assert Comparison.objects.get().summary == "Sales or nursing?"
    assert CareerPath.objects.get(slug="sales").summary == "We sell."


def test_a_call_to_action_without_an_address_leads_home(tmp_path):
    run(saved(tmp_path))
    (call,) = documents.compose(Comparison.objects.get())["calls_to_action"]

    assert (call["label"], call["url"]) == ("Click here for more", "/")


def test_the_revision_says_which_file_it_comes_from(tmp_path):
    run(saved(tmp_path, name="sales-vs-nursing.md"))

    assert {revision.note for revision in Revision.objects.all()} == {"Imported from sales-vs-nursing.md"}


def test_a_dry_run_says_the_same_and_stores_nothing(tmp_path):
    before = stored()
    dry = run(saved(tmp_path), dry_run=True, publish=True)
    after = stored()
    wet = run(saved(tmp_path), publish=True)

    assert before == after
    assert dry.replace("This was a dry run: nothing was stored.\n", "") == wet


def test_it_says_what_was_recognised_where_it_went_and_the_addresses(tmp_path):
    output = run(saved(tmp_path))

    assert "3–4  “Understanding Sales”    → career path “Sales”: section, introduction" in output
    assert "7  1 pro                    → career path “Sales”: points" in output
    assert "5  heading the page writes itself  Pros and Cons of Sales" in output
    assert "line 19: “Click here for more” has no address, so it leads to the home page. Set it." in output
    assert "comparison “Sales vs nursing”: new, revision 1\n    draft: http" in output
    assert "/compare/sales-vs-nursing/" in output


# --- Importing again -------------------------------------------------------------------------------


def test_importing_again_changes_nothing(seeds):
    run(seeds / SEED, publish=True)
    before = stored()
    output = run(seeds / SEED, publish=True)

    assert stored() == before
    assert output.count(": unchanged, revision 1") == 3


def test_a_changed_text_updates_the_same_articles(tmp_path):
    run(saved(tmp_path))
    point = CareerPath.objects.get(slug="sales").points.get(label="Freedom")
    output = run(saved(tmp_path, TEXT.replace("All day.", "At night.").replace("We nurse.", "We care.")))

    point.refresh_from_db()
    assert point.text == "At night."
    assert Article.objects.count() == 3
    assert section(CareerPath.objects.get(slug="nursing"), "introduction")["body"] == "<p>We care.</p>"
    assert output.count(": updated, revision 2") == 2
    assert output.count(": unchanged, revision 1") == 1


def test_what_the_text_does_not_mention_is_kept_and_said(tmp_path):
    path = make_path("Sales")
    before = documents.compose(path)
    day = {"role": "body", "heading": "A working day", "body": "<p>Long.</p>"}
    documents.restore(before | {"sections": [*before["sections"], day]})
    output = run(saved(tmp_path))
    after = documents.compose(path)

    unmentioned = ("id", "title", "summary", "authors", "tags", "platforms", "facts", "ratings", "sources")
    assert {name: after[name] for name in unmentioned} == {name: before[name] for name in unmentioned}
    assert [(row["heading"], row["body"]) for row in after["sections"]] == [
        ("Understanding Sales", "<p>We sell.</p>"),
        ("A working day", "<p>Long.</p>"),
    ]
    assert {row["label"] for row in after["points"]} == {"Freedom", "Quotas", "Flexible", "Uneven"}
    assert (
        "kept, though the text doesn't mention it: points “Flexible”, “Uneven”; sections “A working day”"
        in output
    )


def test_the_parts_of_a_comparison_that_no_text_holds_are_kept(tmp_path):
    sales, nursing = make_path("Sales"), make_path("Nursing")
    comparison = make_comparison(
        sales,
        nursing,
        points=[{"path": str(sales.pk), "side": "pro", "label": "Here only", "text": ""}],
    )
    before = documents.compose(comparison)
    run(saved(tmp_path))
    after = documents.compose(comparison)

    assert all(after[name] == before[name] for name in ("contenders", "points", "differences", "authors"))


def test_an_address_that_an_editor_set_survives(tmp_path):
    run(saved(tmp_path))
    comparison = Comparison.objects.get()
    document = documents.compose(comparison)
    document["calls_to_action"][0]["url"] = "https://example.org/"
    documents.restore(document)
    run(saved(tmp_path))

    assert [call.url for call in comparison.calls_to_action.all()] == ["https://example.org/"]


def test_an_edit_that_has_no_revision_yet_gets_one_before_it_is_overwritten(tmp_path):
    path = make_path("Sales")
    run(saved(tmp_path))

    assert [revision.note for revision in path.revisions.order_by("number")] == [
        "Before an import",
        "Imported from article.txt",
    ]


def test_the_other_order_is_the_same_comparison(tmp_path):
    comparison = make_comparison(make_path("Nursing"), make_path("Sales"))
    run(saved(tmp_path))

    assert Comparison.objects.get() == comparison
    assert documents.compose(comparison)["slug"] == "nursing-vs-sales"


# --- Publishing ------------------------------------------------------------------------------------


def test_the_seed_is_published_with_its_paths(seeds):
    output = run(seeds / SEED, publish=True)

    assert {publication.slug for publication in Publication.objects.all()} == {
        "microtask-gig-work",
        "remote-project-management",
        "microtask-gig-work-vs-remote-project-management",
    }
    assert "    live: http" in output
    assert "signed by Editorial team, since no author was named. Name one with --author." in output


def test_changed_paths_are_published_again(tmp_path):
    run(saved(tmp_path), publish=True)
    run(saved(tmp_path, TEXT.replace("We nurse.", "We care.")), publish=True)

    assert "We care." in live(CareerPath.objects.get(slug="nursing")).search_text


def test_without_publish_readers_see_what_they_saw(tmp_path):
    run(saved(tmp_path), publish=True)
    output = run(saved(tmp_path, TEXT.replace("We nurse.", "We care.")))

    assert "We nurse." in live(CareerPath.objects.get(slug="nursing")).search_text
    assert "    live, changed since: http" in output


def test_what_passes_the_checks_is_published_and_the_rest_explained(tmp_path):
    text = TEXT.replace("Cons:\n- Nights: Every week.\n", "")
    status, message = refused(saved(tmp_path, text), publish=True)

    assert status == 1
    assert message == "“Nursing” can't be published yet. points: Give at least one con."
    assert {publication.slug for publication in Publication.objects.all()} == {"sales"}
    assert {article.slug for article in Article.objects.all()} == {"sales", "nursing", "sales-vs-nursing"}


@pytest.mark.parametrize(
    ("authors", "options", "expected"),
    [
        ([], {}, None),
        ([], {"publish": True}, "Editorial team"),
        (["Ann Author"], {}, "Ann Author"),
        (["Ann Author"], {"publish": True}, "Ann Author"),
        (["Ann Author", "Ben Byline"], {}, None),
        (["Ann Author", "Ben Byline"], {"publish": True}, "Editorial team"),
        (["Ann Author", "Ben Byline"], {"author": "ben-byline"}, "Ben Byline"),
        (["Ann Author", "Ben Byline"], {"author": "ben-byline", "publish": True}, "Ben Byline"),
    ],
)
def test_who_signs(tmp_path, authors, options, expected):
    for name in authors:
        make_author(name)
    run(saved(tmp_path), **options)

    for article in Article.objects.all():
        assert [author.name for author in article.authors.all()] == ([expected] if expected else [])


def test_an_article_keeps_its_authors(tmp_path):
    path = make_path("Sales", authors=("Cleo",))
    make_author("Ben Byline")
    run(saved(tmp_path), author="ben-byline")

    assert [author.slug for author in path.authors.all()] == ["cleo"]


def test_an_unknown_author_is_refused(tmp_path):
    make_author()
    before = stored()

    assert refused(saved(tmp_path), author="nobody") == (
        2,
        "There is no author “nobody”. Known are: ann-author.",
    )
    assert stored() == before


def test_a_published_comparison_is_updated_in_place(tmp_path):
    comparison = make_comparison(make_path("Sales"), make_path("Nursing"))
    publish(comparison, with_required=True)
    run(saved(tmp_path), publish=True)

    assert Article.objects.with_state(live(comparison).starts_at).get(pk=comparison.pk).state == State.LIVE
    assert "Choose." in live(comparison).search_text


@pytest.mark.parametrize("name", STOPS)
def test_what_the_gate_stops_is_stored_and_not_published_and_the_command_says_why(tmp_path, name):
    change, objection = STOPS[name]
    comparison = ready(change)
    text = TEXT.replace("Sales", "Microtask gig work").replace("Nursing", "Remote project management")
    status, message = refused(saved(tmp_path, text), publish=True)

    assert status == 1
    assert objection in message
    assert "Choose." in section(comparison, "conclusion")["body"]
    assert live(comparison) is None


# --- Refusing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "is empty. Name a file with an article in it."),
        (b"Understanding Sales\nWe\0sell.", 2, "has a NUL byte, so it is not text. Save it as plain text."),
        (b"Understanding Sales\nWe s\xe9ll.", 2, "the byte 0xE9 is not UTF-8. Save the file as UTF-8."),
        (
            b"a" * (5 * 1024 * 1024 + 1),
            1,
            "has 5,242,881 bytes, the limit is 5,242,880. Divide it into single articles.",
        ),
        (
            b"A letter.\nTo somebody.",
            1,
            "no careers to compare were found. Name two to four careers in headings such as "
            "“Understanding …”, or in a title “… vs …”.",
        ),
    ],
)
def test_a_file_that_is_no_article_gets_one_line_and_stores_nothing(tmp_path, data, line, message):
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    before = stored()

    assert refused(path, publish=True) == (2, f"{path}:{line}: {message}")
    assert stored() == before


def test_a_missing_file_and_a_directory_get_one_line(tmp_path):
    assert refused(tmp_path / "none.txt") == (
        2,
        f"{tmp_path}/none.txt:1: there is no such file. Check the path.",
    )
    assert refused(tmp_path) == (2, f"{tmp_path}:1: is a directory. Name one file in it.")


def test_a_text_that_would_lose_a_word_is_refused_and_nothing_is_stored(tmp_path, monkeypatch):
    def without_nursing(html):
        return html.replace("nurse", "")

    field = CareerPath.sections.rel.related_model._meta.get_field("body")
    monkeypatch.setattr(field, "sanitize", without_nursing)
    before = stored()
    path = saved(tmp_path)

    assert refused(path) == (
        2,
        f"{path}:11: the word “nurse” would be lost. Write the line as plain text.",
    )
    assert stored() == before


def test_a_document_that_cannot_be_stored_is_refused_in_one_line(tmp_path, monkeypatch):
    def refuse(document):
        raise documents.DocumentError([documents.Problem("title", "is odd.")])

    monkeypatch.setattr(documents, "restore", refuse)
    path = saved(tmp_path)

    assert refused(path) == (2, f"{path}:1: can't be stored: title: is odd.")
