"""Replies under load: 50 a second for a minute, and pages as fast as before. `python -m bench.replies`

One article on an empty database. Pages are measured alone, then while replies come in at a steady rate over
the API, from many senders. What was answered 202 must be stored afterwards, and its link must show it.
"""

import argparse
import http.client
import json
import os
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid4

from bench import server
from bench.__main__ import databases, printed_by, settings_of

RATE = 50  # replies a second
SENDERS = 8  # connections
PAUSE = 0.02  # seconds between two pages that are asked for
ALONE = 5.0  # seconds of pages without replies
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.makers import make_article, publish
print(publish(make_article()).article_id)
"""
COUNT = """
import django
django.setup()
from articles.models import Comment
print(Comment.objects.count())
"""


@dataclass
class Sent:
    """What came of replies, and how long each took."""

    accepted: int = 0
    others: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.replies", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of replies")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    for name, url in databases(options.databases):
        _measure(name, url, options.seconds)


def _measure(name: str, url: str, seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="careersite-bodies-") as bodies:
        around = settings_of(url, bodies) | {
            "BEHIND_PROXY": "on",  # so that senders can be told apart
            "COMMENTS_PER_MINUTE": "1000000",
        }
        article = printed_by(around, "-c", PREPARE)[-1]
        with server.running(around) as running:
            alone = _pages(running.url, ALONE)
            sent, during = _both(running.url, article, seconds)
            shown = _shown(running.url, sent.links[-20:])
        stored = int(printed_by(around, "-c", COUNT)[-1])
    print(f"\n{name}: {sent.accepted} replies accepted in {seconds:g} s, {sum(sent.others)} refused or lost.")
    print(f"Stored: {stored}. Shown to their writers: {shown} of {len(sent.links[-20:])}.")
    for label, times in (("a reply", sent.seconds), ("a page alone", alone), ("a page meanwhile", during)):
        print(f"{label:<18} p50 {_percentile(times, 50):6.1f} ms   p99 {_percentile(times, 99):6.1f} ms")
    if stored != sent.accepted or shown != len(sent.links[-20:]):
        raise SystemExit("Replies that were accepted are not there.")


def _both(url: str, article: str, seconds: float) -> tuple[Sent, list[float]]:
    sent, began = Sent(), time.perf_counter()
    threads = [
        threading.Thread(target=_send, args=(url, article, number, began, seconds, sent))
        for number in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    during = _pages(url, seconds)
    for thread in threads:
        thread.join()
    return sent, during


def _send(url: str, article: str, number: int, began: float, seconds: float, sent: Sent) -> None:
    """Every eighth reply, each at its time."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    for each in range(number, round(RATE * seconds), SENDERS):
        time.sleep(max(0.0, began + each / RATE - time.perf_counter()))
        text = f"Reply {each} of a load test, in words that nobody else has: {uuid4()}."
        body = json.dumps({"article": article, "name": f"Reader {each}", "text": text})
        headers = {
            "Content-Type": "application/json",
            "X-Forwarded-For": f"10.{each // 65_536}.{each // 256 % 256}.{each % 256}",
        }
        started = time.perf_counter()
        status, answer = _asked(connection, "POST", "/api/v1/comments/", body, headers)
        with sent.lock:
            sent.seconds.append(time.perf_counter() - started)
            if status == 202:
                sent.accepted += 1
                sent.links.append(json.loads(answer)["own"])
            else:
                sent.others.append(1)
    connection.close()


def _pages(url: str, seconds: float) -> list[float]:
    connection, times = http.client.HTTPConnection(urlsplit(url).netloc), []
    end = time.perf_counter() + seconds
    while (started := time.perf_counter()) < end:
        status, _ = _asked(connection, "GET", "/articles/how-to-read-a-pay-figure/")
        if status != 200:
            raise SystemExit(f"The page answered {status}.")
        times.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    connection.close()
    return times


def _shown(url: str, links: list[str]) -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    found = [_asked(connection, "GET", urlsplit(link).path)[0] for link in links]
    connection.close()
    return found.count(200)


def _asked(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: str = "",
    headers: dict | None = None,
) -> tuple[int, bytes]:
    try:
        connection.request(method, path, body or None, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        connection.close()  # the next request opens another
        return 0, b""


def _percentile(times: list[float], which: int) -> float:
    return statistics.quantiles(times, n=100)[which - 1] * 1000 if len(times) > 1 else 0.0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
