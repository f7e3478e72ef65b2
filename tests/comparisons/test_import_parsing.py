"""What the importer understands of an article, and that it loses no word of any."""

import pytest

from articles.importing.calls import Call
from comparisons.importing.parsing import parse
from tests.comparisons.imported import SEED

# --- The seed --------------------------------------------------------------------------------------


@pytest.fixture
def seed(seeds):
    return parse((seeds / SEED).read_text(encoding="utf-8"), SEED)


def test_the_seed_loses_no_word(seed):
    assert seed.lost_words() == []


def test_the_seed_is_two_paths_and_their_comparison(seed):
    assert (seed.title.text, seed.slug) == (
        "Microtask gig work vs remote project management",
        "microtask-gig-work-vs-remote-project-management",
    )
    assert [(path.title, path.slug) for path in seed.paths] == [
        ("Microtask gig work", "microtask-gig-work"),
        ("Remote project management", "remote-project-management"),
    ]


def test_each_part_of_the_seed_has_its_place(seed):
    assert [(section.first, section.last, section.role, section.heading) for section in seed.sections] == [
        (11, 12, "introduction", "Introduction"),
        (
            41,
            43,
            "differences",
            "Key Differences Between Microtask Gig Work and Remote Project Management",
        ),
        (44, 46, "choosing", "Which Career Path Is Right for You?"),
        (47, 48, "conclusion", "Conclusion"),
    ]
    assert [
        [(section.first, section.last, section.role, section.heading) for section in path.sections]
        for path in seed.paths
    ] == [
        [(13, 15, "introduction", "Understanding Microtask Gig Work")],
        [(27, 29, "introduction", "Understanding Remote Project Management")],
    ]
    assert seed.paths[0].sections[0].html.count("<p>") == 2


def test_the_points_of_the_seed_have_labels_and_texts(seed):
    assert [(point.side, point.label) for point in seed.paths[0].points] == [
        ("pro", "Flexibility"),
        ("pro", "Low Barrier to Entry"),
        ("pro", "Quick Earnings"),
        ("pro", "Variety"),
        ("con", "Low Pay"),
        ("con", "Lack of Benefits"),
        ("con", "Repetitive Work"),
        ("con", "Limited Growth"),
    ]
    last = seed.paths[1].points[-1]
    assert (last.line, last.label, last.text) == (
        40,
        "Dependence on Clients/Employers",
        "Income may fluctuate based on project availability.",
    )


def test_the_call_to_action_of_the_seed_waits_for_its_address(seed):
    assert seed.calls == (Call(49, "Click here for new business ideas", "", ""),)
    assert seed.warnings == (
        "line 49: “Click here for new business ideas” has no address, so it leads to the home page. Set it.",
    )


def test_what_is_in_no_field_of_the_seed_is_listed_as_decoration(seed):
    found = {(each.line, each.reason) for each in seed.decoration}

    assert found == (
        {(1, "code fence"), (50, "code fence"), (49, "emoji"), (51, "reply form")}
        | {(line, "contents list") for line in range(2, 11)}
        | {(line, "heading the page writes itself") for line in (16, 17, 22, 30, 31, 36)}
    )


# --- Shapes an article may have --------------------------------------------------------------------

MARKDOWN = """# Freelance Writing vs. IT Support: Which Is Better?

By *Jane Doe*

## 1. Introduction

Are you unsure whether freelance writing
or IT support is for you? Both are fine.

## 2. Understanding Freelance Writing

It is **varied**.

### Tools

1. Docs
2. Checkers

### Pros and Cons

**Pros:**

* **Freedom:** Work when you want
  and where you like.
* **Variety** – many topics

**Cons:**

* Irregular income

Overall it is a mixed bag.

## 3. Understanding IT Support

It helps.

#### Advantages of IT Support

• Stable: yes.

#### Disadvantages of IT Support

• Shifts: nights.

## Which one is best for you?

Choose.

---

## Final Thoughts

Done.

👉 [Start with our quiz](https://example.org/quiz)

Leave a Reply Cancel reply

Your email address will not be published. Required fields are marked *
Comment *
Post Comment
"""


@pytest.fixture
def markdown():
    return parse(MARKDOWN, "article.md")


def test_markdown_loses_no_word(markdown):
    assert markdown.lost_words() == []


def test_a_title_that_says_more_than_the_names_is_kept(markdown):
    assert markdown.title.text == "Freelance Writing vs. IT Support: Which Is Better?"
    assert markdown.slug == "freelance-writing-vs-it-support"


def test_deeper_headings_are_part_of_the_text(markdown):
    assert "<h3>Tools</h3>" in markdown.paths[0].sections[0].html


def test_what_is_said_beside_the_points_becomes_a_section_under_their_heading(markdown):
    section = markdown.paths[0].sections[1]

    assert (section.role, section.heading) == ("body", "Pros and Cons")
    assert section.html == "<p>Overall it is a mixed bag.</p>"


def test_points_may_be_bold_dashed_bare_or_wrapped(markdown):
    assert [(point.side, point.label, point.text) for point in markdown.paths[0].points] == [
        ("pro", "Freedom", "Work when you want and where you like."),
        ("pro", "Variety", "many topics"),
        ("con", "Irregular income", ""),
    ]


def test_sides_may_have_other_names(markdown):
    assert [(point.side, point.label) for point in markdown.paths[1].points] == [
        ("pro", "Stable"),
        ("con", "Shifts"),
    ]


def test_a_call_to_action_keeps_its_address(markdown):
    assert markdown.calls == (Call(55, "Start with our quiz", "", "https://example.org/quiz"),)


def test_what_stands_before_the_first_heading_is_introduction(markdown):
    assert [(section.role, section.heading) for section in markdown.sections] == [
        ("introduction", ""),
        ("introduction", "Introduction"),
        ("choosing", "Which one is best for you?"),
        ("conclusion", "Final Thoughts"),
    ]


TWO = "Understanding Sales\nWe sell.\n{}\nUnderstanding Nursing\nWe nurse."


def one(text):
    return parse(TWO.format(text), "x.txt")


def test_a_sentence_that_begins_like_a_heading_is_none():
    article = one("Understanding people is what matters.\nWhich path is right for you is open.")

    assert [path.title for path in article.paths] == ["Sales", "Nursing"]
    assert article.sections == ()


def test_a_wrapped_sentence_that_begins_like_a_heading_is_none():
    article = one("Understanding people\nis what matters. In the end\nWhich path is right\nis open.")

    assert [path.title for path in article.paths] == ["Sales", "Nursing"]
    assert article.sections == ()


def test_points_need_no_bullets():
    article = one("Pros of Sales\nFreedom: All day.\nGood pay\nCons of Sales\nQuotas: Every month.")

    assert [(point.side, point.label, point.text) for point in article.paths[0].points] == [
        ("pro", "Freedom", "All day."),
        ("pro", "Good pay", ""),
        ("con", "Quotas", "Every month."),
    ]


def test_a_point_without_a_label_gives_its_first_words_as_one():
    text = "word " * 40
    article = one(f"Pros:\n- {text.strip()}.")
    (point,) = article.paths[0].points

    assert len(point.label) <= 120
    assert f"{point.label} {point.text}" == f"{text.strip()}."
    assert "line 4: the point has no label, so its first words are one." in article.warnings


def test_items_below_a_point_belong_to_it():
    article = one("Pros:\n- Freedom: All day.\n  - and night")

    assert [point.text for point in article.paths[0].points] == ["All day. and night"]


def test_a_remark_under_one_side_alone_has_that_side_s_heading():
    article = one("Pros:\nAll in all, much speaks for it.\n- Freedom\nCons:\n- Quotas")

    assert [(section.role, section.heading) for section in article.paths[0].sections] == [
        ("introduction", "Understanding Sales"),
        ("body", "Pros"),
    ]
    assert article.lost_words() == []


def test_pros_and_cons_of_nobody_are_a_section():
    article = parse("Pros\n- Any\nUnderstanding Sales\nWe sell.\nUnderstanding Nursing\nWe nurse.", "x.txt")

    assert [(section.role, section.heading) for section in article.sections] == [("body", "Pros")]


def test_what_is_missing_is_said():
    assert one("").warnings == (
        "“Sales” has no pros in this text.",
        "“Sales” has no cons in this text.",
        "“Nursing” has no pros in this text.",
        "“Nursing” has no cons in this text.",
    )


def test_a_heading_without_text_is_kept_and_said():
    article = parse(TWO.format("") + "\nConclusion", "x.txt")

    assert [(section.role, section.heading, section.html) for section in article.sections] == [
        ("conclusion", "Conclusion", "")
    ]
    assert "line 6: “Conclusion” has no text." in article.warnings


def test_a_table_is_kept_as_text_and_said():
    article = parse(TWO.format("") + "\nConclusion\n| a | b |\n| c | d |", "x.txt")

    assert article.lost_words() == []
    assert "line 7: a table is kept as lines of text. Enter its rows as differences." in article.warnings


def test_a_contents_list_without_bullets_ends_where_its_first_entry_comes_again():
    entries = "Understanding Sales\nUnderstanding Nursing"
    article = parse(f"Contents\n{entries}\n{TWO.format('')}", "x.txt")

    assert [each.line for each in article.decoration] == [1, 2, 3]
    assert [path.sections[0].first for path in article.paths] == [4, 7]


def test_text_after_the_contents_list_is_no_part_of_it():
    article = parse(f"Contents\n- Sales\n- Nursing\nThis is text.\n{TWO.format('')}", "x.txt")

    assert article.sections[0].html == "<p>This is text.</p>"


def test_a_reply_form_in_mid_text_is_no_decoration():
    article = parse(TWO.format("") + "\nLeave a Reply\nI liked it.", "x.txt")

    assert article.lost_words() == []
    assert "I liked it." in article.paths[1].sections[0].html + "".join(s.html for s in article.sections)
