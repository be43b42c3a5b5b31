"""Whether what is said of a document can be: dates, languages, kinds, and the words themselves."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from docproc.records import Document
from docproc.references.edtf import date_bounds
from docproc.text.decoding import decode

_LANGUAGE = re.compile(r"[a-z]{2,3}")
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
    if metadata.language is not None and not _LANGUAGE.fullmatch(metadata.language):
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
