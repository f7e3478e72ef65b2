"""Why a transition cannot be made. Each text tells a person what is in the way and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles import formats
from articles.models import Article, Revision
from articles.records import Problem


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against publishing something; `about` is the title of the article in which it shows."""

    about: str
    message: str

    def __str__(self) -> str:
        return f"“{self.about}”: {self.message}"


class PublishingError(Exception):
    """A transition that cannot be made; its text tells a person why and what to do."""


class NotReady(PublishingError):
    """The document breaks a rule that every published one keeps."""

    def __init__(self, article: Article, problems: Sequence[Problem]) -> None:
        self.article, self.problems = article, list(problems)
        self.headline = f"“{article.title}” can't be published yet."
        super().__init__(" ".join([self.headline, *map(str, problems)]))


class Objected(PublishingError):
    """Something speaks against it. Whoever may override that gives a reason, which is kept."""

    def __init__(self, title: str, objections: Sequence[Objection]) -> None:
        self.objections = list(objections)
        self.headline = f"“{title}” is not published as it is: something speaks against it."
        super().__init__(" ".join([self.headline, *map(str, objections)]))


class Trashed(PublishingError):
    """Nothing is made of articles in the trash but what takes them out of it."""

    def __init__(self, found: Sequence[Article]) -> None:
        self.found = list(found)
        named = ", ".join(f"“{article.title}”" for article in found)
        they, them = ("is", "it") if len(found) == 1 else ("are", "them")
        super().__init__(f"{named} {they} in the trash. Put {them} back first.")


class InUse(PublishingError):
    """Readers see it, or are to see it: it is not moved to the trash. `needing` can't do without it."""

    def __init__(self, message: str, article: Article, needing: Sequence[Article]) -> None:
        self.article, self.needing = article, list(needing)
        super().__init__(message)


class Conflict(PublishingError):
    """Somebody else was faster, or something is in the way."""


class Unapproved(PublishingError):
    """What is to be published is in review without an approval, or needs one."""

    def __init__(self, article: Article, message: str) -> None:
        self.article = article
        super().__init__(message)


class Edited(Conflict):
    """What somebody looked at is not the newest any more."""

    def __init__(self, looked_at: Revision, newest: Revision) -> None:
        self.looked_at, self.newest = looked_at, newest
        by = newest.author or "Somebody"
        super().__init__(
            f"{by} saved {newest} on {formats.moment(newest.created_at)}, and you looked at {looked_at}. "
            "Look at what has changed, then decide."
        )


class Blocked(PublishingError):
    """Other articles would have to be published or withdrawn together with this one."""

    def __init__(self, message: str, articles: Sequence[Article]) -> None:
        self.articles = list(articles)
        super().__init__(message)
