import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from careersite import environment


@pytest.fixture
def env_file(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "environ", {"ALREADY": "the environment's"})

    def write(content):
        path = tmp_path / ".env"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_text_is_taken_as_it_is(monkeypatch):
    monkeypatch.setenv("SITE_NAME", "Berufe & Wege")

    assert environment.text("SITE_NAME", "Careersite") == "Berufe & Wege"


def test_a_text_that_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("SITE_NAME", raising=False)

    assert environment.text("SITE_NAME", "Careersite") == "Careersite"


@pytest.mark.parametrize("variables", [{}, {"SECRET_KEY": ""}])
def test_a_text_without_default_must_be_set(monkeypatch, variables):
    monkeypatch.setattr(os, "environ", variables)

    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set.*make setup"):
        environment.text("SECRET_KEY")


@pytest.mark.parametrize("value", ["1", "on", "true", "yes", "ON", " True "])
def test_words_for_on(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)

    assert environment.flag("DEBUG", default=False) is True


@pytest.mark.parametrize("value", ["0", "off", "false", "no", "OFF", " False "])
def test_words_for_off(monkeypatch, value):
    monkeypatch.setenv("HTTPS", value)

    assert environment.flag("HTTPS", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_an_empty_flag_has_its_default(monkeypatch, default):
    monkeypatch.setenv("HTTPS", "")

    assert environment.flag("HTTPS", default=default) is default


@pytest.mark.parametrize("value", ["maybe", "2", "offf", "-"])
def test_a_flag_that_is_neither_on_nor_off_is_refused(monkeypatch, value):
    monkeypatch.setenv("HTTPS", value)

    with pytest.raises(ImproperlyConfigured, match=f"HTTPS='{value}' is neither on nor off"):
        environment.flag("HTTPS", default=True)


@pytest.mark.parametrize(("value", "expected"), [("1", 1), ("100", 100), (" 7 ", 7), ("", 4)])
def test_a_whole_number_within_its_range(monkeypatch, value, expected):
    monkeypatch.setenv("DATABASE_POOL_SIZE", value)

    assert environment.integer("DATABASE_POOL_SIZE", default=4, low=1, high=100) == expected


@pytest.mark.parametrize("value", ["0", "101", "-1", "4.5", "four", "1e2"])
def test_any_other_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("DATABASE_POOL_SIZE", value)

    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_POOL_SIZE=.* a whole number from 1 to 100"):
        environment.integer("DATABASE_POOL_SIZE", default=4, low=1, high=100)


def test_names_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " careers.example, www.careers.example ,,")

    assert environment.names("ALLOWED_HOSTS") == ["careers.example", "www.careers.example"]


def test_a_checkouts_file_fills_what_the_environment_leaves_open(env_file):
    environment.read_env_file(env_file("# ours\n\nSECRET_KEY = a=b \nQUOTED='c d'\nALREADY=the file's\n"))

    found = {name: os.environ[name] for name in ("SECRET_KEY", "QUOTED", "ALREADY")}
    assert found == {"SECRET_KEY": "a=b", "QUOTED": "c d", "ALREADY": "the environment's"}


def test_a_line_that_is_no_setting_is_named(env_file):
    with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2: expected NAME=value, found 'HTTPS off'"):
        environment.read_env_file(env_file("SECRET_KEY=x\nHTTPS off\n"))


def test_a_checkout_without_the_file_has_the_environment_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "environ", {})

    environment.read_env_file(tmp_path / ".env")

    assert os.environ == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", "http://127.0.0.1:8000"),
        ("https://careers.example/", "https://careers.example"),
        (" https://example.org/careers/ ", "https://example.org/careers"),
    ],
)
def test_an_address_has_no_slash_at_its_end(monkeypatch, value, expected):
    monkeypatch.setenv("SITE_URL", value)

    assert environment.address("SITE_URL", default="http://127.0.0.1:8000") == expected


@pytest.mark.parametrize(
    "value", ["careers.example", "ftp://careers.example", "https://", "https://x.example/?a=1"]
)
def test_what_is_no_address_is_refused(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)

    with pytest.raises(ImproperlyConfigured, match=r"SITE_URL=.* is not an address such as"):
        environment.address("SITE_URL", default="http://127.0.0.1:8000")


def test_ports_are_a_list(monkeypatch):
    monkeypatch.setenv("LINK_PORTS", "80, 8443")

    assert environment.ports("LINK_PORTS", default="80") == [80, 8443]


@pytest.mark.parametrize("value", ["0", "65536", "http", "80;443", "-1"])
def test_what_is_no_port_is_named(monkeypatch, value):
    monkeypatch.setenv("LINK_PORTS", value)

    with pytest.raises(ImproperlyConfigured, match=r"LINK_PORTS.*is not a port"):
        environment.ports("LINK_PORTS", default="80")
