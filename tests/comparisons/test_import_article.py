"""`manage.py import_article`: what it stores and says."""

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings

from articles import documents
from articles.importing.words import words
from articles.models import Article, Revision
from comparisons.importing.parsing import parse
from comparisons.models import CareerPath, Comparison
from tests.comparisons.imported import SEED, TEXT, in_fields, run, saved, section, stored
from tests.comparisons.variants import variants
from tests.makers import make_comparison, make_path

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
