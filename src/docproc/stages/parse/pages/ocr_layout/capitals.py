"""Drop capitals: the letter that stands apart on the page, and the word that it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import BlockKind
from docproc.stages.parse.pages.ocr_layout.recognized import OcrLine, Region
from docproc.text.layout.drop_capitals import gap_after_capital


def with_capitals(
    regions: Sequence[Region], capitals: Sequence[tuple[int, OcrLine]]
) -> list[Region]:
    """*regions*, each of *capitals* written before the text that it begins.

    A capital comes with the number of regions before it; it begins the line that it stands before
    on the page, or, where places are not told, the next region that is text, or else the last.
    One that begins none (its letter stands there too) is a line as it is.
    """
    found = list(regions)
    for place, capital in sorted(capitals, key=lambda each: each[0], reverse=True):
        if beside := _beside(capital, found):
            number, row = beside
            begun = join_capital(capital, found[number].lines[row])
            if begun:
                lines = (*found[number].lines[:row], begun, *found[number].lines[row + 1 :])
                found[number] = replace(found[number], lines=lines)
            else:
                found.insert(place, Region((capital,), BlockKind.FURNITURE))
            continue
        texts = [number for number, each in enumerate(found) if each.kind is None and each.lines]
        after = [number for number in texts if number >= place] or texts[-1:]
        first = found[after[0]] if after else None
        joined = join_capital(capital, first.lines[0]) if first else None
        if first and joined:
            found[after[0]] = replace(first, lines=(joined, *first.lines[1:]))
        else:
            found.insert(place, Region((capital,), BlockKind.FURNITURE if first else None))
    return found


def _beside(capital: OcrLine, regions: Sequence[Region]) -> tuple[int, int] | None:
    """The region, and the line in it, that *capital* stands before: the first at its height."""
    at = capital.where()
    if at is None:
        return None
    left, top, right, bottom = at
    found: list[tuple[float, int, int]] = []
    for number, region in enumerate(regions):
        if region.kind is not None:
            continue
        for row, line in enumerate(region.lines):
            box = line.where()
            middle = (box[1] + box[3]) / 2 if box else 0.0
            if box and top <= middle <= bottom and box[0] > (left + right) / 2:
                found.append((middle, number, row))
    return min(found)[1:] if found else None


def join_capital(capital: OcrLine, line: OcrLine) -> OcrLine | None:
    """*line* with the letter of *capital* before it; ``None`` where it cannot be its first."""
    letter = capital.text.strip()
    gap = gap_after_capital(letter, line.text)
    if gap is None:
        return None
    shift = len(letter) + len(gap)
    doubtful = [(start + shift, end + shift) for start, end in line.doubtful]
    return line._replace(text=f"{letter}{gap}{line.text}", doubtful=doubtful)
