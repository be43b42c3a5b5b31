"""Misspelt words of a question: those that no text has, corrected to words that texts have.

A word is corrected only where exactly one letter is wrong, left out, too many, or two are
exchanged, or the wrong one is doubled, and never in its first letter; the commonest word of the
texts wins.  Another letter is taken for a wrong one in English alone, where *is_word* knows what
is none: elsewhere two words and two endings are too often one letter apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from docproc.questions.bounds import BOUNDS
from docproc.questions.parsed import Correction
from docproc.questions.writing import ASKED_VERB, DOCUMENT, WROTE
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.names.keys import name_keys
from docproc.text.patterns import compile_on_use
from docproc.text.terms import detect_language, question_words

_WORD: Final = compile_on_use(r"[^\W\d_]+")
_LATIN: Final = "abcdefghijklmnopqrstuvwxyzäöüßéèçñ"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_TRANSLITERATED: Final = {
    **dict(zip("АБВГДЕЗИЙКЛМНОПРСТУФЭ", "ABVGDEZIYKLMNOPRSTUFE", strict=True)),
    "Ж": "Zh", "Х": "Kh", "Ц": "Ts", "Ч": "Ch", "Ш": "Sh", "Щ": "Shch", "Ю": "Yu", "Я": "Ya",
}  # fmt: skip
_ACRONYM: Final = compile_on_use(
    r"[А-Я]{2,6}|(?=\w{2,6}\Z)[A-Z](?:[A-Z]|[hsu](?=[A-Z]|\Z))*[A-Z]\w?"
)
_STOPS: Final = frozenset().union(*STOP_WORDS.values())

_ASKING: Final = compile_on_use(
    f"{WROTE.pattern}|{DOCUMENT.pattern}|{ASKED_VERB.pattern}", re.IGNORECASE
)

Frequency = Callable[[str], int]
Spelled = Callable[[str], Iterable[tuple[str, str | None]]]


def find_corrections(
    question: str,
    languages: Sequence[str | None],
    frequency: Frequency,
    *,
    spelled: Spelled = lambda _: (),
    is_word: Callable[[str], bool] = lambda _: False,
) -> tuple[Correction, ...]:
    """The corrections of the words of *question* that no text has.

    *languages* are those of the texts, *frequency* how many texts have a term, *spelled* the
    words of some texts that have a word, as they stand there, each with the language of its text;
    *is_word* knows common words, which may be right though no text has them.
    """
    found = []
    asked = detect_language(question, 1)
    english = asked in ("en", None) and question.isascii()
    for word in dict.fromkeys(_WORD.findall(question)):
        low = word.casefold()
        other = _in_other_letters(word) if _ACRONYM.fullmatch(word) else ""
        if other and _known(other.casefold(), languages, frequency):
            if not _known(low, languages, frequency):
                found.append(Correction(word, other))
            continue
        if (
            not BOUNDS.corrected_from <= len(low) <= BOUNDS.corrected_letters
            or low in _STOPS
            or _known(low, languages, frequency)
        ):
            continue
        if _ASKING.fullmatch(low) or is_word(low) or any(map(frequency, name_keys(word))):
            continue
        meant = _nearest(word, asked, languages, frequency, spelled, wrong_letters=english)
        if meant:
            found.append(Correction(word, meant.capitalize() if word[0].isupper() else meant))
    return tuple(found)


def _in_other_letters(acronym: str) -> str:
    """*acronym* in the letters of the other script: ВЦИК as VTsIK, GPU as ГПУ."""
    if acronym[0] in _TRANSLITERATED:
        return "".join(_TRANSLITERATED.get(letter, letter) for letter in acronym)
    for sign, letters in sorted(_TRANSLITERATED.items(), key=lambda each: -len(each[1])):
        acronym = acronym.replace(letters, sign)
    return acronym


def apply_corrections(question: str, found: Iterable[Correction]) -> str:
    """*question* with each correction made."""
    for each in found:
        question = re.sub(rf"(?<!\w){re.escape(each.typed)}(?!\w)", each.meant, question)
    return question


def _known(word: str, languages: Sequence[str | None], frequency: Frequency) -> bool:
    return _count(word, languages, frequency) > 0


def _count(word: str, languages: Sequence[str | None], frequency: Frequency) -> int:
    """How many texts have *word*, under the commonest of its terms."""
    terms = [term for _, terms in question_words(word, languages) for term in terms]
    return max(map(frequency, terms), default=0)


def _nearest(
    typed: str,
    asked: str | None,
    languages: Sequence[str | None],
    frequency: Frequency,
    spelled: Spelled,
    *,
    wrong_letters: bool,
) -> str | None:
    """The commonest word of the texts that is one slip away from what was *typed*.

    Terms are stems, so that a text may have the term and not the word: what it says decides.  A
    word of one language is no slip for one of another, as long as that is no name.
    """
    word = typed.casefold()
    slips = set(_one_away(word, wrong_letters=wrong_letters))
    counted = [(_count(other, languages, frequency), other) for other in sorted(slips)]
    ranked = sorted(((n, other) for n, other in counted if n), reverse=True)
    for _, other in ranked[: BOUNDS.corrections]:
        printed = [(each, own) for each, own in spelled(other) if each.casefold() == other]
        named = typed[0].isupper() and all(each[0].isupper() for each, _ in printed)
        if printed and (named or any(asked in (None, own) or not own for _, own in printed)):
            return other
    return None


def _one_away(word: str, *, wrong_letters: bool) -> Iterable[str]:
    """The words one slip away from *word*; none of them has another first letter."""
    letters = _CYRILLIC if re.search("[а-яё]", word) else _LATIN
    places = range(1, len(word))
    seen = {word}
    exchanged = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1))
    dropped = (word[:i] + word[i + 1 :] for i in places)
    doubled = (word[:i] + word[i - 1] + word[i:] for i in range(1, len(word) + 1))
    added = (word[:i] + x + word[i:] for i in range(1, len(word) + 1) for x in letters)
    replaced = (word[:i] + x + word[i + 1 :] for i in places for x in letters)
    single = re.sub(r"(.)\1", r"\1", word)  # sherrif: another letter is doubled
    redoubled = (single[:i] + single[i - 1 :] for i in range(2, len(single) + 1))
    again = redoubled if single != word else ()
    groups = (exchanged, doubled, again, dropped, added)
    for group in (*groups, *([replaced] if wrong_letters else [])):
        for other in group:
            if other not in seen:
                seen.add(other)
                yield other
