"""Look-alike letters of the Latin and Cyrillic alphabets, which OCR and keyboards mix up."""

from __future__ import annotations

import unicodedata

# Letter for letter, so that a folded text keeps every offset.
_LATIN = "ABCEHKMOPTXYaceopxykmi"
_CYRILLIC = "АВСЕНКМОРТХУасеорхукмі"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC + "ІѴѕЅ", _LATIN + "IVsS")
_TRANSLITERATION = str.maketrans(
    "АБВГДИКЛМНОПРСТФабвгдиклмнопрст", "ABVGDIKLMNOPRSTFabvgdiklmnoprst"
)
# What stands for a digit when it stands between digits, or where only a number can.
_TO_DIGITS = str.maketrans("lI|OoОоЗ", "11100003")


def to_latin(text: str) -> str:
    """Replace Cyrillic letters that look Latin; the length stays."""
    return text.translate(_TO_LATIN)


def to_cyrillic(text: str) -> str:
    """Replace Latin letters that look Cyrillic; the length stays."""
    return text.translate(_TO_CYRILLIC)


def transliterate(text: str) -> str:
    """Write the Cyrillic letters that number fonds in Latin (``Р-5446`` is ``R-5446``)."""
    return text.translate(_TRANSLITERATION)


def to_digits(text: str) -> str:
    """Replace letters that OCR takes for digits (``l``, ``I``, ``O``, Cyrillic ``З``)."""
    return text.translate(_TO_DIGITS)


def name_key(name: str) -> str:
    """The form under which names of archives compare equal.

    Case, spaces, punctuation, soft signs and accents do not count; in a name that holds a
    Cyrillic letter with no Latin twin, Latin look-alikes are read as Cyrillic.
    """
    cyrillic = not name.isascii() and any(
        "Ѐ" <= letter <= "ӿ" and letter not in _CYRILLIC for letter in name
    )
    return _key(name.translate(_TO_CYRILLIC if cyrillic else _TO_LATIN))


def name_keys(name: str) -> tuple[str, str]:
    """What ``name_key`` may make of the end *name* of a longer name, Latin or Cyrillic."""
    return _key(name.translate(_TO_LATIN)), _key(name.translate(_TO_CYRILLIC))


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in decomposed if c.isalnum() and c not in "ʹʺьъ")
