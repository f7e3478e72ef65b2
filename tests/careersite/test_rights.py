"""Who may do what on the editors' desk: role × action × state, for every address of the admin.

An address without a row (see `rights`) fails. What the pages say is tested elsewhere: here they aren't even
rendered.
"""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import documents, preview_links, publishing, trash
from articles.bulk import running
from articles.external_links import uses
from articles.models import (
    Article,
    Author,
    Ban,
    BulkJob,
    Comment,
    DisallowedWord,
    Due,
    Event,
    ExternalLink,
    Finding,
    Image,
    LinkReplacement,
    PreviewLink,
    Publication,
    ReviewInterval,
    Revision,
    Tag,
)
from comparisons.models import Criterion, Question, QuestionBank
from tests.base import DAY, soon
from tests.careersite.rights import (
    ARTICLES,
    BANK,
    BANKS,
    COMPARISONS,
    DESK,
    KINDS,
    MODELS,
    OTHER_KINDS,
    PLACES,
    ROLES,
    STATES,
    routes,
    rows_of,
)
from tests.makers import golden, make_article, make_comment, make_tag, make_user, publish
from tests.stored import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_every_address_of_the_admin_has_a_row():
    assert [name for name in routes() if not rows_of(name)] == []
    known = [f"{model}_{action}" for model, actions in MODELS.items() for action in actions]
    known += [f"{model}_{action}" for model in KINDS for action in ARTICLES]
    assert set(known) | set(DESK) <= routes().keys()


# --- Articles in each state ------------------------------------------------------------------------


@made_once
def in_state(state, make=make_article):
    """An article in that state, with two revisions and a preview link."""
    article = make()
    publishing.record(article, by=None)
    documents.restore(documents.compose(article) | {"summary": "Another."})
    if state in ("live", "changed", "withdrawn"):
        publish(article)
    else:
        publishing.record(article, by=None)
    if state == "changed":
        documents.restore(documents.compose(article) | {"summary": "A third."})
        publishing.record(article, by=None)
    if state == "scheduled":
        publishing.schedule(article, by=None, at=soon())
    if state == "withdrawn":
        publishing.withdraw(article, by=None)
    preview_links.share(article.revisions.last(), by=None, expires_at=timezone.now() + DAY)
    if state == "trashed":
        trash.trash(article, by=None)
    return article


def example():
    """The worked example's comparison, with all that it needs live."""
    comparison = golden(published=False)
    for needed in (QuestionBank.objects.get(), *comparison.paths.all()):
        publish(needed)
    return comparison


@pytest.fixture
def unrendered(monkeypatch):
    """Whether a page may be had is known before it is rendered, which takes most of the time."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


def answer(client, name, row, subject, **more):
    """The status of a request; what it changed is taken back."""
    values = PLACES | dict.fromkeys(("pk", "id", "object_id"), getattr(subject, "pk", None)) | more
    route = routes()[name]
    needed = route.pattern.converters or route.pattern.regex.groupindex
    address = reverse(f"admin:{name}", kwargs={key: values[key] for key in needed}) + row.query
    with transaction.atomic():
        if row.sent is None:
            response = client.get(address)
        else:
            response = client.post(address, row.sent(subject) if callable(row.sent) else dict(row.sent))
        transaction.set_rollback(True)
    return response.status_code


def answers(client, table, role, subject, state, **more):
    """What differs from the table: by route and number of the row, what was expected and what came."""
    found = {}
    for name, rows in table.items():
        for number, row in enumerate(rows):
            status = answer(client, name, row, subject, **more)
            if status != row.expected(role, state):
                found[name, number] = (row.expected(role, state), status)
    return found


def sign_in(client, role):
    if role != "anonymous":
        client.force_login(make_user(role.lower(), group=role))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_what_each_role_may_do_with_an_article_in_each_state(client, unrendered, role, state):
    article = in_state(state)
    sign_in(client, role)
    table = {f"articles_article_{action}": rows for action, rows in ARTICLES.items()}
    assert answers(client, table, role, article, state) == {}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_what_each_role_may_do_with_a_comparison_in_each_state(client, unrendered, role, state):
    comparison = in_state(state, example)
    sign_in(client, role)
    point = comparison.points.create(path=comparison.paths.first(), side="pro", label="Here only")
    table = {f"comparisons_comparison_{action}": rows for action, rows in COMPARISONS.items()}
    assert answers(client, table, role, comparison, state, point=point.pk) == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do_with_the_other_kinds(client, unrendered, role):
    comparison = in_state("live", example)
    sign_in(client, role)
    for subject in (comparison, comparison.paths.first()):
        preview_links.share(subject.revisions.last(), by=None, expires_at=timezone.now() + DAY)
        model = f"{subject._meta.app_label}_{subject._meta.model_name}"
        table = {f"{model}_{action}": rows for action, rows in OTHER_KINDS.items()}
        assert answers(client, table, role, subject, "live") == {}, model


# --- What knows no states --------------------------------------------------------------------------


def one_of_each(comparison):
    """A row of each model, by the beginning of its routes' names."""
    make_comment(comparison)
    Image.objects.create(alt="A desk")
    make_tag()
    Group.objects.create(name="Nobody yet")
    someone = make_user("someone", superuser=True)
    running.start(Article.objects.filter(pk=comparison.pk), "publish", by=someone, options={})
    Finding.objects.create(article=comparison, kind="comparison", gravity=2, check_name="x", message="Look.")
    Ban.objects.create(email="rude@example.org", reason="Rude.")
    DisallowedWord.objects.create(words="casino")
    uses.settle(timezone.now())
    LinkReplacement.objects.create(created_at=timezone.now())
    rows = (
        *(Author, Tag, Image, Comment, Event, Revision, Publication, PreviewLink, Finding),
        *(Criterion, Question, Group, ExternalLink, LinkReplacement, Due, ReviewInterval, BulkJob),
        *(Ban, DisallowedWord),
    )
    found = {f"{model._meta.app_label}_{model._meta.model_name}": model.objects.first() for model in rows}
    return found | {"auth_user": someone}


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do_with_all_else(client, unrendered, role):
    comparison = in_state("live", example)
    subjects = one_of_each(comparison)
    sign_in(client, role)
    for model, actions in MODELS.items():
        table = {f"{model}_{action}": rows for action, rows in actions.items()}
        assert answers(client, table, role, subjects[model], "") == {}, model
    bank = {f"{BANK}_{action}": rows for action, rows in BANKS.items()}
    assert answers(client, bank, role, QuestionBank.objects.get(), "") == {}
    assert answers(client, DESK, role, comparison, "") == {}


def test_rights_are_checked_before_a_page_is_said_to_be_unchanged(client, unrendered):
    comparison = in_state("live", example)
    conditions = {"if-none-match": "*", "if-modified-since": "Mon, 23 Nov 2099 09:00:00 GMT"}
    own = ("change", "history", "compare", "preview", "share", "delete")
    addresses = [reverse(f"admin:comparisons_comparison_{name}", args=[comparison.pk]) for name in own]
    for role, statuses in (("anonymous", {302}), ("Moderator", {200, 403})):
        sign_in(client, role)
        assert {client.get(each, headers=conditions).status_code for each in addresses} == statuses
