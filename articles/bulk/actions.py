"""What can be done to many articles: each is one transition of one article, by the person who asked."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import User

from articles import approvals, formats, kinds, publishing, rights, trail, trash, workflow
from articles.models import Article, BulkJob, Tag
from articles.obstacles import PublishingError

LONGEST_NOTE = 300
Options = Mapping[str, Any]  # as a job keeps them: plain data
SAYING_WHAT_READERS_SEE = frozenset(
    {
        trail.Action.PUBLISHED,
        trail.Action.SCHEDULED,
        trail.Action.CANCELLED,
        trail.Action.WITHDRAWN,
        trail.Action.TRASHED,
        trail.Action.PUT_BACK,
    }
)


class Action:
    """One of them, with its options. The answers hold for as long as an instance is kept: some seconds."""

    name: ClassVar[BulkJob.Action]
    needs_words: ClassVar[bool] = False  # it means the words that were chosen, not what they are by now
    overtaken_by: ClassVar[frozenset[trail.Action]] = frozenset()  # what others may have decided since
    required_first: ClassVar[bool | None] = None  # else those that need others; None: it doesn't matter

    def __init__(self, options: Options) -> None:
        self.options = options

    def title(self, what: str) -> str:
        """`Publish 312 articles`."""
        return f"{self.name.label} {what}"

    def may(self, user: User, article: Article) -> bool:
        raise NotImplementedError

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        """Why there is nothing to do, where that is so; `revision` is the number of what was chosen."""
        return ""

    def do(self, article: Article, by: User) -> str:
        """Call the transition; returns what is worth telling. Raises PublishingError or DocumentError."""
        raise NotImplementedError

    def moment(self, name: str) -> datetime | None:
        text = self.options.get(name)
        return datetime.fromisoformat(text) if text else None


class Publishing(Action):
    """What needs the right to publish."""

    overtaken_by = SAYING_WHAT_READERS_SEE

    @property
    def together(self) -> bool:
        return bool(self.options.get("together"))

    def may(self, user: User, article: Article) -> bool:
        return user.has_perm(_right("change", article)) and user.has_perm(rights.PUBLISH)


class Publish(Publishing):
    name = BulkJob.Action.PUBLISH
    needs_words, required_first = True, True

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        live = article.publications.at(now).filter(revision__number=revision or 0)
        return f"Readers see revision {revision} already." if live.exists() else ""

    def do(self, article: Article, by: User) -> str:
        publication = publishing.publish(article, by=by, with_required=self.together)
        return f"{str(publication.revision).capitalize()} is live."


class Schedule(Publishing):
    name = BulkJob.Action.SCHEDULE
    needs_words, required_first = True, True

    def title(self, what: str) -> str:
        until = self.moment("until")
        end = f", until {formats.moment(until)}" if until else ""
        return f"Schedule {what} for {formats.moment(self._at)}{end}"

    @property
    def _at(self) -> datetime:
        return datetime.fromisoformat(self.options["at"])

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        then = {"starts_at": self._at, "until": self.moment("until")}
        planned = article.publications.filter(revision__number=revision or 0, **then)
        return f"Revision {revision} goes live then already." if planned.exists() else ""

    def do(self, article: Article, by: User) -> str:
        until = self.moment("until")
        publication = publishing.schedule(
            article, by=by, at=self._at, until=until, with_required=self.together
        )
        return f"{str(publication.revision).capitalize()} goes live by itself."


class Withdraw(Publishing):
    name = BulkJob.Action.WITHDRAW
    required_first = False

    def title(self, what: str) -> str:
        at = self.moment("at")
        return f"Withdraw {what}{f' on {formats.moment(at)}' if at else ''}"

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        at = self.moment("at") or now
        if article.publications.not_over(at).exists():
            return ""
        return "It is neither live nor scheduled then." if self.moment("at") else "It is not live."

    def do(self, article: Article, by: User) -> str:
        publishing.withdraw(article, by=by, at=self.moment("at"), with_dependents=self.together)
        return ""


class Tagging(Action):
    """Changes the draft. Readers see no change until that is published."""

    name = BulkJob.Action.TAG

    @cached_property
    def tags(self) -> dict[str, list[Tag]]:
        """Those to add and to remove that there still are."""
        known = Tag.objects.in_bulk([*self.options.get("add", ()), *self.options.get("remove", ())])
        keys = {name: {str(pk) for pk in self.options.get(name, ())} for name in ("add", "remove")}
        return {name: [tag for pk, tag in known.items() if str(pk) in keys[name]] for name in keys}

    def title(self, what: str) -> str:
        parts = [f"{name} {_names(tags)}" for name, tags in self.tags.items() if tags]
        return f"Tag {what}: {'; '.join(parts)}"

    def may(self, user: User, article: Article) -> bool:
        return user.has_perm(_right("change", article))

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        return "" if any(self._changes(article)) else "Its tags are so already."

    def do(self, article: Article, by: User) -> str:
        added, removed = self._changes(article)
        article.tags.add(*added)
        article.tags.remove(*removed)
        article.save(update_fields=["updated_at"])
        told = f"Added: {_names(added)}. " * bool(added) + f"Removed: {_names(removed)}." * bool(removed)
        revision = publishing.record(article, by=by, note=f"Tags. {told}"[:LONGEST_NOTE].strip())
        trail.note(trail.Action.TAGGED, article, by=by, revision=revision.number, detail=told.strip())
        return told.strip()

    def _changes(self, article: Article) -> tuple[list[Tag], list[Tag]]:
        has = set(article.tags.values_list("pk", flat=True))
        added = [tag for tag in self.tags["add"] if tag.pk not in has]
        return added, [tag for tag in self.tags["remove"] if tag.pk in has]


class Assign(Action):
    name = BulkJob.Action.ASSIGN

    def title(self, what: str) -> str:
        due_on = f", by {formats.day(self._due_on)}" if self._due_on else ""
        return f"Ask {self.assignee or 'whoever may review'} to decide on {what}{due_on}"

    def may(self, user: User, article: Article) -> bool:
        return user.has_perm(_right("change", article)) or workflow.may_review(user)

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        review = approvals.current(article)
        if review is None or self._is_gone or review.assignee != self.assignee:
            return ""
        return "" if self._due_on not in (None, review.due_on) else "It is asked for just so already."

    def do(self, article: Article, by: User) -> str:
        if self._is_gone:
            raise PublishingError("Whom this was to be assigned to is gone. Choose somebody else.")
        workflow.assign(article, to=self.assignee, by=by, due_on=self._due_on or workflow.KEEP)
        return ""

    @cached_property
    def assignee(self) -> User | None:
        """None: whoever may review."""
        return User.objects.filter(pk=self.options["to"]).first() if self.options.get("to") else None

    @property
    def _is_gone(self) -> bool:
        return bool(self.options.get("to")) and self.assignee is None

    @property
    def _due_on(self) -> date | None:
        return date.fromisoformat(self.options["due_on"]) if self.options.get("due_on") else None


class Trash(Action):
    name = BulkJob.Action.TRASH
    needs_words, required_first = True, False
    overtaken_by = SAYING_WHAT_READERS_SEE

    def title(self, what: str) -> str:
        return f"Move {what} to the trash"

    def may(self, user: User, article: Article) -> bool:
        if user.has_perm(_right("delete", article)):
            return True
        return user.has_perm(_right("change", article)) and trash.is_own_draft(article, user)

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        return "It is in the trash already." if article.trashed_at else ""

    def do(self, article: Article, by: User) -> str:
        trash.trash(article, by=by)
        return ""


class PutBack(Trash):
    name = BulkJob.Action.PUT_BACK
    needs_words = False

    def title(self, what: str) -> str:
        return f"Put {what} back from the trash"

    def already(self, article: Article, revision: int | None, now: datetime) -> str:
        return "" if article.trashed_at else "It is not in the trash."

    def do(self, article: Article, by: User) -> str:
        trash.put_back(article, by=by)
        return ""


ACTIONS: Mapping[str, type[Action]] = {
    action.name: action for action in (Publish, Schedule, Withdraw, Tagging, Assign, Trash, PutBack)
}


def get(name: str, options: Options) -> Action:
    return ACTIONS[name](options)


def _right(verb: str, article: Article) -> str:
    return rights.on(verb, kinds.get(article.kind).model)


def _names(tags: Iterable[Tag]) -> str:
    return ", ".join(f"“{tag}”" for tag in tags)
