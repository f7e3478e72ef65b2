"""`make bench`: every figure in one run, each also as a ratio to a bare Django view with the same bytes."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench import desk, load, server

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 100_000)
SECONDS = 4.0
POSTGRESQL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@dataclass(frozen=True, slots=True)
class Row:
    page: str
    figures: load.Measured
    bare: load.Measured
    queries: int
    cpu: float
    bare_cpu: float

    @property
    def ratio(self) -> float:
        return self.figures.rate / self.bare.rate


def main() -> None:
    options = _options()
    print(f"Load by {load.tool()}: {load.CONNECTIONS} connections, {options.seconds:g} s for each page;")
    print(f"granian with {server.WORKERS} workers of one thread each.")
    for name, url in databases(options.databases):
        for size in options.sizes:
            _measure(name, url, size, options.seconds)
        _desk(name, url)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="articles")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of load for each page")
    parser.add_argument(
        "--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"]
    )
    return parser.parse_args()


@contextmanager
def _scratch_postgresql() -> Iterator[str | None]:
    """A database of our own on the server at hand, dropped afterwards; None where no server answers."""
    import psycopg

    name = f"careersite_bench_{uuid4().hex[:8]}"
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRESQL.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def databases(wanted: list[str]) -> Iterator[tuple[str, str]]:
    if "sqlite" in wanted:
        with tempfile.TemporaryDirectory(prefix="careersite-bench-") as folder:
            yield "SQLite", f"sqlite:///{folder}/bench.sqlite3"
    if "postgresql" in wanted:
        with _scratch_postgresql() as url:
            if url:
                yield "PostgreSQL", url
            else:
                print("\nPostgreSQL: no server answers; left out.")


def _measure(name: str, url: str, size: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="careersite-bodies-") as bodies:
        environment = settings_of(url, bodies)
        plan = json.loads(printed_by(environment, "-m", "bench.prepare", str(size))[-1])
        rows, memory = _under_load(environment, plan, seconds)
    made = f", made at {plan['rate']:,.0f} a second" if plan["rate"] else ""
    print(f"\n{name}, {size:,} articles{made}; largest worker afterwards {memory:.0f} MB.")
    print(f"One result scored in {plan['scoring'] * 1000:.2f} ms of CPU.")
    _print(rows)


def settings_of(url: str, bodies: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url,
        "SECRET_KEY": uuid4().hex * 2,
        "HTTPS": "off",
        "LOG_LEVEL": "ERROR",
        "BENCH_BODIES": bodies,
        "PYTHONPATH": str(ROOT),
    }


def _desk(name: str, url: str) -> None:
    """The lists of the editors, once the database is as large as it gets."""
    with tempfile.TemporaryDirectory(prefix="careersite-bodies-") as bodies:
        lines = printed_by(settings_of(url, bodies), "-m", "bench.desk")
    pages = [desk.Opened(**json.loads(line)) for line in lines]
    print(
        f"\n{name}, the editors' desk: at most {desk.MOST_QUERIES} queries and {desk.MOST_CPU:g} ms of CPU."
    )
    print(f"{'page':<46}{'queries':>9}{'CPU ms':>8}")
    for page in pages:
        print(f"{page.name:<46}{page.queries:>9}{page.cpu:>8.0f}{'  over' if page.is_over else ''}")
    print(f"{sum(page.is_over for page in pages)} of {len(pages)} are over.")


def printed_by(environment: dict[str, str], *arguments: str) -> list[str]:
    """The lines that Python printed."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{arguments[1]} failed:\n{done.stderr[-3000:]}")
    return done.stdout.splitlines()


def _under_load(environment: dict[str, str], plan: dict, seconds: float) -> tuple[list[Row], float]:
    with server.running(environment) as running:
        rows = [_row(running, page, seconds) for page in plan["pages"]]
        return rows, running.memory()


def _row(running: server.Server, page: dict, seconds: float) -> Row:
    asked = load.Load(page["paths"], page["body"])
    bare = load.Load([f"/bench/{page['name']}/"], page["body"])
    load.measure(running.url, asked, 1)
    load.measure(running.url, bare, 1)
    first, first_cpu = _timed(running, bare, seconds / 2)
    figures, cpu = _timed(running, asked, seconds)
    second, second_cpu = _timed(running, bare, seconds / 2)
    both = load.Measured(
        first.requests + second.requests,
        (first.rate + second.rate) / 2,
        (first.p50 + second.p50) / 2,
        max(first.p99, second.p99),
        first.errors + second.errors,
    )
    return Row(page["title"], figures, both, page["queries"], cpu, (first_cpu + second_cpu) / 2)


def _timed(running: server.Server, asked: load.Load, seconds: float) -> tuple[load.Measured, float]:
    """The figures, and the server's CPU time per request in milliseconds."""
    before = running.cpu()
    figures = load.measure(running.url, asked, seconds)
    return figures, (running.cpu() - before) / max(figures.requests, 1) * 1000


def _print(rows: list[Row]) -> None:
    head = (
        f"{'page':<22}{'req/s':>8}{'bare':>8}{'ratio':>7}{'p50 ms':>9}{'×bare':>7}{'p99 ms':>9}{'×bare':>7}"
    )
    print(f"{head}{'queries':>9}{'CPU ms':>8}{'×bare':>7}{'errors':>8}")
    for row in rows:
        mine, bare = row.figures, row.bare
        print(
            f"{row.page:<22}{mine.rate:>8,.0f}{bare.rate:>8,.0f}{row.ratio:>7.2f}"
            f"{mine.p50:>9.2f}{_times(mine.p50, bare.p50)}{mine.p99:>9.2f}{_times(mine.p99, bare.p99)}"
            f"{row.queries:>9}{row.cpu:>8.2f}{_times(row.cpu, row.bare_cpu)}{mine.errors:>8}"
        )


def _times(value: float, of: float) -> str:
    return f"{value / of:>7.1f}" if of else f"{'–':>7}"


if __name__ == "__main__":
    main()
