"""Rules of the house that a program can check: who imports whom, what things are called, what is pinned."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("articles", "comparisons", "careersite", "bench", "tests")
SKIPS = {"skip", "skipif", "skipIf", "skipUnless", "importorskip", "SkipTest"}
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


def modules(*packages):
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def relative(path):
    return str(path.relative_to(ROOT))


def nodes(path):
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(node, package):
    """The full names of the modules that an import statement reads, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*parents, *([node.module] if node.module else [])])
    return [base, *(f"{base}.{alias.name}" for alias in node.names)]


def package_of(path):
    return ".".join(path.relative_to(ROOT).parent.parts)


def names_comparisons(node, package):
    if any(name.split(".")[0] == "comparisons" for name in imported(node, package)):
        return True
    # A dotted name in a string is an import as well: import_module, include, get_model, a lazy relation.
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return bool(re.match(r"comparisons(\.\w+)+$|comparisons\.$", text))


def private_names(path):
    """Underscore names that a module takes from another module of the project."""
    own, package = path.relative_to(ROOT).with_suffix("").parts, package_of(path)
    borrowed = {}
    for node in nodes(path):
        for name in imported(node, package):
            *source, last = name.split(".")
            if source and source[0] in PACKAGES and is_private(last) and tuple(source) != own:
                yield name
            if name.split(".")[0] in PACKAGES and isinstance(node, ast.ImportFrom):
                borrowed[last] = name
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and is_private(node.attr):
            module = borrowed.get(node.value.id)
            if module and is_module(module):
                yield f"{module}.{node.attr}"


def is_private(name):
    return name.startswith("_") and not name.startswith("__")


def is_module(name):
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def pinned(path):
    """Name to version; a version may depend on the Python or the system, so each name has a set of them."""
    versions = {}
    for name, version in re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==(\S+)", path.read_text(), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("path", modules("articles"), ids=relative)
def test_articles_never_names_comparisons(path):
    found = [node for node in nodes(path) if names_comparisons(node, package_of(path))]

    assert [f"line {node.lineno}" for node in found] == []


@pytest.mark.parametrize(
    "code",
    [
        "import comparisons.models",
        "from comparisons import kinds",
        "def load():\n    from comparisons.models import CareerPath",
        "from ..comparisons import kinds",
        "import_module('comparisons.models')",
        "models.ForeignKey('comparisons.CareerPath')",
        "import_module('comparisons.' + name)",
    ],
)
def test_the_walk_finds_every_way_to_name_comparisons(code):
    assert any(names_comparisons(node, "articles") for node in ast.walk(ast.parse(code)))


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    names = {relative(path): {*path.relative_to(ROOT).with_suffix("").parts} for path in modules(*PACKAGES)}

    assert [path for path, parts in names.items() if parts & drawers] == []


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=relative)
def test_underscore_names_stay_in_their_module(path):
    assert list(private_names(path)) == []


@pytest.mark.parametrize("path", modules("tests"), ids=relative)
def test_no_test_is_skipped_where_nobody_sees_it(path):
    """conftest.py alone skips, for want of a service, and makes that a failure in CI."""
    found = [
        node.attr if isinstance(node, ast.Attribute) else node.name
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr in SKIPS)
        or (isinstance(node, ast.alias) and node.name in SKIPS)
    ]

    assert path.name == "conftest.py" or found == []


SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-\w+)-(?:left|right|top|bottom)"
    r"|(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)


@pytest.mark.parametrize("name", ["site", "style", "exhibit"])
def test_readers_pages_know_no_left_and_right(name):
    """What is written from right to left is laid out the other way round."""
    text = Path("careersite/static/careersite", f"{name}.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/|\([^()]*(?:\([^()]*\)[^()]*)*\)", "", text, flags=re.DOTALL)
    assert SIDES.findall(rules) == []
    assert SIDES.findall("a { left: 0; margin-left: 1px; text-align: right }") != []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=relative)
def test_requirements_name_no_registry(path):
    text = path.read_text()

    assert "://" not in text
    assert not re.search(r"^\s*--(index|extra-index|find-links|trusted)", text, re.MULTILINE)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=relative)
def test_requirements_are_pinned_and_hashed(path):
    entries = re.split(r"\n(?=[^\s#])", path.read_text())

    for entry in (entry for entry in entries if not entry.startswith("#")):
        assert re.match(r"\S+==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


@pytest.mark.parametrize(("file", "group"), [("production", None), ("development", "dev")])
def test_everything_that_the_project_asks_for_is_pinned(file, group):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in wanted}

    assert names - pinned(ROOT / f"requirements/{file}.txt").keys() == set()


def test_what_is_tested_is_what_is_deployed():
    production, development = (pinned(ROOT / f"requirements/{n}.txt") for n in ("production", "development"))

    assert {name: development.get(name) for name in production} == production
