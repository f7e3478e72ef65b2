"""Working copies for tests: plain functions with explicit defaults, each made through a document."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from articles import documents, kinds, publishing
from articles.models import Article, Author, Comment, Publication, Tag
from articles.records import JSON
from comparisons.models import CareerPath, Comparison, QuestionBank
from tests.stored import made_once

# DECISION.md's worked example: criterion, slug, shape, ratings of gig work and of project management.
GOLDEN = [
    ("Skills", "experience", "at_most", 5, 75),
    ("Skills", "skill-building", "at_least", 15, 85),
    ("Earning", "income-needed", "at_least", 20, 85),
    ("Earning", "time-to-first-pay", "at_most", 10, 75),
    ("Structure", "project-length", "near", 10, 80),
    ("Structure", "repetition", "at_most", 85, 30),
    ("Autonomy", "fixed-hours", "at_most", 5, 70),
    ("Autonomy", "influence", "at_least", 15, 75),
    ("Relationships", "company", "near", 10, 85),
    ("Relationships", "responsibility", "at_most", 10, 85),
]
GOLDEN_ANSWERS = (2, 3, 1, 0, 1, 2, 1, 2, 1, 1)


def make_user(name: str = "editor", *, group: str | None = None, superuser: bool = False) -> User:
    user = User.objects.create_user(name, password="a-test-password", is_staff=True, is_superuser=superuser)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_author(name: str = "Ann Author", **fields: Any) -> Author:
    return Author.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_tag(name: str = "Remote work") -> Tag:
    return Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_article(title: str = "How to read a pay figure", **parts: Any) -> Article:
    return documents.restore(article_document("article", title, **parts))


def make_path(title: str = "Microtask gig work", **parts: Any) -> CareerPath:
    defaults = {
        "points": [
            {"side": "pro", "label": "Flexible", "text": f"{title} fits around other things."},
            {"side": "con", "label": "Uneven", "text": f"{title} pays irregularly."},
        ],
        "platforms": [{"name": f"{title} market", "type": "marketplace", "url": "https://example.org/"}],
        "facts": [{"label": "Typical pay", "low": "2", "high": "6.5", "unit": "USD", "period": "hour"}],
    }
    path = documents.restore(article_document("career-path", title, **(defaults | parts)))
    assert isinstance(path, CareerPath)
    return path


def make_comparison(*paths: Article, title: str = "", **parts: Any) -> Comparison:
    named = title or " vs ".join(path.title for path in paths)
    defaults = {
        "contenders": [{"path": str(path.pk)} for path in paths],
        "differences": [{"aspect": "Pay", "cells": {str(path.pk): f"as {path.title}" for path in paths}}],
    }
    document = article_document("comparison", named, **(defaults | parts))
    comparison = documents.restore(document)
    assert isinstance(comparison, Comparison)
    return comparison


def make_bank(rows: list[tuple[str, str, str, int, int]] | None = None) -> QuestionBank:
    """The question bank of the worked example, or with other rows of the same form."""
    criteria: dict[str, list[JSON]] = {}
    for criterion, slug, shape, *_ in rows or GOLDEN:
        options = [f"{slug} {words}" for words in ("none", "little", "some", "much", "most")]
        question = {"slug": slug, "prompt": f"How much {slug}?", "shape": shape, "options": options}
        criteria.setdefault(criterion, []).append(question)
    document = article_document("question-bank", "Question bank") | {
        "criteria": [
            {"slug": slugify(name), "name": name, "swing": f"Going up in {name}?", "questions": questions}
            for name, questions in criteria.items()
        ]
    }
    bank = documents.restore(document)
    assert isinstance(bank, QuestionBank)
    return bank


def questions(bank: QuestionBank) -> dict[str, UUID]:
    """The bank's question ids by slug, in order."""
    rows = bank.criteria.order_by("position").values_list(
        "questions__slug", "questions__id", "questions__position"
    )
    by_criterion = [row for row in rows if row[0]]
    order = [slug for _, slug, *_ in GOLDEN]
    known = {slug: pk for slug, pk, _ in by_criterion}
    return {slug: known[slug] for slug in sorted(known, key=lambda s: order.index(s) if s in order else 99)}


@made_once
def golden(*, published: bool = True) -> Comparison:
    """The worked example: bank, both paths with their ratings, and the comparison."""
    comparison = make_comparison(*golden_paths(published=published))
    if published:
        publish(comparison)
    return comparison


@made_once
def golden_paths(*, published: bool = True) -> list[CareerPath]:
    """The worked example without the comparison."""
    bank = make_bank()
    ids = questions(bank)
    paths = [
        make_path(title, ratings=ratings(ids, column))
        for title, column in (("Microtask gig work", 3), ("Remote project management", 4))
    ]
    if published:
        for each in (bank, *paths):
            publish(each)
    return paths


def ratings(ids: dict[str, UUID], column: int, *, uncertainty: int = 10, **more: Any) -> list[JSON]:
    return [
        {
            "question": str(ids[row[1]]),
            "value": row[column],
            "uncertainty": uncertainty,
            "rationale": f"On {row[1]} it stands here.",
            **more,
        }
        for row in GOLDEN
    ]


def golden_answers(comparison: Comparison | None = None) -> dict[str, int]:
    bank = QuestionBank.objects.get()
    return {str(pk): option for pk, option in zip(questions(bank).values(), GOLDEN_ANSWERS, strict=True)}


def article_document(
    kind: str, title: str, *, authors: tuple[str, ...] = ("Ann Author",), **parts: Any
) -> JSON:
    """A document that passes the checks of its kind; `parts` replace or add keys."""
    return {
        "schema": kinds.get(kind).schema,
        "kind": kind,
        "id": str(uuid4()),
        "title": title,
        "slug": slugify(title),
        "summary": f"What {title} is about, in one sentence.",
        "authors": [embedded(make_author(name)) for name in authors],
        "sections": [
            {"role": "introduction", "heading": f"About {title}", "body": f"<p>{title} begins here.</p>"}
        ],
        **parts,
    }


def embedded(row: Author | Tag) -> JSON:
    shown = {"id": str(row.pk), "name": row.name, "slug": row.slug}
    return shown | ({"expertise": row.expertise} if isinstance(row, Author) else {})


def publish(article: Article, **options: Any) -> Publication:
    return publishing.publish(article, by=None, **options)


def make_comment(article: Article, text: str = "This helped me decide.", **fields: Any) -> Comment:
    defaults = {"name": "Reader", "status": Comment.Status.APPROVED}
    return Comment.objects.create(article=article, text=text, **(defaults | fields))
