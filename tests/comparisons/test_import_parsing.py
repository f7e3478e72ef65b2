"""What the importer understands of an article, and that it loses no word of any."""

import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.calls import Call
from articles.importing.files import ImportRefused
from articles.models import Section
from comparisons.importing.parsing import parse

SEED = "microtask-gig-work-vs-remote-project-management.txt"
NAMES = (
    "Microtask Gig Work",
    "Remote Project Management",
    "Freelance Writing",
    "IT Support",
    "Online Tutoring",
    "Research and Development",
    "UX Design",
    "Sales",
)
WORDS = re.split(
    " ",
    "pay skill team it’s e-mail café well-suited $12.50 24/7 (e.g. PMP) “quoted” R&D C++ **bold** *soft* <b> "
    "[guide](https://example.org/g?a=1&b=2) &amp; snake_case un*believ*able 1. # - naïve Ünal 😀 `x` why?",
)

# A busy machine is no defect of the importer.
patient = settings(deadline=None)


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


# --- Generated variants ----------------------------------------------------------------------------

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda w: f"So {' '.join(w)}.")
labels = st.sampled_from(["Flexible hours", "Low pay", "Growth", "Clients/employers", "IT skills (any)"])
points = st.lists(st.tuples(labels, sentences), min_size=1, max_size=3)


@dataclass(frozen=True)
class Style:
    bullet: str
    heading: str
    line_end: str
    gap: str  # between parts
    contents: bool
    fenced: bool
    title: bool


styles = st.builds(
    Style,
    bullet=st.sampled_from(["- ", "* ", "• ", "+ ", "– ", "✅ ", "- ✔️ ", "1. ", "- **"]),
    heading=st.sampled_from(
        ["{}", "## {}", "### {} ###", "**{}**", "🎯 {}", "{}:", "## 3. **{}**", "{}\n-----"]
    ),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    gap=st.sampled_from(["", "\n"]),
    contents=st.booleans(),
    fenced=st.booleans(),
    title=st.booleans(),
)


@dataclass(frozen=True)
class Variant:
    """A generated article, and what is to be found in it."""

    text: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    points: tuple[tuple[tuple[str, str], ...], ...]  # side and label, by path
    calls: int


class Writer:
    def __init__(self, style):
        self.style, self.lines, self.headings = style, [], []

    def part(self, heading, *lines):
        self.headings.append(heading)
        self.lines += [self.style.heading.format(heading), *lines, *self.style.gap.splitlines()]

    def point(self, label, text):
        bold = self.style.bullet.endswith("**")
        return f"{self.style.bullet}{label}:{'**' if bold else ''} {text}"

    def text(self, title):
        contents = ["📚 Table of Contents", *(f"- ✅ {heading}" for heading in self.headings)]
        lines = [
            *(["```html"] if self.style.fenced else []),
            *([f"# {title}", ""] if self.style.title else []),
            *(contents if self.style.contents else []),
            *self.lines,
            *(["```"] if self.style.fenced else []),
        ]
        return self.style.line_end.join("\n".join(lines).split("\n"))


@st.composite
def variants(draw):
    style = draw(styles)
    writer = Writer(style)
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)))
    kept = {
        part: draw(st.booleans())
        for part in (
            "introduction",
            "understanding",
            "differences",
            "choosing",
            "conclusion",
            "salary",
            "call",
        )
    }
    roles, found, calls = [], [], 0
    if kept["introduction"]:
        writer.part("Introduction", draw(sentences), draw(sentences))
        roles.append("introduction")
    for name in names:
        if kept["understanding"]:
            writer.part(f"Understanding {name}", draw(sentences), draw(sentences))
        pros, cons = draw(points), draw(points)
        writer.part(f"Pros and Cons of {name}")
        writer.lines += ["Pros:", *(writer.point(*each) for each in pros)]
        writer.lines += ["Cons:", *(writer.point(*each) for each in cons), *style.gap.splitlines()]
        found.append((*(("pro", label) for label, _ in pros), *(("con", label) for label, _ in cons)))
    if kept["differences"]:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        writer.part(f"Key Differences Between {listed}", draw(sentences))
        roles.append("differences")
    if kept["salary"]:
        writer.part("Salary Expectations", draw(sentences))
        roles.append("body")
    if kept["choosing"]:
        writer.part("Which Career Path Is Right for You?", draw(sentences))
        roles.append("choosing")
    if kept["conclusion"]:
        writer.part("Conclusion", draw(sentences))
        roles.append("conclusion")
    if kept["call"]:
        writer.lines.append("💡 Click here for new business ideas")
        calls = 1
    writer.lines += draw(
        st.sampled_from([[], ["Leave a Reply"], ["## Leave a Reply2", "Name *", "Post Comment"]])
    )
    return Variant(writer.text(" vs ".join(names)), names, tuple(roles), tuple(found), calls)


def sanitised(article):
    """The article as it is after the allow-list."""
    clean = Section._meta.get_field("body").sanitize

    def each(sections):
        return tuple(replace(section, html=clean(section.html)) for section in sections)

    paths = tuple(replace(path, sections=each(path.sections)) for path in article.paths)
    return replace(article, sections=each(article.sections), paths=paths)


@given(variants())
@patient
def test_no_variant_loses_a_word(variant):
    article = parse(variant.text, "article.md")

    assert sanitised(article).lost_words() == []


@given(variants())
@patient
def test_every_part_of_a_variant_is_found(variant):
    article = parse(variant.text, "article.md")

    assert [path.title.casefold() for path in article.paths] == [name.casefold() for name in variant.names]
    assert [section.role for section in article.sections] == list(variant.roles)
    assert [tuple((point.side, point.label) for point in path.points) for path in article.paths] == list(
        variant.points
    )
    assert len(article.calls) == variant.calls


junk = st.one_of(
    sentences,
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(
        [
            "",
            "---",
            "===",
            "```",
            "Pros:",
            "Cons of Sales",
            "Table of Contents",
            "## Salary",
            "#### Tools",
            "    indented",
            "> quote",
            "1. one",
            "3. three",
            "- a\n  - b",
            "- # x",
            "[a]: http://x.y 'z'",
            "| a | b |",
            "👉 [Go](https://example.org/go)",
            "Leave a Reply",
        ]
    ),
)


@given(st.lists(junk, max_size=20), st.lists(junk, max_size=5))
@patient
def test_no_text_whatever_loses_a_word(first, second):
    lines = ["Understanding Sales", "We sell.", *first, "Understanding Nursing", "We nurse.", *second]
    article = parse("\n".join(lines), "x.txt")

    assert sanitised(article).lost_words() == []


def test_a_part_that_goes_nowhere_is_found_with_its_line():
    article = parse("Understanding Sales\nWe sell.\nUnderstanding Nursing\nWe nurse.", "x.txt")
    first, second = article.paths

    assert replace(article, paths=(first, replace(second, sections=()))).lost_words() == [
        (3, "understanding"),
        (3, "nursing"),
        (4, "we"),
        (4, "nurse"),
    ]


# --- Contenders ------------------------------------------------------------------------------------


def titles(*lines, file_name="article.txt"):
    return [path.title for path in parse("\n".join(lines), file_name).paths]


def test_contenders_are_found_in_a_title():
    assert titles("# Welding vs. Plumbing: Which Trade Pays More?", "Text.") == ["Welding", "Plumbing"]
    assert titles("Careers compared: Welding versus Plumbing vs Roofing", "", "Text.") == [
        "Welding",
        "Plumbing",
        "Roofing",
    ]


def test_contenders_are_found_in_the_heading_of_the_differences():
    assert titles("Key Differences Between Welding, Plumbing, and Roofing", "Text.") == [
        "Welding",
        "Plumbing",
        "Roofing",
    ]


def test_contenders_are_found_in_the_file_s_name_as_a_last_resort():
    assert titles("Text.", file_name="welding-vs-pipe_fitting.md") == ["Welding", "Pipe fitting"]
    assert titles("Understanding Pipe Fitting", "Text.", file_name="welding-vs-pipe-fitting.txt") == [
        "Welding",
        "Pipe fitting",
    ]


def test_a_name_may_contain_an_and():
    assert titles(
        "Understanding Research and Development",
        "Text.",
        "Key Differences Between Research and Development and Sales",
        "Text.",
    ) == ["Research and development", "Sales"]


def test_a_shortened_name_is_the_same_career():
    article = parse(
        "Understanding Microtask Gig Work\nIt is.\nUnderstanding Sales\nIt is.\n"
        "Pros and Cons of Microtask Gigs\nPros:\n- Quick\nPros and Cons of Sales\nCons:\n- Loud",
        "x.txt",
    )

    assert [(path.title, [point.label for point in path.points]) for path in article.paths] == [
        ("Microtask gig work", ["Quick"]),
        ("Sales", ["Loud"]),
    ]


def test_a_career_that_is_part_of_another_s_name_is_a_contender_of_its_own():
    assert titles("Understanding Nursing", "Text.", "Understanding Travel Nursing", "Text.") == [
        "Nursing",
        "Travel nursing",
    ]


@pytest.mark.parametrize(
    ("heading", "prose", "title"),
    [
        ("IT Support", "We like IT support.", "IT support"),
        ("iOS DevOps", "Text.", "iOS DevOps"),
        ("B2B Sales", "Text.", "B2B sales"),
        ("MICROTASK GIG WORK", "The microtask gig work.", "Microtask gig work"),
        ("Salesforce Administration", "Many use Salesforce for administration.", "Salesforce administration"),
        ("Working for Amazon", "Then working at Amazon is fine.", "Working for Amazon"),
        ("C++ Development", "Text.", "C++ development"),
    ],
)
def test_a_name_is_written_as_within_a_sentence_with_its_acronyms(heading, prose, title):
    assert titles(f"Understanding {heading}", prose, "Understanding Welding", "Text.")[0] == title


def refused(text, file_name="article.txt"):
    with pytest.raises(ImportRefused) as error:
        parse(text, file_name)
    return error.value.line, str(error.value)


HINT = "Name two to four careers in headings such as “Understanding …”, or in a title “… vs …”."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("A letter.\nTo somebody.", 1, f"no careers to compare were found. {HINT}"),
        ("Hello.\nUnderstanding Sales\nText.", 2, f"only “Sales” is named. {HINT}"),
        (
            "\n".join(f"Understanding {name}\nText." for name in NAMES[:5]),
            9,
            "5 careers are named: " + ", ".join(f"“{name}”" for name in NAMES[:5]) + f". {HINT}",
        ),
        (
            "Understanding C++ Work\nText.\nUnderstanding C Work\nText.",
            3,
            "“C++ Work” and “C Work” would have one address, c-work. Rename one.",
        ),
        (
            "Understanding 営業\nText.\nUnderstanding Sales\nText.",
            1,
            "“営業” has no Latin letter for an address. Give it another name.",
        ),
    ],
)
def test_an_article_without_two_to_four_contenders_is_refused_with_a_line(text, line, message):
    assert refused(text) == (line, message)


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
