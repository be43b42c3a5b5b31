"""Whether words stand in the documents, letter for letter, and if not, what does.

Only white space is disregarded, which typesetting changes; everything else is the source's.  What
a quotation leaves out ("…", "[...]") may be anything of the same document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.records import ArchivalReference, Citation, Document, Span
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use
from docproc.text.terms import question_words

_ELISION: Final = compile_on_use(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,})\s*")
_EDGES: Final = compile_on_use(r"^\W+|\W+$")
_MARKS: Final = "\"'“”„«»‘’"


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Where words stand: ``span`` is of the reading text of ``document``.

    ``difference`` is ``""`` where they stand letter for letter; else what is there instead.
    """

    document: Document
    span: Span
    difference: str = ""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of words that are said to be a quotation.

    ``verdict`` is ``verbatim`` (they stand letter for letter), ``altered`` (something like them
    stands, and ``difference`` says what), or ``not_found``.  ``under_reference`` is whether
    they stand under the reference that was asked about, ``None`` where that could not be told.
    """

    text: str
    verdict: str
    under_reference: bool | None
    difference: str
    places: tuple[Citation, ...]


def find_quotation(held: OpenGeneration, words: str) -> list[FoundQuotation]:
    """Every document that has *words* as they are; else the places that they seem altered from.

    Raises ``UsageError`` for what has no words, or too many, or none that tells it from others.
    """
    pieces = [piece for piece in _ELISION.split(_bare(words)) if re.search(r"\w", piece)]
    if not pieces:
        raise UsageError("a quotation needs words")
    if len(words) > (most := WEIGHTS.quotation_characters):
        raise UsageError(f"a quotation may have at most {most:,} characters")
    languages = held.passage_text.languages
    if not any(question_words(piece, languages) for piece in pieces):
        raise UsageError("these words are in too many passages; give more of the quotation")
    documents = _candidates(held, pieces)
    exact = [
        FoundQuotation(document, span)
        for document in documents
        if (span := _stands(document.text, pieces)) is not None
    ]
    return (
        exact
        or sorted(_find_altered(documents, " ".join(pieces)), key=lambda f: len(f.difference))[:1]
    )


def levels_agree(asked: ArchivalReference, own: ArchivalReference | None) -> bool:
    """Whether *own* says all that *asked* states: each level, and the archive by either name."""
    if own is None:
        return False
    names = {_plain(each) for each in (own.archive, own.archive_now) if each}
    if (asked.archive or asked.archive_now) and names.isdisjoint(
        _plain(each) for each in (asked.archive, asked.archive_now) if each
    ):
        return False
    if asked.components:
        return all(
            _plain(own.get(level) or "") == _plain(value) for level, value in asked.components
        )
    return _plain(asked.printed) in _plain(own.printed)


def _plain(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


def _bare(words: str) -> str:
    return words.strip().strip(_MARKS).strip()


def _candidates(held: OpenGeneration, pieces: Sequence[str]) -> list[Document]:
    """The documents that have most of the words, best first."""
    ids: dict[str, None] = {}
    for piece in sorted(pieces, key=len, reverse=True)[: WEIGHTS.quotation_pieces]:
        question = " ".join(piece.split()[: WEIGHTS.quotation_words])
        rows = held.passage_text.search(question, WEIGHTS.quotation_passages, None).rows.tolist()
        for view in held.catalog.views(rows):
            if len(ids) < WEIGHTS.quotation_documents:
                ids.setdefault(view.document_id)
    return [held.catalog.document(each) for each in ids]


def _stands(text: str, pieces: Sequence[str]) -> Span | None:
    """From the first to the last of *pieces*, where they stand in *text* in their order."""
    start, at = -1, 0
    for piece in pieces:
        pattern = r"\s+".join(re.escape(word) for word in piece.split())
        match = re.compile(pattern).search(text, at)
        if match is None:
            return None
        start = match.start() if start < 0 else start
        at = match.end()
    return Span(start, at)


def _find_altered(documents: Sequence[Document], words: str) -> Iterator[FoundQuotation]:
    said = [_EDGES.sub("", word) or word for word in words.split()]
    if len(said) > WEIGHTS.quotation_compared or len(said) < 3:
        return
    for document in documents:
        runs = [Span(m.start(), m.end()) for m in re.finditer(r"\S+", document.text)]
        there = [_EDGES.sub("", word) or word for word in document.text.split()]
        window = _window(there, said)
        if window is None:
            continue
        first, last = window
        compared = SequenceMatcher(None, there[first:last], said, autojunk=False)
        blocks = [block for block in compared.get_matching_blocks() if block.size]
        if not blocks:
            continue
        begin = max(0, first + blocks[0].a - blocks[0].b)
        end = min(len(there), first + blocks[-1].a + len(said) - blocks[-1].b)
        ratio = SequenceMatcher(None, there[begin:end], said, autojunk=False).ratio()
        if ratio < WEIGHTS.quotation_alike:
            continue
        span = Span(runs[begin].start, runs[end - 1].end)
        yield FoundQuotation(document, span, _difference(there[begin:end], said))


def _window(there: Sequence[str], said: Sequence[str]) -> tuple[int, int] | None:
    """The stretch of *there*, half as long again as *said*, that has most of its words."""
    wanted, size = Counter(said), len(said) + len(said) // 2 + 2
    inside: Counter[str] = Counter()
    count = best = at = 0
    for end, word in enumerate(there, 1):
        inside[word] += 1
        count += inside[word] <= wanted[word]  # said once, "the" counts once
        if end > size:
            gone = there[end - size - 1]
            count -= inside[gone] <= wanted[gone]
            inside[gone] -= 1
        if count > best:
            best, at = count, max(0, end - size)
    return (at, min(len(there), at + size)) if best * 2 >= len(said) else None


def _difference(there: Sequence[str], said: Sequence[str]) -> str:
    """What the source has and what the quotation, where they differ."""
    told = [
        f"the source has “{' '.join(there[a:b]) or 'nothing'}”, "
        f"the quotation “{' '.join(said[c:d]) or 'nothing'}”"
        for kind, a, b, c, d in SequenceMatcher(None, there, said, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    more = f"; and {len(told) - 5} more differences" if len(told) > 5 else ""
    return "; ".join(told[:5]) + more
