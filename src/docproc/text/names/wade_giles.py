"""Chinese in the spelling of Wade and Giles, put into pinyin: Tse-tung, Zedong.

Most western sources until the 1970s write so, with or without the marks that tell *ch'* from
*ch* and *ü* from *u*; where a mark may have been left out, both readings are given.  Only
what is wholly made of such syllables is read, so that no other hyphened word is.

Source: the table "Wade-Giles to pinyin" of the Library of Congress, *Pinyin Conversion
Project* (2000), as rules by initial and final.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import product
from typing import Final

from docproc.text.patterns import compile_on_use

MOST_SYLLABLES: Final = 3

_INITIALS: Final = {
    "": "", "ch": "zh", "ch'": "ch", "f": "f", "h": "h", "hs": "x", "j": "r", "k": "g", "k'": "k",
    "l": "l", "m": "m", "n": "n", "p": "b", "p'": "p", "s": "s", "sh": "sh", "ss": "s",
    "sz": "s", "t": "d", "t'": "t", "ts": "z", "ts'": "c", "tz": "z", "tz'": "c", "w": "w",
    "y": "y",
}  # fmt: skip
"""Initials, each as pinyin has it."""
_FINALS: Final = {
    "a": "a", "ai": "ai", "an": "an", "ang": "ang", "ao": "ao", "e": "e", "eh": "e", "ei": "ei",
    "en": "en", "eng": "eng", "erh": "er", "i": "i", "ia": "ia", "iang": "iang", "iao": "iao",
    "ieh": "ie", "ien": "ian", "ih": "i", "in": "in", "ing": "ing", "iu": "iu", "iung": "iong",
    "o": "o", "ou": "ou", "u": "u", "ua": "ua", "uai": "uai", "uan": "uan", "uang": "uang",
    "uei": "ui", "ui": "ui", "un": "un", "ung": "ong", "uo": "uo", "ü": "ü", "üan": "üan",
    "üeh": "üe", "ün": "ün",
}  # fmt: skip
_WITH_U: Final = frozenset({"ss", "sz", "tz", "tz'"})
_WITH_IH: Final = frozenset({"zh", "ch", "sh", "r"})
_BEFORE_FRONT: Final = {"zh": "j", "ch": "q"}
_ALONE: Final = {"i": "yi", "u": "wu", "ü": "yu"}
_AFTER_Y: Final = {"u": "ou", "eh": "e", "en": "an"}
"""What follows *y* otherwise than the rest: *yu* is *you*, and *yü* is *yu*."""
_SYLLABLE: Final = compile_on_use(
    "(hs|ss|sz|sh|(?:ch|ts|tz|[kpt])'?|[fhjlmnswy]|)([aeiouü][a-zü]*)"
)
_BARE: Final = str.maketrans({"’": "'", "ʻ": "'", "‘": "'", "ʼ": "'", "`": "'", "ŭ": "u", "ê": "e"})
_HYPHENS: Final = compile_on_use("[-‐‑]")


def pinyin(word: str) -> frozenset[str]:
    """The readings in pinyin, without tones, of a hyphened *word*; none if it is not so spelled."""
    plain = unicodedata.normalize("NFC", word).casefold().translate(_BARE)
    parts = _HYPHENS.split(plain)
    if not 2 <= len(parts) <= MOST_SYLLABLES:
        return frozenset()
    marked = "'" in plain  # anyone who marks one breath marks all
    return frozenset(map("".join, product(*(_syllable(part, marked) for part in parts))))


@cache
def _syllable(part: str, marked: bool) -> tuple[str, ...]:
    """What one syllable may be in pinyin; nothing where it is none."""
    found = _SYLLABLE.fullmatch(part)
    if not found:
        return ()
    initial, final = found.groups()
    initials = [initial] if marked else [initial, f"{initial}'"]
    finals = [final, final.replace("u", "ü", 1)] if "u" in final else [final]
    pairs = product(initials, finals)
    read = (_join(*pair) for pair in pairs if pair[0] in _INITIALS and pair[1] in _FINALS)
    return tuple(dict.fromkeys(filter(None, read)))


def _join(initial: str, final: str) -> str | None:
    """One initial with one final, as pinyin spells them; ``None`` where Chinese has it not."""
    ours, rhyme = _INITIALS[initial], _FINALS[final]
    front = final[0] in "iü" and final != "ih"
    if initial in _WITH_U:  # ssu, tzu
        return f"{ours}i" if final == "u" else None
    if not ours:
        return _ALONE.get(rhyme, rhyme)
    if ours == "y":
        return ours + _AFTER_Y.get(final, rhyme).replace("ü", "u")
    if (final == "ih" and ours not in _WITH_IH) or (ours == "x" and not front):
        return None
    if front and ours in _BEFORE_FRONT:
        ours = _BEFORE_FRONT[ours]
    elif final[0] == "ü" and ours not in ("l", "n", "x"):
        return None
    if final == "o":
        rhyme = "e" if ours in ("g", "k", "h") else "o" if ours in ("b", "p", "m", "f") else "uo"
    return ours + rhyme.replace("ü", "u")
