"""A text as words that editors' typography does not change, each with its place in the text.

Quotation marks, dashes, spaces, line-end hyphens, ё, the long s and pre-reform Russian spelling
differ from edition to edition; two texts that give the same words here say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from docproc.dataclass_on_use import dataclass
from docproc.records import Span
from docproc.text.patterns import compile_on_use

_WORD = compile_on_use(
    r"[^\W_]+(?:(?:['’ʼ]|\u00ad\n?|[-‐‑¬⸗][ \t]*\n[ \t]*|\[|\])[^\W_]+)*\]?|\[[^\W_]+\][^\W_]*"
)
"""Letters and figures; an apostrophe, a soft hyphen, a hyphen at a line's end and the brackets
around an altered letter (``[T]he``) are within a word."""
_INSIDE = compile_on_use(r"\u00ad\n?|[-‐‑¬⸗][ \t]*\n[ \t]*|[\[\]]")
_OLD = str.maketrans(
    {"ё": "е", "ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и", "ſ": "s", "ʼ": "'", "’": "'"}
)
_FINAL_HARD = compile_on_use(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ$")
_GENITIVE = compile_on_use(r"(?<=[а-я])(?:аго|яго)$")


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """The folded ``words`` of a text, and the ``bounds`` of each in the text."""

    text: str
    words: tuple[str, ...]
    bounds: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> Span:
        """What words *first* to *last*, the last one included, take up of the text."""
        return Span(self.bounds[first][0], self.bounds[last][1])


def words_of(text: str, within: Span | None = None) -> FoldedWords:
    """The words of *text*, or of the part of it *within*."""
    start, end = (within.start, within.end) if within else (0, len(text))
    bounds = [match.span() for match in _WORD.finditer(text, start, end)]
    return FoldedWords(text, tuple([fold(text[a:b]) for a, b in bounds]), tuple(bounds))


def fold_words(raw: Sequence[str]) -> tuple[str, ...]:
    """The words of :func:`raw_words` as they are compared."""
    return tuple(map(fold, raw))


def raw_words(text: str) -> list[str]:
    """The words of *text* as they are printed."""
    return _WORD.findall(text)


@lru_cache(200_000)
def fold(word: str) -> str:
    """*word* as it is compared: without case, line-end hyphens and old spelling."""
    word = unicodedata.normalize("NFKC", _INSIDE.sub("", word)).casefold().translate(_OLD)
    word = _FINAL_HARD.sub("", word)
    return _GENITIVE.sub(lambda m: m[0][:-3] + "ого" if m[0][0] == "а" else m[0][:-3] + "его", word)


def describe_typography(quoted: str, source: str) -> tuple[str, ...]:
    """In what the two differ though their words are the same, in words a person uses."""
    differing = [
        name for name, pattern in _HABITS if pattern.findall(quoted) != pattern.findall(source)
    ]
    first, other = quoted.lstrip('[“"«„'), source.lstrip('[“"«„')
    if first[:1] != other[:1] and first[:1].casefold() == other[:1].casefold():
        differing.append("case of the first letter")
    return tuple(dict.fromkeys(differing))


_HABITS = (
    ("quotation marks", compile_on_use('["“”„‟«»‹›‘‚]')),
    ("apostrophes", compile_on_use(r"(?<=\w)['’ʼ](?=\w)")),
    ("dashes", compile_on_use(r"(?<=\s)[-‐‑‒–—―](?=\s)|[–—―]")),
    ("hyphens at line ends", compile_on_use(r"\u00ad|[-‐‑¬⸗][ \t]*\n")),
    ("spaces and line ends", compile_on_use(r"\s{2,}|[\n\t\u00a0\u2009\u202f]")),
    ("ё", compile_on_use("[ёЁ]")),
    ("the long s", compile_on_use("ſ")),
    ("old spelling", compile_on_use(r"[ѣѢіІѳѲѵѴ]|[бвгджзклмнпрстфхцчшщ]ъ\b")),
    ("brackets", compile_on_use(r"[\[\]]")),
)
_STOPS = compile_on_use(r"[,;:.!?](?!\d)")


def differs_in_punctuation(quoted: str, source: str) -> bool:
    """Whether the stops inside the two differ; one at the end is the sentence's that quotes."""
    return _STOPS.findall(quoted.rstrip(" ,;:.!?…")) != _STOPS.findall(source.rstrip(" ,;:.!?…"))


def differs_in_capitals(quoted: FoldedWords, source: FoldedWords) -> bool:
    """Whether a word after the first differs in its capitals."""
    pairs = zip(quoted.bounds[1:], source.bounds[1:], strict=False)
    return any(quoted.text[a].isupper() != source.text[b].isupper() for (a, _), (b, _) in pairs)
