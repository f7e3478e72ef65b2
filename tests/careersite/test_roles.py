"""The page of the groups says in words what they hold, whatever somebody made of them."""

import pytest
from django.contrib.auth.models import Group, Permission

from careersite import deeds
from tests.base import queries
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROLES = "/admin/roles/"
PUBLISHING = "publish, schedule and withdraw"


def held(group):
    rows = Group.objects.get(name=group).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def cans(group):
    return {each.words: each.has for each in deeds.standings(held(group)) if each.has}


def own(html, name):
    """The section of a group."""
    return html.split(f"<h2>{name}</h2>")[1].split("</section>")[0]


def test_every_permission_that_a_ready_group_holds_is_said_in_words():
    assert {group.name: deeds.beyond(held(group.name)) for group in Group.objects.all()} == {
        group.name: set() for group in Group.objects.all()
    }


def test_every_permission_that_the_words_speak_of_exists():
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{app}.{codename}" for app, codename in rows}
    assert frozenset().union(*(needed for deed in deeds.DEEDS for needed in deed.parts.values())) <= known


def test_what_tells_the_ready_groups_apart():
    assert PUBLISHING in cans("Editor")
    assert PUBLISHING not in cans("Author")
    assert cans("Moderator").keys() == {
        "read drafts, their history and previews",
        "decide about readers' replies",
        "say who may not reply, and which words replies do without",
    }


def test_the_page_follows_what_somebody_made_of_a_group(client):
    client.force_login(make_user("arthur", group="Author"))
    editor = Group.objects.get(name="Editor")
    editor.permissions.remove(
        *Permission.objects.filter(codename__in=("publish_article", "delete_comparison"))
    )
    words = own(client.get(ROLES).content.decode(), "Editor")
    can, cannot = words.split("<h3>Cannot</h3>")
    assert PUBLISHING in cannot
    assert "articles; career paths <span" in can
    assert "(not: comparisons)" in can
    # By itself, this right does nothing: it is named as it is.
    assert "Held beside that: Can publish although something speaks against it" in can


def test_people_are_named_for_those_who_may_see_logins(client):
    make_user("edith", group="Editor")
    make_user("root", superuser=True)
    user = make_user("arthur", group="Author")
    client.force_login(user)
    page = client.get(ROLES).content.decode()
    assert "You are in the group <strong>Author</strong>" in page
    assert "edith" not in page
    user.user_permissions.add(Permission.objects.get(codename="view_user"))
    page = client.get(ROLES).content.decode()
    assert "edith" in own(page, "Editor")
    assert "root" in own(page, "Superusers")


def test_any_number_of_groups_and_people_takes_the_same_queries(client):
    client.force_login(make_user("root", superuser=True))
    with queries() as few:
        client.get(ROLES)
    for number in range(5):
        Group.objects.create(name=f"Group {number}").user_set.add(make_user(f"user {number}"))
    with queries() as many:
        client.get(ROLES)
    assert len(many) == len(few) <= 12


def test_groups_and_logins_lead_to_the_page(client):
    client.force_login(make_user("root", superuser=True))
    group = Group.objects.get(name="Author")
    assert (
        f'href="{ROLES}#group-{group.pk}"'
        in client.get(f"/admin/auth/group/{group.pk}/change/").content.decode()
    )
    assert f'href="{ROLES}"' in client.get("/admin/auth/user/").content.decode()
