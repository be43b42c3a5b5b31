"""What diagrams and charts of OOXML say, which stand in parts of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docproc.formats.composer import Composer
from docproc.formats.tables import write_row
from docproc.formats.xml import Element, local, words_of

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_MOST_ROWS = 1000


def write_drawn(composer: Composer, part: Element) -> None:
    """Write a *part*: of a diagram each paragraph; of a chart its titles, and its figures as rows.

    What more than a thousand points of a chart stand for is left out.
    """
    for paragraph in part.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        words = "".join(each.text or "" for each in paragraph.iter("{*}t"))
        write_row(composer, [" ".join(words.split())], "\n\n")
    gap = "\n\n"
    for row in _rows(list(part.iter("{*}ser"))):
        gap = write_row(composer, row, gap)


def _rows(series: list[Element]) -> Iterator[list[str]]:
    """The names of *series*, and for each point its name and its value in each."""
    if not series:
        return
    points = [_points(each, "val", "yVal") for each in series]
    names = next(filter(None, (_points(each, "cat", "xVal") for each in series)), {})
    yield ["", *map(_title, series)]
    for at in sorted(set(names).union(*points))[:_MOST_ROWS]:
        yield [names.get(at, ""), *(each.get(at, "") for each in points)]


def _title(series: Element) -> str:
    named = (words_of(v) for tx in series.iterchildren("{*}tx") for v in tx.iter("{*}v"))
    return " ".join(next(named, "").split())


def _points(series: Element, *names: str) -> Mapping[int, str]:
    return {
        int(point.get("idx") or 0): " ".join(words_of(point).split())
        for each in series
        if local(each) in names
        for point in each.iter("{*}pt")
        if (point.get("idx") or "0").isdecimal()
    }
