"""Whether a printed name is the one that is asked for, however each of them is written.

One matching for questions, ``--sender`` and ``--recipient``, ``/scope`` and ``documents``:

* accents, case and apostrophes are folded, ``ß`` is ``ss``, and ``ö``, ``oe`` and ``o`` are one
  (Schröder, Schroeder, Schroder; O’Neill, ONeill);
* a surname alone finds every bearer, and the beginning of a word the word (``Schr``);
* initials match with stops, without them and run together (JRR, J. R. R.), and the given names
  that they begin (T. Ashe, Thomas Ashe); other initials are another person;
* a name in another script or transliteration matches by its keys (``docproc.text.names.keys``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from docproc.text.language.irregular_forms import other_forms
from docproc.text.names.initials import match_initials, split_initials
from docproc.text.names.keys import name_keys
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_APOSTROPHES: Final = compile_on_use("(?<=\\w)['’‘ʹʼʺ`´](?=\\w)")
_WORD: Final = compile_on_use(r"[^\W_]+")
_LETTERS: Final = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "a", "œ": "o", "ı": "i", "ħ": "h", "ð": "d", "þ": "th",
     "ё": "е", "ѣ": "е", "і": "и"}
)  # fmt: skip
_MAC: Final = compile_on_use(r"\Amc(?=[a-z]{3})")
_UMLAUTS: Final = compile_on_use("ae|oe|ue|aa")
_GREEK: Final = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", (
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s",
    "s", "t", "y", "f", "ch", "ps", "o",
), strict=True))  # fmt: skip
_GREEK_PAIRS: Final = (("ου", "ou"), ("μπ", "b"), ("ντ", "d"), ("γγ", "ng"), ("γκ", "g"))
_RUN_TOGETHER: Final = compile_on_use(r"(?<!\w)([A-ZА-ЯЁ]{2,4})(?=\s+[A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ])")


PARTICLES: Final = word_set("mac mc o fitz de du la le van von da di st")
"""What begins a surname, of one word or of two: Mac Gregor, MacGregor."""


def all_keys(word: str) -> frozenset[str]:
    """The keys of *word*, and of it with и for ю: Нюберг is Nyberg as well as Nuberg."""
    keys = name_keys(word)
    return frozenset(keys if "ю" not in word else (*keys, *name_keys(word.replace("ю", "и"))))


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of *name*, folded as they are compared; an initial is a word of one letter."""
    closed = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name)).casefold()
    for pair, latin in _GREEK_PAIRS:
        closed = closed.replace(pair, latin)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", closed) if not unicodedata.combining(c)
    ).translate(_LETTERS)
    latin = "".join(_GREEK.get(c, c) for c in bare)
    return tuple(
        _MAC.sub("mac", _UMLAUTS.sub(lambda m: m[0][0], word)) for word in _WORD.findall(latin)
    )


def name_matcher(asked: str, *, partly: bool = True) -> Callable[[str], bool]:
    """Whether a printed name holds *asked*: every word of it, initials in their order.

    *partly* is whether a part of a word is enough (``Schr``), as for one that is being typed.
    """
    words = name_words(_RUN_TOGETHER.sub(lambda m: " ".join(f"{x}." for x in m[1]), asked))
    if not words:
        return lambda _: False
    keys = [all_keys(word) for word in _WORD.findall(asked)]
    keys = keys if len(keys) == len(words) else [all_keys(word) for word in words]
    initials = [word for word in words if len(word) == 1]
    whole = [(word, key) for word, key in zip(words, keys, strict=True) if len(word) > 1]
    same_setting = match_initials(asked) if split_initials(asked) else None

    one = next((n for n, word in enumerate(words[:-1]) if word in PARTICLES), None)
    closed = None
    if one is not None:
        pair = f"{words[one]}{words[one + 1]}"
        closed = name_matcher(" ".join((*words[:one], pair, *words[one + 2 :])), partly=partly)

    def holds(printed: str) -> bool:
        if closed is not None and closed(printed):
            return True
        if same_setting is not None and same_setting(printed.casefold()):
            return True
        theirs = name_words(printed)
        at = _places(whole, theirs, printed, partly=partly)
        if at is None:
            return partly and not initials and " ".join(words) in " ".join(theirs)
        return not initials or _begin(initials, _given_names(theirs, at))

    return holds


def _places(
    asked: Sequence[tuple[str, frozenset[str]]],
    theirs: Sequence[str],
    printed: str,
    *,
    partly: bool,
) -> tuple[int, ...] | None:
    """Where each word *asked* stands among *theirs*; ``None`` where one does not.

    A given name may stand as its initial, beside a family name that stands whole.
    """
    found: list[int | None] = []
    for number, (word, keys) in enumerate(asked):
        place = _place(word, theirs, partly=partly and number == len(asked) - 1)
        if place is None and keys:
            place = _place_by_key(word, keys, printed, len(theirs))
        found.append(place)
    whole = {place for place in found if place is not None}
    if not whole:
        return None
    for number, place in enumerate(found):
        if place is None:
            letter = asked[number][0][0]
            initial = (n for n, word in enumerate(theirs) if word == letter and n not in whole)
            found[number] = place = next(initial, None)
            if place is None:
                return None
            whole.add(place)
    return tuple(place for place in found if place is not None)


def _place(word: str, theirs: Sequence[str], *, partly: bool) -> int | None:
    if word in theirs:
        return theirs.index(word)
    if partly:
        for number, their in enumerate(theirs):
            if their.startswith(word):
                return number
    for short in other_forms(word, "en"):  # Thos., Thomas
        if short in theirs:
            return theirs.index(short)
    # Grantsmith, Grant-Smith
    pairs = [a + b for a, b in pairwise(theirs)]
    return pairs.index(word) if word in pairs else None


def _place_by_key(asked: str, keys: frozenset[str], printed: str, count: int) -> int | None:
    found = _WORD.findall(_APOSTROPHES.sub("", printed))
    for number, word in enumerate(found):
        if not keys.isdisjoint(all_keys(word)) and _may_be_one(asked, word.casefold()):
            return min(number, count - 1)
    return None


def _may_be_one(asked: str, theirs: str) -> bool:
    """Whether two words of one key may be one name: not Holm and Holme, but Соколов, Соколову."""
    return "а" <= asked[0] <= "я" or not (asked.startswith(theirs) or theirs.startswith(asked))


def _given_names(theirs: Sequence[str], family: Sequence[int]) -> list[str]:
    """The given names and initials among *theirs*: all but the *family* name, in their order."""
    return [word for number, word in enumerate(theirs) if number not in family]


def _begin(initials: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the last of the *given* names are those that *initials* abbreviate.

    A further initial is another person's, except behind a name in full ("W." for "William F.");
    a word before them is a title.
    """
    if len(given) > len(initials) and len(given[-1]) == 1 < len(given[-2]):
        given = given[:-1]
    rest, own = given[: -len(initials)], given[-len(initials) :]
    if len(own) < len(initials) or any(len(word) == 1 for word in rest):
        return False
    return all(name.startswith(letter) for name, letter in zip(own, initials, strict=True))
