"""Where a document links to other sites, and the document with another address there. Pure.

What is an address, the members of its kind's record say: rich text has links, an `Address` is one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from articles.comparing import Place
from articles.external_links import addresses
from articles.members import Address, Children, Reference, RichText
from articles.records import JSON, Member, Record

_HREF = re.compile(r'(<a(?: [a-z]+="[^"]*")*? href=")([^"]*)(")')
Rewrite = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Use:
    """An address as it is normalised, the place of the field it stands in, and that place in words."""

    address: str
    place: Place
    words: str


def uses(record: Record, document: JSON, site: str) -> list[Use]:
    """Each address of another site once for each field."""
    found = _uses(record, document, (), "")
    return list(dict.fromkeys(use for use in found if addresses.is_external(use.address, site)))


def replaced(record: Record, document: JSON, old: str, new: str) -> JSON:
    """The document with another address in place of a normalised one; fragments stay."""

    def rewrite(written: str) -> str:
        same = addresses.normalised(written) == old
        return addresses.with_fragment_of(written, new) if same else written

    return _rewritten(record, document, rewrite)


def _uses(record: Record, row: Mapping[str, Any], place: Place, owner: str) -> Iterator[Use]:
    for member in record.members:
        here = (*place, member.name)
        if isinstance(member, Children):
            for child in row.get(member.name) or ():
                yield from _uses(member.record, child, (*here, child["id"]), _named(member.record, child))
        else:
            for written in _written(member, row.get(member.name)):
                words = ", ".join(filter(None, (owner, _label(record, member))))
                yield Use(addresses.normalised(written), here, words)


def _written(member: Member, value: Any) -> Iterator[str]:
    if isinstance(member, Address) and value:
        yield value
    elif isinstance(member, RichText) and value:
        yield from (unescape(link[2]) for link in _HREF.finditer(value))


def _rewritten(record: Record, row: JSON, rewrite: Rewrite) -> JSON:
    return row | {
        member.name: _member_rewritten(member, row[member.name], rewrite)
        for member in record.members
        if row.get(member.name)
    }


def _member_rewritten(member: Member, value: Any, rewrite: Rewrite) -> Any:
    if isinstance(member, Children):
        return [_rewritten(member.record, child, rewrite) for child in value]
    if isinstance(member, Address):
        return rewrite(value)
    if isinstance(member, RichText):
        return _HREF.sub(lambda link: link[1] + _href_rewritten(link[2], rewrite) + link[3], value)
    return value


def _href_rewritten(href: str, rewrite: Rewrite) -> str:
    written = unescape(href)
    address = rewrite(written)
    return href if address == written else escape(address)


def _named(record: Record, row: Mapping[str, Any]) -> str:
    """“section “How to begin””; only the sort of row where it is known by another article's name."""
    named = [member.name for member in record.members if not isinstance(member, Reference)]
    given = [str(row[name]) for name in record.named_by if name in named and row.get(name)]
    noun = str(record.model._meta.verbose_name)
    return f"{noun} “{': '.join(given)}”" if given else noun


def _label(record: Record, member: Member) -> str:
    column: Any = record.model._meta.get_field(member.name)
    return str(column.verbose_name)
