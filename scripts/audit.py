"""What others say of the pages: Lighthouse (`make lighthouse`) and the Nu HTML checker (`make html`).

Both come from the npm registry into .build, and look at the demonstration content on a server of their own.
What falls short of the goals ends the command with status 1.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bench import server
from scripts.setup import PYTHON, ROOT

BUILD = ROOT / ".build/audit"
TOOLS = ("lighthouse@12", "vnu-jar@26")
COMPARISON = "/compare/microtask-gig-work-vs-remote-project-management/"
PAGES = {
    "home": "/",
    "comparison": COMPARISON,
    "career": "/careers/microtask-gig-work/",
    "search": "/search/",
    "found": "/search/?q=pay",
    "article": "/articles/how-to-read-a-pay-figure/",
}
# Beside those and the result: of every other kind of page one, and some that say that something is wrong.
FURTHER = {
    "list": "/compare/",
    "topic list": "/articles/?tag=pay",
    "form": f"{COMPARISON}decide/",
    "author": "/authors/imogen-sallow/",
    "tag": "/tags/pay/",
    "composed": "/compare/microtask-gig-work-vs-technical-writing/",
    "reply": f"{COMPARISON}replies/",
    "embedded": f"{COMPARISON}embed/",
    "what is kept": "/replies/data/",
    "unsubscribing": "/replies/unsubscribe/none/",
    "how we decide": "/how-we-decide/",
    "accessibility": "/accessibility/",
    "no result": f"{COMPARISON}decide/AAAA/",
    "not found": "/careers/microtask/",
}
WITHOUT_A_SERVER = ("500", "503")  # the pages for when it is not well
RENDER = "from django.template.loader import get_template as t; print(t('{}.html').render())"
LARGEST_PAINT, SHIFT = 1500, 0  # ms on a slow telephone, and how far things move
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def main(command: str) -> int:
    install()
    with site() as url:
        pages = PAGES | {"result": result(url)}
        return lighthouse(url, pages) if command == "lighthouse" else html(url, pages | FURTHER)


def install() -> None:
    if not shutil.which("npm"):
        sys.exit("This needs Node.js 20 and npm: apt-get install nodejs npm")
    BUILD.mkdir(parents=True, exist_ok=True)
    quietly = ("--no-audit", "--no-fund", "--no-save", "--silent", "--prefer-offline")
    subprocess.run(["npm", "install", *quietly, *TOOLS], cwd=BUILD, check=True)


@contextmanager
def site() -> Iterator[str]:
    environment = {
        "DATABASE_URL": f"sqlite:///{BUILD}/database.sqlite3",
        "MEDIA_ROOT": str(BUILD / "media"),
        "COMMENTS_PER_HOUR": "100",
    }
    given = os.environ | environment
    subprocess.run([PYTHON, "manage.py", "prepare_demonstration"], cwd=ROOT, env=given, check=True)
    subprocess.run(
        [PYTHON, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, env=given, check=True
    )
    with server.running(
        environment, "--static-path-route", "/media", "--static-path-mount", str(BUILD / "media")
    ) as own:
        yield own.url


def result(url: str) -> str:
    """The address of a result, to which the form leads who answers each question with its second option."""
    form = fetch(f"{url}{COMPARISON}decide/")[1]
    answers = dict.fromkeys(re.findall(r'name="(question-[^"]+)"', form), "1")
    body = "&".join(f"{name}={value}" for name, value in answers.items()).encode()
    request = urllib.request.Request(f"{url}{COMPARISON}decide/", body)
    with urllib.request.urlopen(request, timeout=20) as response:
        return str(response.url).removeprefix(url)


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


# --- Lighthouse ---------------------------------------------------------------------------------------


def lighthouse(url: str, pages: Mapping[str, str]) -> int:
    short = 0
    print(f"\n{'':12}perf  a11y  best  seo     LCP    CLS   bytes  requests", flush=True)
    for name, address in pages.items():
        found = examined(f"{url}{address}", name)
        short += not found["good"]
        print(found["line"], *found["wanting"], sep="\n     ", flush=True)
    print("\nAll goals are reached." if not short else f"\n{short} pages fall short.")
    return 1 if short else 0


def examined(address: str, name: str) -> dict[str, Any]:
    path = BUILD / f"lighthouse-{name}.json"
    browser = shutil.which(os.environ.get("CHROMIUM") or "chromium") or sys.exit("No Chromium is here.")
    command = ["node_modules/.bin/lighthouse", address, "--quiet", "--output=json", f"--output-path={path}"]
    environment = os.environ | {"CHROME_PATH": browser}
    subprocess.run([*command, f"--chrome-flags={FLAGS}"], cwd=BUILD, env=environment, check=True)
    report = json.loads(path.read_text())
    audits = report["audits"]
    scores = {key: round(100 * each["score"]) for key, each in report["categories"].items()}
    paint, shift = (
        audits[key]["numericValue"] for key in ("largest-contentful-paint", "cumulative-layout-shift")
    )
    weight = audits["total-byte-weight"]["numericValue"]
    requests = len(audits["network-requests"]["details"]["items"])
    expected = scores | ({"seo": 100} if name in ("result", "found") else {})  # kept from indexes on purpose
    good = min(expected.values()) == 100 and paint <= LARGEST_PAINT and shift <= SHIFT
    columns = "".join(f"{score:5} " for score in scores.values())
    line = f"{name:11}{columns}{paint:6.0f} ms {shift:5.3f} {weight / 1000:5.1f} kB {requests:6}"
    return {"good": good, "line": line, "wanting": [] if good else wanting(audits)}


def wanting(audits: Mapping[str, Any]) -> list[str]:
    told = ("informative", "notApplicable", "manual")
    return [
        f"{key}: {audit['title']} {audit.get('displayValue', '')}"
        for key, audit in audits.items()
        if audit.get("score") is not None
        and audit["score"] < 0.9
        and audit.get("scoreDisplayMode") not in told
    ]


# --- The Nu HTML checker ------------------------------------------------------------------------------


def html(url: str, pages: Mapping[str, str]) -> int:
    folder = BUILD / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, address in pages.items():
        status, text = fetch(f"{url}{address}")
        print(f"{status} {name}", flush=True)
        (folder / f"{name.replace(' ', '-')}.html").write_text(text)
    for name in WITHOUT_A_SERVER:
        command = [PYTHON, "manage.py", "shell", "-v0", "-c", RENDER.format(name)]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        (folder / f"{name}.html").write_text(done.stdout)
    jar = BUILD / "node_modules/vnu-jar/build/dist/vnu.jar"
    checked = subprocess.run(["java", "-jar", jar, "--errors-only", "--format", "gnu", folder])
    print(
        f"{len(list(folder.iterdir()))} pages: "
        + ("errors are listed above." if checked.returncode else "no error.")
    )
    return checked.returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except subprocess.CalledProcessError as error:
        sys.exit(f"`{' '.join(map(str, error.cmd))}` ended with status {error.returncode}.")
