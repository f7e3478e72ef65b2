"""What a newcomer's first commands do to a checkout."""

import stat
import subprocess

import pytest

from scripts import setup


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    for kind in ("production", "development"):
        (tmp_path / f"requirements/{kind}.txt").write_text(f"{kind}==1\n")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    return tmp_path


def test_a_new_checkout_has_a_secret_of_its_own(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    setup.write_env_file(first)
    setup.write_env_file(second)

    secrets = [path.read_text().split("SECRET_KEY=")[1].splitlines()[0] for path in (first, second)]
    assert min(map(len, secrets)) >= 50
    assert len(set(secrets)) == 2
    assert first.read_text().endswith("\nHTTPS=off\n")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_settings_made_before_are_kept(tmp_path):
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=mine\n")

    setup.write_env_file(path)

    assert path.read_text() == "SECRET_KEY=mine\n"


def test_nothing_is_up_to_date_at_first(checkout):
    assert not setup.up_to_date("production")


def test_what_was_installed_is_up_to_date_until_it_is_pinned_anew(checkout):
    setup.STAMP.write_text(setup.fingerprint("production"))
    assert setup.up_to_date("production")

    (checkout / "requirements/production.txt").write_text("production==2\n")
    assert not setup.up_to_date("production")


def test_what_developers_install_serves_production(checkout):
    setup.STAMP.write_text(setup.fingerprint("development"))
    assert setup.up_to_date("production")

    setup.STAMP.write_text(setup.fingerprint("production"))
    assert not setup.up_to_date("development")


def test_an_installation_that_fails_is_tried_again(checkout, monkeypatch):
    setup.STAMP.write_text("production of another day\n")
    monkeypatch.setattr(setup, "installer", lambda: ["false"])

    with pytest.raises(subprocess.CalledProcessError):
        setup.install("production")

    assert not setup.STAMP.exists()
