"""Whether a text has another word in the place of one that a question asks about.

*Coal exports* are not answered from *food exports*, the Commission *to Norway* not from the one
*to Russia*, and the *Japanese Government* not from the *Chinese* one: what stands beside the word
is in the text, with another word beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.patterns import compile_on_use
from docproc.text.terms import content_words

_WORDS: Final = compile_on_use(r"\w+(?:['’-]\w+)*|[.;:!?]")
_STOPS: Final = frozenset().union(*STOP_WORDS.values())
_FROM: Final = frozenset(["from", "aus", "из", "de", "du", "da"])
"""What comes from one place comes from no other; it may well go to several."""
_PERSON_WORDS: Final = "who whom wer wem wen qui chi quién quien кто кого кому кем"
_PERSON: Final = frozenset(_PERSON_WORDS.split())
"""After these comes what somebody does, and no thing of a kind."""
_COUNTS: Final = compile_on_use(r"сколько|viele?|much|many", re.IGNORECASE)
_OF: Final = frozenset(["of", "von", "de", "du", "di"])
_DEFINITE_WORDS: Final = (
    "the a an his her its their der die das dem den des le la les l il lo el los las"
)
_DEFINITE: Final = frozenset(_DEFINITE_WORDS.split())
_TIMES: Final = compile_on_use(
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"\w+day|spring|summer|autumn|winter|easter|christmas",
    re.IGNORECASE,
)


_TERMS_KEPT: Final = 20_000


class Places:
    """The words of one question, each with what stands beside it."""

    def __init__(self, question: str) -> None:
        self._words: list[str] = _WORDS.findall(question)
        self._terms = [_term(word, None) for word in self._words]

    def taken(self, word: str, name: bool, text: str, language: str | None) -> bool:
        """Whether *text* has another word in the place of *word*, folded, which it lacks.

        Where the word is a *name*, what stands there must be one as well.
        """
        asked = [n for n, each in enumerate(self._words) if word in content_words(each, None)]
        if not asked:
            return False
        at = asked[0]
        words: list[str] = _WORDS.findall(text)
        terms = [_term(each, language) for each in words]
        before, after = self._terms[at - 1] if at else "", "".join(self._terms[at + 1 : at + 2])
        small = self._words[at - 1].casefold() if at else ""
        if not name and small in _PERSON:
            return False  # a verb, which may be told in other words
        if not name and not _COUNTS.fullmatch("".join(self._words[max(0, at - 2) : at - 1])):
            before = ""  # a verb after what does it: how long the work took
        known = {*self._terms, *(_term(each, language) for each in self._words)}

        def other(place: int) -> bool:
            if not 0 <= place < len(words) or not terms[place] or terms[place] in known:
                return False
            found = words[place]
            return not name or (found[0].isupper() and not _TIMES.fullmatch(found))

        for n, term in enumerate(terms):
            if (_same(term, before) and other(n + 1)) or (_same(term, after) and other(n - 1)):
                return True
        if small not in _STOPS:
            return False
        leading = self._terms[at - 2] if self._is_thing(at - 2, small) else ""
        places = [n for n, each in enumerate(words) if each.casefold() == small and other(n + 1)]
        alone = name and small in _FROM
        return any(alone or (n and _same(terms[n - 1], leading)) for n in places)

    def is_number(self, word: str) -> bool:
        """Whether *word* is a number that something is known by, and no year: telegram 1552."""
        if not word.isdecimal() or len(word) < 2:
            return False
        at = self._words.index(word) if word in self._words else 0
        before = self._words[at - 1] if at else ""
        named = bool(before and self._terms[at - 1]) and not _TIMES.fullmatch(before)
        return named or not 1000 <= int(word) < 2100

    def _is_thing(self, at: int, small: str) -> bool:
        """Whether the word at *at*, before a *small* one, is what is asked about: no *went to*."""
        if at < 0:
            return False
        before = self._words[at - 1].casefold() if at else ""
        return small in _OF or self._words[at][0].isupper() or before in _DEFINITE


@lru_cache(_TERMS_KEPT)
def _term(word: str, language: str | None) -> str:
    """What *word* is looked for by; nothing of a stop word."""
    if word.casefold() in _STOPS:
        return ""
    return next(iter(content_words(word, language).values()), "")


def _same(one: str, other: str) -> bool:
    """Whether two words, of which one may not be stemmed, are forms of the same."""
    return bool(one and other) and (one == other or one.startswith(other) or other.startswith(one))


def asks_whether(words: Sequence[str]) -> bool:
    """Whether a question of these *words* is answered by yes or no."""
    return bool(words) and words[0].casefold() in _WHETHER


_WHETHER_WORDS: Final = (
    "is are was were has have had do does did will would can could ist sind war waren hat "
    "haben hatte wurde wurden wird kann konnte est était ont fut sono erano è era hanno"
)
_WHETHER: Final = frozenset(_WHETHER_WORDS.split())
