"""Pages one after another: what a page's end cuts is one block with what the next one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.dataclass_on_use import dataclass
from docproc.records import BlockKind
from docproc.stages.ocr_layout.recognized import OcrLine, RecognizedPage, numbers_apart
from docproc.text.labels import label_of


@dataclass(slots=True)
class Stretch:
    """Lines that stand together, by the pages that they are on, in order."""

    kind: BlockKind | None
    runs: list[tuple[int, list[OcrLine]]]
    """The number of each page, and what of them is on it."""


def stretches(pages: Sequence[RecognizedPage]) -> Iterator[Stretch]:
    """The regions of *pages* in order.

    A paragraph that goes on over the end of a page, with nothing between its halves but what is
    printed around the text, is one, and the heads and feet stand behind it.
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
            if text and not opened and last is not None and _goes_on(found[last], stretch):
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
    if before.kind is not None or after.kind is not None:
        return False
    above, below = before.runs[-1][1], after.runs[0][1]
    end, start = above[-1].text.rstrip(), below[0].text.lstrip()
    return (
        len(above) > 1
        and (end[-1].isalnum() or end[-1] in ",-\u00ad\u00ac\u2e17=\u2010")
        and start[:1].islower()
        and label_of(start[:40]) is None
    )
