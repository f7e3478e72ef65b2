"""The trash: what goes there, what can't, what comes of it, and what is removed for good."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import publishing, trash
from articles.models import Article, Comment, Facet, PreviewLink, Publication, Revision, State, UnsavedWork
from comparisons.kinds import CareerPathKind, QuestionBankKind
from tests.base import DAY, at
from tests.makers import (
    golden,
    make_article,
    make_comment,
    make_comparison,
    make_path,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


def state_of(article):
    return Article.objects.with_state(timezone.now()).get(pk=article.pk).state


def purged(**options):
    """What the command says and does, once the thirty days are over."""
    said = StringIO()
    with at(timezone.now() + 31 * DAY):
        call_command("purge_trash", stdout=said, **options)
    return said.getvalue()


def test_a_draft_goes_to_the_trash_and_back_as_it_was():
    article, user = make_article(), make_user()
    revision = publishing.record(article, by=None)
    changed = Article.objects.get().updated_at
    assert [trash.trash(article, by=user), trash.trash(article, by=None)] == [True, False]
    stored = Article.objects.get()
    assert (state_of(article), stored.trashed_by) == (State.TRASHED, user)
    assert [trash.put_back(article, by=user), trash.put_back(article, by=user)] == [True, False]
    stored = Article.objects.get()
    assert (stored.trashed_at, stored.trashed_by, stored.updated_at) == (None, None, changed)
    assert (state_of(article), article.revisions.get()) == (State.DRAFT, revision)


def test_what_readers_see_or_will_see_stays_and_what_it_is_part_of_is_named():
    comparison = golden()
    path = comparison.paths.first()
    soon = make_article("Soon")
    publishing.schedule(soon, by=None, at=timezone.now() + DAY)
    with pytest.raises(trash.InUse, match=f"“{path.title}” is live since .* as part of “{comparison.title}”"):
        trash.trash(path, by=None)
    with pytest.raises(trash.InUse, match="“Soon” goes live on"):
        trash.trash(soon, by=None)
    publishing.withdraw(path, by=None, with_dependents=True)
    assert trash.trash(path, by=None)
    assert not Article.objects.trashed().exclude(pk=path.pk).exists()


def test_nothing_in_the_trash_is_published_alone_or_with_what_needs_it():
    path, other = make_path("Tutoring"), make_path("Bookkeeping")
    comparison = make_comparison(path, other)
    revision = publishing.record(path, by=None)
    trash.trash(path, by=None)
    in_the_way = "“Tutoring” is in the trash. Put it back first."
    for transition in (
        lambda: publish(path),
        lambda: publish(comparison),
        lambda: publish(comparison, with_required=True),
        lambda: publishing.schedule(path, by=None, at=timezone.now() + DAY),
        lambda: publishing.restore(revision, by=None),
    ):
        with pytest.raises(publishing.Trashed, match=in_the_way):
            transition()
    assert not Publication.objects.exists()
    trash.put_back(path, by=None)
    publish(comparison, with_required=True)


def test_only_drafts_that_nobody_else_wrote_and_no_reader_saw_are_ones_own():
    ann, ben = make_user("ann"), make_user("ben")
    article = make_article()
    assert not trash.is_own_draft(article, ann)
    publishing.record(article, by=ann)
    assert trash.is_own_draft(article, ann)
    assert not trash.is_own_draft(article, ben)
    publish(article)
    assert not trash.is_own_draft(article, ann)
    shared = make_article("Shared")
    publishing.record(shared, by=ann)
    Article.objects.filter(pk=shared.pk).update(title="Changed")
    publishing.record(shared, by=ben)
    assert not trash.is_own_draft(shared, ann)


# --- Removing for good ---------------------------------------------------------------------------


def test_what_was_never_published_is_removed_with_all_that_is_its_own():
    article, kept, user = make_article(), make_article("Stays"), make_user()
    revision = publishing.record(article, by=user)
    now = timezone.now()
    PreviewLink.objects.create(revision=revision, created_at=now, expires_at=now + 90 * DAY)
    UnsavedWork.objects.create(user=user, kind="article", article=article, fields={}, saved_at=now)
    make_comment(article)
    publishing.record(kept, by=user)
    trash.trash(article, by=user)
    assert "0 removed for good" in purged(days=32)
    assert "removed  article “How to read a pay figure”" in purged(dry_run=True)
    assert Article.objects.count() == 2
    assert "1 removed for good, 0 kept." in purged()
    assert Article.objects.get() == kept
    assert Revision.objects.get().article_id == kept.pk
    assert not any(each.objects.exists() for each in (PreviewLink, UnsavedWork, Comment))


def test_what_readers_saw_stays_unless_that_is_asked_for():
    article = make_article()
    publish(article)
    publishing.withdraw(article, by=None)
    trash.trash(article, by=None)
    said = purged()
    assert "kept     article “How to read a pay figure”" in said
    assert "readers saw it" in said
    assert "with --published only" in said
    assert article.publications.exists()
    assert "1 removed for good" in purged(published=True)
    assert not any(each.objects.exists() for each in (Article, Publication, Facet))


def test_what_others_use_stays_until_they_are_removed_as_well():
    path, other = make_path("Tutoring"), make_path("Bookkeeping")
    comparison = make_comparison(path, other)
    trash.trash(path, by=None)
    assert "“Tutoring vs Bookkeeping” uses it in the draft" in purged()
    trash.trash(comparison, by=None)
    assert "2 removed for good, 0 kept." in purged()
    assert Article.objects.get().pk == other.pk


def test_what_readers_saw_in_another_article_stays_even_if_what_they_saw_is_to_go():
    comparison = golden()
    path = comparison.paths.first()
    publishing.withdraw(path, by=None, with_dependents=True)
    comparison.contenders.filter(path=path).delete()
    trash.trash(path, by=None)
    assert f"readers saw it in “{comparison.title}”" in purged(published=True)
    assert path.publications.exists()


def test_drafts_are_found_by_what_they_name():
    comparison = golden(published=False)
    path, bank = comparison.paths.first(), Article.objects.get(kind="question-bank")
    spoken_of = make_path("Spoken of")
    comparison.points.create(path=spoken_of, side="pro", label="Only here")
    for named in (path, spoken_of):
        assert [row.pk for row in CareerPathKind().drafts_naming([named.pk])] == [comparison.pk]
    assert {row.pk for row in QuestionBankKind().drafts_naming([bank.pk])} == {
        each.pk for each in comparison.paths.all()
    }
