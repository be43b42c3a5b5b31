"""XML of the Text Encoding Initiative, made by the standard library."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from docproc.citing.days import days_of, is_between
from docproc.records import StatedDate
from docproc.references import date_bounds
from docproc.text.patterns import compile_on_use

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORBIDDEN = compile_on_use("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (production 2), not even as a reference."""


def start_tei() -> tuple[ET.Element, ET.Element]:
    """A TEI element, and its header."""
    root = ET.Element("TEI", {"xmlns": NAMESPACE})
    return root, ET.SubElement(root, "teiHeader")


def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new last child of *parent*; ``xml_id`` becomes ``xml:id``."""
    named = {
        _ID if key == "xml_id" else key: replace_illegal(value) for key, value in attributes.items()
    }
    child = ET.SubElement(parent, name, named)
    child.text = replace_illegal(text) if text is not None else None
    return child


def write(root: ET.Element) -> str:
    """*root* as text, indented where nothing but elements stands."""
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'


def replace_illegal(text: str) -> str:
    """*text*, with U+FFFD for each character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def date_attributes(date: StatedDate) -> dict[str, str]:
    """*date* as the attributes of TEI's ``att.datable.w3c``, with a mark of doubt.

    A day, month or year is ``when``; an interval ``from`` and ``to``; one with an open end, or
    digits that are not known, what it can be at most.  Empty where EDTF is not understood.
    """
    start, slash, end = date.edtf.partition("/")
    first, last = days_of(date)
    if not slash and first and not is_between(date):
        doubt = {"?": {"cert": "low"}, "~": {"precision": "low"}}
        both = {"cert": "low", "precision": "low"}
        return {"when": first.iso, **(both if first.doubt == "%" else doubt.get(first.doubt, {}))}
    if is_between(date):
        ends = {"notBefore": first, "notAfter": last}
        return {name: day.iso for name, day in ends.items() if day}
    if slash and first and last:
        return {"from": first.iso, "to": last.iso}
    if slash and first and end in ("", ".."):
        return {"notBefore": first.iso}
    if slash and last and start in ("", ".."):
        return {"notAfter": last.iso}
    try:
        low, high = date_bounds(date.edtf)
    except ValueError:
        return {}
    return {"notBefore": low.isoformat(), "notAfter": high.isoformat()}
