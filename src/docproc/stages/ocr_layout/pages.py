"""Recognized pages: regions of lines, in reading order, whichever format they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docproc.formats.xml import Element, local
from docproc.records import BlockKind

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
"""PAGE XML's types of a region that are more than a paragraph."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that stand together, as printed; ``kind`` is ``None`` for a plain paragraph."""

    lines: tuple[str, ...]
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class RecognizedPage:
    """One page: the name of its image, its printed number where that is known, its regions."""

    image: str
    printed: str = ""
    regions: tuple[Region, ...] = field(default=())


def pages_of(root: Element) -> list[RecognizedPage]:
    """The pages of ALTO or PAGE XML."""
    if local(root) == "alto":
        return list(_alto(root))
    return list(_page_xml(root))


def _alto(root: Element) -> Iterator[RecognizedPage]:
    names = [_words(each) for each in root.iter("{*}fileName")]
    for number, page in enumerate(root.iter("{*}Page")):
        ordered = _ordered(root, "REF", list(page.iter("{*}TextBlock")), "ID")
        regions = tuple(Region(tuple(map(_alto_line, _lines(each)))) for each in ordered)
        name = names[0] if len(names) == 1 else names[number] if number < len(names) else ""
        image = name or page.get("PHYSICAL_IMG_NR") or str(number + 1)
        yield RecognizedPage(image, page.get("PRINTED_IMG_NR") or "", regions)


def _alto_line(line: Element) -> str:
    """Words and spaces as they stand; a hyphen at the end of the line is one of its signs."""
    pieces: list[tuple[str, str]] = []
    for each in line:
        name = local(each)
        if name in ("String", "HYP"):
            if pieces and name == "String" and pieces[-1][0] == "String":
                pieces.append(("SP", " "))  # some writers leave the spaces out
            pieces.append((name, each.get("CONTENT") or ("-" if name == "HYP" else "")))
        elif name == "SP":
            pieces.append(("SP", " "))
    return " ".join("".join(text for _, text in pieces).split())


def _page_xml(root: Element) -> Iterator[RecognizedPage]:
    for page in root.iter("{*}Page"):
        regions = [
            each
            for each in page.iter("{*}TextRegion")
            if not any(local(above) == "TextRegion" for above in each.iterancestors())
        ]
        found = (_region(each) for each in _ordered(page, "regionRef", regions, "id"))
        yield RecognizedPage(page.get("imageFilename") or "", "", tuple(found))


def _region(region: Element) -> Region:
    lines = tuple(_transcribed(each) for each in _lines(region))
    if not any(lines):
        lines = tuple(_transcribed(region).split("\n"))
    return Region(lines, _KINDS.get(region.get("type") or ""))


def _transcribed(element: Element) -> str:
    """The transcription of *element*, of several the first by its index."""
    found = [each for each in element if local(each) == "TextEquiv"]
    found.sort(key=lambda each: _number(each.get("index")))
    for each in found:
        for text in each:
            if local(text) == "Unicode" and text.text:
                return str(text.text).strip()
    return ""


def _lines(element: Element) -> Iterator[Element]:
    yield from element.iter("{*}TextLine")


def _ordered(
    within: Element, reference: str, regions: list[Element], identity: str
) -> Iterable[Element]:
    """*regions* in the reading order that the file states, those it does not name after them."""
    order: dict[str, int] = {}
    for each in within.iter("{*}RegionRefIndexed", "{*}RegionRef", "{*}ElementRef"):
        order.setdefault(each.get(reference) or "", len(order))
    indexed = list(within.iter("{*}RegionRefIndexed"))
    if indexed and len({each.getparent() for each in indexed}) == 1:
        indexed.sort(key=lambda each: _number(each.get("index")))
        order = {each.get(reference) or "": place for place, each in enumerate(indexed)}
    return sorted(regions, key=lambda each: order.get(each.get(identity) or "", len(order)))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
