"""The groups that a migration makes, on a database as it is and on one that has nothing yet."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection

from tests.makers import make_user

pytestmark = pytest.mark.django_db

migration = import_module("comparisons.migrations.0003_editorial_groups")


def forwards():
    migration.forwards(apps, SimpleNamespace(connection=connection))


def backwards():
    migration.backwards(apps, SimpleNamespace(connection=connection))


def rights_of(group):
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize("right", ["publish_article", "override_gate"])
def test_only_editors_may_publish_and_override_the_gate(right):
    assert [group.name for group in Group.objects.filter(permissions__codename=right)] == ["Editor"]


def test_an_author_writes_articles_and_their_parts_and_deletes_no_article():
    rights = rights_of("Author")
    assert {"add_article", "change_careerpath", "add_comparison", "delete_section", "delete_point"} <= rights
    assert {"add_source", "view_question", "add_tag", "add_image", "delete_readerexample"} <= rights
    assert not {"delete_article", "delete_careerpath", "change_tag", "view_comment", "add_user"} & rights


def test_an_editor_uses_the_trash():
    assert {"delete_article", "delete_careerpath", "delete_comparison"} <= rights_of("Editor")


def test_a_moderator_looks_after_comments_and_changes_nothing_else():
    assert {right for right in rights_of("Moderator") if not right.startswith("view_")} == {
        "add_comment",
        "change_comment",
        "delete_comment",
        "add_ban",
        "delete_ban",
        "add_disallowedword",
        "change_disallowedword",
        "delete_disallowedword",
    }


def test_the_migration_can_be_taken_back_and_made_again():
    before = {group.name: rights_of(group.name) for group in Group.objects.all()}
    backwards()
    assert not Group.objects.exists()
    forwards()
    assert {group.name: rights_of(group.name) for group in Group.objects.all()} == before


def test_it_makes_the_permissions_that_are_not_there_yet_just_as_django_would():
    own = Permission.objects.filter(content_type__app_label__in=("articles", "comparisons"))
    expected = dict(own.values_list("codename", "name"))
    own.delete()
    forwards()
    assert dict(own.values_list("codename", "name")).items() <= expected.items()
    for app in ("articles", "comparisons"):
        create_permissions(apps.get_app_config(app), verbosity=0)
    assert dict(own.values_list("codename", "name")) == expected
    assert own.count() == len(expected)


def test_made_twice_it_changes_nothing():
    user = make_user(group="Author")
    before = rights_of("Author")
    forwards()
    assert rights_of("Author") == before
    assert user.groups.count() == 1
