"""PAGE XML (PRImA, 2010 to 2019): pages of regions, lines and words, as transcribers leave them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docproc.formats.xml import Element, local, local_name
from docproc.records import BlockKind
from docproc.stages.ocr_layout.order import ordered, place
from docproc.stages.ocr_layout.recognized import (
    Box,
    Line,
    RecognizedPage,
    Region,
    around,
    found_again,
    number,
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


def page_xml_pages(root: Element) -> Iterator[RecognizedPage]:
    """The pages of *root*."""
    for page in root.iter("{*}Page"):
        regions = [
            each
            for each in page.iter("{*}TextRegion")
            if not any(local(above) == "TextRegion" for above in each.iterancestors())
        ]
        found = (_region(each) for each in ordered(page, "regionRef", regions, "id"))
        yield RecognizedPage(
            page.get("imageFilename") or "",
            "",
            tuple(found),
            number(page.get("imageWidth")) or 0.0,
            number(page.get("imageHeight")) or 0.0,
        )


def _region(region: Element) -> Region:
    lines = tuple(_line(each) for each in region.iter("{*}TextLine"))
    if not any(line.text for line in lines):  # only the region as a whole was transcribed
        where = partial(_box, region)
        text, _ = _transcribed(region)
        lines = tuple(Line(each.strip(), where=where) for each in text.split("\n"))
    return Region(lines, _KINDS.get(region.get("type") or ""))


def _line(line: Element) -> Line:
    text, _ = _transcribed(line)
    read = [_transcribed(each) for each in line if local_name(each.tag) == "Word"]
    if not text:
        text = " ".join(word for word, _ in read if word)
    words = ((word, 100 * sure) for word, sure in read if sure is not None)
    return Line(text, found_again(text, words) if read else (), partial(_box, line))


def _transcribed(element: Element) -> tuple[str, float | None]:
    """The transcription of *element*, of several the first by its index; and its confidence."""
    found = [each for each in element if local_name(each.tag) == "TextEquiv"]
    if len(found) > 1:
        found.sort(key=lambda each: place(each.get("index")))
    for each in found:
        for text in each:
            if local_name(text.tag) == "Unicode" and text.text:
                return text.text.strip(), number(each.get("conf"))
    return "", None


def _box(element: Element) -> Box | None:
    """The box around an element's outline, written as one attribute or, before 2013, as points."""
    for coordinates in element:
        if local(coordinates) == "Coords":
            pairs = [pair.split(",") for pair in (coordinates.get("points") or "").split()]
            pairs += [[p.get("x") or "", p.get("y") or ""] for p in coordinates.iter("{*}Point")]
            points = [(number(pair[0]), number(pair[1])) for pair in pairs if len(pair) == 2]
            return around([(x, y) for x, y in points if x is not None and y is not None])
    return None
