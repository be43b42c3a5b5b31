"""Bounded XML: entities only where they are harmless, no network, no depth beyond the limit.

lxml without ``huge_tree`` keeps libxml2's own bounds.  Entities are not left to it: one whose
value is plain characters is written out here, one that refers to others is refused with its
file (that is how a bomb is built), and one that is kept outside the file is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import cache, lru_cache, partial
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.document_types import as_utf8, find_doctype, has_no_doctype, remove_doctype
from docproc.records import Unread
from docproc.text.encoding.decoding import decode_declared
from docproc.text.patterns import compile_on_use

__all__ = [
    "Xml", "check_nesting", "flat", "local", "local_name", "parse_xml", "text_of", "tree_of",
    "words_of", "xpath",
]  # fmt: skip

_ENTITY = compile_on_use(
    rb"""<!ENTITY\s+(%\s+)?([\w.-]{1,80})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""", re.S
)
_USED = compile_on_use(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)([\w.-]{1,80});")
_ENCODING = compile_on_use(
    rb"""(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?encoding\s*=\s*([\"'])([\w.:-]{1,40})\1[^>]*\?>"""
)
_USUAL_STEPS = 24
"""How deep most files are not; a shorter path is sooner evaluated."""
_DEEPEST_STEPS = 1000
"""Steps of a path that libxml2 evaluates: it is far faster than a walk from here."""

_SHORT = 60
"""Characters that are as soon parted into words as looked at."""

Element = Any
"""lxml's ``_Element``, for whose sake nothing is imported before a file needs it."""


@dataclass(frozen=True, slots=True)
class Xml:
    """A file of XML: its outermost element, and the entities it uses that are kept elsewhere."""

    root: Element
    outside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What a reader must know of its characters."""

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What could not be read of it, for a parser to yield after its documents."""
        kept = "it is kept outside the file, and is not fetched"
        return (
            *(Unread(f"entity {name}", kept) for name in self.outside),
            *(Unread("its characters", words) for words in self.told),
        )


def parse_xml(data: bytes, limits: Limits, *, followed: bool = True, damaged: bool = False) -> Xml:
    """Parse *data*.

    Unless elements within elements are *followed* down, their depth need not be looked at, which
    takes as long as half of parsing; libxml2's own bound of 256 holds for all.

    Where *damaged* files are read too, single bytes that are none of the encoding are marked with
    U+FFFD, and ``told`` says so: the parser must yield ``Xml.unread``.

    The named characters of HTML (``&eacute;``), which old finding aids use without declaring
    them, are read as what they stand for.  Raises ``SourceError``: its entities build on each
    other, it is not well formed (with line and column), or it is nested too deeply.
    """
    from lxml import etree

    data, outside = _write_out(as_utf8(data), limits)
    told: tuple[str, ...] = ()
    try:
        root = tree_of(data)
    except etree.XMLSyntaxError as error:
        repaired = _repair(data) if damaged else None
        if repaired is None:
            raise SourceError(_words(error, limits)) from None
        data, told = repaired
        try:
            root = tree_of(data)
        except etree.XMLSyntaxError as other:
            raise SourceError(_words(other, limits)) from None
    except ValueError as error:
        raise SourceError(f"it is not XML: {error}") from None
    if followed:
        check_nesting(root, limits.nesting)
    return Xml(root, outside, told)


def tree_of(data: bytes) -> Element:
    """The root of *data*, within libxml2's own bounds; raises what lxml raises."""
    from lxml import etree

    return etree.fromstring(data, _parser(not has_no_doctype(data)))


@cache
def _parser(collect_ids: bool) -> Any:
    """To make one takes as long as to parse a short file."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=collect_ids,
    )


def check_nesting(root: Element, limit: int) -> None:
    """Raise ``SourceError`` if an element lies more than *limit* deep in *root*."""
    for steps in (min(limit, _USUAL_STEPS), limit):
        if steps < _DEEPEST_STEPS and not xpath(f"boolean(self::*{'/*' * steps})")(root):
            return
    depth, element = 1, root
    while element is not None:
        if depth > limit:
            raise SourceError(f"its elements are nested more than {limit} deep (limits.nesting)")
        if len(element):
            element, depth = element[0], depth + 1
            continue
        while element is not None and element is not root and element.getnext() is None:
            element, depth = element.getparent(), depth - 1
        if element is None or element is root:
            return
        element = element.getnext()


@lru_cache(maxsize=32)
def xpath(expression: str) -> Any:
    """An XPath, compiled once: what it selects, libxml2 seeks, faster than any loop from here."""
    from lxml import etree

    return etree.XPath(expression, smart_strings=False)


@lru_cache(maxsize=512)
def local_name(tag: Any) -> str:
    """The name *tag* without its namespace; ``""`` for that of a comment or an instruction."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Element) -> str:
    """The name of *element* without its namespace; ``""`` for a comment or an instruction."""
    return local_name(element.tag)


@cache
def _serializer() -> Callable[[Element], str]:
    from lxml import etree

    return partial(etree.tostring, method="text", encoding="unicode", with_tail=False)


def text_of(element: Element) -> str:
    """All characters of *element*; by libxml2, ten times as fast as with ``itertext``."""
    return _serializer()(element) if len(element) else element.text or ""


def words_of(element: Element | None) -> str:
    """All words of *element*, its white space collapsed."""
    if element is None:
        return ""
    text = _serializer()(element) if len(element) else element.text
    return " ".join(text.split()) if text else ""


def flat(text: str | None) -> str:
    """*text* of XML with its white space collapsed; where it is long, few have any to collapse."""
    if not text:
        return ""
    if len(text) > _SHORT and text.isascii():
        words = text.strip()
        if not ("\n" in words or "  " in words or "\t" in words or "\r" in words):
            return words
    return " ".join(text.split())


def part_words(root: Element, *tags: str) -> None:
    """Let a space stand behind each element of *tags* that nothing parts from the next one.

    For elements that are values (a forename and a surname, a number and its unit), which nobody
    prints as one word.
    """
    for each in root.iter(*tags):
        if not each.tail and each.getnext() is not None:
            each.tail = "\n"  # white space that is not printed


def lies_in(element: Element, others: Container[Element]) -> bool:
    """Whether *element* lies within one of *others*."""
    above = element.getparent()
    while above is not None and above not in others:
        above = above.getparent()
    return above is not None


def _repair(data: bytes) -> tuple[bytes, tuple[str, ...]] | None:
    """*data* as sound UTF-8, and what to say of it; ``None`` where its bytes are not at fault."""
    declared = _ENCODING.match(data)
    decoded = decode_declared(data, declared[2].decode("ascii") if declared else "utf-8")
    if decoded is None or not decoded.told:
        return None
    text = decoded.text.removeprefix("\ufeff")
    start = text.find("?>") + 2 if declared else 0
    return text[start:].encode("utf-8", "replace"), decoded.told


def _write_out(data: bytes, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """*data* without document type, its entities written out; and the names of external ones."""
    doctype = find_doctype(data)
    inside = doctype["inside"] if doctype else None
    values, outside = _read_entities(inside) if inside else ({}, set())
    sets = {name for name in outside if name.startswith(b"%")}
    elsewhere = bool(sets or (doctype and doctype["outside"]))
    data = remove_doctype(data, doctype)
    if b"&" not in data:
        return data, _decode_names(sets)
    used: set[bytes] = set()
    added = 0

    def value(match: re.Match[bytes]) -> bytes:
        nonlocal added
        name = match[1]
        if name in outside:
            used.add(name)
            return b""
        written = values.get(name) or _character(name)
        if written is None and elsewhere:
            used.add(name)
            return b""
        if written is None:
            return match[0]
        added += len(written)
        if added > limits.entities_megabytes * 1e6:
            raise SourceError(
                f"its entities stand for more than {limits.entities_megabytes:g} MB of text "
                "(limits.entities_megabytes)"
            )
        return written

    written = _USED.sub(value, data)
    return written, _decode_names(used | sets)


def _decode_names(names: set[bytes]) -> tuple[str, ...]:
    return tuple(sorted(name.decode("utf-8", "replace") for name in names))


def _read_entities(subset: bytes) -> tuple[dict[bytes, bytes], set[bytes]]:
    """The plain entities of a document type with their values, and those kept outside."""
    values: dict[bytes, bytes] = {}
    outside: set[bytes] = set()
    for parameter, name, system, double, single in _ENTITY.findall(subset):
        value = double or single
        if system:
            # a set of declarations that is not fetched: what it would declare is not known
            outside.add(b"%" + name if parameter else name)
        elif parameter and not (b"<" in value or b"%" in value or b"&" in value):
            continue
        elif parameter or b"<" in value or b"%" in value or _USED.search(value):
            raise SourceError(
                f"its document type declares an entity that builds on others or on markup "
                f"({name.decode('utf-8', 'replace')}), which docproc does not expand"
            )
        else:
            values.setdefault(name, value)
    return values, outside


def _character(name: bytes) -> bytes | None:
    """The character reference for one of HTML's named characters."""
    from html.entities import html5

    value = html5.get(name.decode("ascii", "replace") + ";")
    return b"".join(b"&#%d;" % ord(char) for char in value) if value else None


def _words(error: Any, limits: Limits) -> str:
    line, column = error.position
    what = str(error.msg or "").partition(", line ")[0]
    if "xcessive depth" in what:
        return f"its elements are nested more than {limits.nesting} deep (limits.nesting)"
    if "XML_PARSE_HUGE" in what:
        return f"it goes past the bounds of the XML library: {what.partition(',')[0]}"
    return f"it is not well-formed XML: {what} (line {line}, column {column})"
