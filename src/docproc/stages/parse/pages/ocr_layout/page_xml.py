"""PAGE XML (PRImA, 2010 to 2019): pages of regions, lines and words, as transcribers leave them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from docproc.formats.xml import Element, local_name
from docproc.records import BlockKind
from docproc.stages.parse.pages.ocr_layout.capitals import with_capitals
from docproc.stages.parse.pages.ocr_layout.order import (
    by_number,
    by_place,
    order_regions,
    out_of_place,
    parse_place,
)
from docproc.stages.parse.pages.ocr_layout.recognized import (
    Box,
    OcrLine,
    RecognizedPage,
    Region,
    bounding_box,
    make_line,
    number,
)
from docproc.stages.parse.pages.ocr_layout.tables import by_places, cells_of, rows_of
from docproc.stages.parse.pages.ocr_layout.zones import DROP_CAPITAL, Zone, zone_of, zone_of_lines
from docproc.text.patterns import compile_on_use

_UNITS = ("{*}TextRegion", "{*}TableRegion")
_TYPE = compile_on_use(r"\bstructure\s*\{[^}]*?\btype:\s*([^;}]+)")
_INDEX = compile_on_use(r"\breadingOrder\s*\{\s*index:\s*(\d{1,8})")
"""What Transkribus writes into ``custom``."""


def page_xml_pages(root: Element, needed: float, data: bytes) -> Iterator[RecognizedPage]:
    """The pages of *root*, read from *data*; words less sure than *needed* are doubtful."""
    told = _Told(root, needed, data)
    for page in root.iter("{*}Page"):
        units = [
            each for each in page.iter(*_UNITS) if next(each.iterancestors(*_UNITS), None) is None
        ]
        found = _Found(told, page)
        for each in found.in_order(units):
            found.add(each)
        yield RecognizedPage(
            page.get("imageFilename") or "",
            "",
            tuple(with_capitals(found.regions, found.capitals)),
            number(page.get("imageWidth")) or 0.0,
            number(page.get("imageHeight")) or 0.0,
        )


class _Found:
    """The regions of one page in their order, and the drop capitals between them."""

    def __init__(self, told: _Told, page: Element) -> None:
        self._told, self._page = told, page
        self.regions: list[Region] = []
        self.capitals: list[tuple[int, OcrLine]] = []

    def in_order(self, units: list[Element]) -> list[Element]:
        """*units* as the page orders them, or else as each of them says itself."""
        if next(self._page.iterchildren("{*}ReadingOrder"), None) is not None:
            return order_regions(self._page, "regionRef", units, "id")
        return by_number(units, _index)

    def add(self, region: Element) -> None:
        """Add *region*, what stands within it, and its drop capital."""
        if local_name(region.tag) == "TableRegion":
            self._add_table(region)
            return
        zone = _zone(region)
        nested = self.in_order(list(region.iterchildren(*_UNITS)))
        lines = self._told.lines(region)
        if zone == DROP_CAPITAL:
            self.capitals += [(len(self.regions), line) for line, _ in lines]
            return
        for each in nested:
            if _zone(each) == DROP_CAPITAL or not lines or _is_above(each, lines[0][0]):
                self.add(each)
        kind = zone if isinstance(zone, BlockKind) else None
        if (
            kind is BlockKind.FURNITURE
            and region.get("type") == "header"
            and self._is_between(region)
        ):
            kind = BlockKind.HEADING
        for own, run in groupby(lines, key=lambda each: each[1]):
            together = tuple(line for line, _ in run)
            if own == DROP_CAPITAL:
                self.capitals += [(len(self.regions), line) for line in together]
            else:
                said = zone_of_lines(own, kind, len(lines))
                self.regions.append(Region(together, said if isinstance(said, BlockKind) else None))
        for each in nested:
            if _zone(each) != DROP_CAPITAL and lines and not _is_above(each, lines[0][0]):
                self.add(each)

    def _is_between(self, region: Element) -> bool:
        """Whether text or a heading stands above *region*, which then is no head of the page."""
        own = _box(region)
        texts = self._page.iterchildren("{*}TextRegion")
        above = (_box(each) for each in texts if _zone(each) in (None, BlockKind.HEADING))
        return own is not None and any(box is not None and box[3] <= own[1] for box in above)

    def _add_table(self, table: Element) -> None:
        cells = [(row, column, self._lines_in(cell)) for row, column, cell in cells_of(table)]
        known = {cell for _, _, cell in cells_of(table)}
        apart = [each for each in table.iterchildren(*_UNITS) if each not in known]
        if not cells and len(apart) > 1:
            cells = by_places([line for each in apart for line in self._lines_in(each)])
            apart = [] if cells else apart
        if cells:
            self.regions.append(Region(tuple(rows_of(cells)), BlockKind.PARAGRAPH))
        for each in self.in_order(apart):
            self.add(each)

    def _lines_in(self, cell: Element) -> list[OcrLine]:
        """The lines of *cell* and of the regions within it."""
        regions = (cell, *cell.iterdescendants("{*}TextRegion"))
        return [line for each in regions for line, _ in self._told.lines(each)]


class _Told:
    """What is transcribed of each region, line and word, gathered in one pass over the file."""

    def __init__(self, root: Element, needed: float, data: bytes) -> None:
        self._needed = needed
        self._custom = b"custom" in data
        self._texts: dict[Element, list[tuple[Element, str]]] = {}
        equivalents = frozenset(root.iter("{*}TextEquiv"))
        for each in root.iter("{*}Unicode"):
            equivalent, text = each.getparent(), each.text
            if text and equivalent in equivalents:
                self._texts.setdefault(equivalent.getparent(), []).append((equivalent, text))
        self._words: dict[Element, list[Element]] = {}
        for each in root.iter("{*}Word"):
            self._words.setdefault(each.getparent(), []).append(each)

    def lines(self, region: Element) -> list[tuple[OcrLine, Zone]]:
        """The lines of *region* itself in their order, each with what it is said to be."""
        elements = list(region.iterchildren("{*}TextLine"))
        if self._custom:
            elements = by_number(elements, _index)
            lines = [(self._line(each), _zone(each)) for each in elements]
            told = any(_index(each) is not None for each in elements)
        else:
            lines, told = [(self._line(each), None) for each in elements], False
        if not told and out_of_place(elements, _top):
            lines = [lines[number] for number in by_place([line for line, _ in lines])]
        if any(line.text for line, _ in lines):
            return lines
        where = partial(_box, region)  # only the region as a whole was transcribed
        words = self._text(region)
        return [(OcrLine(each.strip(), where=where), None) for each in words.split("\n") if each]

    def _line(self, line: Element) -> OcrLine:
        text = self._text(line)
        where = partial(_box, line)
        words = self._words.get(line)
        if not words:
            return OcrLine(text, where=where)
        read = [self._text(each) or self._letters(each) for each in words]
        told = [self._sure(each) for each in words]
        return make_line(text or " ".join(filter(None, read)), read, told, self._needed, where)

    def _text(self, element: Element) -> str:
        """The transcription of *element*, of several the first by its index."""
        found = self._texts.get(element)
        return self._first(found)[1].strip() if found else ""

    def _letters(self, word: Element) -> str:
        return "".join(map(self._text, word.iterchildren("{*}Glyph")))

    def _sure(self, element: Element) -> float | None:
        """How sure that transcription is, from 0 to 100."""
        found = self._texts.get(element)
        part = number(self._first(found)[0].get("conf")) if found else None
        return None if part is None else 100 * part

    def _first(self, found: list[tuple[Element, str]]) -> tuple[Element, str]:
        if len(found) == 1:
            return found[0]
        return min(found, key=lambda each: parse_place(each[0].get("index")))


def _zone(element: Element) -> Zone:
    """What *element* is said to be, by Transkribus or by its type."""
    custom = element.get("custom")
    said = _TYPE.search(custom) if custom and "structure" in custom else None
    return zone_of(said[1].strip() if said else element.get("type") or "")


def _index(element: Element) -> int | None:
    """The place in the reading order that *element* says it has."""
    custom = element.get("custom")
    said = _INDEX.search(custom) if custom and "readingOrder" in custom else None
    return int(said[1]) if said else None


def _top(line: Element) -> float | None:
    """How far down the outline of *line* begins, which takes a fraction of seeking its box."""
    points = line[0].get("points") if len(line) else None  # the outline comes first
    if not points:
        return None
    try:
        return float(points[points.index(",") + 1 : points.index(" ")])
    except ValueError:
        return None


def _is_above(region: Element, line: OcrLine) -> bool:
    own, other = _box(region), line.where()
    return own is not None and other is not None and own[1] < other[1]


def _box(element: Element) -> Box | None:
    """The box around an element's outline, written as one attribute or, before 2013, as points."""
    for coordinates in element:
        if local_name(coordinates.tag) == "Coords":
            pairs = [pair.split(",") for pair in (coordinates.get("points") or "").split()]
            pairs += [[p.get("x") or "", p.get("y") or ""] for p in coordinates.iter("{*}Point")]
            points = [(number(pair[0]), number(pair[1])) for pair in pairs if len(pair) == 2]
            return bounding_box([(x, y) for x, y in points if x is not None and y is not None])
    return None
