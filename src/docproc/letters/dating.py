"""When and where: every date that the document states of itself, the ranking one first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.letters.words import DATELINE_WORDS, is_marking
from docproc.records import Block, BlockKind, Mention, Span, StatedDate
from docproc.references import FoundDate, find_dates

_RANK = {"metadata": 0, "heading": 1, "dateline": 2, "signature": 3}


def stated_dates(
    text: str, blocks: Sequence[Block], title: Mention | None, known: Sequence[StatedDate]
) -> tuple[StatedDate, ...]:
    """The dates of headings, datelines and signature, after those already *known*.

    The editor's date ranks before the writer's, for it is meant to be read; but a date that
    agrees with it and says more ranks first.  A year in two figures is read with the help
    of the dates that have it in four.
    """
    dates = list(known)
    near = next((int(d.edtf[:4]) for d in dates if d.edtf[:4].isdigit()), None)
    places = _places(blocks, title)
    if near is None:
        full = (d for block, _ in places for d in _dates(text, block, None))
        near = next((int(d.edtf[:4]) for d in full if d.edtf[:4].isdigit()), None)
    for block, place in places:
        for date in _dates(text, block, near):
            if not any(date.span == other.span for other in dates):
                dates.append(StatedDate(date.printed, date.edtf, place, date.span))
    dates.sort(key=lambda date: _RANK.get(date.place, 0))
    if dates:
        finer = [d for d in dates if d.edtf.startswith(dates[0].edtf + "-")]
        if finer:
            dates.remove(finer[0])
            dates.insert(0, finer[0])
    return tuple(dates)


def stated_place(text: str, blocks: Sequence[Block]) -> Mention | None:
    """The place of writing: the name before the date in a dateline."""
    for block in blocks:
        if block.kind is not BlockKind.DATELINE:
            continue
        words = block.span.of(text)
        dates = find_dates(words, near=1930)
        if not dates:
            continue
        name = _place_before(words, dates[0].span.start)
        if name:
            return Mention(name.of(words), name.shift(block.span.start))
    return None


def _place_before(words: str, end: int) -> Span | None:
    """The name that ends at *end*: ``BATAVIA`` in ``Letter (air mail) BATAVIA, 9 September``."""
    before = words[:end].rstrip(" ,.(;:\n[\t\xa0")
    start = len(before)
    for word in reversed(list(re.finditer(r"\S+", before))):
        bare = word[0].strip("(),.[]")
        inner = bare.islower() and start < len(before)  # "Frankfurt am Main"
        if not inner and (DATELINE_WORDS.fullmatch(bare) or is_marking(bare)):
            break
        if not bare or any(char.isdigit() for char in bare) or word[0].endswith((",", ")", ";")):
            break
        start = word.start()
    while start < len(before) and not before[start].isupper():
        start += 1
    return Span(start, len(before)) if len(before) - start > 1 else None


def _dates(text: str, block: Block, near: int | None) -> tuple[FoundDate, ...]:
    return find_dates(text, block.span.start, block.span.end, near=near)


def _places(blocks: Sequence[Block], title: Mention | None) -> list[tuple[Block, str]]:
    """The blocks that date the document, each with the name of its place.

    A bare date under the title is the editor's, like one in the title itself; behind the
    last paragraph it is signed.  Other headings speak of other things.
    """
    body = [
        number
        for number, block in enumerate(blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SALUTATION)
    ]
    first = body[0] if body else len(blocks)
    last = body[-1] if body else -1
    headed: list[tuple[Block, str]] = []
    found: list[tuple[Block, str]] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE:
            break
        if title and block.span == title.span:
            headed.append((block, "heading"))
        elif number < first and block.kind is BlockKind.DATELINE:
            found.append((block, "heading" if headed else "dateline"))
        elif number > last and block.kind in (BlockKind.DATELINE, BlockKind.SIGNATURE):
            found.append((block, "signature"))
    return found + headed
