"""The server under test: granian with two workers, its CPU time and its memory."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that the server and its workers have used."""
        return sum(_cpu(pid) for pid in self._pids())

    def memory(self) -> float:
        """The largest worker's resident memory in MB."""
        return max(_resident(pid) for pid in self._pids()) * PAGE / 2**20

    def _pids(self) -> list[int]:
        return [self.pid, *_descendants(self.pid)]


@contextmanager
def running(environment: dict[str, str], *options: str) -> Iterator[Server]:
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        *options,
        "careersite.wsgi:application",
    ]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        _wait_for(port, process)
        yield Server(process.pid, port)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit(f"The server ended at once, with status {process.returncode}.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("The server did not answer within 20 seconds.")


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = [int(child) for child in children.read_text().split()] if children.exists() else []
    return found + [below for child in found for below in _descendants(child)]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
