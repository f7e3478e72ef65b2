"""Everything that `make test` checks. Every step runs, and a summary says how each went.

ARGS are passed to pytest, and leave out the checks: `make test ARGS="-k slug"`.
With CI=true whatever is missing is a failure; without, it is skipped and named.
"""

import os
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts import chromium, postgres
from scripts.setup import ROOT, VENV

ARGUMENTS = shlex.split(os.environ.get("ARGS", ""))
STRICT = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
WORKERS = min(os.cpu_count() or 2, 8)
PASSED, FAILED, SKIPPED = "passed", "FAILED", "SKIPPED"
NOTHING_SELECTED = 5  # pytest's exit status
# What one process has compiled, the others need not.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
running: list[subprocess.Popen[str]] = []


@dataclass(frozen=True)
class Outcome:
    name: str
    result: str
    detail: str = ""
    seconds: float = 0

    def __str__(self) -> str:
        return f"{self.result:9}{self.name:31}{self.seconds:6.1f} s   {self.detail}".rstrip()


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    os.chdir(ROOT)
    with ThreadPoolExecutor(1) as background, ThreadPoolExecutor(1) as beside:
        # PostgreSQL does its part of the work, as the browsers do theirs, while Python waits.
        elsewhere = beside.submit(tests_on_postgresql)
        checks = [] if ARGUMENTS else [background.submit(check, *each) for each in all_checks()]
        here = run_tests("tests on SQLite", {}, say)
        there, lines = elsewhere.result()
        say(*lines)
        return summarise([*report(checks), here, there, *missing()])


def stop(*_: object) -> None:
    """End what we started, so that a server among it stops with us."""
    for process in running:
        process.terminate()
    sys.exit(143)


# --- Checks, which run beside the tests and keep what they say until these are done ------------


def all_checks() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    programs = VENV / "bin"
    manage = [f"{programs}/python", "manage.py"]
    templates = [str(path) for path in sorted(Path("templates").rglob("*.html"))]
    yield "lint", [f"{programs}/ruff", "check", "."], {}
    yield "format", [f"{programs}/ruff", "format", "--check", "."], {}
    yield "templates", [f"{programs}/djade", "--target-version", "5.2", "--check", *templates], {}
    yield "production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production()
    yield "missing migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}
    yield "types", [f"{programs}/mypy"], {}


def production() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HTTPS": "on",
        "DEBUG": "off",
        "ALLOWED_HOSTS": "careers.example",
        "SITE_URL": "https://careers.example",
    }


def check(name: str, command: list[str], environment: dict[str, str]) -> tuple[Outcome, str]:
    started = time.monotonic()
    done = subprocess.run(
        command, env=ENVIRONMENT | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    result = FAILED if done.returncode else PASSED
    return Outcome(name, result, seconds=time.monotonic() - started), done.stdout


def report(checks: list[Future[tuple[Outcome, str]]]) -> Iterator[Outcome]:
    for each in checks:
        outcome, output = each.result()
        if outcome.result == FAILED:
            print(f"\n--- {outcome.name}\n{output}", flush=True)
        yield outcome
    if not checks:
        yield Outcome("lint, format, types, settings", SKIPPED, "as ARGS chose some of the tests")


# --- Tests -------------------------------------------------------------------------------------


def tests_on_postgresql() -> tuple[Outcome, list[str]]:
    """The tests that hang on the database, and what they print; the others run on SQLite only."""
    name, lines = "tests on PostgreSQL", []
    try:
        with postgres.server() as address, postgres.own_database(address) as database:
            outcome = run_tests(name, {"DATABASE_URL": database}, lines.append, "--database-only")
    except postgres.Unavailable as problem:
        wanted = STRICT or os.environ.get("TEST_POSTGRES_URL")
        outcome = Outcome(name, FAILED if wanted else SKIPPED, f"no PostgreSQL: {problem}")
    return outcome, lines


def run_tests(name: str, environment: dict[str, str], tell: Callable[[str], None], *options: str) -> Outcome:
    """Run pytest, telling its lines as they come."""
    tell(f"\n--- {name}\n")
    started = time.monotonic()
    inherited = {key: value for key, value in ENVIRONMENT.items() if key != "DATABASE_URL"}
    command = [f"{VENV}/bin/pytest", f"--numprocesses={WORKERS}", *colour(), *options, *ARGUMENTS]
    last_line = ""
    with subprocess.Popen(
        command,
        env=inherited | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        running.append(process)
        for line in process.stdout or ():
            tell(line)
            last_line = line.strip() or last_line
    passed = process.returncode == 0 or (process.returncode == NOTHING_SELECTED and bool(ARGUMENTS))
    return Outcome(name, PASSED if passed else FAILED, last_line.strip("= "), time.monotonic() - started)


def colour() -> list[str]:
    return ["--color=yes"] if sys.stdout.isatty() else []


def say(*lines: str) -> None:
    print(*lines, sep="", end="", flush=True)


# --- The summary -------------------------------------------------------------------------------


def missing() -> Iterator[Outcome]:
    """What tests need and do not find: they are skipped then, and fail under CI."""
    result = FAILED if STRICT else SKIPPED
    if not chromium.found():
        yield Outcome("tests in a browser", result, f"no Chromium: {chromium.HOW_TO_INSTALL}")
    if not (ROOT.parent / "shared/seeds").is_dir():
        yield Outcome("tests on the seed article", result, "no ../shared/seeds")


def summarise(outcomes: list[Outcome]) -> int:
    print("\n--- Summary")
    for outcome in outcomes:
        print(outcome)
    failures = [outcome.name for outcome in outcomes if outcome.result == FAILED]
    print(f"\nFailed: {'; '.join(failures)}." if failures else "\nAll that ran passed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
