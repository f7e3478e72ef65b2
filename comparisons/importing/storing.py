"""From what was understood of an article to working copies, revisions and, if asked for, publications."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles import documents, kinds, publishing
from articles.documents import DocumentError
from articles.importing.files import ImportRefused
from articles.importing.words import lost
from articles.models import Article, Author, Revision, State
from articles.reading import VERSUS
from articles.records import JSON
from comparisons.importing.drafts import Draft, comparison_draft, path_draft
from comparisons.importing.parsed import ParsedArticle, Path
from comparisons.models import CareerPath, Comparison

EDITORIAL_TEAM = ("editorial-team", "Editorial team")
LONGEST_NAME = 200  # of a file, in a revision's note


@dataclass
class Byline:
    """Who signs the articles that have no author yet."""

    choose: Callable[[], Author | None]
    signed_by: Author | None = None

    def sign(self, document: JSON) -> JSON:
        if document.get("authors"):
            return document
        self.signed_by = self.signed_by or self.choose()
        if self.signed_by is None:
            return document
        return document | {"authors": documents.AUTHOR.compose([self.signed_by])}


@dataclass(frozen=True)
class Stored:
    """`before` is the number of the revision that the import found, 0 where the article is new."""

    article: Article
    revision: Revision
    before: int
    kept: tuple[str, ...]

    @property
    def change(self) -> str:
        if not self.before:
            return "new"
        return "updated" if self.revision.number != self.before else "unchanged"

    @property
    def kind(self) -> kinds.Kind:
        return kinds.get(self.article.kind)

    @property
    def state(self) -> State:
        """Where the article stands by now."""
        found = Article.objects.with_state(timezone.now()).get(pk=self.article.pk)
        return State(found.state)  # type: ignore[attr-defined]  # an annotation

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.kind.address(self.article.slug)}"


@dataclass(frozen=True)
class Outcome:
    """`signed_by` is who became the author of what had none."""

    paths: tuple[Stored, ...]
    comparison: Stored
    signed_by: Author | None

    @property
    def all(self) -> tuple[Stored, ...]:
        return (*self.paths, self.comparison)


@transaction.atomic
def store(article: ParsedArticle, *, file_name: str, byline: Byline) -> Outcome:
    """Make working copies and revisions say what the article says.

    Raises ImportRefused where a word would be lost or a document can't be taken in; then nothing is stored.
    """
    writer = _Writer(f"Imported from {file_name[:LONGEST_NAME]}", byline)
    try:
        paths = tuple(writer.write_path(path) for path in article.paths)
        comparison = writer.write_comparison(article, [str(each.article.pk) for each in paths])
    except DocumentError as error:
        raise ImportRefused(1, f"can't be stored: {error}") from error
    said = article.title.text if article.title.said else ""
    refuse_losses(lost(article.lines, [said, *writer.texts], article.decoration))
    return Outcome(paths, comparison, byline.signed_by)


def refuse_losses(words: Sequence[tuple[int, str]]) -> None:
    """Raise ImportRefused where a word would go nowhere."""
    if words:
        line, word = words[0]
        more = f" and {len(words) - 1} more" if len(words) > 1 else ""
        raise ImportRefused(line, f"the word “{word}”{more} would be lost. Write the line as plain text.")


def publish(outcome: Outcome) -> list[str]:
    """Publish what passes the checks, the paths first. Returns why the rest isn't published."""
    refusals = []
    for stored in outcome.all:
        try:
            publishing.publish(stored.article, by=None, with_required=True)
        except publishing.PublishingError as error:
            refusals.append(str(error))
    return list(dict.fromkeys(refusals))


def editorial_team() -> Author:
    """Who signs what is published without another author."""
    slug, name = EDITORIAL_TEAM
    return Author.objects.get_or_create(slug=slug, defaults={"name": name})[0]


@dataclass
class _Writer:
    note: str
    byline: Byline
    texts: list[str] = field(default_factory=list)  # of the stored fields that hold the article's words

    def write_path(self, path: Path) -> Stored:
        before = _recorded(CareerPath.objects.filter(slug=path.slug).first())
        return self._write(path_draft(path, _document(before)), before)

    def write_comparison(self, article: ParsedArticle, paths: Sequence[str]) -> Stored:
        before = _recorded(_comparison(article.slug, [path.slug for path in article.paths]))
        return self._write(comparison_draft(article, paths, _document(before)), before)

    def _write(self, draft: Draft, before: Revision | None) -> Stored:
        article = documents.restore(self.byline.sign(draft.document))
        revision = publishing.record(article, by=None, note=self.note)
        self.texts += draft.texts(revision.document)
        return Stored(article, revision, before.number if before else 0, draft.kept)


def _recorded(article: Article | None) -> Revision | None:
    """What the working copy says before the import, so that no edit can be lost under it."""
    if article and article.trashed_at:
        raise ImportRefused(
            1, f"“{article.title}” has the address {article.slug} and is in the trash. Put it back first."
        )
    return publishing.record(article, by=None, note="Before an import") if article else None


def _document(revision: Revision | None) -> JSON | None:
    return revision.document if revision else None


def _comparison(slug: str, paths: Sequence[str]) -> Article | None:
    """The comparison of these paths, in whichever order it names them; best in this one."""
    slugs = [VERSUS.join(order) for order in permutations(paths)]
    found = {each.slug: each for each in Comparison.objects.filter(slug__in=slugs)}
    return found.get(slug) or next(iter(found.values()), None)
