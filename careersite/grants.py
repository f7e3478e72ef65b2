"""Nobody grants more than they hold: which permissions, groups and logins somebody may give or change."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def held(user: User) -> QuerySet[Permission]:
    """What somebody was given, in person or by a group; whether they can log in now makes no difference."""
    if user.is_superuser:
        return Permission.objects.all()
    given = Q(user=user.pk) | Q(group__user=user.pk)
    return Permission.objects.filter(pk__in=Permission.objects.filter(given).order_by().values("pk"))


def grantable_groups(user: User) -> QuerySet[Group]:
    """Those whose every permission the user holds."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=held(user).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def may_change_user(user: User, other: User) -> bool:
    """Whether the other holds nothing that the user doesn't."""
    if user.is_superuser:
        return True
    return not other.is_superuser and not held(other).exclude(pk__in=held(user).values("pk")).exists()


def may_change_group(user: User, group: Group) -> bool:
    return grantable_groups(user).filter(pk=group.pk).exists()
