"""Turns text into search terms: folds, splits, joins numbers, drops stop words, stems.

The text index holds these terms and is asked in these terms, so that build and search agree
whatever library stands behind it; signals computed beside it use the same.  The rules:

* compatibility forms, case and Latin accents are folded (Unicode NFKC and ``casefold``),
  ``ё`` is ``е``, stress marks and vowel points go, superscript note marks go;
* the letters that the Russian reform of 1918 abolished are those that took their place, and
  a hard sign at the end of a word goes: ``миръ`` and ``мір`` are ``мир``;
* ``6,000``, ``6.000``, ``6 000`` and ``6000`` are one number; ``2nd`` is ``2``; a date
  gives its parts, and an ISO date itself as well;
* ``Anglo-Afghan`` gives both parts and the whole, without its hyphen; ``U.S.S.R.``,
  ``U. S. S. R.`` and ``USSR`` are ``ussr``, ``V.Ts.I.K.`` is ``vtsik``, and ``J. R. R.`` is
  ``jrr``; a possessive ``'s`` goes;
* units of measure are their signs: ``kilometres`` and ``км`` are ``km``;
* scripts that put no spaces between words give pairs of characters;
* English, Russian, German, French, Italian and Spanish lose their stop words and are stemmed
  (Snowball); other languages, and text of no known language, keep every word whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, TypeVar

import Stemmer

from docproc.text.language.asking import without_asking
from docproc.text.language.irregular_forms import other_forms
from docproc.text.language.related_words import related_words
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use

__all__ = ["terms"]

VERSION: Final = 4
"""Changes whenever the terms of any text would: an index of another version is stale."""

_QUESTIONS_KEPT: Final = 256
_LANGUAGES_KEPT: Final = 256
_A_QUESTION: Final = 500
"""Characters of what may be a question, of which several parts ask what language it is in."""
_SNOWBALL: Final = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ru": "russian",
}
_STOP_WORDS: Final = frozenset().union(*STOP_WORDS.values())
LANGUAGES: Final = frozenset(_SNOWBALL)
"""The languages that are stemmed, by ISO 639-1 code."""

_THREE_LETTERS: Final = {
    "deu": "de", "eng": "en", "fra": "fr", "fre": "fr", "ger": "de",
    "ita": "it", "rus": "ru", "spa": "es",
}  # fmt: skip

# The blocks from Devanagari to Thai, whose vowel signs \w leaves out, belong to words as a whole.
_WORD: Final = r"[\w\u0900-\u0e7f]+(?:[-'’‐‑.,][\w\u0900-\u0e7f]+)*"
_TOKEN: Final = compile_on_use(_WORD)
_MAYBE_GROUPED: Final = compile_on_use(r"\d[^\S\n]\d\d\d")
_SPACE_AND_DIGITS: Final = compile_on_use(r"[^\S\n]\d\d\d")  # quickly found: spaces are few
_GROUPED_BY_SPACES: Final = compile_on_use(r"(?<![\d.,])\d{1,3}(?:[^\S\n]\d{3})+(?!\d)")
_IGNORED: Final = compile_on_use(
    "[\u00ad\u200b-\u200f\u2060\ufeff"  # soft hyphens, zero-width signs
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u065f\u0670]"  # vowel points
)
_BETWEEN_WORDS: Final = compile_on_use(
    "[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉\u0964\u0965]"
)  # note marks, full stops
_LOOSE_ACCENTS: Final = compile_on_use("[\u0300-\u036f\u0483-\u0487]+")  # compose with no letter
_ACCENTS: Final = compile_on_use("[\u0300\u0301]|(?<![\u0400-\u04ff])[\u0302-\u036f]")
_UNDECOMPOSED: Final = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ð": "d", "þ": "th"}
)
_GROUPED: Final = compile_on_use(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")
_IN_SPACED_GROUPS: Final = compile_on_use(r"\d{1,3}(?:_\d{3})+")
_DECIMAL: Final = compile_on_use(r"\d+[.,]\d+")
_INITIALS: Final = compile_on_use(
    r"(?<![\w.])[^\W\d_a-zа-яё][^\W\d_]?\.(?:\s?[^\W\d_a-zа-яё][^\W\d_]?\.)+(?=\s|$)"
)
_MAYBE_INITIALS: Final = compile_on_use(r"\.\s\w\w?\.")  # from a full stop: those are few
_UNITS: Final = {
    word: unit
    for unit, words in {
        "km": "km kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres"
        " chilometro chilometri kilómetro kilómetros км километр километра километров",
        "kg": "kg kilogram kilograms kilogramme kilogrammes kilogramm kilogramo kilogramos"
        " chilogrammo chilogrammi кг килограмм килограмма килограммов",
        "cm": "cm centimetre centimetres centimeter centimeters zentimeter centimètre"
        " centimètres см сантиметр сантиметра сантиметров",
        "ha": "ha hectare hectares hektar га гектар гектара гектаров",
        "ft": "ft foot feet",
        "lb": "lb lbs pound pounds",
        "cwt": "cwt cwts hundredweight hundredweights",
        "oz": "oz ounce ounces",
        "yd": "yd yds yard yards",
        "верст": "verst versts верст верста версты версту версте верстах верстъ",
        "пуд": "pood poods pud puds пуд пуда пудов пуды пудъ",
    }.items()
    for word in words.split()
}
_MEASURED: Final = compile_on_use(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)")
_ISO_DATE: Final = compile_on_use(r"\d{4}-\d\d(?:-\d\d)?")
_OLD_LETTERS: Final = str.maketrans({"ё": "е", "ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и"})
_FINAL_HARD_SIGN: Final = compile_on_use(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ$")
_ORDINAL: Final = compile_on_use(r"(\d+)(?:st|nd|rd|th)")
_HAS_STOPS: Final = compile_on_use(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
"""A dotted acronym, or initials: parts of one letter or two."""
_HYPHENED: Final = compile_on_use(r"[^.,'’_]+")
_JOINER: Final = compile_on_use(r"[-'’‐‑.,_]+")
_UNSPACED: Final = compile_on_use(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ffff]+"
)
_LONGEST_WORD = 64  # a longer one is no word; the text index takes 64 KiB a term at most
_MOST_CACHED = 200_000  # about 40 MB
_MOST_CACHED_WORDS = 100_000  # about 30 MB: asking, unlike indexing, reads few texts


@lru_cache(_LANGUAGES_KEPT)
def stemmed_language(language: str | None) -> str | None:
    """The code in ``LANGUAGES`` for a tag such as ``en-GB`` or ``rus``; ``None`` for others."""
    if not language:
        return None
    tag = language.casefold().replace("_", "-").partition("-")[0]
    tag = _THREE_LETTERS.get(tag, tag)
    return tag if tag in LANGUAGES else None


def terms(text: str, language: str | None) -> list[str]:
    """The search terms of *text*, in order, repetitions kept."""
    return list(_terms(text, language))


def joined_terms(text: str, language: str | None) -> str:
    """The search terms of *text*, between spaces."""
    return " ".join(_terms(text, language))


def question_words(
    question: str, languages: Iterable[str | None]
) -> list[tuple[str, tuple[str, ...]]]:
    """The distinct content words of *question*, folded but not stemmed, each with its terms.

    *languages* are those of the texts that are asked (``None``: of no known language); a word
    may be found under its term in any of them, and under those of its irregular forms (paid for
    pay).  Stop words are those of the question's own language, as far as it shows.
    """
    asked = tuple(stemmed_language(language) for language in languages) or (None,)
    return list(_question_words(question, asked))


@lru_cache(_QUESTIONS_KEPT)
def _question_words(
    question: str, asked: Sequence[str | None]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What ``question_words`` returns; one question is asked of several indexes."""
    ignored = _stop_words_of_question(words := _words(question))
    found: dict[str, tuple[str, ...]] = {}
    for word in _words(without_asking(question)) or words:
        plain = _fold_accents(word)
        if plain not in ignored and plain not in found:
            others = related_words(word)
            forms = [(x, form) for x in asked for form in (word, *other_forms(word, x), *others)]
            variants = dict.fromkeys(term for x, form in forms if (term := _term_maker(x)(form)))
            if variants:
                found[plain] = tuple(variants)
    return tuple(found.items())


def content_words(text: str, language: str | None) -> dict[str, str]:
    """The distinct words of *text* that are no stop words, folded but not stemmed: word to term."""
    known = _word_cache(stemmed_language(language))
    # backwards, so that of two words that fold into one the first one's term is kept
    return dict(chain.from_iterable(map(known.__getitem__, reversed(_runs(text)))))


def runs(text: str) -> list[str]:
    """*text* cut at its spaces, except for those within a number: what ``words_by_run`` knows."""
    return _runs(text)


def words_by_run(language: str | None) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The content words of any one of ``runs``, each with its term, made when first asked for.

    For anyone who reads many texts at once, and wants no dictionary of each.
    """
    return _word_cache(stemmed_language(language))


def words_in_any_language(run: str) -> set[tuple[str, str]]:
    """The words of any one of ``runs``, each with every term that it has in some language."""
    words = _words_of(run)
    makers = [_term_maker(language) for language in (None, *LANGUAGES)]
    each = ((_fold_accents(word), make(word)) for word in words for make in makers)
    return {pair for pair in each if pair[1]}


def detect_language(text: str, least_evidence: int = 3) -> str | None:
    """The language in ``LANGUAGES`` whose stop words *text* uses most.

    ``None`` where fewer than *least_evidence* different ones occur, or where they make up
    less than a seventh of the words, as in lists, tables and other languages.
    """
    detect = _detect_language if len(text) > _A_QUESTION else _detect_language_of_question
    return detect(text, least_evidence)


def _detect_language(text: str, least_evidence: int) -> str | None:
    words = [_fold_accents(word) for word in _words(text)]
    best: tuple[float, str] | None = None
    for language, stops in STOP_WORDS.items():
        seen = [word for word in words if word in stops]
        share = len(seen) / max(len(words), 1)
        if len(set(seen)) >= least_evidence and (best is None or share > best[0]):
            best = (share, language)
    return best[1] if best and best[0] >= 1 / 7 else None


_detect_language_of_question = lru_cache(_QUESTIONS_KEPT)(_detect_language)


T = TypeVar("T")


class _Cache(dict[str, T]):
    """What *make* gives for every run of text between spaces met so far, *most* at once.

    Archives repeat themselves: looking a run up as it stands, its comma and capital with it,
    costs a third of what a regular expression over the whole text does.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, run: str) -> T:
        if len(self) >= self._most:
            self.clear()
        made = self[run] = self._make(run)
        return made


@cache
def _cache(language: str | None) -> _Cache[tuple[str, ...]]:
    """The terms of a run in *language*."""
    term_of = _term_maker(language)
    return _Cache(lambda run: tuple(filter(None, map(term_of, _words_of(run)))), _MOST_CACHED)


@cache
def _word_cache(language: str | None) -> _Cache[tuple[tuple[str, str], ...]]:
    """The folded words of a run, backwards, each with its term in *language*."""
    term_of = _term_maker(language)

    def pairs(run: str) -> tuple[tuple[str, str], ...]:
        found = [(_fold_accents(word), term_of(word)) for word in _words_of(run)]
        return tuple(pair for pair in reversed(found) if pair[1])

    return _Cache(pairs, _MOST_CACHED_WORDS)


@cache
def _term_maker(language: str | None) -> Callable[[str], str]:
    """Word to term in *language*; a stop word has the term ``""``."""
    if language is None:
        return lambda word: _UNITS.get(word) or _fold_accents(word)
    stops = STOP_WORDS[language]
    stem = Stemmer.Stemmer(_SNOWBALL[language], 0).stemWord

    def term(word: str) -> str:
        plain = _fold_accents(word)
        if plain in stops:
            return ""
        if unit := _UNITS.get(word):
            return unit
        # Accents on English words are a writer's choice ("rôle"); elsewhere the stemmer's
        # endings bear them.
        made: str = stem(plain) if language == "en" else _fold_accents(stem(word))
        return made

    return term


def _terms(text: str, language: str | None) -> Iterable[str]:
    known = _cache(stemmed_language(language))
    return chain.from_iterable(map(known.__getitem__, _runs(text)))


def _words(text: str) -> list[str]:
    """The folded words of *text*, with the parts and the wholes of what is joined."""
    return [word for run in _runs(text) for word in _words_of(run)]


def _runs(text: str) -> list[str]:
    """*text* cut at its spaces, except those within a number or between initials."""
    if _MAYBE_INITIALS.search(text):
        text = _INITIALS.sub(lambda initials: "".join(initials[0].split()), text)
    if _SPACE_AND_DIGITS.search(text) and _MAYBE_GROUPED.search(text):
        text = _GROUPED_BY_SPACES.sub(lambda number: "_".join(number[0].split()), text)
    return text.split()


def _words_of(run: str) -> list[str]:
    if not run.isascii():
        run = _BETWEEN_WORDS.sub(" ", _IGNORED.sub("", run))
        # folding case takes letters apart (İ is i with a dot): what composes is put together
        # again, and the rest, which would end the word, goes
        folded = unicodedata.normalize("NFKC", run).casefold()
        run = _LOOSE_ACCENTS.sub("", unicodedata.normalize("NFKC", folded))
    else:
        run = run.casefold()
    return [word for token in _TOKEN.findall(run) for word in _parts(token)]


def _parts(token: str) -> Sequence[str]:
    """The words of a token that may hold hyphens, points, apostrophes or grouped digits."""
    if token.isalpha() and token.isascii():
        return (token[:_LONGEST_WORD],)
    measured = _MEASURED.fullmatch(token) if token[0].isdecimal() else None
    if measured and measured[2] in _UNITS:
        return (*_parts(measured[1]), measured[2])
    if _IN_SPACED_GROUPS.fullmatch(token):
        return (token.replace("_", ""), *token.split("_"))
    if _GROUPED.fullmatch(token):
        return (_JOINER.sub("", token),)
    if _DECIMAL.fullmatch(token):
        return (token.replace(",", "."), *map(_plain_number, _JOINER.split(token)))
    pieces = [piece for piece in _JOINER.split(token) if piece]
    if len(pieces) > 1 and pieces[-1] == "s" and token[-2] in "'’":
        return _parts(token[:-2])
    parts = list(chain.from_iterable(map(_simple, pieces)))
    if len(pieces) == 1:
        return parts
    if _ISO_DATE.fullmatch(token):
        return [token, *parts]
    if _HAS_STOPS.fullmatch(token) and any(len(piece) == 1 for piece in pieces):
        return [token.replace(".", ""), *(parts if len(parts) == 2 else ())]
    # A hyphened word; not a range of years, nor one glued to the next sentence.
    if _HYPHENED.fullmatch(token) and all(map(_has_letter, pieces)):
        return ["".join(pieces)[:_LONGEST_WORD], *parts]
    return parts


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _simple(word: str) -> Sequence[str]:
    if word.isdecimal():
        return (_plain_number(word),)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return (ordinal[1],)
    word = _FINAL_HARD_SIGN.sub("", word.translate(_OLD_LETTERS))
    if _UNSPACED.search(word):
        return _character_pairs(word)
    return (word[:_LONGEST_WORD],)


def _plain_number(digits: str) -> str:
    """``02`` as ``2``, as days and months are written either way."""
    return digits[1:] if len(digits) == 2 and digits[0] == "0" else digits[:_LONGEST_WORD]


def _character_pairs(word: str) -> list[str]:
    made: list[str] = []
    end = 0
    for run in _UNSPACED.finditer(word):
        made.append(word[end : run.start()][:_LONGEST_WORD])
        signs = run[0]
        made.extend(signs[i : i + 2] for i in range(max(1, len(signs) - 1)))
        end = run.end()
    made.append(word[end:][:_LONGEST_WORD])
    return [part for part in made if part]


def _fold_accents(word: str) -> str:
    if word.isascii():
        return word
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word.translate(_UNDECOMPOSED)))
    return unicodedata.normalize("NFC", bare)


def _stop_words_of_question(words: Sequence[str]) -> frozenset[str]:
    """The stop words of the language that *words* show most of; of all that tie."""
    plain = [_fold_accents(word) for word in words]
    if _STOP_WORDS.isdisjoint(plain):
        return frozenset()
    seen = {x: sum(word in stops for word in plain) for x, stops in STOP_WORDS.items()}
    most = max(seen.values())
    return frozenset().union(*(STOP_WORDS[x] for x, count in seen.items() if count == most))
