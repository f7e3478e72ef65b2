"""The page that says in words what the people of each group can and cannot do, and who they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles.admin.rights import person
from careersite import deeds
from careersite.deeds import Standing

NAMED = 50  # people of a group


@dataclass(frozen=True, slots=True)
class Role:
    """A group, or the person who looks: what they can do and what not, and what else they hold."""

    name: str
    standings: Sequence[Standing]
    beyond: Sequence[str]
    group: Group | None = None
    people: Sequence[str] = ()

    @property
    def cans(self) -> list[Standing]:
        return [each for each in self.standings if each.has]

    @property
    def cannots(self) -> list[Standing]:
        return [each for each in self.standings if not each.has]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    sees_people = user.has_perm("auth.view_user")
    roles = [_role(group) for group in _groups(with_people=sees_people)]
    you = _yourself(user)
    mine = set(user.groups.values_list("pk", flat=True))
    context = {
        **admin.site.each_context(request),
        "title": "Who may do what",
        "roles": roles,
        "you": you,
        "own": [role.name for role in roles if role.group and role.group.pk in mine],
        "table": table([*roles, you]),
        "sees_people": sees_people,
        "most": NAMED,
        "superusers": _names(User.objects.filter(is_superuser=True)) if sees_people else [],
    }
    return TemplateResponse(request, "admin/people/roles.html", context)


def table(roles: Sequence[Role]) -> list[tuple[str, list[tuple[str, Standing]]]]:
    """Role × deed: for each deed its words, and for each role its name and how it stands to that."""
    columns = [(role.name, role.standings) for role in roles]
    return [
        (standing.words, [(name, standings[row]) for name, standings in columns])
        for row, standing in enumerate(columns[0][1])
    ]


def _groups(*, with_people: bool) -> Iterable[Any]:
    permissions = Permission.objects.select_related("content_type")
    groups = Group.objects.order_by("name").prefetch_related(Prefetch("permissions", permissions))
    if not with_people:
        return groups
    people = User.objects.filter(is_active=True).order_by("username")[: NAMED + 1]
    return groups.prefetch_related(Prefetch("user_set", people, to_attr="people"))


def _role(group: Any) -> Role:
    names = {f"{each.content_type.app_label}.{each.codename}": each.name for each in group.permissions.all()}
    standings = deeds.standings(names)
    beyond = sorted(names[right] for right in deeds.beyond(names))
    return Role(group.name, standings, beyond, group, [str(user) for user in getattr(group, "people", ())])


def _yourself(user: User) -> Role:
    held = user.get_all_permissions()
    return Role("You", deeds.standings(held), sorted(_spelled(deeds.beyond(held))))


def _spelled(rights: Collection[str]) -> list[str]:
    return [right.partition(".")[2].replace("_", " ") for right in rights]


def _names(users: Any) -> list[str]:
    return [str(user) for user in users.filter(is_active=True).order_by("username")[: NAMED + 1]]
