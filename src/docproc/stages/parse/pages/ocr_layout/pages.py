"""Pages one after another: what a page's end cuts is one block with what the next one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.dataclass_on_use import dataclass
from docproc.records import BlockKind
from docproc.stages.parse.pages.ocr_layout.recognized import OcrLine, RecognizedPage, numbers_apart
from docproc.text.layout.cleaning import HYPHENS
from docproc.text.layout.labels import label_of


@dataclass(slots=True)
class Stretch:
    """Lines that stand together, by the pages that they are on, in order."""

    kind: BlockKind | None
    runs: list[tuple[int, list[OcrLine]]]
    """The number of each page, and what of them is on it."""


def stretches(pages: Sequence[RecognizedPage]) -> Iterator[Stretch]:
    """The regions of *pages* in order.

    A paragraph that goes on over the end of a page, with nothing between its halves but what is
    printed around the text, is one, and the heads and feet stand behind it.  So is one that the
    end of a column cuts within a word.
    """
    found: list[Stretch] = []
    last: int | None = None
    """The place of the paragraph that the page before ends with."""
    for number, page in enumerate(pages, 1):
        opened = False
        for region in numbers_apart(page.regions):
            lines = [line for line in region.lines if line.text and not line.text.isspace()]
            if not lines:
                continue
            stretch = Stretch(region.kind, [(number, lines)])
            text = region.kind is not BlockKind.FURNITURE
            goes_on = _is_divided if opened else _goes_on
            if text and last is not None and goes_on(found[last], stretch):
                found[last].runs += stretch.runs
            else:
                found.append(stretch)
                if text:
                    last = len(found) - 1
            opened = opened or text
        if not opened:
            last = None
    yield from found


def _goes_on(before: Stretch, after: Stretch) -> bool:
    """Whether the sentence that *before* breaks off goes on in *after*."""
    above = before.runs[-1][1]
    end = above[-1].text.rstrip()[-1]
    return len(above) > 1 and (end.isalnum() or end in f",{HYPHENS}") and _is_one(before, after)


def _is_one(before: Stretch, after: Stretch) -> bool:
    """Whether both are text, and *after* begins as no sentence and no item does."""
    start = after.runs[0][1][0].text.lstrip()
    plain = before.kind is None and after.kind is None
    return plain and start[:1].islower() and label_of(start[:40]) is None


def _is_divided(before: Stretch, after: Stretch) -> bool:
    """Whether *before* ends within a word that *after*, beside or below it, begins with."""
    last = before.runs[-1][1][-1]
    end = last.text.rstrip()
    if last.parted:
        return before.kind is None and after.kind is None
    start = after.runs[0][1][0].text.lstrip()
    parted = end[-1] in HYPHENS and end[-2:-1].isalpha() and start[:2].isalpha()
    return parted and _is_one(before, after)
