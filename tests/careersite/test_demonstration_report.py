"""The report is right on the demonstration content: what a test breaks is found there, and nothing else."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import documents, publishing
from articles.models import Article, Finding
from tests.base import DAY
from tests.jobs import work
from tests.makers import make_article, publish

pytestmark = pytest.mark.django_db

WITHDRAWN = "Fees of last year"
PAY, FORTNIGHT = "how-to-read-a-pay-figure", "try-a-career-for-a-fortnight"
TUTORING, TWO = "online-tutoring", "freelance-bookkeeping-vs-online-tutoring"

BROKEN = [
    (PAY, "required"),  # no summary
    (PAY, "required"),  # who pays for the sponsored link
    (PAY, "absolutes"),  # "guaranteed"
    (PAY, "absolutes"),  # "Never"
    (PAY, "headings"),  # nothing under one
    (PAY, "headings"),  # a level that was skipped
    (PAY, "link"),  # to what was withdrawn
    (PAY, "duplicate-title"),
    (FORTNIGHT, "duplicate-title"),
    (FORTNIGHT, "alt-text"),
    (TUTORING, "expired-source"),
    (TUTORING, "fairness"),  # ratings on an expired source are less sure, and a form leans to others
    (TWO, "cells"),
]


def reported():
    rows = Finding.objects.holding(timezone.now()).values_list("article__slug", "check_name", "message")
    return Counter((slug, check, message) for slug, check, message in rows)


def broken(slug, change):
    """The draft of what has this slug with something wrong in it, saved and looked at."""
    article = Article.objects.get(slug=slug)
    document = documents.compose(article)
    change(document)
    documents.restore(document)
    publishing.record(article, by=None)
    work()


def faulty_words(document):
    withdrawn = Article.objects.get(title=WITHDRAWN)
    document["summary"] = ""
    first = document["sections"][0]
    first["body"] += f'<p>Income is guaranteed, see <a href="article:{withdrawn.pk}">fees</a>.</p>'
    document["sections"].append({"role": "body", "heading": "Never said", "body": "", "id": str(uuid4())})
    first["body"] += "<h4>Too deep</h4><p>Below nothing.</p>"
    call = {"label": "Sign up", "url": "https://example.org/", "sponsored": True, "disclosure": ""}
    document["calls_to_action"] = [call]


def faulty_picture(document):
    document["title"] = Article.objects.get(slug=PAY).title
    document["image_alt"] = "IMG_0001.jpg"


def expired_source(document):
    document["sources"][0]["valid_until"] = str(timezone.localdate() - DAY)


def empty_cell(document):
    row = document["differences"][0]
    row["cells"][document["contenders"][0]["path"]] = ""


def test_what_is_broken_on_purpose_is_found_and_nothing_else():
    call_command("load_demonstration", verbosity=0)
    withdrawn = make_article(WITHDRAWN)
    publish(withdrawn)
    publishing.withdraw(withdrawn, by=None)
    work()
    call_command("rebuild_findings", verbosity=0)
    before = reported()
    assert not [check for _, check, _ in before if check == "required"]

    broken(PAY, faulty_words)
    broken(FORTNIGHT, faulty_picture)
    broken(TUTORING, expired_source)
    broken(TWO, empty_cell)
    assert sorted((slug, check) for slug, check, _ in reported() - before) == sorted(BROKEN)
    assert not before - reported()
