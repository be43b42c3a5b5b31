"""Bounded XML: no entities, no network, no depth beyond the limit, and no library's own words.

lxml without ``huge_tree`` keeps libxml2's own bounds; on top of them, a file that uses
entities which it declares is refused before anything is parsed, for no archival format needs them.
"""

from __future__ import annotations

import re
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError

_ENTITY = re.compile(rb"<\s*!\s*ENTITY\s+(%\s+)?([^\s>]{1,80})([^>]*)>?", re.I)
_DOCTYPE = re.compile(rb"<!DOCTYPE\b", re.I)
_KNOWN = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)(\w{1,32});")

Element = Any
"""lxml's ``_Element``, for whose sake nothing is imported before a file needs it."""


def parse_xml(data: bytes, limits: Limits) -> Element:
    """The root element of *data*.

    Entities of HTML that old finding aids use without declaring them (``&eacute;``) are read
    as the characters they stand for.  Raises ``SourceError``: it uses entities of its own, it is
    not well formed (with line and column), or it is nested too deeply.
    """
    from lxml import etree

    _refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(_with_characters(data), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(_words(error)) from None
    except ValueError as error:
        raise SourceError(f"it is not XML: {error}") from None
    if root is None:
        raise SourceError("it is not XML: there is no element in it")
    check_nesting(root, limits.nesting)
    return root


def check_nesting(root: Element, limit: int) -> None:
    """Raise ``SourceError`` if an element lies more than *limit* deep in *root*."""
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


def local(element: Element) -> str:
    """The name of *element* without its namespace; ``""`` for a comment or an instruction."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def _refuse_entities(data: bytes) -> None:
    """Raise ``SourceError`` where an entity that the document type declares is used."""
    head = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    start = _DOCTYPE.search(head)
    if start is None:
        return
    for entity in _ENTITY.finditer(head, start.end()):
        name = entity[2]
        used = entity[1] or re.search(rb"&" + re.escape(name) + rb";", head)
        if used:
            outside = re.search(rb"\b(SYSTEM|PUBLIC)\b", entity[3])
            kind = "an entity from outside" if outside else "an entity of its own"
            raise SourceError(
                f"it uses {kind} ({name.decode('utf-8', 'replace')}), which docproc does not "
                "expand; write its value in its place"
            )


def _with_characters(data: bytes) -> bytes:
    """*data* with HTML's named entities as numbers, which every XML parser knows."""
    from html.entities import html5

    def number(match: re.Match[bytes]) -> bytes:
        value = html5.get(match[1].decode("ascii", "replace") + ";")
        return b"".join(b"&#%d;" % ord(char) for char in value) if value else match[0]

    return _KNOWN.sub(number, data) if b"\0" not in data[:4] else data


def _words(error: Any) -> str:
    line, column = error.position
    what = str(error.msg or "").rpartition(", line ")[0] or str(error.msg)
    if "xcessive depth" in what or "XML_PARSE_HUGE" in what:
        return f"it goes past the bounds of the XML library: {what.partition(',')[0]}"
    return f"it is not well-formed XML: {what} (line {line}, column {column})"
