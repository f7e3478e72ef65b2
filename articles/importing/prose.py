"""Lines of plain text or Markdown as the rich text that sections hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.importing.lines import Decoration, Line, continues, item, runs
from articles.importing.words import unescaped, words

# What the allow-list of rich text would drop, or drop the words of, stays as the text it is.
LITERAL = ("backticks", "code", "fence", "hr", "html_block", "html_inline", "image", "lheading", "reference")
ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/)|#)\S*\Z", re.IGNORECASE)
LEVELS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


@dataclass(frozen=True, slots=True)
class Prose:
    html: str
    decoration: tuple[Decoration, ...] = ()


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).disable(list(LITERAL))
    markdown.validateLink = lambda url: bool(ADDRESS.match(url))  # type: ignore[method-assign]
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return markdown


MARKDOWN = _markdown()


def render(lines: Sequence[Line]) -> Prose:
    """The lines as HTML. A line is a paragraph, unless its run of lines is visibly wrapped."""
    written, origins, decoration = _as_markdown(lines)
    tokens = MARKDOWN.parse("\n".join(written))
    for token in tokens:
        token.hidden = False  # the editor, too, puts a paragraph in each item of a list
        token.tag = LEVELS.get(token.tag, token.tag)
    decoration += _numbers(tokens, origins)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return Prose(html.strip(), tuple(decoration))


def plain(text: str) -> str:
    """A line's words without Markdown's marks; the address of a link stands behind it in brackets."""
    tokens = MARKDOWN.parseInline(text)
    found = " ".join("".join(_pieces(tokens[0].children or [])).split()) if tokens else ""
    # Marks inside a word, as in un*believ*able, would join what was apart: those stay.
    return found if words(found) == words(unescaped(text)) else text.strip()


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    behind = ""
    for token in tokens:
        if token.type == "link_open":
            parts = [str(token.attrs[name]) for name in ("href", "title") if name in token.attrs]
            behind = "" if token.info == "auto" else f" ({' '.join(parts)})"
        elif token.type == "link_close":
            yield behind
        else:
            yield token.content if token.type == "text" else " " * token.type.endswith("break")


def _as_markdown(lines: Sequence[Line]) -> tuple[list[str], list[int], list[Decoration]]:
    """The text for the Markdown parser, the line each of its lines comes from, and what fell away."""
    written: list[str] = []
    origins: list[int] = []
    decoration: list[Decoration] = []
    for run in runs(lines):
        wrapped = _wrapped(run)
        for before, line in zip([None, *run[:-1]], run, strict=True):
            if before is None or not _belongs(before, line, wrapped):
                written.append("")
                origins.append(line.number)
            text, dropped = _line(line)
            written.append(text)
            origins.append(line.number)
            decoration += dropped
    return written, origins, decoration


def _line(line: Line) -> tuple[str, tuple[Decoration, ...]]:
    found = item(line)
    if found is None:
        return line.text, ()
    number = re.match(r"\s*(\d{1,3}[.)])\s", line.text)
    dropped = tuple(each for each in found.decoration if not any(map(str.isdigit, each.text)))
    return f"{' ' * found.indent}{number[1] if number else '-'} {found.text}", dropped


def _wrapped(run: Sequence[Line]) -> bool:
    """Whether a line of prose goes on in the next one, rather than being a paragraph of its own."""
    return any(
        not (line.ends_a_sentence or line.bulleted or below.bulleted or _quoted(below))
        for line, below in pairwise(run)
    )


def _belongs(before: Line, line: Line, wrapped: bool) -> bool:
    """Whether the line goes on with what the one before it began."""
    if line.bulleted:
        return before.bulleted or before.indented
    if _quoted(line):
        return _quoted(before)
    if before.bulleted:
        return line.indented or continues(before, line)
    return wrapped


def _quoted(line: Line) -> bool:
    return line.text.lstrip().startswith(">")


def _numbers(tokens: Sequence[Token], origins: Sequence[int]) -> list[Decoration]:
    """The numbers of lists that count by themselves; a list that doesn't keeps its numbers as text."""
    found: list[Decoration] = []
    for index, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            end = _end(tokens, index)
            places = [i for i in range(index, end) if _is_item(tokens[i], token.level + 1)]
            numbers = [int(tokens[place].info) for place in places]
            if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
                token.tag = tokens[end].tag = "ul"
                token.attrs.pop("start", None)
                places = [place for place in places if not _write_number(tokens, place)]
            found += [_number(tokens[place], origins) for place in places]
    return found


def _end(tokens: Sequence[Token], start: int) -> int:
    return next(i for i in range(start + 1, len(tokens)) if tokens[i].level == tokens[start].level)


def _is_item(token: Token, level: int) -> bool:
    return token.type == "list_item_open" and token.level == level


def _number(token: Token, origins: Sequence[int]) -> Decoration:
    line = origins[token.map[0]] if token.map else 0
    return Decoration(line, token.info + token.markup, "number of a list")


def _write_number(tokens: Sequence[Token], place: int) -> bool:
    """Begin the item's text with its number; not where it has none."""
    inline = tokens[place + 2]
    if inline.type != "inline" or inline.children is None:
        return False
    number = Token("text", "", 0, content=f"{tokens[place].info}{tokens[place].markup} ")
    inline.children.insert(0, number)
    return True
