"""Drop capitals: the letter that stands apart on the page, and the word that it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import BlockKind
from docproc.stages.ocr_layout.recognized import OcrLine, Region
from docproc.text.drop_capitals import gap_behind


def with_capitals(
    regions: Sequence[Region], capitals: Sequence[tuple[int, OcrLine]]
) -> list[Region]:
    """*regions*, each of *capitals* written before the text that it begins.

    A capital comes with the number of regions before it; it begins the next one that is text,
    or else the last.  One that begins none (its letter stands there too) is a line as it is.
    """
    found = list(regions)
    for place, capital in sorted(capitals, key=lambda each: each[0], reverse=True):
        texts = [number for number, each in enumerate(found) if each.kind is None and each.lines]
        after = [number for number in texts if number >= place] or texts[-1:]
        first = found[after[0]] if after else None
        joined = join_capital(capital, first.lines[0]) if first else None
        if first and joined:
            found[after[0]] = replace(first, lines=(joined, *first.lines[1:]))
        else:
            found.insert(place, Region((capital,), BlockKind.FURNITURE if first else None))
    return found


def join_capital(capital: OcrLine, line: OcrLine) -> OcrLine | None:
    """*line* with the letter of *capital* before it; ``None`` where it cannot be its first."""
    letter = capital.text.strip()
    gap = gap_behind(letter, line.text)
    if gap is None:
        return None
    shift = len(letter) + len(gap)
    doubtful = [(start + shift, end + shift) for start, end in line.doubtful]
    return line._replace(text=f"{letter}{gap}{line.text}", doubtful=doubtful)
