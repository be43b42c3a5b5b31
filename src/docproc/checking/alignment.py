"""A quotation's words beside a document's: where they are the same, and where not."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, pairwise

from docproc.checking.findings import Change
from docproc.checking.words import Words, words_of
from docproc.records import Document, Span

_OMISSION = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|…|\.\s?\.\s?\.")
_REMARK = re.compile(
    r"\[\s*(?:sic|так)\s*[!?.]?\s*\]|\[\s*(?:emphasis|курсив)[^\]]*\]", re.IGNORECASE
)
AT_ONCE = 600
"""Words that are compared at once; a longer quotation is compared in pieces of so many."""


@dataclass(frozen=True)
class Source:
    """A document of the archive, ready to be compared with."""

    document: Document

    @cached_property
    def words(self) -> Words:
        return words_of(self.document.text)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self.words.words)} "

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(word) + 1 for word in self.words.words), initial=0))

    def find(self, wanted: tuple[str, ...], start: int = 0) -> int | None:
        """The first place from word *start* on where *wanted* stands; ``None`` if nowhere."""
        if start >= len(self.words.words):
            return None
        at = self._joined.find(f" {' '.join(wanted)} ", self._starts[start])
        return None if at < 0 else bisect_left(self._starts, at)


def pieces(quoted: Words, span: Span) -> list[tuple[int, int]]:
    """The ranges of words between marks of omission (``…``, ``[...]``)."""
    text = quoted.text
    cuts = [Span(*m.span()) for m in _OMISSION.finditer(text, span.start, span.end)]
    starts = [start for start, _ in quoted.bounds]
    bounds = [0, *(bisect_left(starts, cut.start) for cut in cuts), len(starts)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def without_remarks(text: str, span: Span) -> Words:
    """The words of the quotation at *span*, without ``[sic]`` and the like."""
    words = words_of(text, span)
    remarks = [Span(*m.span()) for m in _REMARK.finditer(text, span.start, span.end)]
    kept = [
        (word, at)
        for word, at in zip(words.words, words.bounds, strict=True)
        if not any(remark.contains(Span(*at)) for remark in remarks)
    ]
    return Words(text, tuple(w for w, _ in kept), tuple(s for _, s in kept))


@dataclass(frozen=True, slots=True)
class Aligned:
    """The nearest stretch of a source: words *first* to *last*, what differs, how like it is."""

    first: int
    last: int
    changes: tuple[Change, ...]
    likeness: float


def nearest(quoted: Words, source: Source) -> Aligned | None:
    """The stretch of *source* that is most like *quoted*; ``None`` where they share too little."""
    blocks: list[tuple[int, int, int]] = []
    low = 0
    for start in range(0, len(quoted.words), AT_ONCE):
        piece = quoted.words[start : start + AT_ONCE]
        where = _where(piece, source, low)
        if where is None:
            continue
        begin = max(low, where - 12)
        end = min(len(source.words.words), where + len(piece) + len(piece) // 3 + 24)
        matcher = SequenceMatcher(None, piece, source.words.words[begin:end], autojunk=False)
        blocks += [(start + a, begin + b, n) for a, b, n in matcher.get_matching_blocks() if n]
        low = where
    blocks = _trimmed(blocks)
    if not blocks:
        return None
    first, last = blocks[0][1], blocks[-1][1] + blocks[-1][2] - 1
    first = max(0, first - blocks[0][0])  # words before the first that is the same
    last = min(
        len(source.words.words) - 1, last + len(quoted.words) - blocks[-1][0] - blocks[-1][2]
    )
    same = sum(n for _, _, n in blocks)
    likeness = 2 * same / (len(quoted.words) + last - first + 1)
    return Aligned(first, last, _changes(quoted, source, blocks, first, last), likeness)


def _where(piece: tuple[str, ...], source: Source, low: int) -> int | None:
    """Where the most runs of three words of *piece* point to in *source*."""
    votes: dict[int, int] = {}
    for place in range(max(1, len(piece) - 2)):
        run = piece[place : place + 3]
        at, looked = source.find(run, low), 0
        while at is not None and looked < 20:
            line = (at - place) // 8
            votes[line] = votes.get(line, 0) + 1
            at, looked = source.find(run, at + 1), looked + 1
    if not votes:
        return None
    best = max(votes, key=lambda line: (votes[line] + votes.get(line + 1, 0), -line))
    return max(low, best * 8)


def _trimmed(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """*blocks* without single words far before or behind the others."""
    while len(blocks) > 1 and blocks[0][2] == 1 and blocks[1][1] - blocks[0][1] > 8:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1][2] == 1 and blocks[-1][1] - sum(blocks[-2][1:]) > 8:
        blocks = blocks[:-1]
    return blocks


def _changes(
    quoted: Words, source: Source, blocks: list[tuple[int, int, int]], first: int, last: int
) -> tuple[Change, ...]:
    changes = []
    a, b = 0, first
    for at, there, length in [*blocks, (len(quoted.words), last + 1, 0)]:
        if at > a or there > b:
            mine = quoted.span(a, at - 1).of(quoted.text) if at > a else ""
            theirs = source.words.span(b, there - 1).of(source.words.text) if there > b else ""
            changes.append(Change(mine, theirs))
        a, b = at + length, there + length
    return tuple(changes)
