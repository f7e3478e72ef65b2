"""`manage.py import_article` as tests call it, and what came of it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import documents
from articles.importing.words import all_text_of, words
from articles.models import Article, Author, Publication, Revision

SEED = "microtask-gig-work-vs-remote-project-management.txt"
TEXT = """Introduction
Sales or nursing?
Understanding Sales
We sell.
Pros and Cons of Sales
Pros:
- Freedom: All day.
Cons:
- Quotas: Every month.
Understanding Nursing
We nurse.
Pros and Cons of Nursing
Pros:
- Meaning: Every day.
Cons:
- Nights: Every week.
Conclusion
Choose.
💡 Click here for more
"""


def saved(tmp_path, text=TEXT, name="article.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def run(path, **options):
    """What the command printed."""
    output = StringIO()
    call_command("import_article", str(path), stdout=output, **options)
    return output.getvalue()


def refused(path, **options):
    """The exit status and the one message."""
    output = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_article", str(path), stdout=output, **options)
    return error.value.returncode, str(error.value)


def stored():
    return [model.objects.count() for model in (Article, Author, Publication, Revision)]


def live(article):
    return Publication.objects.filter(article=article, ends_at=None).first()


def section(article, role):
    return next(each for each in documents.compose(article)["sections"] if each["role"] == role)


def in_fields(article):
    """All words of the stored fields."""
    document = documents.compose(article)
    texts = [document["title"]]
    for row in (*document["sections"], *document.get("points", ()), *document["calls_to_action"]):
        texts += [row.get(name, "") for name in ("heading", "label", "text", "url")]
        texts.append(all_text_of(row.get("body", "")))
    return {word for text in texts for word in words(text)}
