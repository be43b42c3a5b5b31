"""Numerals: how word processors print the numbers of lists and notes."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_SIGNS = "*†‡§"
BULLET_OF_SYMBOL = 0xF0B7
"""Where Word and its kin put the bullet of the font Symbol, which is • in Unicode."""


def numeral(number: int, form: str) -> str:
    """*number* in a *form* of OOXML (``"lowerRoman"``) or ODF and HTML (``"i"``); else decimal."""
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        teen = 10 < number % 100 < 14
        return f"{number}{'th' if teen else _ORDINALS.get(number % 10, 'th')}"
    if form == "numberInDash":
        return f"- {number} -"
    if number < 1:
        return str(number)
    if form in ("lowerRoman", "i"):
        return roman(number)
    if form in ("upperRoman", "I"):
        return roman(number).upper()
    if form in ("lowerLetter", "a"):
        return _letters(number)
    if form in ("upperLetter", "A"):
        return _letters(number).upper()
    if form in ("russianLower", "russianUpper"):
        alphabet = "абвгдежзиклмнопрстуфхцчшщэюя"
        letters = alphabet[(number - 1) % 28] * ((number - 1) // 28 + 1)
        return letters.upper() if form == "russianUpper" else letters
    if form == "chicago":
        return _SIGNS[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return str(number)


def parse_whole(written: str | None, default: int) -> int:
    """The number that an attribute of HTML is; *default* where it is none."""
    plain = written is not None and written.isascii() and written.isdigit() and len(written) < 7
    return int(written or 0) if plain else default


def roman(number: int) -> str:
    """*number* in small Roman numerals; from 5000 on, where they end, in figures."""
    if number >= 5000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """a, b, … z, aa, bb, … as word processors count."""
    return chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
