"""Load on loopback for a few seconds: wrk where it is installed, else a plain client of our own."""

import http.client
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
NO_ANSWER = 0  # in place of a status

LUA = """
local paths = {{{paths}}}
local next_path = 0
request = function()
  next_path = next_path % #paths + 1
  return wrk.format({method}, paths[next_path], {headers}, {body})
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: paths in turn, and for a POST the JSON that is sent."""

    paths: list[str]
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, milliseconds at the median and the 99th percentile, and how many went wrong."""

    requests: int
    rate: float
    p50: float
    p99: float
    errors: int


def measure(url: str, load: Load, seconds: float) -> Measured:
    if shutil.which("wrk"):
        return _wrk(url, load, seconds)
    return _plain(url, load, seconds)


def tool() -> str:
    return "wrk" if shutil.which("wrk") else "the bundled client (install wrk for steadier figures)"


def _wrk(url: str, load: Load, seconds: float) -> Measured:
    quoted = json.dumps
    script = LUA.format(
        paths=", ".join(map(quoted, load.paths)),
        method=quoted("POST" if load.body else "GET"),
        headers='{["Content-Type"] = "application/json"}' if load.body else "nil",
        body=quoted(load.body) if load.body else "nil",
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paths.lua")
        path.write_text(script)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(path), url]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", output)
    if found is None:
        raise SystemExit(f"wrk said nothing that can be read:\n{output}")
    requests, duration, p50, p99, errors = map(int, found.groups())
    return Measured(requests, requests / (duration / 1e6), p50 / 1000, p99 / 1000, errors)


def _plain(url: str, load: Load, seconds: float) -> Measured:
    times: list[float] = []
    errors: list[int] = []
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_ask, args=(url, load, number, end, times, errors))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return Measured(len(times), len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000, len(errors))


def _ask(url: str, load: Load, number: int, end: float, times: list[float], errors: list[int]) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Content-Type": "application/json"} if load.body else {}
    while (started := time.perf_counter()) < end:
        number += 1
        try:
            connection.request(
                "POST" if load.body else "GET", load.paths[number % len(load.paths)], load.body, headers
            )
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            connection.close()  # the next request opens another
            errors.append(NO_ANSWER)
            continue
        times.append(time.perf_counter() - started)
        if response.status >= 400:
            errors.append(response.status)
    connection.close()
