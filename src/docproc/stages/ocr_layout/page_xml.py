"""PAGE XML (PRImA, 2010 to 2019): pages of regions, lines and words, as transcribers leave them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docproc.formats.xml import Element, local_name
from docproc.records import BlockKind
from docproc.stages.ocr_layout.order import ordered, place
from docproc.stages.ocr_layout.recognized import (
    Box,
    Line,
    RecognizedPage,
    Region,
    around,
    number,
    recognized,
)

_KINDS = {
    "heading": BlockKind.HEADING,
    "header": BlockKind.FURNITURE,
    "footer": BlockKind.FURNITURE,
    "page-number": BlockKind.FURNITURE,
    "catch-word": BlockKind.FURNITURE,
    "signature-mark": BlockKind.FURNITURE,
    "footnote": BlockKind.NOTE,
    "footnote-continued": BlockKind.NOTE,
    "endnote": BlockKind.NOTE,
    "marginalia": BlockKind.NOTE,
}
"""The types of a region that are more than a paragraph."""


def page_xml_pages(root: Element, needed: float) -> Iterator[RecognizedPage]:
    """The pages of *root*; words of which less than *needed* is sure are doubtful."""
    told = _Told(root, needed)
    for page in root.iter("{*}Page"):
        regions = [
            each
            for each in page.iter("{*}TextRegion")
            if next(each.iterancestors("{*}TextRegion"), None) is None
        ]
        found = (told.region(each) for each in ordered(page, "regionRef", regions, "id"))
        yield RecognizedPage(
            page.get("imageFilename") or "",
            "",
            tuple(found),
            number(page.get("imageWidth")) or 0.0,
            number(page.get("imageHeight")) or 0.0,
        )


class _Told:
    """What is transcribed of each region, line and word, gathered in one pass over the file."""

    def __init__(self, root: Element, needed: float) -> None:
        self._needed = needed
        self._texts: dict[Element, list[tuple[Element, str]]] = {}
        equivalents = frozenset(root.iter("{*}TextEquiv"))
        for each in root.iter("{*}Unicode"):
            equivalent, text = each.getparent(), each.text
            if text and equivalent in equivalents:
                self._texts.setdefault(equivalent.getparent(), []).append((equivalent, text))
        self._words: dict[Element, list[Element]] = {}
        for each in root.iter("{*}Word"):
            self._words.setdefault(each.getparent(), []).append(each)

    def region(self, region: Element) -> Region:
        """The lines of *region*, in their order."""
        lines = tuple(self._line(each) for each in region.iter("{*}TextLine"))
        if not any(line.text for line in lines):  # only the region as a whole was transcribed
            where = partial(_box, region)
            text, _ = self._transcribed(region)
            lines = tuple(Line(each.strip(), where=where) for each in text.split("\n"))
        return Region(lines, _KINDS.get(region.get("type") or ""))

    def _line(self, line: Element) -> Line:
        text, _ = self._transcribed(line)
        words = self._words.get(line)
        if not words:
            return Line(text, where=partial(_box, line))
        read = [self._transcribed(each) for each in words]
        if not text:
            text = " ".join(word for word, _ in read if word)
        told = [None if sure is None else 100 * sure for _, sure in read]
        where = partial(_box, line)
        return recognized(text, (word for word, _ in read), told, self._needed, where)

    def _transcribed(self, element: Element) -> tuple[str, float | None]:
        """The transcription of *element*, of several the first by its index; its confidence."""
        found = self._texts.get(element)
        if not found:
            return "", None
        if len(found) == 1:
            equivalent, text = found[0]
        else:
            equivalent, text = min(found, key=lambda each: place(each[0].get("index")))
        return text.strip(), number(equivalent.get("conf"))


def _box(element: Element) -> Box | None:
    """The box around an element's outline, written as one attribute or, before 2013, as points."""
    for coordinates in element:
        if local_name(coordinates.tag) == "Coords":
            pairs = [pair.split(",") for pair in (coordinates.get("points") or "").split()]
            pairs += [[p.get("x") or "", p.get("y") or ""] for p in coordinates.iter("{*}Point")]
            points = [(number(pair[0]), number(pair[1])) for pair in pairs if len(pair) == 2]
            return around([(x, y) for x, y in points if x is not None and y is not None])
    return None
