"""The editors' desk in a real browser: writing, previewing and publishing under the strict policy."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Publication
from tests.browser.pages import choose, editor, form_of, log_in, press
from tests.makers import make_article, make_author, make_comparison, make_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(page, section, words):
    editor(page, section).click()
    page.keyboard.type(words)


@pytest.mark.every_database
def test_an_editor_writes_previews_and_publishes_an_article(desk, live_server):
    make_author("Ann Author")
    desk.context.clear_cookies()
    desk.goto("/admin/articles/article/add/")
    log_in(desk, "edith")
    desk.wait_for_url("**/article/add/")  # with its scripts, one of which makes the slug
    desk.locator("#id_title").press_sequentially("On waiting for pay")
    expect(desk.locator("#id_slug")).to_have_value("on-waiting-for-pay")
    desk.locator("#id_summary").fill("Why some work pays late.")
    choose(desk, "#bylines-0", "Ann Author")
    desk.locator("#id_sections-0-role").select_option("introduction")
    write(desk, 0, "It takes ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("three weeks")
    desk.get_by_role("button", name="Add another Section").click()
    desk.locator("#id_sections-1-heading").fill("What to do")
    write(desk, 1, "Ask for a deposit.")

    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Preview in a new tab").click()
    preview = opened.value
    expect(preview.locator("strong", has_text="three weeks")).to_be_visible()
    expect(preview.get_by_role("heading", name="What to do")).to_be_visible()
    preview.close()
    assert not Article.objects.exists()

    desk.get_by_role("button", name="Publish now").click()
    desk.get_by_role("link", name="/articles/on-waiting-for-pay/").click()
    expect(desk).to_have_url(f"{live_server.url}/articles/on-waiting-for-pay/")
    expect(desk.get_by_role("heading", name="On waiting for pay", level=1)).to_be_visible()
    expect(desk.get_by_text("Ask for a deposit.")).to_be_visible()
    assert Publication.objects.get().by.username == "edith"


def test_opening_and_saving_in_the_browser_changes_nothing(desk):
    body = "<p>One <em>word</em>.</p><ul><li><p>A</p></li></ul><h3>More</h3><blockquote><p>B</p></blockquote>"
    article = make_article(
        sections=[{"role": "introduction", "heading": "", "body": body}],
        sources=[{"publisher": "A bureau", "title": "A table", "passage": "Over\ntwo lines"}],
    )
    for _ in range(2):
        desk.goto(form_of(article))
        press(desk, "Save draft")
    assert article.revisions.get().document["sections"][0]["body"] == body


def test_a_comparison_is_written_from_paths_found_by_typing(desk):
    for title in ("Tutoring", "Bookkeeping"):
        make_path(title)
    desk.goto("/admin/comparisons/comparison/add/")
    desk.locator("#id_title").fill("Tutoring vs bookkeeping")
    choose(desk, "#contenders-0", "Tutoring")
    choose(desk, "#contenders-1", "Bookkeeping")
    desk.get_by_role("button", name="Add another Difference").click()
    desk.locator("#id_differences-0-aspect").fill("Pay")
    desk.get_by_label("Path 1").first.fill("by the hour")
    desk.get_by_label("Path 2").first.fill("by the month")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.locator("#differences-0").get_by_label("Bookkeeping")).to_have_value("by the month")


@pytest.mark.parametrize("part", ["sections", "sources"])
def test_rows_are_put_in_order_by_dragging_and_with_the_keyboard(desk, part):
    names = ("One", "Two", "Three")
    article = make_article(
        sections=[{"role": "body", "heading": name, "body": "<p>x</p>"} for name in names],
        sources=[{"publisher": "A bureau", "title": name} for name in names],
    )
    desk.set_viewport_size({"width": 1280, "height": 2400})
    desk.goto(form_of(article))
    drag_to_the_top(desk, part, 2)
    press(desk, "Save draft")
    assert order(article, part) == ["Three", "One", "Two"]
    desk.locator(f"#{part}-0").get_by_role("button", name="Move to last position").focus()
    desk.keyboard.press("Enter")
    press(desk, "Save draft")
    assert order(article, part) == ["One", "Two", "Three"]


def drag_to_the_top(page, part, row):
    """The browser takes its time between the pointer's moves and the rows' places."""
    page.locator(f"#{part}-{row} > h3").hover(position={"x": 60, "y": 10})
    page.mouse.down()
    place = page.locator(f"#{part}-0 > h3").bounding_box()
    for distance in (60, 20, 3):
        page.mouse.move(place["x"] + 60, place["y"] + distance, steps=4)
    first = page.locator(f"#{part}-group .has_original").first
    for nudge in range(40):
        if first.get_attribute("id") == f"{part}-{row}":
            break
        page.mouse.move(place["x"] + 60 + nudge % 2, place["y"] + 3)
        page.wait_for_timeout(50)
    expect(first).to_have_id(f"{part}-{row}")
    page.mouse.up()


def order(article, part):
    rows = article.revisions.first().document[part]
    return [row.get("heading") or row["title"] for row in rows]


def test_missing_paths_are_published_together(desk):
    comparison = make_comparison(make_path("Tutoring"), make_path("Bookkeeping"))
    desk.goto(form_of(comparison))
    desk.get_by_role("button", name="Publish now").click()
    expect(desk.get_by_role("alert")).to_contain_text("Publish them together")
    desk.get_by_role("button", name="Publish them together").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("is live")
    expect(desk.locator(".standing")).to_contain_text("Revision 1 is live since")


def test_no_page_of_the_desk_is_wider_than_the_window(desk):
    comparison = make_comparison(make_path("Tutoring"), make_path("Bookkeeping"))
    form = form_of(comparison)
    for address in ("/admin/", form, *(form.replace("change", name) for name in ("history", "schedule"))):
        desk.goto(address)
        for width in (1280, 768, 390):
            desk.set_viewport_size({"width": width, "height": 900})
            assert desk.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
