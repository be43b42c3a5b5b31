"""What counter-examples are made of (hypothesis strategies): texts, bytes, documents, vectors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from docproc.records import Alignment, Block, BlockKind, Document, Edit, Span
from docproc.testing import samples

_WORDS = (
    "The", "mill", "of", "Sloka", "and", "F. 91. Op. 3. D. 7. L. 12.", "1920", "3 May 1921",
    "м о с т", "мостъ", "Ѳедоръ", "Dear Sir,", "[1]", "*", "1.", "№ 7", "ein-", "ge\u00ad", "fünf",
    "\ufb01n", "e\u0301te", "«так»", "“so”", "…", "橋の修理", "كتاب", "🌾", "\u200b", "S T A L I N",
    "# Head", "---", "<b>", "&amp;", "|", "\\", "$x$", "Page 3", "- 12 -", "'", '"', "%", "\x0c",
)  # fmt: skip
_BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " ", "  ", "\t", "\xa0", "", "\u2028")


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Texts such as archives hold, and such as nobody would write; no lone surrogate."""
    pieces = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_BREAKS)), max_size=40)
    written = pieces.map(lambda found: "".join(word + gap for word, gap in found))
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
    return (written | anything).filter(lambda text: len(text) >= least)


def documents() -> st.SearchStrategy[Document]:
    """Documents of any text, some with blocks and edits that a parser made."""
    return st.builds(_document, texts(), st.lists(st.integers(0, 400), max_size=12), st.booleans())


def _document(text: str, numbers: Sequence[int], edited: bool) -> Document:
    borders = sorted({number % (len(text) + 1) for number in numbers})
    kinds = list(BlockKind)
    blocks = [
        Block(kinds[start % len(kinds)], Span(start, end))
        for start, end in list(pairwise(borders))[::2]
        if text[start:end].strip()
    ]
    edits = [Edit(Span(start, start + 1), "") for start in borders[:-1:3]] if edited else []
    bare = samples.document(text)
    return Document(bare.source, text, blocks=tuple(blocks), search=Alignment(tuple(edits)))


def damage(data: bytes) -> st.SearchStrategy[bytes]:
    """*data* cut short, with bytes changed, or with other bytes put in."""
    at = st.integers(0, len(data))
    return (
        at.map(lambda end: data[:end])
        | at.map(lambda start: data[start:])
        | st.builds(lambda i, new: data[:i] + new + data[i + len(new) :], at, st.binary(max_size=9))
        | st.builds(lambda i, new: data[:i] + new + data[i:], at, st.binary(max_size=9))
    )
