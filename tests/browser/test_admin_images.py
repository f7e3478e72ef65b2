"""An image on its way through the desk: uploaded in its own window, focused, published, loaded as AVIF."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from articles.models import Image
from tests.browser.pages import form_of
from tests.makers import make_article
from tests.pictures import halves, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def file(name, content):
    return {"name": name, "mimeType": "image/png", "buffer": content}


def choose(window):
    """The window closes at the click, which then may seem not to have ended well."""
    window.wait_for_load_state()
    with suppress(Error):
        window.get_by_role("link", name="Red above blue").click()


def test_an_editor_uploads_focuses_and_publishes_an_image(desk):
    article = make_article()
    desk.goto(form_of(article))
    section = desk.locator("#sections-0")
    expect(section.locator("#id_sections-0-image")).to_be_hidden()
    expect(section.get_by_label("Caption of the image")).to_be_hidden()
    with desk.expect_popup() as opened:
        section.get_by_role("link", name="Upload…").click()
    window = opened.value

    window.get_by_label("File").set_input_files(file("desk.jpg", picture("PNG").getvalue()))
    window.get_by_label("Alternative text").fill("Red above blue")
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_text("but the file is a PNG picture")).to_be_visible()
    expect(window.get_by_label("Alternative text")).to_have_value("Red above blue")

    window.get_by_label("File").set_input_files(file("desk.png", halves().read()))
    whole = window.locator(".focal-picture img")
    expect(whole).to_have_attribute("src", re.compile("^data:image/webp"))
    box = whole.bounding_box()
    whole.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    expect(window.get_by_label("Focal point from the top")).to_have_value("25")
    window.keyboard.press("Shift+ArrowUp")
    expect(window.get_by_label("Focal point from the top")).to_have_value("15")
    window.get_by_role("button", name="Save").click()

    expect(section.locator(".image-chosen")).to_contain_text("Red above blue")
    expect(section.locator(".image-chosen img")).to_have_js_property("naturalWidth", 480)
    section.get_by_role("button", name="Remove").click()
    expect(section.locator(".image-chosen img")).to_have_count(0)
    with desk.expect_popup() as opened:
        section.get_by_role("link", name="Choose…").click()
    choose(opened.value)
    section.get_by_label("Caption of the image").fill("Two halves")
    with desk.expect_popup() as opened:
        desk.locator(".field-image").first.get_by_role("link", name="Choose…").click()
    choose(opened.value)
    expect(desk.locator(".field-image").first.get_by_role("button", name="Remove")).to_be_visible()
    desk.get_by_role("button", name="Publish now").click()
    desk.get_by_role("link", name=f"/articles/{article.slug}/").click()

    image = Image.objects.get()
    assert (image.focal_y, image.renditions) == (15, [480, 640])
    lead, within = desk.locator("figure img").all()
    for each, name in ((lead, "-16x9-at-50-15.avif"), (within, "640.avif")):
        each.scroll_into_view_if_needed()
        expect(each).to_have_js_property("complete", True)
        assert each.evaluate("image => image.naturalWidth") > 0
        assert each.evaluate("image => image.currentSrc").endswith(name)
    expect(desk.get_by_text("Two halves")).to_be_visible()
