"""What stands where in the XML of a Word file: paragraphs, rows, cells, properties, boxes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from docproc.stages.parse.office.docx.parts import W, attribute, first, whole

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, PROPERTIES, RUN, TEXT = W + "p", W + "pPr", W + "r", W + "t"
FORMAT, BOX = W + "rPr", W + "txbxContent"
GONE = frozenset(("del", "moveFrom", "pPr", "instrText", "delText", "delInstrText", "Fallback"))
"""What Word does not print: deletions that are tracked, properties, the codes of fields."""
_FRAME, _HIDDEN = W + "framePr", W + "vanish"
_ENDS_DELETED = (W + "del", W + "moveFrom")
_MOST_SKIPPED = 63
"""Columns that a table of Word has at most."""


def blocks_in(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of *parent*, out of whatever wraps them."""
    for child in parent:
        tag = child.tag
        if tag == PARAGRAPH:
            yield child
            continue
        name = name_of(tag)
        if name in ("p", "tbl", "altChunk"):
            yield child
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from blocks_in(child)


def unwrap(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, out of whatever wraps them."""
    for child in parent:
        own = name_of(child.tag)
        if own == name:
            yield child
        elif own in ("sdt", "sdtContent", "customXml"):
            yield from unwrap(child, name)


def goes_on(paragraph: Any) -> bool:
    """Whether the next paragraph goes on in the line of this one.

    Its end is deleted (tracked), or it is the drop capital of the next one in a frame.
    """
    for each in _properties(paragraph):
        if each.tag == FORMAT and any(change.tag in _ENDS_DELETED for change in each):
            return True
        if each.tag == _FRAME and attribute(each, "dropCap") in ("drop", "margin"):
            return True
    return False


def _properties(paragraph: Any) -> Any:
    """The properties of *paragraph*: they stand first, so that behind a run there are none."""
    for child in paragraph:
        if child.tag == PROPERTIES:
            return child
        if child.tag == RUN:
            break
    return ()


def leading_boxes(paragraph: Any) -> list[Any]:
    """The text boxes that are anchored in *paragraph* before its words."""
    found: list[Any] = []

    def words_follow(element: Any) -> bool:
        for child in element:
            name = name_of(child.tag)
            if name in GONE:
                continue
            if name == "txbxContent":
                found.append(child)
            elif (child.tag == TEXT and (child.text or "").strip()) or words_follow(child):
                return True
        return False

    words_follow(paragraph)
    return found


def hides(form: Any) -> bool:
    """Whether what is formatted so is hidden: Word neither shows nor prints it."""
    hidden = first(form, _HIDDEN)
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def paragraphs_in(cell: Any, boxes: bool) -> Iterator[Any]:
    """The paragraphs of *cell*, without those of text *boxes*, which their own paragraphs write."""
    for paragraph in cell.iter(W + "p"):
        if not boxes or BOX not in (each.tag for each in _up_to(cell, paragraph)):
            yield paragraph


def _up_to(outer: Any, element: Any) -> Iterator[Any]:
    """What *element* stands in, from the innermost, below *outer*."""
    for each in element.iterancestors():
        if each is outer:
            return
        yield each


def is_deleted(row: Any) -> bool:
    """Whether a tracked change takes out *row* of a table."""
    return row.find(f"{W}trPr/{W}del") is not None


def columns_before(row: Any) -> int:
    """How many columns of the table *row* begins behind."""
    before = first(first(row, W + "trPr"), W + "gridBefore")
    return 0 if before is None else min(whole(before, "val", 0), _MOST_SKIPPED)


@lru_cache(maxsize=512)
def name_of(tag: Any) -> str:
    """The name *tag* in Word's own namespaces; one of another is told from them."""
    if not isinstance(tag, str):
        return ""
    if tag.startswith(W):
        return tag[len(W) :]
    namespace, _, name = tag.rpartition("}")
    known = namespace + "}" in (MATH, CHOICE)
    return name if known or name == "txbxContent" else f"other {name}"
