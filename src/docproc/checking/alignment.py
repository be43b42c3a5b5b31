"""A quotation's words beside a document's: where they are the same, and where not."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, pairwise

from docproc.checking.findings import Change
from docproc.checking.quotations import Quotation
from docproc.checking.words import FoldedWords, fold_words, raw_words, words_of
from docproc.dataclass_on_use import dataclass
from docproc.records import Document, Span
from docproc.text.patterns import compile_on_use

_OMISSION = compile_on_use(
    r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|<\s*(?:…|\.\.\.)\s*>|…|\.\s?\.\s?\."
    r"|\[\s*[-–—]+\s*\]|\[/+\]"
)
_REMARK = compile_on_use(
    r"[\[(]\s*(?:sic|так(?: в (?:тексте|документе|оригинале|подлиннике))?)\s*[!?.]?\s*[\])]"
    r"|[\[(]\s*(?:emphasis|italics|my emphasis|курсив|выделено|подч[её]ркнуто|Hervorhebung"
    r"|Unterstreichung|souligné|c['’]est nous qui)[^\])]{0,80}[\])]|[\[(]\s*[!?]{1,3}\s*[\])]",
    re.IGNORECASE,
)
_STOP = compile_on_use(r"[.!?…]\W*\s|\n\s*\n")
AT_ONCE = 600
"""Words that are compared at once; a longer quotation is compared in pieces of so many."""


class ComparedDocument:
    """A document of the archive, ready to be compared with."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = fold_words(raw_words(document.text))
        self._joined = f" {' '.join(self.folded)} "

    @cached_property
    def words(self) -> FoldedWords:
        """The words with their places, which few sources are asked for."""
        return words_of(self.document.text)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(word) + 1 for word in self.folded), initial=0))

    def __contains__(self, wanted: tuple[str, ...]) -> bool:
        return f" {' '.join(wanted)} " in self._joined

    def find(self, wanted: tuple[str, ...], start: int = 0) -> int | None:
        """The first place from word *start* on where *wanted* stands; ``None`` if nowhere."""
        if start >= len(self.folded):
            return None
        at = self._joined.find(f" {' '.join(wanted)} ", self._starts[start] if start else 0)
        return None if at < 0 else bisect_left(self._starts, at)


def split_at_omissions(quoted: FoldedWords, span: Span) -> list[tuple[int, int]]:
    """The ranges of words between marks of omission (``…``, ``[...]``)."""
    text = quoted.text
    cuts = [Span(*m.span()) for m in _OMISSION.finditer(text, span.start, span.end)]
    starts = [start for start, _ in quoted.bounds]
    bounds = [0, *(bisect_left(starts, cut.start) for cut in cuts), len(starts)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def words_quoted(quotation: Quotation) -> FoldedWords:
    """The words of *quotation*, without marks of notes, ``[sic]`` and the like."""
    text, span = quotation.document.text, quotation.span
    words = words_of(text, span)
    apart = find_unquoted(text, span, quotation.apart)
    if not apart:
        return words
    starts = [each.start for each in apart]
    kept = []
    for word, at in zip(words.words, words.bounds, strict=True):
        place = bisect_left(starts, at[0] + 1) - 1
        if place < 0 or at[0] >= apart[place].end:
            kept.append((word, at))
    return FoldedWords(text, tuple(w for w, _ in kept), tuple(s for _, s in kept))


def find_unquoted(text: str, span: Span, apart: tuple[Span, ...]) -> list[Span]:
    """What stands within *span* and is not quoted: *apart*, and remarks such as ``[sic]``."""
    remarks = [Span(*m.span()) for m in _REMARK.finditer(text, span.start, span.end)]
    return sorted([*apart, *remarks])


@dataclass(frozen=True, slots=True)
class Aligned:
    """The nearest stretch of a source: words *first* to *last*, what differs, how like it is.

    *blocks* are the runs that are the same: where in the quotation, where in the source, how
    many words.
    """

    first: int
    last: int
    blocks: tuple[tuple[int, int, int], ...]
    changes: tuple[Change, ...]
    likeness: float


def find_nearest(
    quoted: FoldedWords, source: ComparedDocument, low: int = 0, run: int = 3
) -> Aligned | None:
    """The stretch of *source* from *low* on most like *quoted*; ``None`` without a common *run*."""
    blocks: list[tuple[int, int, int]] = []
    for start in range(0, len(quoted.words), AT_ONCE):
        piece = quoted.words[start : start + AT_ONCE]
        where = _where(piece, source, low, run)
        if where is None:
            continue
        begin = max(low, where - 12)
        end = min(len(source.folded), where + len(piece) + len(piece) // 3 + 24)
        matcher = SequenceMatcher(None, piece, source.folded[begin:end], autojunk=False)
        blocks += [(start + a, begin + b, n) for a, b, n in matcher.get_matching_blocks() if n]
        low = where
    blocks = _trim(blocks)
    if not blocks:
        return None
    first, last = blocks[0][1], blocks[-1][1] + blocks[-1][2] - 1
    first = max(0, first - blocks[0][0])  # words before the first that is the same
    wanted = len(quoted.words) - blocks[-1][0] - blocks[-1][2]
    last = _within_sentence(source, last, wanted)
    same = sum(n for _, _, n in blocks)
    likeness = 2 * same / (len(quoted.words) + last - first + 1)
    return Aligned(
        first, last, tuple(blocks), _changes(quoted, source, blocks, first, last), likeness
    )


def _where(piece: tuple[str, ...], source: ComparedDocument, low: int, run: int) -> int | None:
    """Where the most runs of words of *piece* point to in *source*."""
    votes: dict[int, int] = {}
    for place in range(max(1, len(piece) - run + 1)):
        wanted = piece[place : place + run]
        at, looked = source.find(wanted, low), 0
        while at is not None and looked < 20:
            line = (at - place) // 8
            votes[line] = votes.get(line, 0) + 1
            at, looked = source.find(wanted, at + 1), looked + 1
    if not votes:
        return None
    best = max(votes, key=lambda line: (votes[line] + votes.get(line + 1, 0), -line))
    return max(low, best * 8)


def _within_sentence(source: ComparedDocument, last: int, wanted: int) -> int:
    """The word up to *wanted* words after *last*, in the same sentence."""
    for _ in range(wanted if wanted else 0):
        if last + 1 >= len(source.folded):
            break
        bounds = source.words.bounds
        if _STOP.search(source.document.text, bounds[last][1], bounds[last + 1][0]):
            break
        last += 1
    return last


def _trim(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """*blocks* without single words far before or behind the others."""
    while len(blocks) > 1 and blocks[0][2] == 1 and blocks[1][1] - blocks[0][1] > 8:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1][2] == 1 and blocks[-1][1] - sum(blocks[-2][1:]) > 8:
        blocks = blocks[:-1]
    return blocks


def _changes(
    quoted: FoldedWords,
    source: ComparedDocument,
    blocks: list[tuple[int, int, int]],
    first: int,
    last: int,
) -> tuple[Change, ...]:
    changes = []
    a, b = 0, first
    bounds = quoted.bounds
    for at, there, length in [*blocks, (len(quoted.words), last + 1, 0)]:
        if at > a or there > b:
            place = bounds[a][0] if a < len(bounds) else bounds[-1][1]
            mine = quoted.span(a, at - 1) if at > a else Span(place, place)
            if there > b:
                theirs = source.words.span(b, there - 1)
            else:
                theirs = Span(*[source.words.bounds[min(b, last)][0]] * 2)
            changes.append(
                Change(mine.of(quoted.text), theirs.of(source.document.text), mine, theirs)
            )
        a, b = at + length, there + length
    return tuple(changes)
