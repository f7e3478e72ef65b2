"""The demonstration content: the TOML and Markdown of this folder as documents. Pure.

Every id follows from slugs and keys, so that the same file is the same article on every site.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from markdown_it import MarkdownIt

JSON = dict[str, Any]
FOLDER = Path(__file__).parent
NAMESPACE = UUID("7d0c2f0e-5a0b-4f6e-9d39-1f5f0c8f2b61")
SCHEMAS = {"career-path": 5, "comparison": 4}
UPLOADED = "images/demonstration/"
PICTURES_ARE = 1200, 675  # pixels; pictures/draw.py made them
# What rich text keeps; all else stays the text it was written as.
SYNTAX = ["blockquote", "emphasis", "entity", "escape", "heading", "link", "list", "newline"]
MARKDOWN = MarkdownIt("zero", {"html": False}).enable(SYNTAX)


def identifier(*names: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(names)))


def html(markdown: str) -> str:
    """Markdown as rich text. Headings are at level 3: the page and its sections have the first two."""
    tokens = MARKDOWN.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}).strip()


def authors() -> list[JSON]:
    return [{"id": identifier("author", row["slug"])} | row for row in _read("people.toml")["authors"]]


def tags() -> list[JSON]:
    return [{"id": identifier("tag", row["slug"])} | row for row in _read("people.toml")["tags"]]


def documents() -> list[JSON]:
    """All documents, each after those that it needs."""
    people = _by_slug(authors()), _by_slug(tags())
    paths = [_path(file, *people) for file in _folder("paths")]
    articles = [_article(file, *people) for file in _folder("articles")]
    by_slug = _by_slug(paths)
    comparisons = [_comparison(file, *people, by_slug) for file in _folder("comparisons")]
    return [_bank(_read("question_bank.toml")), *paths, *articles, *comparisons]


def needs(document: JSON) -> list[str]:
    """The ids of the documents without which this one cannot be restored."""
    if document["kind"] == "career-path":
        return [identifier("question-bank", "question-bank")]
    return [contender["path"] for contender in document.get("contenders", ())]


def picture(document: JSON) -> tuple[str, Path] | None:
    """The name under which a document shows its picture, and where that is here."""
    image = document.get("image")
    return (image["file"], FOLDER / "pictures" / Path(image["file"]).name) if image else None


def comments(commented: Iterable[JSON]) -> list[JSON]:
    """The replies to these documents, the oldest first and an answer after what it answers."""
    articles = {document["slug"]: document["id"] for document in commented}
    return [
        {
            "id": identifier("comment", row["key"]),
            "article_id": articles[row["on"]],
            "parent_id": identifier("comment", row["reply_to"]) if "reply_to" in row else None,
            "name": row["name"],
            "text": row["text"],
        }
        for row in _read("comments.toml")["comments"]
    ]


# --- The kinds ----------------------------------------------------------------------------------


def _bank(file: JSON) -> JSON:
    document = _base("question-bank", file)
    return document | {
        "criteria": [
            {
                **_row(document, "criteria", criterion["slug"], criterion),
                "questions": [
                    {"id": _question(question["slug"]), **question} for question in criterion["questions"]
                ],
            }
            for criterion in file["criteria"]
        ]
    }


def _article(file: JSON, people: Mapping[str, JSON], topics: Mapping[str, JSON]) -> JSON:
    document = _base("article", file) | _credits(file, people, topics)
    sections = [
        ("introduction", "", file["introduction"]),
        *_bodies(file),
        ("conclusion", "Conclusion", file["conclusion"]),
    ]
    return document | {"sections": _sections(document, sections), **_endings(document, file)}


def _path(file: JSON, people: Mapping[str, JSON], topics: Mapping[str, JSON]) -> JSON:
    document = _base("career-path", file) | _credits(file, people, topics)
    introduction = ("introduction", f"Understanding {_within(file['title'])}", file["understanding"])
    return document | {
        "translates": None,
        "sections": _sections(document, [introduction, *_bodies(file)]),
        "points": [_claim(document, "points", row["label"], row) for row in file["points"]],
        "platforms": [_row(document, "platforms", row["name"], row) for row in file["platforms"]],
        "facts": [_claim(document, "facts", row["label"], {"is_pay": False} | row) for row in file["facts"]],
        "ratings": [
            _claim(document, "ratings", row["question"], row | {"question": _question(row["question"])})
            for row in file["ratings"]
        ],
        **_endings(document, file),
    }


def _comparison(
    file: JSON, people: Mapping[str, JSON], topics: Mapping[str, JSON], paths: Mapping[str, JSON]
) -> JSON:
    document = _base("comparison", file) | _credits(file, people, topics)
    contenders = [paths[slug] for slug in file["contenders"]]
    names = _list([_within(path["title"]) for path in contenders])
    sections = [
        ("introduction", "Introduction", file["introduction"]),
        ("differences", f"Key differences between {names}", file["differences"]),
        ("choosing", "Which career path is right for you?", file["choosing"]),
        ("alternatives", "Neither, both, or stay as you are", file["neither"]),
        ("conclusion", "Conclusion", file["conclusion"]),
    ]
    return document | {
        "sections": _sections(document, sections),
        **_contest(document, file, contenders),
        **_endings(document, file),
    }


def _contest(document: JSON, file: JSON, contenders: Sequence[JSON]) -> JSON:
    ids = {path["slug"]: path["id"] for path in contenders}
    return {
        "contenders": [_row(document, "contenders", slug, {"path": pk}) for slug, pk in ids.items()],
        "points": [
            _claim(document, "points", f"{row['path']}/{row['label']}", row | {"path": ids[row["path"]]})
            for row in file.get("contender_points", ())
        ],
        "differences": [
            _claim(document, "differences", row["aspect"], row | {"cells": _cells(ids, row["cells"])})
            for row in file["differences_table"]
        ],
        "examples": [_example(document, row, ids) for row in file.get("examples", ())],
    }


def _example(document: JSON, row: JSON, ids: Mapping[str, str]) -> JSON:
    """A reader example: options by the slugs of questions, and the path it should lead to, if any."""
    values = {
        "description": row["description"],
        "answers": {_question(slug): option for slug, option in row["answers"].items()},
        "importances": {},
        "expected": ids[row["expected"]] if "expected" in row else None,
    }
    return _row(document, "examples", row["description"], values)


# --- What they share ----------------------------------------------------------------------------


def _base(kind: str, file: JSON) -> JSON:
    own = {name: file[name] for name in ("title", "slug", "summary")}
    picture = {"image": _image(file["picture"])} if "picture" in file else {}
    schema = SCHEMAS.get(kind, 3)
    return {"schema": schema, "kind": kind, "id": identifier(kind, file["slug"]), **own, **picture}


def _image(row: JSON) -> JSON:
    """A picture of the folder, under the name that it has where uploads are."""
    name = row["file"]
    size = {"width": PICTURES_ARE[0], "height": PICTURES_ARE[1]}
    return {"id": identifier("image", name), "file": f"{UPLOADED}{name}", "alt": row["alt"], **size}


def _credits(file: JSON, people: Mapping[str, JSON], topics: Mapping[str, JSON]) -> JSON:
    return {
        "reviewed_on": _plain(file["reviewed_on"]),
        "authors": [_brief(people[slug]) for slug in file["authors"]],
        "reviewer": _brief(people[file["reviewer"]]),
        "tags": [_brief(topics[slug]) for slug in file["tags"]],
    }


def _endings(document: JSON, file: JSON) -> JSON:
    calls = [file["call_to_action"]] if "call_to_action" in file else []
    return {
        "sources": [_source(document, row) for row in file.get("sources", ())],
        "calls_to_action": [_row(document, "calls", call["label"], call) for call in calls],
        "corrections": [
            _row(document, "corrections", row["was"], row) for row in file.get("corrections", ())
        ],
    }


def _source(document: JSON, row: JSON) -> JSON:
    stated = {name: value for name, value in row.items() if name != "key"}
    return _row(document, "sources", row["key"], {"valid_until": None} | stated)


def _sections(document: JSON, sections: Iterable[tuple[str, str, str]]) -> list[JSON]:
    return [
        _row(
            document, "sections", f"{role}/{heading}", {"role": role, "heading": heading, "body": html(body)}
        )
        for role, heading, body in sections
    ]


def _bodies(file: JSON) -> list[tuple[str, str, str]]:
    return [("body", section["heading"], section["body"]) for section in file["sections"]]


def _row(document: JSON, table: str, key: str, values: Mapping[str, Any]) -> JSON:
    """A row that belongs to the document, known within it by its key."""
    return {"id": identifier(document["id"], table, key)} | {k: _plain(v) for k, v in values.items()}


def _claim(document: JSON, table: str, key: str, values: Mapping[str, Any]) -> JSON:
    """A row that cites sources of the document."""
    cited = [identifier(document["id"], "sources", source) for source in values.get("sources", ())]
    return _row(document, table, key, values) | {"sources": cited}


def _question(slug: str) -> str:
    return identifier("question", slug)


def _cells(paths: Mapping[str, str], texts: Sequence[str]) -> dict[str, str]:
    return dict(zip(paths.values(), texts, strict=True))


def _brief(row: JSON) -> JSON:
    return {name: row[name] for name in ("id", "name", "slug")}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _within(title: str) -> str:
    """The title as it stands within a sentence."""
    return title[:1].lower() + title[1:]


def _list(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _by_slug(rows: Iterable[JSON]) -> dict[str, JSON]:
    return {row["slug"]: row for row in rows}


def _folder(name: str) -> list[JSON]:
    return [_read(str(path.relative_to(FOLDER))) for path in sorted((FOLDER / name).glob("*.toml"))]


def _read(name: str) -> JSON:
    # Decimals stay the text they are, so that they stay exact.
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"), parse_float=str)
