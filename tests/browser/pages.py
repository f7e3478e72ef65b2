"""What is done on the desk's pages again and again."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""


# Preloading style sheets adds elements that the policy refuses; to tell what is right takes its time.
AXE = {"preload": False, "resultTypes": ["violations"]}
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page, within=None):
    """What axe finds: of everything in light colours, and of what dark ones change."""
    found = []
    for scheme, rules in (("light", {}), ("dark", {"runOnly": COLOURS})):
        page.emulate_media(color_scheme=scheme)
        response = Axe().run(page, within, AXE | rules).response
        found += [(scheme, each["id"], each["nodes"][0]["target"]) for each in response["violations"]]
    return found


def log_in(page, name):
    """Fill in the login, on its own page or in a frame."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a-test-password")
    page.get_by_role("button", name="Log in").click()


def form_of(article):
    options = type(article)._meta
    return f"/admin/{options.app_label}/{options.model_name}/{article.pk}/change/"


def editor(page, section=0):
    """Where a section's text is written, which takes the place of its field a little later."""
    return page.locator(f"#sections-{section} [contenteditable=true][role=textbox]")


def choose(page, row, words):
    """Pick what is found by typing."""
    page.locator(f"{row} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).click()


def follow(page, link):
    with page.expect_navigation():  # what is looked at next is the page it leads to
        page.get_by_role("link", name=link).click()


def press(page, button):
    with page.expect_navigation():  # the page before may show a success as well
        page.get_by_role("button", name=button).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
