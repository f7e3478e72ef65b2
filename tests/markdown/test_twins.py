"""Every page's twin: what the page says and nothing else, at the same moment, by the same rules."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from lxml import etree

from articles import documents
from articles.models import Comment
from tests.articles.test_picture_on_page import embedded
from tests.base import DAY, at
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, make_site
from tests.makers import (
    make_article,
    make_author,
    make_comment,
    make_comparison,
    make_path,
    make_tag,
    publish,
)
from tests.markdown.asked import HOST, PAGES, front_matter, text, twin
from tests.markdown.rendered import rendered, tokens, tree, words
from tests.pictures import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = {
    "id": str(UUID(int=1)),
    "publisher": "The Office",
    "title": "A table",
    "url": "https://example.org/t",
    "passage": "Two in *three*.",
    "retrieved_on": "2026-01-05",
    "valid_until": "2027-01-05",
}
WRONG = {"corrected_on": "2026-02-01", "was": "It pays <b>weekly</b>.", "now": "It pays monthly."}
CALL = {"label": "Go there", "url": "https://example.org/go", "sponsored": True, "disclosure": "Paid for."}


@pytest.fixture
def site():
    return make_site()


# --- What they say ----------------------------------------------------------------------------------


def test_an_article_s_twin_has_all_that_its_page_has(client):
    with at(THEN):
        target = make_article("Target", slug="target")
        publish(target)
        image = embedded(make_image(credit="A. Person"))
        linked = (
            f'<p>See <a href="article:{target.pk}">there</a>, <strong>now</strong>.</p><ul><li>One</li></ul>'
        )
        tag = {"id": str(make_tag().pk), "name": "Remote work", "slug": "remote-work"}
        reviewer = make_author("Rita Reviewer")
        article = make_article(
            "On *pay*",
            slug="piece",
            tags=[tag],
            reviewed_on="2026-02-03",
            reviewer={"id": str(reviewer.pk), "name": reviewer.name, "slug": reviewer.slug},
            sources=[OFFICE],
            corrections=[WRONG | {"why": "We read a week.", "credit": "Lena"}],
            calls_to_action=[CALL],
            sections=[
                {"role": "introduction", "heading": "Begin", "body": linked},
                {
                    "role": "body",
                    "heading": "1. More",
                    "body": "<h3>x</h3><p>y</p>",
                    "image": image,
                    "caption": "Late",
                },
            ],
        )
        publish(article)
        comment = make_comment(article, "Thanks - <b>really</b>")
        answer = make_comment(article, "You *are* welcome", name="Ann", parent=comment)
        Comment.objects.update(created_at=THEN)
    with at(THEN + DAY):
        documents.restore(documents.compose(article) | {"summary": "In short_"})
        publish(article)
        response = twin(client, "/articles/piece.md")
    page = f"{HOST}/articles/piece/"
    assert front_matter(response) == {
        "title": "On *pay*",
        "url": page,
        "language": "en",
        "published": "2026-03-02T09:00:00+00:00",
        "updated": "2026-03-03T09:00:00+00:00",
        "facts_checked": "2026-02-03",
        "reviewed_by": "Rita Reviewer",
        "authors": ["Ann Author"],
        "topics": ["Remote work"],
    }
    assert response["Link"] == f'<{page}>; rel="canonical"'
    assert (
        text(response)
        == f"""\
# On \\*pay\\*

In short\\_

By [Ann Author]({HOST}/authors/ann-author/)

Published 2 March 2026 · Updated 3 March 2026 · Facts checked 3 February 2026 by \
[Rita Reviewer]({HOST}/authors/rita-reviewer/) · [Corrected 1 February 2026]({page}#corrections) · \
1 minute to read

- [Remote work]({HOST}/tags/remote-work/)

## Begin

See [there]({HOST}/articles/target/), **now**.

- One

## 1. More

### x

y

![A desk by a window]({HOST}/media/{image["file"]})

Late · A. Person

Sponsored

[Go there](https://example.org/go)

Paid for.

## Sources

1. The Office, [A table](https://example.org/t)

   > Two in \\*three\\*.

   Read on 5 January 2026 · Counts as current until 5 January 2027

## Corrections

1. ### 1 February 2026

   - **It said**: It pays \\<b>weekly\\</b>.
   - **Right is**: It pays monthly.
   - **Why**: We read a week.

   Thanks to Lena, who pointed it out.

[Feed of all corrections]({HOST}/feed/corrections/)

## Replies

**Reader** [2 March 2026]({page}replies/?reply={comment.pk})

Thanks - \\<b>really\\</b>

> **Ann** [2 March 2026]({page}replies/?reply={answer.pk})
>
> You \\*are\\* welcome
"""
    )


def test_a_path_s_twin_has_its_points_figures_and_platforms_with_notes(client):
    fact = {
        "label": "Pay",
        "low": "2",
        "high": "6.5",
        "unit": "USD",
        "period": "hour",
        "region": "World",
        "note": "before tax",
    }
    own = {"sources": [OFFICE["id"]]}
    path = make_path(
        "Gig work",
        slug="gig",
        sources=[OFFICE],
        points=[
            {"side": "pro", "label": "Free", "text": "Any hour.", **own},
            {"side": "con", "label": "Uneven", "text": "", **own},
        ],
        facts=[fact | own],
        platforms=[
            {"name": "A [market]", "type": "marketplace", "url": "https://example.org/", "text": "Large."}
        ],
    )
    with at(THEN):
        publish(path)
        found = text(twin(client, "/careers/gig.md"))
    note = f"([1]({HOST}/careers/gig/#source-1))"
    start, end = found.index("## Pros"), found.index("## Sources")
    assert (
        found[start:end]
        == f"""\
## Pros and cons

### Pros

- **Free** – Any hour. {note}

### Cons

- **Uneven** {note}

## In figures

- **Pay**: USD\u00a02.00–6.50 per\u00a0hour {note} – World · before tax

## Platforms, tools and certificates

- [A \\[market\\]](https://example.org/) (marketplace)

  Large.

"""
    )


def test_a_comparison_s_twin_has_its_ratings_and_differences_as_tables_and_a_link_to_its_form(client, site):
    found = text(twin(client, f"{GIG_VS_MANAGEMENT[:-1]}.md"))
    assert (
        """\
### Skills

| Question | Microtask gig work | Remote project management | 0 | 100 |
| --- | --- | --- | --- | --- |
| How much experience? | 5 ± 10 | 75 ± 10 | experience none | experience most |
| How much skill-building? | 15 ± 10 | 85 ± 10 | skill-building none | skill-building most |

### Earning
"""
        in found
    )
    assert (
        f"""\
## Key differences between Microtask gig work and Remote project management

The differences at a glance

| Aspect | Microtask gig work | Remote project management |
| --- | --- | --- |
| Pay | as Microtask gig work | as Remote project management |

## Which one is right for you?

Say what you want from work, and see which path fits it, by how much and why. Answer what you can and \
skip the rest. Your answers are not stored: they travel in the address of the result.

[Answer the questions]({HOST}{GIG_VS_MANAGEMENT}decide/)

## Replies
"""
        in found
    )
    headings = [line.removeprefix("## ") for line in found.split("\n") if line.startswith("## ")]
    assert headings == [
        "About Microtask gig work vs Remote project management",
        "At a glance",
        "Understanding Microtask gig work",
        "Pros and cons of Microtask gig work",
        "Understanding Remote project management",
        "Pros and cons of Remote project management",
        "Key differences between Microtask gig work and Remote project management",
        "Which one is right for you?",
        "Replies",
    ]


@pytest.mark.parametrize("address", [each for each in PAGES if "decide" not in each])
def test_a_twin_has_every_word_of_its_page_that_is_there_to_be_read(client, site, address):
    html = client.get(address).content.decode()
    main = tree(re.search(r"<main.*?</main>", html, re.DOTALL)[0])
    left_out = (
        *("//nav", "//form", "//svg", "//*[@hidden or @aria-hidden='true']", "//*[@class='visually-hidden']"),
        *("//p[contains(@class, 'reply-answer')]", "//p[@class='small files']", "//section[@class='start']"),
        *("//section[@class='glance']/p", "//p[@class='scale-asked']/following-sibling::*"),
        *("//section[@class='optional'][not(.//li)]", "//section[@class='replies'][not(.//article)]"),
    )
    for element in main.xpath("|".join(left_out)):
        element.getparent().remove(element) if element.tail is None else element.clear(keep_tail=True)
    found = words(rendered(client.get(PAGES[address]).content.decode()))
    told = [" ".join(each.split()) for each in main.itertext() if each.strip()]
    assert [each for each in told if each not in found] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_twin_is_markdown_whose_links_lead_to_whole_addresses(client, site, address):
    found = twin(client, PAGES[address]).content.decode()
    assert not {token.type for token in tokens(found)} & {"html_block", "html_inline", "code_block"}
    assert "\x1e" not in found
    links = [link.get("href") for link in tree(rendered(found)).iter("a")]
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)
    assert front_matter(client.get(PAGES[address]))["url"] == f"{HOST}{address}"
    for link in {link.removeprefix(HOST).partition("#")[0] for link in links if link.startswith(HOST)}:
        assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("address", PAGES)
def test_a_page_and_its_twin_name_one_another(client, site, address):
    head = etree.HTML(client.get(address).content)
    named = [link.get("href") for link in head.iterfind(".//link[@type='text/markdown']")]
    assert named == [f"{HOST}{PAGES[address]}"]
    assert twin(client, PAGES[address])["Link"] == f'<{HOST}{address}>; rel="canonical"'


@pytest.mark.parametrize(
    "title",
    [
        "# Not a heading",
        "1. One",
        "- <script>alert(1)</script> & [x](javascript:alert(1))",
        '"Quoted": yes # no',
        "---",
        "__A__ `b` ~~c~~ | d \\",
        "עברית ו-English",
        "\u202eforged\u202c and \u202eopen",
    ],
)
def test_what_an_editor_writes_means_itself(client, title):
    path = make_path(title, slug="odd", summary=title, facts=[{"label": title, "low": "1", "high": "2"}])
    other = make_path("Other", slug="other")
    publish(make_comparison(path, other, slug="odd-vs-other"), with_required=True)
    shown = " ".join(title.split())
    for address in ("/careers/odd.md", "/compare/odd-vs-other.md"):
        response = twin(client, address)
        assert words(rendered(response.content.decode())).count(shown) >= 2
        assert not {token.type for token in tokens(response.content.decode())} & {"html_block", "html_inline"}
    assert front_matter(client.get("/careers/odd.md"))["title"].startswith(shown)
    table = client.get("/compare/odd-vs-other/differences.md").content.decode()
    header = [words(etree.tostring(cell, encoding="unicode")) for cell in tree(rendered(table)).iter("th")]
    assert header[1].startswith(shown)


def test_words_from_right_to_left_stay_in_their_order(client):
    body = "<p>שלום (עולם) 12%, <strong>חשוב</strong></p><ul><li>1. أولا</li></ul>"
    section = {"role": "introduction", "heading": "מבוא", "body": body}
    publish(make_article("על שכר", slug="pay", sections=[section]))
    response = twin(client, "/articles/pay.md")
    assert front_matter(response)["title"] == "על שכר"
    assert "## מבוא\n\nשלום (עולם) 12%, **חשוב**\n\n- 1\\. أولا\n" in text(response)


def test_a_german_page_has_a_german_twin(client):
    publish(make_article("Stück", slug="piece", language="de"))
    response = twin(client, "/articles/piece.md", **{"Accept-Language": "en"})
    assert response["Content-Language"] == "de"
    assert "Accept-Language" not in response.get("Vary", "")
    assert "Minute" in text(response)
    listed = twin(client, "/articles.md", **{"Accept-Language": "de"})
    assert (listed["Content-Language"], front_matter(listed)["title"]) == ("de", "Artikel")


def test_a_long_list_leads_from_page_to_page(client):
    for number in range(25):
        publish(make_article(f"Number {number}."))
    first, second = twin(client, "/articles.md"), twin(client, "/articles.md?page=2")
    assert f"]({HOST}/articles.md?page=2)" in text(first)
    assert second["Link"] == f'<{HOST}/articles/?page=2>; rel="canonical"'
    assert f'href="{HOST}/articles.md?page=2"' in client.get("/articles/?page=2").content.decode()
    assert f"]({HOST}/articles.md)" in text(second)
    assert "Number 4." in text(second)
    assert client.get("/articles.md?page=3").status_code == 404
