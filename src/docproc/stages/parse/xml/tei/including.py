"""Including: files in the same folder that a file of TEI names (XInclude) are put into it.

A file that is included names no others in its turn: those are told, as what is missing is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.xml import Element, check_nesting, local, parse_xml
from docproc.records import Unread
from docproc.stages.parse.xml.tei.names import XML_ID
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_NAMESPACE = b"http://www.w3.org/2001/XInclude"
_HREF = re.compile(rb"""<(?:[\w.-]+:)?include\s[^<>]*?\bhref\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_POINTER = compile_on_use(r"(?:element\()?([^\W\d][\w.-]*)\)?")
_CONTROLS = compile_on_use("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROOTS = ("TEI", "teiCorpus", "TEI.2")
_WITHIN = {"TEI": ("text",), "TEI.2": ("text",), "text": ("front", "body", "back")}
"""What holds the text of an element, where it is put into a text itself."""


def names_in(data: bytes) -> list[str]:
    """The names of the files that *data* includes, as they stand there."""
    if _NAMESPACE not in data:
        return []
    found = (double or single for double, single in _HREF.findall(data))
    return [html.unescape(name.decode("utf-8", "replace")) for name in found]


def insert_files(root: Element, beside: Mapping[str, bytes], limits: Limits) -> list[Unread]:
    """Put the files *beside* where *root* includes them; return what could not be read of them."""
    unread: list[Unread] = []
    for include in list(root.iter(INCLUDE)):
        name = include.get("href", "")
        if name not in beside:
            continue
        try:
            _put(include, beside[name], limits, unread)
        except SourceError as error:
            unread.append(Unread(f"included file {name}", str(error)))
            _replace(include, ())
    check_nesting(root, limits.nesting)
    return unread


def find_missing_parts(root: Element) -> Iterator[Unread]:
    """Parts of texts that stand in other files, which are not there."""
    for include in root.iter(INCLUDE):
        if any(local(above) == "teiHeader" for above in include.iterancestors()):
            continue
        yield Unread(
            f"included file {include.get('href', '')}".strip(),
            "a part of the text stands in a file of its own, which does not lie in the same folder "
            "or below it, or is too large; put it there",
        )


def _put(include: Element, data: bytes, limits: Limits, unread: list[Unread]) -> None:
    name = include.get("href", "")
    if include.get("parse") == "text":
        decoded = decode(data, include.get("encoding") or "utf-8")
        unread += (Unread(f"included file {name}, {u.where}", u.cause) for u in decoded.unread)
        _replace(include, (), _CONTROLS.sub(" ", decoded.text))
        return
    xml = parse_xml(data, limits, damaged=True)
    unread += (Unread(f"included file {name}, {each.where}", each.cause) for each in xml.unread)
    part = _pointed_to(xml.root, include.get("xpointer") or include.get("fragid") or "")
    for inner in list(part.iter(INCLUDE)):
        unread.append(
            Unread(
                f"included file {name}, included file {inner.get('href', '')}",
                "a file that is included includes another, which is not followed",
            )
        )
        _replace(inner, ())
    _replace(include, _fitting(part, local(include.getparent())))


def _pointed_to(root: Element, pointer: str) -> Element:
    """The element of *root* that *pointer* means.  Raises ``SourceError``."""
    if not pointer:
        return root
    found = _POINTER.fullmatch(pointer.strip())
    for each in root.iter("*") if found else ():
        if found and found[1] in (each.get(XML_ID), each.get("id")):
            return each
    raise SourceError(f"a part of it is pointed to ({pointer}) that was not found")


def _fitting(part: Element, above: str) -> Iterable[Element]:
    """*part* as it can stand in an element called *above*: a text is its divisions there."""
    name = local(part)
    if above in ("teiCorpus", "teiHeader") or name not in (*_ROOTS, "text", "body"):
        return (part,)
    if name == "text" and above in (*_ROOTS, "group"):
        return (part,)
    if name == "body" and above == "text":
        return (part,)
    wanted = _WITHIN.get(name)
    if wanted is None:
        return list(part)
    return [each for inner in part if local(inner) in wanted for each in _fitting(inner, above)]


def _replace(include: Element, parts: Iterable[Element], text: str = "") -> None:
    """Put *parts*, or *text*, in the place of *include*, and leave what follows it."""
    above, tail = include.getparent(), text + (include.tail or "")
    if above is None:
        return
    at = above.index(include)
    include.tail = None
    above.remove(include)
    last = above[at - 1] if at else None
    for part in parts:
        part.tail = None
        above.insert(at, part)
        last, at = part, at + 1
    if last is None:
        above.text = (above.text or "") + tail
    else:
        last.tail = (last.tail or "") + tail
