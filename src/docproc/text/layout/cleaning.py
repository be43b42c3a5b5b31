"""Cleaning: which characters stand between a word as it is printed and a word as it is sought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docproc.records import Edit, Span
from docproc.text.patterns import compile_on_use

HYPHENS = "-\u2010\u2011\u00ac\u00ad=\u058a\u2e17\u2e1a\u2e40\u2e5d\u30a0\ua78a\ufe63\uff0d"
"""The signs by which lines are divided within a word, in print and in transcriptions."""

# A pattern that begins with a set of characters is searched for many times as fast: so no "+"
# and no assertion stands before one.
_INVISIBLE = compile_on_use("[\u00ad\u200b-\u200f\u2060\ufeff][\u00ad\u200b-\u200f\u2060\ufeff]*")
_LINE_BREAK_HYPHEN = compile_on_use(
    rf"[{HYPHENS}](?<=[^\W\d_]{{2}}.)[ \t\xa0]*(?:\r\n|\r|\n)[ \t\xa0]*(?=[^\W\d_]{{2}})"
)
_SPACED_OUT = compile_on_use(r"(?<![^\W_])[^\W\d_](?:[ \xa0\u2009][^\W\d_]){3,40}(?![^\W_]|\.)")
_LETTERS_APART = compile_on_use(r"[ \xa0\u2009][^\W\d_][ \xa0\u2009][^\W\d_][ \xa0\u2009]")
"""What every spaced-out word holds; most texts hold none."""
_SPACES = compile_on_use(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000][\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
)
_SIGNS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_SIGN = compile_on_use("[" + "".join(_SIGNS) + "]")
_DECOMPOSED = compile_on_use(r"[^\W\d_][\u0300-\u036f]+")
_COMBINING = compile_on_use("[\u0300-\u036f]")


def search_edits(text: str) -> list[Edit]:
    """The edits that clean *text*, in order and apart.

    Taken away: soft hyphens and other invisible characters, the hyphens at the ends of
    lines with the break, the spaces between spaced-out letters (``С т а л и н``).
    Made plain: odd spaces, typographic quotes, dashes and ligatures, letters written as
    letter and accent.  Nothing else: case, spelling and numbers stay.
    """
    found: list[Edit] = []
    taken = 0
    for edit in sorted(_candidates(text), key=lambda e: (e.span.start, -e.span.end)):
        if edit.span.start >= taken:
            found.append(edit)
            taken = edit.span.end
    return found


def _candidates(text: str) -> Iterator[Edit]:
    for match in _LINE_BREAK_HYPHEN.finditer(text):
        if not text[match.end()].islower():
            continue
        yield Edit(Span(*match.span()), "")
    if _LETTERS_APART.search(text):
        for match in _SPACED_OUT.finditer(text):
            joined = re.sub(r"\s", "", match[0])
            if _one_word(joined):
                yield Edit(Span(*match.span()), joined)
    for match in _SIGN.finditer(text):
        yield Edit(Span(*match.span()), _SIGNS[match[0]])
    if text.isascii():
        return
    for match in _INVISIBLE.finditer(text):
        yield Edit(Span(*match.span()), "")
    for match in _SPACES.finditer(text):
        yield Edit(Span(*match.span()), " ")
    if not _COMBINING.search(text):
        return
    for match in _DECOMPOSED.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            yield Edit(Span(*match.span()), composed)


def _one_word(letters: str) -> bool:
    """Whether spaced-out *letters* are one word: all small or all large but the first."""
    rest = letters[1:]
    return rest.islower() or letters.isupper()
