"""Rich text with what changed in it marked: words, and how they are set.

What an editor may write is the allow-list here as well: no other element and no other address comes out,
whatever is put in.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from articles import words
from articles.marking import NOTHING, heard, left_out, marked, together
from articles.words import Sign

BLOCKS = {
    "p": "paragraph",
    "h3": "heading",
    "h4": "smaller heading",
    "ul": "list",
    "ol": "numbered list",
    "li": "item",
    "blockquote": "quotation",
}
FORMATS = {"strong": "bold", "em": "italic", "a": "a link"}
CONTAINERS = {"ul", "ol"}
LINK = re.compile(r"(https?://|mailto:|/(?![/\\]))\S*\Z", re.IGNORECASE)
NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
ADDRESS = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
ARTICLE = "article:"  # before the id of an article of this site that a link leads to
BREAK = "\n"
NO_NAMES: Mapping[str, str] = MappingProxyType({})
MOST_NESTED = 40
MOST_UNCHANGED = 2  # passages shown of a text that stayed as it was


@dataclass(frozen=True, eq=False, slots=True)
class Element:
    """An element of the one text, of the other, or of both where it was kept."""

    name: str
    address: str = ""


Path = tuple[Element, ...]


@dataclass(slots=True)
class Word:
    """A word with the elements around it in both texts, and the blocks in which it is shown."""

    text: str
    sign: Sign
    before: Path
    after: Path
    blocks: Path = ()
    sign_ahead: str = ""  # where a paragraph was split or joined
    note: str = ""  # what its block was before
    style: str = ""  # how it was set anew

    @property
    def changed(self) -> bool:
        return self.sign is not Sign.KEPT or bool(self.sign_ahead or self.note or self.style)


def rich(before: str, after: str, names: Mapping[str, str] = NO_NAMES) -> SafeString:
    """`names` are those of the articles that it links to, by their ids."""
    found = [word for word in _Reader(names).words(words.compare_rich(before, after)) if _is_shown(word)]
    if not found:
        return NOTHING
    _place(found)
    _annotate(found)
    return format_html('<div class="rich">{}</div>', together(list(_Writer().passages(found))))


# --- Reading: both texts at once, each with its open elements ----------------------------------------


@dataclass(slots=True)
class _Reader:
    names: Mapping[str, str]
    before: list[Element] = field(default_factory=list)
    after: list[Element] = field(default_factory=list)

    def words(self, pieces: Iterable[words.Piece]) -> Iterator[Word]:
        for piece in pieces:
            for word in piece.words:
                if not words.is_tag(word):
                    yield self._word(html.unescape(word), piece.sign)
                elif _name(word) == "br":
                    yield self._word(BREAK, piece.sign)
                else:
                    self._follow(word, piece.sign)

    def _word(self, text: str, sign: Sign) -> Word:
        return Word(text, sign, tuple(self.before), tuple(self.after))

    def _follow(self, tag: str, sign: Sign) -> None:
        element = Element(_name(tag), self._named(_address(tag)))
        if element.name not in BLOCKS and element.name not in FORMATS:
            return
        for opened in self._sides(sign):
            if tag.startswith("</"):
                _close(opened, element.name)
            elif len(opened) < MOST_NESTED:
                opened.append(element)

    def _named(self, address: str) -> str:
        if not address.startswith(ARTICLE):
            return address
        pk, mark, part = address.removeprefix(ARTICLE).partition("#")
        return f"“{self.names.get(pk, pk)}”{mark}{part}"

    def _sides(self, sign: Sign) -> list[list[Element]]:
        sides = {Sign.DELETED: [self.before], Sign.INSERTED: [self.after]}
        return sides.get(sign, [self.before, self.after])


def _name(tag: str) -> str:
    found = NAME.match(tag)
    return found[1].lower() if found else ""


def _address(tag: str) -> str:
    found = ADDRESS.search(tag)
    return html.unescape(found[1] or found[2] or "") if found else ""


def _close(opened: list[Element], name: str) -> None:
    for place in range(len(opened) - 1, -1, -1):
        if opened[place].name == name:
            del opened[place]
            return


def _is_shown(word: Word) -> bool:
    """All but the white space between blocks."""
    around = _blocks(word.before if word.sign is Sign.DELETED else word.after)
    return bool(word.text.strip()) or (bool(around) and around[-1].name not in CONTAINERS)


def _blocks(path: Path) -> Path:
    return tuple(element for element in path if element.name in BLOCKS)


def _formats(path: Path) -> Path:
    return tuple(element for element in path if element.name in FORMATS)


def _innermost(path: Path) -> Element | None:
    return next((element for element in reversed(path) if element.name in BLOCKS), None)


# --- Where each word is shown, and what is said of how it is set -------------------------------------


def _place(found: Sequence[Word]) -> None:
    """What was deleted stands beside what stayed of its block; in a block of its own where nothing did."""
    for word in found:
        word.blocks = _blocks(word.before if word.sign is Sign.DELETED else word.after)
    for way in (reversed(found), found):  # what stands before it has the last say
        went: dict[Element | None, Path] = {}
        for word in way:
            if word.sign is Sign.KEPT:
                went[_innermost(word.before)] = word.blocks
            elif word.sign is Sign.DELETED:
                word.blocks = went.get(_innermost(word.before), word.blocks)


def _annotate(found: Sequence[Word]) -> None:
    last: Word | None = None
    noted: set[Element | None] = set()
    for word in found:
        if word.sign is not Sign.KEPT:
            continue
        block = _innermost(word.after)
        if block not in noted:
            noted.add(block)
            word.note = _was(word)
        word.sign_ahead = _divided(last, word) if last else ""
        word.style = _restyled(_formats(word.before), _formats(word.after))
        last = word


def _was(word: Word) -> str:
    was, now = (tuple(element.name for element in _blocks(path)) for path in (word.before, word.after))
    if was == now:
        return ""
    return f"before: {' in '.join(BLOCKS[name] for name in reversed(was)) or 'no paragraph'}"


def _divided(last: Word, word: Word) -> str:
    together_before = _innermost(last.before) is _innermost(word.before)
    together_after = _innermost(last.after) is _innermost(word.after)
    if together_before and not together_after:
        return _paragraph_sign(Sign.INSERTED, "new paragraph ")
    if together_after and not together_before:
        return _paragraph_sign(Sign.DELETED, "new paragraph ")
    return ""


def _paragraph_sign(sign: Sign, said: str) -> SafeString:
    return marked(sign, format_html('<span aria-hidden="true">¶</span>{}', heard(said)))


def _restyled(before: Path, after: Path) -> str:
    was = {element.name: element.address for element in before}
    now = {element.name: element.address for element in after}
    said = [f"no longer {_said(name, was[name])}" for name in FORMATS if name in was and name not in now]
    said += [f"now {_said(name, now[name])}" for name in FORMATS if name in now and name not in was]
    if "a" in was and "a" in now and was["a"] != now["a"]:
        said.append(f"link to {now['a']}, before to {was['a']}")
    return ", ".join(said)


def _said(name: str, address: str) -> str:
    return f"{FORMATS[name]} to {address}" if name == "a" else FORMATS[name]


# --- Writing -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    opened: list[Element] = field(default_factory=list)

    def passages(self, found: Sequence[Word]) -> Iterator[SafeString]:
        """The outermost blocks, without those that stayed as they were and are next to none that didn't."""
        passages = [list(each) for _, each in groupby(found, lambda word: word.blocks[:1])]
        changed = [any(word.changed for word in passage) for passage in passages]
        near = [any(changed[max(place - 1, 0) : place + 2]) for place in range(len(passages))]
        if not any(changed):
            near[:MOST_UNCHANGED] = [True] * min(MOST_UNCHANGED, len(near))
        for shown, each in groupby(zip(near, passages, strict=True), lambda pair: pair[0]):
            stretch = [passage for _, passage in each]
            if shown:
                yield from self._runs([word for passage in stretch for word in passage])
            else:
                yield from self._enter(())
                noun = "passage" if len(stretch) == 1 else "passages"
                yield format_html("<p>{}</p>", left_out(f"{len(stretch)} unchanged {noun} left out"))
        yield from self._enter(())

    def _runs(self, found: Sequence[Word]) -> Iterator[SafeString]:
        for _, each in groupby(found, _setting):
            run = list(each)
            yield from self._enter(run[0].blocks)
            if run[0].note:
                yield format_html('<span class="note">{}</span> ', run[0].note)
            yield format_html("{}{}", run[0].sign_ahead, _run(run))

    def _enter(self, blocks: Path) -> Iterator[SafeString]:
        common = 0
        for one, other in zip(self.opened, blocks, strict=False):
            if one is not other:
                break
            common += 1
        while len(self.opened) > common:
            yield _tag(f"/{self.opened.pop().name}")
        for element in blocks[common:]:
            self.opened.append(element)
            yield _tag(element.name)


def _setting(word: Word) -> tuple[object, ...]:
    """Words alike in this are written together; those with something to say at their place begin anew."""
    alone = id(word) if word.note or word.sign_ahead else 0
    return word.blocks, word.sign, _shown_formats(word), word.style, alone


def _shown_formats(word: Word) -> Path:
    return _formats(word.before if word.sign is Sign.DELETED else word.after)


def _run(run: Sequence[Word]) -> SafeString:
    shown = together([_text(word) for word in run])
    for element in reversed(_shown_formats(run[0])):
        shown = _formatted(element, shown)
    if run[0].style:
        shown = format_html(
            '<span class="restyled">{} <span class="note">{}</span></span>', shown, run[0].style
        )
    return marked(run[0].sign, shown)


def _text(word: Word) -> SafeString:
    if word.text != BREAK:
        return escape(word.text)
    return format_html('<span aria-hidden="true">{}</span><br>', "↵" if word.changed else "")


def _formatted(element: Element, shown: SafeString) -> SafeString:
    if element.name != "a":
        return format_html("{}{}{}", _tag(element.name), shown, _tag(f"/{element.name}"))
    if LINK.match(element.address):
        return format_html('<a href="{}">{}</a>', element.address, shown)
    return format_html("<a>{}</a>", shown)


def _tag(name: str) -> SafeString:
    """Of the allow-list, which has no sign that would have to be escaped."""
    return format_html("<{}>", name)
