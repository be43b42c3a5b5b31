"""Lines that say which page begins: ``## Page 3``, ``[p. 3]``, ``--- page 4 ---``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from docproc.dataclass_on_use import dataclass
from docproc.records import Block, BlockKind, Document, Page, Span, strip_span
from docproc.text.patterns import compile_on_use

_LINE = (
    r"[ \t>]{0,20}(?P<head>\#{1,6}[ \t]+)?(?P<before>[-–—=*_~<!{(\[|]{1,80}+[ \t]*+){0,2}+"
    r"(?:page(?:[ _]?(?:number|no))?|pp?|pg|pag|pagina|página|pág|seite|feuille|sida|side|strona"
    r"|str|страница|стр|с)\b[.:]?[ \t]*(?:no\.?|nr\.?|№|\#|=)?[ \t]*\"?"
    r"(?P<label>\d{1,5}[a-z]?|[ivxlc]{1,8})\"?"
    r"(?:[ \t]*(?:of|von|из|de|sur|av|/)[ \t]*\d{1,5})?"
    r"[ \t]*(?P<after>[-–—=*_~>})\]|:.]{0,80})[ \t]*\r?$"
)
_FIRST = compile_on_use(_LINE, re.MULTILINE | re.IGNORECASE)
_OTHERS = compile_on_use(rf"\n{_LINE}", re.MULTILINE | re.IGNORECASE)
"""It begins with one character, and no more, for so it is searched for fast."""
_WORDS = compile_on_use(r"[^\W_]{2}")
_ABOVE = 3
"""Lines of words that may stand above the first page of a text: its title, its day."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that may say which page begins, and how plainly it says so."""

    span: Span
    label: str
    sure: bool
    """A heading, or a line with marks around it; not a bare line, nor one in round brackets."""

    def follows(self, before: _Mark) -> bool:
        """Whether the page is the one after that of the mark *before*."""
        figures = (self.label, before.label)
        return all(map(str.isdigit, figures)) and int(self.label) == int(before.label) + 1


def with_marked_pages(document: Document, start: int = 0) -> Document:
    """*document* with the pages that lines of its text from *start* on mark, and these furniture.

    It stays as it is where it has pages already, or where no line surely marks one: of several
    lines each goes on with the number of the last, and one alone stands above the text.
    """
    text = document.text
    marks = [] if document.pages else _sure(text, list(_marks(text, start)), start)
    if not marks:
        return document
    ends = [*(mark.span.start for mark in marks[1:]), len(text)]
    pages = tuple(
        Page(mark.label, Span(mark.span.start, end), number)
        for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1)
    )
    blocks = _apart(text, document.blocks, [mark.span for mark in marks])
    return replace(document, pages=pages, blocks=tuple(blocks))


def _marks(text: str, start: int) -> Iterator[_Mark]:
    first = _FIRST.match(text, start)
    for found in (*([first] if first else []), *_OTHERS.finditer(text, start)):
        before, after = (found["before"] or "").strip(), found["after"].strip(" .:")
        sure = bool(found["head"]) or (bool(before and after) and "(" not in before)
        yield _Mark(strip_span(text, *found.span()), found["label"], sure)


def _sure(text: str, found: Sequence[_Mark], start: int) -> Sequence[_Mark]:
    """Those of *found* that mark pages: the plain ones, else all where they go on from the top."""
    if not found:
        return ()
    sure = [mark for mark in found if mark.sure]
    for marks in (sure, found):
        follow = sum(after.follows(before) for before, after in pairwise(marks))
        above = _WORDS.findall(text, start, marks[0].span.start) if marks else []
        lines = text[start : marks[0].span.start].splitlines() if above else []
        at_top = len([line for line in lines if _WORDS.search(line)]) <= _ABOVE
        if marks is sure and marks and (at_top or follow * 2 >= len(marks)):
            return sure
        if marks is found and at_top and 0 < follow == len(found) - 1:
            return found
    return ()


def _apart(text: str, blocks: Sequence[Block], marks: Sequence[Span]) -> list[Block]:
    """*blocks* with each of *marks* as furniture; a paragraph around one is parted there."""
    made: list[Block] = []
    apart = list(marks)
    for block in blocks:
        first = bisect_left(marks, block.span.start, key=lambda mark: mark.end)
        last = bisect_left(marks, block.span.end, key=lambda mark: mark.start)
        if first == last:
            made.append(block)
        elif block.kind is BlockKind.PARAGRAPH:
            starts = [block.span.start, *(mark.end for mark in marks[first:last])]
            ends = [*(mark.start for mark in marks[first:last]), block.span.end]
            spans = (strip_span(text, *edges) for edges in zip(starts, ends, strict=True))
            made += [replace(block, span=span) for span in spans if len(span)]
        elif block.kind is not BlockKind.HEADING and not marks[first].contains(block.span):
            made.append(block)  # in a note or a table the page begins, and no line is furniture
            apart = [mark for mark in apart if mark not in marks[first:last]]
    made += [Block(BlockKind.FURNITURE, mark) for mark in apart]
    return sorted(made, key=lambda block: block.span)
