"""Damage to characters: bytes that are no UTF-8, text encoded twice, halves of characters."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

MARK = "\ufffd"
"""Stands for a byte that cannot be read (Unicode's own sign for one)."""

_MARKS = compile_on_use(f"{MARK}+")
_COMMON = compile_on_use(
    "[\xa0-\u024f\u0300-\u0530\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u10a0-\u10ff\u1e00-\u1fff"
    "\u2010-\u2044\u20ac\u2116\u2122\u3000-\u9fff\uac00-\ud7a3\uff00-\uff65]"
)
"""Characters that texts are made of; what bytes of another encoding come to by chance often is not.
"""
_SHORT = 3
"""So many bad bytes in a row are one place; a longer row counts by the byte: it is a word."""
_FEW = 3
"""A text that says it is UTF-8 may have so many bad places though nothing in it shows that it is.
"""

_TWICE = compile_on_use(
    "[\xc2-\xdf][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|[\xe0-\xef][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}"
)
_POSSIBLE = compile_on_use("[\xc2-\xef][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""How each of those begins; what begins with one set is searched for many times as fast."""
_USUAL = compile_on_use("[\xa0-\u017f\u0370-\u052f\u2010-\u2044\u20ac\u2116\u2122]")
_OPENING = 20_000
_CERTAIN = 3
"""So many characters encoded twice are no chance, wherever they stand."""


@dataclass(frozen=True, slots=True)
class DamagedText:
    """UTF-8 with bytes that are none: the text with a mark for each, and what to say of it."""

    text: str
    told: str


def replace_surrogates(text: str) -> str:
    """*text* with U+FFFD for each lone surrogate, half a character, which no text can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def decode_damaged_utf8(data: bytes, *, declared: bool = False) -> DamagedText | None:
    """*data*, which is no sound UTF-8, as the UTF-8 that it is except for some bytes.

    ``None`` where it is in another encoding: more of it is broken than sound.  One that is
    *declared* as UTF-8 may be broken in a few places with nothing else to show for it.
    """
    text = data.decode("utf-8", "replace")
    own = data.count(MARK.encode())
    rows = [len(match[0]) for match in _MARKS.finditer(text)]
    cost = sum(1 if row <= _SHORT else row for row in rows) - own
    sound = len(_COMMON.findall(text))
    if cost > (max(sound, _FEW) if declared else sound):
        return None
    try:
        data.decode("utf-8")
        return DamagedText(text, "")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    count = sum(rows) - own
    return DamagedText(text, describe_marks(count, "UTF-8", line))


def describe_marks(count: int, encoding: str, line: int) -> str:
    """What is said of *count* places that were marked, the first of them in *line*."""
    places = "1 place is" if count == 1 else f"{count:,} places are"
    first = "" if count == 1 else "the first "
    return f"{places} no {encoding} and marked with {MARK} ({first}in line {line:,})"


def describe_double_encoding(text: str) -> str | None:
    """What to say of *text* if some of it was encoded twice (``"SeÃ¡n"``); else ``None``.

    Nothing is changed: what stands there is what the file says.
    """
    if text.isascii() or not _may_be_twice(text) or not _POSSIBLE.search(text):
        return None
    found = 0
    example: tuple[str, str] | None = None
    for match in _TWICE.finditer(text):
        meant = _find_meant(match[0])
        if meant is None or not _USUAL.fullmatch(meant):
            continue
        start, end = match.span()
        inside = text[start - 1 : start].islower() or text[end : end + 1].islower()
        if example is None or inside or len(match[0]) > 2:
            word = _word(text, start, end)
            example = (word, _all_meant(word))
        found += _CERTAIN if inside or len(match[0]) > 2 else 1
        if found >= _CERTAIN:
            break
    if found < _CERTAIN or example is None:
        return None
    return f"text in it was encoded twice (“{example[0]}” for “{example[1]}”); it is kept as it is"


def _may_be_twice(text: str) -> bool:
    """Whether *text* holds one of the characters with which most of what was encoded twice begins.

    Searching for one character is many times faster than for a pattern; what is rarer than
    Western letters and quotation marks is sought at the beginning of a long text alone.
    """
    if "Ã" in text or "â€" in text:
        return True
    opening = text[:_OPENING]
    return any(lead in opening for lead in "ÂÐÑÅÄÎÏ×ØÙã")


def _word(text: str, start: int, end: int) -> str:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end][:60]


def _all_meant(word: str) -> str:
    return _TWICE.sub(lambda match: _find_meant(match[0]) or match[0], word)


def _find_meant(twice: str) -> str | None:
    """The one character whose UTF-8, read as windows-1252 or ISO-8859-1, is *twice*."""
    data = b""
    for char in twice:
        try:
            data += char.encode("cp1252" if ord(char) > 0xFF else "latin-1")
        except UnicodeEncodeError:
            return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
