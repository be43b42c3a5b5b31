"""ALTO (Library of Congress, versions 2 to 4): pages of blocks, lines and words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docproc.formats.xml import Element, local_name, text_of
from docproc.stages.ocr_layout.order import ordered
from docproc.stages.ocr_layout.recognized import (
    Box,
    Confidences,
    Line,
    RecognizedPage,
    Region,
    around,
    number,
    recognized,
)


def alto_pages(root: Element, needed: float) -> Iterator[RecognizedPage]:
    """The pages of *root*; words of which less than *needed* is sure are doubtful."""
    names = [text_of(each).strip() for each in root.iter("{*}fileName")]
    hyphenated = frozenset(each.getparent() for each in root.iter("{*}HYP"))
    sure = Confidences()
    for index, page in enumerate(root.iter("{*}Page")):
        blocks = ordered(root, "REF", list(page.iter("{*}TextBlock")), "ID")
        regions = tuple(
            Region(
                tuple(_line(line, hyphenated, sure, needed) for line in each.iter("{*}TextLine"))
            )
            for each in blocks
        )
        name = names[0] if len(names) == 1 else names[index] if index < len(names) else ""
        yield RecognizedPage(
            name or page.get("PHYSICAL_IMG_NR") or str(index + 1),
            page.get("PRINTED_IMG_NR") or "",
            regions,
            number(page.get("WIDTH")) or 0.0,
            number(page.get("HEIGHT")) or 0.0,
        )


def _line(line: Element, hyphenated: frozenset[Element], sure: Confidences, needed: float) -> Line:
    """Words with a space between each two, whether one is told or some writer leaves it out."""
    strings = list(line.iterchildren("{*}String"))
    words = [each.get("CONTENT", "") for each in strings]
    text = " ".join(words)
    if line in hyphenated or text.split() != words:
        words = [" ".join(word.split()) for word in words]
        text = _signs(line)
    told = [sure[each.get("WC")] for each in strings]
    return recognized(text, words, told, needed, partial(_box, line))


def _signs(line: Element) -> str:
    """The text sign by sign: a hyphen at the end of the line is one, and so is each space told.

    (To ask each element what it is takes longer than all else; hence the shorter way.)
    """
    text, after_word = "", False
    for each in line:
        name = local_name(each.tag)
        if name == "String":
            if after_word:
                text += " "
            text += " ".join((each.get("CONTENT") or "").split())
            after_word = True
        elif name == "SP":
            text, after_word = text.rstrip() + " ", False
        elif name == "HYP":
            text += " ".join((each.get("CONTENT") or "-").split())
            after_word = False
    return text.strip()


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
