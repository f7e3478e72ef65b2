"""`make run HOST=… PORT=…`: the server, the links and the allowed hosts follow."""

import socket

import pytest

from scripts import run


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch):
    for name in ("HOST", "PORT", "SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_the_address_is_this_machine_alone():
    assert run.address() == ("127.0.0.1", 8000)
    assert run.names_of_site("127.0.0.1", 8000) == {}


@pytest.mark.parametrize(
    ("host", "url", "allowed"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080", "127.0.0.1"),
        ("careers.example", "http://careers.example:8080", "careers.example"),
        ("[::1]", "http://[::1]:8080", "[::1]"),
    ],
)
def test_settings_follow_another_address(monkeypatch, host, url, allowed):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8080")

    names = run.names_of_site(*run.address())

    assert names["SITE_URL"] == url
    assert allowed in names["ALLOWED_HOSTS"].split(",")


def test_listening_everywhere_allows_the_names_of_the_machine(monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104

    names = run.names_of_site(*run.address())

    assert names["SITE_URL"] == "http://127.0.0.1:8000"
    assert socket.gethostname() in names["ALLOWED_HOSTS"].split(",")


def test_what_was_set_by_hand_stays(monkeypatch):
    monkeypatch.setenv("PORT", "8080")
    monkeypatch.setenv("SITE_URL", "https://careers.example")

    assert "SITE_URL" not in run.names_of_site(*run.address())


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SystemExit, match=f"PORT={port} is not a port"):
        run.address()


def test_a_taken_port_is_refused_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit) as refusal:
            run.refuse_taken("127.0.0.1", port)

    message = str(refusal.value)
    assert message.startswith(f"Cannot listen on 127.0.0.1, port {port}: Address already in use.")
    assert "make run PORT=" in message
    assert "\n" not in message
