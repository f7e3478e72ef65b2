"""Browsers of people who are logged in, in whose consoles no error may stand at the end."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser.pages import WATCH
from tests.makers import make_user

PATIENCE = 15_000  # milliseconds: other tests keep the machine busy
expect.set_options(timeout=PATIENCE)

# The preview says which forms can't be saved yet, and keeps scripts from its frame: the tests' too.
EXPECTED = ("status of 422", "Blocked script execution in 'about:srcdoc'", "Blocked autofocusing")


@pytest.fixture
def expected_errors():
    """Words of what the console may say besides."""
    return ()


@pytest.fixture
def desk_of(new_context, live_server, expected_errors):
    """Opens somebody's own browser, by their name and group."""
    errors, contexts = [], []

    def note(text):
        if not any(words in text for words in (*EXPECTED, *expected_errors)):
            errors.append(text)

    def opened(name, group="Editor"):
        client = Client()
        client.force_login(make_user(name, group=group))
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context = new_context()
        contexts.append(context)
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        context.add_init_script(WATCH)
        context.on("console", lambda message: message.type == "error" and note(message.text))
        context.on("weberror", lambda error: note(str(error.error)))
        return context.new_page()

    yield opened
    for context in contexts:
        context.route("**/autosave/", lambda route: route.abort())  # no farewell to a server that is gone
    assert errors == []


@pytest.fixture
def desk(desk_of):
    return desk_of("edith")
