"""Whether what is said of a document can be: dates, languages, kinds, and the words themselves."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from docproc.records import Document
from docproc.references import date_bounds, parse_date
from docproc.text.encoding.decoding import decode

_LANGUAGE = re.compile(r"[a-z]{3}")
_CODES = frozenset((
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg",
    "bh", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv",
    "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi",
    "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr",
    "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja",
    "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw",
    "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml",
    "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv",
    "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro",
    "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm", "sn", "so", "sq",
    "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to",
    "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh",
    "yi", "yo", "za", "zh", "zu",
))  # fmt: skip
"""The codes of ISO 639-1."""
_FARTHEST = timedelta(days=13)
"""Between the two calendars."""
_WORD = re.compile(r"[^\W_]{3,}")


def no_value(document: Document) -> str | None:
    """The first value in *document* that is none, in words."""
    metadata = document.metadata
    for date in metadata.dates:
        for name in ("edtf", "julian", "if_old_style"):
            edtf = getattr(date, name)
            if edtf is None:
                continue
            try:
                date_bounds(edtf)
            except ValueError:
                return f"the date {date.printed!r} has the {name} {edtf!r}, which is no EDTF"
    language = metadata.language
    if language is not None and language not in _CODES and not _LANGUAGE.fullmatch(language):
        return f"the language is {metadata.language!r}, which is no code of ISO 639"
    for name in ("kind", "number", "encoding"):
        value = getattr(metadata, name)
        if value is not None and (not value.strip() or len(value.splitlines()) > 1):
            return f"the {name} is {value!r}: one line of words, or None where none is known"
    for name in ("title", "sender", "recipient", "place"):
        mention = getattr(metadata, name)
        if mention is not None and not mention.text.strip():
            return f"the {name} is {mention.text!r}: None where none is known"
    for page in document.pages:
        if not page.label.strip():
            return f"a page at {page.span.start} has the label {page.label!r}"
    return None


def other_days(document: Document) -> list[str]:
    """The dates of *document* whose EDTF is of other days than what is printed, in words."""
    found = []
    for date in document.metadata.dates:
        read = parse_date(date.printed)
        if read is None or date.edtf is None:
            continue
        try:
            first, last = date_bounds(date.edtf)
            begin, end = date_bounds(read.edtf)
        except ValueError:
            continue
        try:
            apart = begin - last > _FARTHEST or first - end > _FARTHEST
        except OverflowError:
            continue
        if apart:
            found.append(f"{date.printed!r} is given as {date.edtf}, and reads as {read.edtf}")
    return found


def not_in(data: bytes, texts: Sequence[str]) -> list[str]:
    """Words of *texts* that *data*, where it is text, has nowhere."""
    try:
        written = decode(data, "").text
    except Exception:  # it is no text
        return []
    if not written or "\0" in written:
        return []
    known = _plain(html.unescape(written))
    words = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
    return [word for word in words if _plain(word) not in known]


def _plain(text: str) -> str:
    """*text* as its letters are, whatever stands between them: a line ends within a word."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))
