"""Pieces: a run cut between sentences where it is longer than a passage may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.passages.runs import BlockRun
from docproc.records import BlockKind, Span, strip_span
from docproc.text.language.sentences import sentences
from docproc.text.layout.paragraphs import lines
from docproc.text.patterns import compile_on_use

_WHOLE = (BlockKind.REFERENCE, BlockKind.HEADING, BlockKind.DATELINE)
"""Blocks whose stops are no sentences' ends."""

_UNSPACED = compile_on_use(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that do without spaces, or whose words are as long as others' phrases."""

_LETTERS_OF_A_WORD = 24
"""A longer run of letters counts as several words: it is a formula, a table or noise."""

_STRETCH = compile_on_use(rf"\S{{1,{_LETTERS_OF_A_WORD - 1}}}")
_CLAUSE = compile_on_use(r"[,;:—–)]\s")


def cut_passages(text: str, run: BlockRun, max_words: int) -> list[tuple[Span, tuple[Span, ...]]]:
    """The passages of *run*: each a span, and the sentences in it.

    A run of at most *max_words* words is one piece.  A longer one is cut into pieces of
    about the same length; a sentence longer than *max_words* is itself cut, at the end of a
    clause where there is one.
    """
    units = [
        unit
        for block in run.blocks
        for sentence in _sentences(text, block.kind, block.span)
        for unit in _cut(text, sentence, max_words)
    ]
    first = run.blocks[0].span.start
    if text[first] == "\t" and units:  # a row whose first cell is empty
        units[0] = Span(first, units[0].end)
    sizes = [word_count(unit.of(text)) for unit in units]
    total = sum(sizes)
    if total <= max_words:
        return [(Span(units[0].start, units[-1].end), tuple(units))]
    target = total / -(-total // max_words)
    return [
        (Span(group[0].start, group[-1].end), tuple(group))
        for group in _groups(units, sizes, target, max_words)
    ]


def word_count(text: str) -> int:
    """The number of words of *text*, as far as it matters to a model: at least 1."""
    found = text.split()
    count = len(found)
    if max(map(len, found), default=0) >= _LETTERS_OF_A_WORD:
        count += sum(len(word) // _LETTERS_OF_A_WORD for word in found)
    if not text.isascii():
        count += len(_UNSPACED.findall(text)) // 2
    return max(1, count)


def _sentences(text: str, kind: BlockKind, span: Span) -> list[Span]:
    if kind is BlockKind.EDITION:
        return lines(text, span)
    return [span] if kind in _WHOLE else sentences(text, span)


def _groups(
    units: Sequence[Span], sizes: Sequence[int], target: float, most: int
) -> Iterator[list[Span]]:
    group: list[Span] = []
    held = 0
    for unit, words in zip(units, sizes, strict=True):
        if group and (held + words > most or held >= target):
            yield group
            group, held = [], 0
        group.append(unit)
        held += words
    yield group


def _cut(text: str, sentence: Span, most: int) -> Iterator[Span]:
    """*sentence*, or its parts of at most *most* words."""
    if len(sentence) <= most or word_count(sentence.of(text)) <= most:  # a word has a letter
        yield sentence
        return
    start = sentence.start
    while start < sentence.end:
        end = _reach(text, start, sentence.end, most)
        if end < sentence.end:
            clauses = list(_CLAUSE.finditer(text, (start + end) // 2, end))
            end = clauses[-1].end() if clauses else end
        part = strip_span(text, start, end)
        if len(part):
            yield part
        start = end


def _reach(text: str, start: int, end: int, most: int) -> int:
    """How far *most* words go from *start*; into a word only where the word is endless."""
    held = 0
    for match in _STRETCH.finditer(text, start, end):
        words = 1 if match[0].isascii() else word_count(match[0])  # too short for several
        if held and held + words > most:
            return match.start()
        held += words
    return end
