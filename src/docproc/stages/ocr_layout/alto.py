"""ALTO (Library of Congress, versions 2 to 4): pages of blocks, lines and words."""

from __future__ import annotations

from collections.abc import Iterator

from docproc.formats.xml import Element, local
from docproc.records import Span
from docproc.stages.ocr_layout.order import ordered
from docproc.stages.ocr_layout.recognized import (
    Box,
    Line,
    RecognizedPage,
    Region,
    around,
    number,
    stripped,
)


def alto_pages(root: Element) -> Iterator[RecognizedPage]:
    """The pages of *root*."""
    names = ["".join(each.itertext()).strip() for each in root.iter("{*}fileName")]
    for index, page in enumerate(root.iter("{*}Page")):
        blocks = ordered(root, "REF", list(page.iter("{*}TextBlock")), "ID")
        regions = tuple(Region(tuple(map(_line, each.iter("{*}TextLine")))) for each in blocks)
        name = names[0] if len(names) == 1 else names[index] if index < len(names) else ""
        yield RecognizedPage(
            name or page.get("PHYSICAL_IMG_NR") or str(index + 1),
            page.get("PRINTED_IMG_NR") or "",
            regions,
            number(page.get("WIDTH")) or 0.0,
            number(page.get("HEIGHT")) or 0.0,
        )


def _line(line: Element) -> Line:
    """Words and spaces as they stand; a hyphen at the end of the line is one of its signs."""
    text, words, after_word = "", [], False
    for each in line:
        name = local(each)
        if name == "SP":
            text, after_word = text.rstrip() + " ", False
        elif name in ("String", "HYP"):
            content = " ".join((each.get("CONTENT") or ("-" if name == "HYP" else "")).split())
            if after_word and name == "String":
                text += " "  # some writers leave the spaces out
            sure = number(each.get("WC"))
            if name == "String" and content and sure is not None:
                words.append((Span(len(text), len(text) + len(content)), 100 * sure))
            text += content
            after_word = name == "String"
    return stripped(Line(text, _box(line), tuple(words)))


def _box(line: Element) -> Box | None:
    """The line's own place, or that of its words where only they have one."""
    return around(_corners(line)) or around([at for word in line for at in _corners(word)])


def _corners(element: Element) -> list[tuple[float, float]]:
    left, top, width, height = (
        number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    )
    if left is None or top is None or width is None or height is None:
        return []
    return [(left, top), (left + width, top + height)]
