"""ALTO (Library of Congress, versions 2 to 4): pages of blocks, lines and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from docproc.formats.xml import Element, local_name, text_of, xpath
from docproc.records import BlockKind
from docproc.stages.parse.pages.ocr_layout.capitals import with_capitals
from docproc.stages.parse.pages.ocr_layout.order import (
    by_place,
    chain_blocks,
    order_regions,
    out_of_place,
)
from docproc.stages.parse.pages.ocr_layout.recognized import (
    Box,
    Confidences,
    OcrLine,
    RecognizedPage,
    Region,
    bounding_box,
    make_line,
    number,
)
from docproc.stages.parse.pages.ocr_layout.zones import (
    DROP_CAPITAL,
    MOST_OF_A_MARGIN,
    Zone,
    zone_of,
    zone_of_lines,
)
from docproc.text.layout.cleaning import HYPHENS

_MARGINS = {
    "TopMargin": BlockKind.FURNITURE,
    "BottomMargin": BlockKind.FURNITURE,
    "LeftMargin": BlockKind.NOTE,
    "RightMargin": BlockKind.NOTE,
}
_PARTED = "//*[@SUBS_TYPE='HypPart1'][not(following-sibling::*[local-name()='String'])]"
"""The last words of lines of which only a part stands there."""


def alto_pages(root: Element, needed: float, data: bytes) -> Iterator[RecognizedPage]:
    """The pages of *root*, read from *data*; words less sure than *needed* are doubtful."""
    names = [text_of(each).strip() for each in root.iter("{*}fileName")]
    reader = _Reader(root, needed, data)
    for index, page in enumerate(root.iter("{*}Page")):
        name = names[0] if len(names) == 1 else names[index] if index < len(names) else ""
        yield RecognizedPage(
            name or page.get("PHYSICAL_IMG_NR") or str(index + 1),
            page.get("PRINTED_IMG_NR") or "",
            tuple(reader.regions(page)),
            number(page.get("WIDTH")) or 0.0,
            number(page.get("HEIGHT")) or 0.0,
        )


class _Reader:
    """Reads the blocks and lines of all pages of a file."""

    def __init__(self, root: Element, needed: float, data: bytes) -> None:
        self._root, self._needed = root, needed
        self._sure = Confidences()
        hyphens = root.iter("{*}HYP") if b"HYP" in data else ()
        self._hyphenated = frozenset(each.getparent() for each in hyphens)
        parted = xpath(_PARTED)(root) if b"HypPart1" in data else ()  # most files tell of none
        self._parted = frozenset(each.getparent() for each in parted)
        self._ordered = b"ReadingOrder" in data
        self._zones = _zones_of_tags(root)

    def regions(self, page: Element) -> list[Region]:
        """The regions of *page*: its text, the notes in its margins, its head and foot."""
        blocks = list(page.iter("{*}TextBlock"))
        told = order_regions(self._root, "REF", blocks, "ID") if self._ordered else blocks
        blocks = chain_blocks(blocks) if told == blocks else told
        found: list[Region] = []
        capitals: list[tuple[int, OcrLine]] = []
        for block in blocks:
            margin, zone = self._place(block)
            elements = list(block.iter("{*}TextLine"))
            if out_of_place(elements, _top):
                order = by_place(list(map(self._line, elements)))
                elements = [elements[number_] for number_ in order]
            for own, run in groupby(elements, key=self._zone):
                lines = tuple(map(self._line, run))
                said = zone_of_lines(own, zone, len(elements))
                if said == DROP_CAPITAL:
                    capitals += [(len(found), line) for line in lines]
                else:
                    kind = said if isinstance(said, BlockKind) else margin
                    found.append(Region(lines, kind))
        if all(each.kind is BlockKind.FURNITURE for each in found) and _are_text(found):
            found = [replace(each, kind=None) for each in found]
        return _margins_last(with_capitals(found, capitals))

    def _place(self, block: Element) -> tuple[BlockKind | None, Zone]:
        """What the margin that *block* stands in makes it, and what it is tagged as."""
        zone: Zone = None
        for each in (block, *block.iterancestors()):
            zone = zone or self._zone(each)
            name = local_name(each.tag)
            if name in _MARGINS:
                return _MARGINS[name], zone
            if name == "Page":
                break
        return None, zone

    def _zone(self, element: Element) -> Zone:
        """The zone that the tags of *element* name first."""
        tags = (element.get("TAGREFS") or "").split() if self._zones else ()
        found = next((zone for tag in tags if (zone := self._zones.get(tag))), None)
        return found or (zone_of(said) if (said := element.get("TYPE")) else None)

    def _line(self, line: Element) -> OcrLine:
        """Words with a space between each two, whether the file gives one or leaves it out."""
        strings = list(line.iterchildren("{*}String"))
        words = [each.get("CONTENT", "") for each in strings]
        text = " ".join(words)
        if line in self._hyphenated or text.split() != words:
            words = [" ".join(word.split()) for word in words]
            text = _signs(line)
        told = [self._sure[each.get("WC")] for each in strings]
        read = make_line(text, words, told, self._needed, partial(_box, line))
        return read._replace(parted=True) if line in self._parted else read


def _zones_of_tags(root: Element) -> Mapping[str, Zone]:
    """The zones that the tags of a file stand for, by their ids."""
    found: dict[str, Zone] = {}
    for tags in root.iterchildren("{*}Tags"):
        for tag in tags:
            names = (tag.get("LABEL"), tag.get("TYPE"), tag.get("DESCRIPTION"))
            zone = next((zone for name in names if name and (zone := zone_of(name))), None)
            if zone:
                found[tag.get("ID") or ""] = zone
    return found


def _are_text(regions: Sequence[Region]) -> bool:
    """Whether *regions* have more lines than a head or a foot has."""
    return sum(len(each.lines) for each in regions) > MOST_OF_A_MARGIN


def _margins_last(regions: list[Region]) -> list[Region]:
    """*regions*, what stands around the text behind it, so that no title comes of it."""
    last = {BlockKind.NOTE: 1, BlockKind.FURNITURE: 2}
    return sorted(regions, key=lambda each: last.get(each.kind, 0) if each.kind else 0)


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
            if text[-1:] not in HYPHENS or not text:  # some writers put it into the word as well
                text += " ".join((each.get("CONTENT") or "-").split())
            after_word = False
    return text.strip()


def _top(line: Element) -> float | None:
    return number(line.get("VPOS"))


def _box(line: Element) -> Box | None:
    """The line's own place, or that of its words where only they have one."""
    return bounding_box(_corners(line)) or bounding_box(
        [at for word in line for at in _corners(word)]
    )


def _corners(element: Element) -> list[tuple[float, float]]:
    left, top, width, height = (
        number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    )
    if left is None or top is None or width is None or height is None:
        return []
    return [(left, top), (left + width, top + height)]
