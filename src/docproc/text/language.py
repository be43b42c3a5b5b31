"""The language of a text, by py3langid, which carries its own model; or ``None`` when unsure.

Measured on passages of 5, 10 and 20 words in fifteen sets (English, Russian, Italian of 1616,
Russian in the spelling of before 1918, and eleven languages of today): docs/dependencies.md.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from docproc.text.identifying import identifier
from docproc.text.patterns import compile_on_use

SURE = 0.5
"""Of the probabilities of all languages; a text whose best has less is left open."""
VERY_SURE = 0.9
"""What a passage needs to be of another language than the document that it stands in."""

_LOOKED_AT = 1_000
"""Characters; a language that does not show itself in so many is left open."""
_END = 130
"""Characters of the beginning and of the end of a passage."""
_LEAST = 12
"""Letters of words that are not capitalized: names, shelfmarks, figures are of no language."""
_WORD = compile_on_use(r"[^\W\d_]{2,}")
_OLD_RUSSIAN = compile_on_use(r"[ѣѳѵ]|[бвгджзклмнпрстфхцчшщ]ъ\b")
_NEIGHBOURS = compile_on_use(r"[їєґўљњђћџјѓќѕѫѭ]")
_REFORMED = str.maketrans({"ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и"})
_HARD_AT_THE_END = compile_on_use(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ\b")


def language_of(text: str, sure: float = SURE) -> str | None:
    """The ISO 639 code of the language of *text*; ``None`` if it shows none, or not surely."""
    sample = text[:_LOOKED_AT]
    words = (word for word in map(itemgetter(0), _WORD.finditer(sample)) if not word.istitle())
    if not any(letters >= _LEAST for letters in accumulate(map(len, words))):
        return None
    sample = sample.lower()
    if not sample.isascii() and _OLD_RUSSIAN.search(sample) and not _NEIGHBOURS.search(sample):
        sample = _HARD_AT_THE_END.sub("", sample).translate(_REFORMED)
    code, probability = _likeliest(sample)
    return code if probability >= sure else None


def language_within(text: str, document: str | None) -> str | None:
    """The language of *text*, a passage of a document in *document*: another only if very sure.

    Where its beginning and its end are very surely the document's, so is what stands between:
    of 25,528 passages (letters, encyclopaedias, dispatches, finding aids, scans) none was told
    otherwise by the whole of it, which takes three times as long.
    """
    if document and len(text) > 3 * _END:
        ends = f"{text[:_END]} {text[-_END:]}"
        if language_of(ends, VERY_SURE) == document:
            return document
    return language_of(text, VERY_SURE) or document


@lru_cache(16)
def _likeliest(sample: str) -> tuple[str, float]:
    """Asked of a short document, and then of its one passage."""
    found: tuple[str, float] = identifier().classify(sample)
    return found
