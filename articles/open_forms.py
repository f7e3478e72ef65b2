"""Who has an article's form open, and what was last saved from it.

A form is known by the identifier of its page, which goes back with it: two tabs of one person are two forms.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet

from articles.models import Article, OpenForm

LAPSE = timedelta(seconds=60)  # without a word from it, a form counts as closed
REMEMBERED = timedelta(days=7)  # for the pages of a sleeping computer, from which something was saved


def saved(page: UUID, article: Article, user: User, number: int, moment: datetime) -> None:
    """Remember that revision `number` was saved from the page, so that saving it again overwrites nobody."""
    form = OpenForm(pk=page, article=article, user=user, since=moment, seen_at=moment, saved=number)
    now = ["article", "user", "seen_at", "saved"]
    OpenForm.objects.bulk_create([form], update_conflicts=True, unique_fields=["id"], update_fields=now)


def last_saved(page: UUID, article: Article, user: User) -> int:
    """The number of the revision that was last saved from the page; 0 where none was."""
    found = OpenForm.objects.filter(pk=page, article=article, user=user)
    return found.values_list("saved", flat=True).first() or 0


def saved_from(page: UUID, user: User) -> int:
    """The same of a page that may have made the article."""
    return OpenForm.objects.filter(pk=page, user=user).values_list("saved", flat=True).first() or 0


def announce(page: UUID, article: Article, user: User, moment: datetime) -> None:
    """The form is open. One that was closed or silent in between counts from now on."""
    own = OpenForm.objects.filter(pk=page, article=article, user=user)
    if own.filter(seen_at__gt=moment - LAPSE).update(seen_at=moment):
        return
    if not own.update(seen_at=moment, since=moment):
        OpenForm.objects.filter(seen_at__lte=moment - REMEMBERED).delete()
        opened = {"article": article, "user": user, "since": moment, "seen_at": moment}
        OpenForm.objects.get_or_create(pk=page, defaults=opened)


def leave(page: UUID, user: User, moment: datetime) -> None:
    """The form is closed; what was saved from it stays known, as the browser may bring it back."""
    own = OpenForm.objects.filter(pk=page, user=user)
    own.filter(saved=0).delete()
    own.update(seen_at=moment - LAPSE)


def heard_of(article: Article, moment: datetime) -> QuerySet[OpenForm]:
    """The forms of the article that are open, those first that were opened first."""
    return OpenForm.objects.filter(article=article, seen_at__gt=moment - LAPSE).select_related("user")
