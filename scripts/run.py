"""A site to look at, from a bare checkout: environment, database, content, a login, a worker, the server.

HOST and PORT choose the address; a second run keeps all that is there.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

from scripts import setup

# One blocking thread a worker: with many, its default, a Django site answers fewer requests, and later.
WORKERS = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "1")
# Ctrl-C reaches the workers themselves as well, and one that has just started may then never end.
STOPPING = ("--workers-kill-timeout", "2", "--log-level", "warning")
EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104


def main() -> None:
    host, port = address()
    refuse_taken(host, port)
    setup.main("production")
    os.chdir(setup.ROOT)
    os.environ.update(names_of_site(host, port))
    subprocess.run([setup.PYTHON, "manage.py", "prepare_demonstration"], check=True)
    announce(site_url(host, port))
    start_worker()
    serve(host, port)


def address() -> tuple[str, int]:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port: choose a number from 1 to 65535.")
    return host.strip("[]"), int(port)


def refuse_taken(host: str, port: int) -> None:
    """Now, and not after a minute of setting up."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen()
    except OSError as error:
        problem = f"Cannot listen on {host}, port {port}: {error.strerror}."
        sys.exit(f"{problem} Choose another: make run PORT={port % 65535 + 1}")


def names_of_site(host: str, port: int) -> dict[str, str]:
    """The settings that follow from HOST and PORT; those that were set by hand stay."""
    if not {"HOST", "PORT"} & os.environ.keys():
        return {}
    hosts = ["127.0.0.1", "localhost", "[::1]", in_url(host)]
    if host in EVERY_ADDRESS:
        hosts += names_of_machine()
    chosen = {"ALLOWED_HOSTS": ",".join(hosts), "SITE_URL": site_url(host, port)}
    return {name: value for name, value in chosen.items() if name not in os.environ}


def names_of_machine() -> list[str]:
    name = socket.gethostname()
    return [name, *{in_url(str(found[4][0])) for found in socket.getaddrinfo(name, None)}]


def site_url(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in EVERY_ADDRESS else in_url(host)}:{port}"


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def announce(url: str) -> None:
    print(f"\n  The site   {url}/\n  Editing    {url}/admin/\n  The API    {url}/api/v1/docs/\n")
    print("Ctrl-C stops it.", flush=True)


def start_worker() -> None:
    """It does what editors want done in the background, and ends with the server, which takes our place."""
    subprocess.Popen([setup.PYTHON, "manage.py", "work", f"--parent={os.getpid()}"])


def serve(host: str, port: int) -> None:
    granian = str(setup.VENV / "bin/granian")
    listen = ("--host", host, "--port", str(port))
    pictures = Path(os.environ.get("MEDIA_ROOT") or setup.ROOT / "media")
    pictures.mkdir(parents=True, exist_ok=True)
    uploads = ("--static-path-route", "/media", "--static-path-mount", str(pictures))
    os.execv(granian, [granian, *WORKERS, *STOPPING, *listen, *uploads, "careersite.wsgi:application"])  # noqa: S606


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        sys.exit(f"`{command}` ended with status {error.returncode}; its message is above.")
