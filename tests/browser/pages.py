"""What is done on the desk's pages again and again."""

from playwright.sync_api import expect

WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""


def log_in(page, name):
    """Fill in the login, on its own page or in a frame."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a-test-password")
    page.get_by_role("button", name="Log in").click()


def form_of(article):
    options = type(article)._meta
    return f"/admin/{options.app_label}/{options.model_name}/{article.pk}/change/"


def press(page, button):
    with page.expect_navigation():  # the page before may show a success as well
        page.get_by_role("button", name=button).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
