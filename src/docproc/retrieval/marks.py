"""Marks: words as the bits of a number, so that most are told from a question's at a glance.

A question reads the words of some forty passages, and hardly one in twenty is like one of its
own.  A mark has one bit for each trigram of a word and one for its term, several a bit (Bloom,
CACM 13, 1970); it may let a stranger pass, and keeps no word out that is alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final
from zlib import crc32

from docproc.text.terms import words_by_run

_SIZE: Final = 3
_BITS: Final = 512
_TERMS: Final = 1 << _BITS
"""From here on the bits are those of terms."""
_ALL: Final = (1 << 2 * _BITS) - 1
_MOST: Final = 50_000  # about 12 MB


@lru_cache(maxsize=50_000)  # about 50 MB
def grams(word: str) -> frozenset[str]:
    """Character trigrams of a folded word, its edges marked."""
    padded = f"^{word}$"
    return frozenset(padded[i : i + _SIZE] for i in range(max(1, len(padded) - _SIZE + 1)))


def mark(words: Iterable[tuple[str, str]]) -> int:
    """The mark of *words*, each with its term.

    All bits where a bit in common might not be a trigram in common: for a word of a single
    trigram, and for one with two trigrams in one bit.
    """
    made = 0
    for word, term in words:
        own = grams(word)
        bits = set(map(_bit, own))
        if len(bits) < 2 or len(bits) < len(own):
            return _ALL
        made |= sum(1 << bit for bit in bits) | _TERMS << _bit(term)
    return made


def mark_of_question(words: Iterable[str], terms: Iterable[str]) -> int:
    """The mark that those of texts are held against."""
    made = 0
    for word in words:
        for gram in grams(word):
            made |= 1 << _bit(gram)
    for term in terms:
        made |= _TERMS << _bit(term)
    return made


def may_be_alike(one: int, other: int) -> bool:
    """Whether a term, or two trigrams, may be common to what has these marks."""
    common = one & other
    return common >= _TERMS or common.bit_count() > 1 or one == _ALL


class _Marks(dict[str, int]):
    """The mark of every run of text met so far in one language, as ``terms`` keeps its words."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._words = words_by_run(language)

    def __missing__(self, run: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        made = self[run] = mark(self._words[run])
        return made


@cache
def marks(language: str | None) -> _Marks:
    """The marks of any runs of text between spaces, made when first asked for."""
    return _Marks(language)


def _bit(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) % _BITS
