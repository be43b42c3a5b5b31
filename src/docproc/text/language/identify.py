"""The language of a text, by py3langid, which carries its own model; or ``None`` when unsure.

Measured on passages of 5, 10 and 20 words in fifteen sets (English, Russian, Italian of 1616,
Russian in the spelling of before 1918, and eleven languages of today): docs/dependencies.md.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter

from docproc.dataclass_on_use import dataclass
from docproc.text.language.model import identifier
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

SURE = 0.5
"""Of the probabilities of all languages; a text whose best has less is left open."""
VERY_SURE = 0.9
"""What a passage needs to be of another language than the document that it stands in."""

_LOOKED_AT = 1_000
"""Characters; a language that does not show itself in so many is left open."""
_END = 130
"""Characters of the beginning and of the end of a passage."""
_ENOUGH = 8
"""Words of a passage by which its language can be known from other passages."""
_MOST_KNOWN = 5_000
_LEAST = 12
"""Letters of words that are not capitalized: names, shelfmarks, figures are of no language."""
_TOLD_BY_WORDS = {"en": 3, "ru": 1}
"""Languages, and how many letters a word has that tells each."""
_OF_PASSAGES = {**_TOLD_BY_WORDS, "de": 2, "fr": 2, "it": 2, "es": 2}
"""The same, where a document is known to be in the language."""
_ALONE, _WITHIN = (16, 5), (5, 2)
"""Words of a text, and different ones among them that tell; and of a passage of a document in that
language, which is of another seldom."""
_LIKE_ITS_NEIGHBOUR = "es"
"""The language most of whose small words are those of one that has no list, Portuguese."""
_OLD_WORDS = {"it": frozenset(("et", "de"))}
"""Words of another language that a language was once written with: they tell nothing."""
_LATIN = word_set(
    "ad ante contra de dei es est et eu in io me ne nos nostro os per prima quali quanta quanti"
    " quanto sed sera si sua sui suo te tu vi vos"
)
"""Words of Latin, of which there is no list, that others have; it stands among letters in them."""
_SHARE, _TIMES_OTHERS = 9, 4
"""At least a ninth of the words tell it, and four times as many as are other languages'."""
_WORD = compile_on_use(r"[^\W\d_]{2,}")
_PLAIN_WORD = compile_on_use(r"[a-z]{2,}")
"""The same in small letters of ASCII, found in half the time."""
_OLD_RUSSIAN = compile_on_use(r"[ѣѳѵ]|[бвгджзклмнпрстфхцчшщ]ъ\b")
_NEIGHBOURS = compile_on_use(r"[їєґўљњђћџјѓќѕѫѭ]")
_RUSSIAN, _OTHER_CYRILLIC = (
    compile_on_use(r"[ыэё]"),
    compile_on_use(r"[іѣѳѵїєґўљњђћџјѓќѕѫѭәөүұқғңһҳҷ]"),
)
_REFORMED = str.maketrans({"ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и"})
_HARD_AT_THE_END = compile_on_use(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ\b")


def language_of(text: str, sure: float = SURE) -> str | None:
    """The ISO 639 code of the language of *text*; ``None`` if it shows none, or not surely."""
    code, probability = _tell(text[:_LOOKED_AT], len(text) > _LOOKED_AT)
    return code if probability >= sure else None


@lru_cache(16)
def _tell(sample: str, goes_on: bool) -> tuple[str | None, float]:
    """The likeliest language of *sample*, which *goes_on*, and how sure it is.

    It is asked of a short document, when that is cut, and of its one passage.
    """
    words = (word for word in map(itemgetter(0), _WORD.finditer(sample)) if not word.istitle())
    if not any(letters >= _LEAST for letters in accumulate(map(len, words))):
        return None, 0.0
    sample = _reform(sample.lower())
    if told := _told_by_words(sample):
        return told, 1.0
    if goes_on:  # or its end may be the closing, in French, of a letter that is not
        code, probability = _likeliest(f"{sample[:_END]} {sample[-_END:]}")
        if probability >= VERY_SURE:
            return code, probability
    return _likeliest(sample)


def _reform(sample: str) -> str:
    """Russian text from before 1918 in today's spelling; any other text unchanged."""
    if sample.isascii() or not _OLD_RUSSIAN.search(sample) or _NEIGHBOURS.search(sample):
        return sample
    return _HARD_AT_THE_END.sub("", sample).translate(_REFORMED)


@dataclass(slots=True)
class LanguagesWithin:
    """The languages of the passages of one document, which is in *document*.

    A passage is in another only if that is very sure.  Where its beginning and its end are very
    surely the document's language, so is what stands between: of 25,528 passages (letters,
    encyclopaedias, dispatches, finding aids, scans) none was told otherwise by the whole of it,
    which takes three times as long.  So are those half of whose words stand in passages that
    were surely of it: of 25,000 seven were told otherwise, Italian as French and the like.
    """

    document: str | None
    _known: set[str] = field(default_factory=set)
    """The words at the ends of passages that are surely in the document's language."""

    def of(self, text: str) -> str | None:
        """The language of the passage *text*."""
        document = self.document
        if not document:
            return language_of(text, VERY_SURE)
        long = len(text) > 3 * _END
        ends = f"{text[:_END]} {text[-_END:]}" if long else text
        spelt = _reform(ends.lower()) if document == "ru" else ends.lower()
        words = _words_in(spelt)
        if document in _OF_PASSAGES and _shows(document, words, spelt, _WITHIN):
            return document
        if len(words) >= _ENOUGH and 2 * sum(map(self._known.__contains__, words)) >= len(words):
            return document
        told = language_of(ends, VERY_SURE) if long else None
        if told != document:
            told = language_of(text, VERY_SURE)
        if told == document and len(self._known) < _MOST_KNOWN:
            self._known.update(words)
        return told or document


def _told_by_words(sample: str) -> str | None:
    """The language that the small words of *sample* show beyond doubt; ``None`` if none does.

    A tenth of the time that the model takes, which was two fifths of reading letters.
    """
    words = _words_in(sample)
    shown = (each for each in _TOLD_BY_WORDS if _shows(each, words, sample, _ALONE))
    return next(shown, None)


def _words_in(lower: str) -> list[str]:
    """The words of *lower*, which is in small letters."""
    return (_PLAIN_WORD if lower.isascii() else _WORD).findall(lower)


def _shows(language: str, words: list[str], sample: str, least: tuple[int, int]) -> bool:
    """Whether *words*, those of *sample*, show the *language* beyond doubt.

    *least* is how many words there must be, and how many different ones that tell.
    """
    fewest, distinct = least
    if len(words) < fewest:
        return False
    own, others = _tell_tales()[language]
    found = list(filter(own.__contains__, words))
    if len(set(found)) < distinct:
        return False
    if least is _WITHIN and language != _LIKE_ITS_NEIGHBOUR:  # others may have the rest as well
        found = list(filter(STOP_WORDS[language].__contains__, words))
    if len(found) * _SHARE < len(words):
        return False
    if language == "ru" and (_OTHER_CYRILLIC.search(sample) or not _RUSSIAN.search(sample)):
        return False
    return sum(map(others.__contains__, words)) * _TIMES_OTHERS <= len(found)


@cache
def _tell_tales() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of each language told so, the small words that it alone has, and those of the others.

    A text on its own is told so only of languages that a near relation cannot be taken for: Spanish
    has too many words of Portuguese, and Russian is told only by letters that Bulgarian, Ukrainian
    and Serbian do not have.
    """
    found = {}
    for language, least in _OF_PASSAGES.items():
        rest = frozenset().union(*(s for name, s in STOP_WORDS.items() if name != language))
        longer = {word for word in STOP_WORDS[language] if len(word) >= least}
        others = rest - STOP_WORDS[language] - _OLD_WORDS.get(language, frozenset())
        found[language] = (frozenset(longer - rest - _LATIN), others)
    return found


def _likeliest(sample: str) -> tuple[str, float]:
    return identifier().classify(sample)
