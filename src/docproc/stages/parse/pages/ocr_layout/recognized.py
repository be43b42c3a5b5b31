"""Recognized pages: regions of lines with their places, whichever format they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from docproc.dataclass_on_use import dataclass
from docproc.records import BlockKind
from docproc.text.layout.running_heads import is_numbered_head, is_page_number
from docproc.text.patterns import compile_on_use

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in the units in which the file gives the size of the page."""


def nowhere() -> Box | None:
    """The place of a line where the file gives none."""
    return None


class OcrLine(NamedTuple):
    """A line as it stands.

    ``sure`` are the confidences of its words, from 0 to 100, as far as the file tells them;
    ``doubtful`` is where the words begin and end in ``text`` that have less than is needed.
    ``where`` says where the line stands on its page, ``None`` where that is not told: only
    drawing asks for it.
    """

    text: str
    doubtful: Sequence[tuple[int, int]] = ()
    sure: Sequence[float] = ()
    where: Callable[[], Box | None] = nowhere
    parted: bool = False
    """Whether the file says that the last word goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that stand together, as printed; ``kind`` is ``None`` for a plain paragraph."""

    lines: tuple[OcrLine, ...]
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class RecognizedPage:
    """One page: the name of its image, its printed number where that is known, its regions.

    ``width`` and ``height`` are those of the page in the units of the boxes, 0 if unknown.
    """

    image: str
    printed: str = ""
    regions: tuple[Region, ...] = field(default=())
    width: float = 0.0
    height: float = 0.0

    @property
    def label(self) -> str:
        """Its printed number, or the name of its image, whatever folders that lay in."""
        return self.printed or f"image {self.image_name}"

    @property
    def image_name(self) -> str:
        """The name of its image without the folders that it lay in."""
        return re.split(r"[/\\]", self.image)[-1]


_FIGURE = compile_on_use(r"\d{1,3}\.?")
_A_TEXT = 5
"""Lines; beside so many a figure by itself is the page's, and no item."""


def numbers_apart(regions: Sequence[Region]) -> Sequence[Region]:
    """*regions*, the number of the page, ``- 17 -``, as furniture where it is the first line.

    Or where it is the last: of the page, or of the region that all lines are in.  So is a line
    that a page begins with, ``184 HISTORY OF THE MILL``, and a figure that is a region by itself
    above or below a text.
    """
    texts = [place for place, each in enumerate(regions) if each.kind is not BlockKind.FURNITURE]
    if not texts:
        return regions
    found = list(regions)
    for place, edge in ((texts[-1], -1), (texts[0], 0)):
        region = found[place]
        lines = region.lines
        if region.kind is not None or not lines:
            continue
        words = lines[edge].text
        apart = len(lines) == 1 and any(len(found[each].lines) >= _A_TEXT for each in texts)
        if (
            is_page_number(words)
            or (apart and _FIGURE.fullmatch(words.strip()))
            or (edge == 0 and len(texts) > 1 and is_numbered_head(words))
        ):
            number_ = Region((lines[edge],), BlockKind.FURNITURE)
            rest = replace(region, lines=lines[1:] if edge == 0 else lines[:-1])
            found[place : place + 1] = (number_, rest) if edge == 0 else (rest, number_)
    return found


def make_line(
    text: str,
    words: Iterable[str],
    told: Sequence[float | None],
    needed: float,
    where: Callable[[], Box | None],
) -> OcrLine:
    """The line *text*, of whose *words* in their order the confidences are *told*.

    Where words stand is sought only if one is doubtful, which in most lines none is.  A word
    that does not stand there as it was recognized (someone corrected the line) is left.
    """
    sure = [each for each in told if each is not None]
    doubtful: list[tuple[int, int]] = []
    if min(sure, default=needed) < needed:
        at = 0
        for word, known in zip(words, told, strict=True):
            start = text.find(word, at) if word else -1
            if start >= 0:
                at = start + len(word)
                if known is not None and known < needed:
                    doubtful.append((start, at))
    return OcrLine(text, doubtful, sure, where)


def number(text: str | None) -> float | None:
    """What *text* says in figures, if it is a number such as a place on a page."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e7 else None  # and not infinite, nor no number


class Confidences(dict[str | None, float | None]):
    """Confidences from 0 to 100 by what is written, as parts of 1: a few stand at all words."""

    def __missing__(self, written: str | None) -> float | None:
        part = number(written)
        self[written] = part if part is None else 100 * part
        return self[written]


def bounding_box(points: list[tuple[float, float]]) -> Box | None:
    """The box around *points*; ``None`` where they span none."""
    if not points:
        return None
    across, down = [x for x, _ in points], [y for _, y in points]
    box = (min(across), min(down), max(across), max(down))
    return box if box[0] < box[2] and box[1] < box[3] else None
