"""Decoding: bytes to the characters that were written, or a reason why not.

The order is from what is certain to what is only likely: a byte-order mark, the signature
of another format, UTF-16 and UTF-32 by their zero bytes, UTF-8 by its own strictness, and
last the single-byte and East Asian encodings, which only their letters tell apart.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import replace

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.records import Unread
from docproc.text.encoding import damage
from docproc.text.encoding.ebcdic import EBCDIC, is_ebcdic
from docproc.text.language.identify import language_of
from docproc.text.patterns import compile_on_use

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (or a DOCX, ODT or EPUB document)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a legacy Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic", "iso-8859-5")
_WESTERN = ("cp1252", "cp1250", "mac-roman", "cp850")
_OTHER = ("cp1253", "gb18030", "shift_jis", "big5", "euc-kr", "euc-jp")
_MULTIBYTE = compile_on_use("gb|big5|euc|cp9(?:32|36|49|50)|shift|johab|iso2022")
_HIGH = bytes(range(0x80, 0x100))
_PART, _LIKELY = 500, 0.4
_LEFT = ("cp1252", "iso8859-1", "iso8859-15", "iso8859-14", "iso8859-10", "iso8859-4", "iso8859-3")
"""What chardet finds and is not asked for: plain Western pages, and those that few texts are in."""
_SOUTH_SLAVIC = {"hr", "bs", "sr", "sh"}
"""What differs in name more than in letters."""

_NAMES = {
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "iso8859-5": "iso-8859-5",
}
"""The name a reader knows, where Python's is another."""

_AS_PROGRAMS_READ = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""WHATWG Encoding Standard, 4.2: what pages and messages mean that declare these."""
_ONE_IN = 20
"""A text marked as UTF-16 may be damaged in one character of so many."""
_NO_ENCODINGS = ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs")
"""Names by which Python calls what is no encoding of texts."""
_SEQUENCES = compile_on_use(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_ASCII = compile_on_use("[\x00-\x7f]+")
_NOT_ASCII = compile_on_use(r"[^\x00-\x7f]")

_RUNS = compile_on_use(rb"([A-Za-z]?)[\x80-\xff]+([A-Za-z]?)")

_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\x0b\x0c\r\x1a") + b"\x7f"
_CONTROLS_BEARABLE = 0.005
"""Old exports carry a stray control character; a share above this is no text."""
_SHARE_OF_LETTERS_IN_LATIN = 3
"""A text with this many plain Latin letters for one other byte is in the Latin script."""

_SAMPLE = 200_000
"""Bytes that are looked at where letters must tell the encoding; as many as chardet's own."""

_UNPRINTED = compile_on_use("[\x80-\x9f]")
_ABOVE_LATIN_1 = compile_on_use(rb"[\x80-\x9f]")

_FEW_ACCENTS = 24
"""With fewer bytes than this to judge by, chardet often mistakes one Western page for another."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, without a byte-order mark and otherwise unchanged, and their encoding."""

    text: str
    encoding: str
    told: tuple[str, ...] = ()
    """What a reader must know of it: bytes that could not be read, text encoded twice."""

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The same as parts that could not be read, for a parser to yield."""
        return tuple(Unread("its characters", words) for words in self.told)


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode the whole of *data*; deterministic.

    A text that is *declared* to be in an encoding, or is plainly UTF-8, stays in it where single
    bytes are none of it: each is marked with U+FFFD, and ``told`` says so.  A declaration by
    which much of it cannot be read is none.

    Raises ``SourceError`` if it is empty, blank, binary or in no known encoding.
    """
    if not data.strip():
        raise SourceError("the file is empty" if not data else "the file holds only white space")
    _refuse_other_formats(data)
    decoded = _read_marked(data) or _wide(data)
    if decoded is None and is_ebcdic(data):
        return Decoded(data.decode(EBCDIC), EBCDIC)
    if decoded is None and declared:
        decoded = decode_declared(data, declared)
    if decoded is None:
        if cause := _binary_cause(data):
            raise SourceError(f"this is binary data, not plain text: {cause}")
        decoded = _utf8(data) or _legacy(data)
    if not decoded.text.strip():
        raise SourceError("the file holds only white space")
    return note_double_encoding(decoded)


def decode_declared(data: bytes, declared: str) -> Decoded | None:
    """Decode *data* as it is *declared*, with marks for single bytes that cannot be read so.

    Labels mean what browsers and mail programs take them to mean: ISO-8859-1 is windows-1252.
    ``None`` where the label is unknown, or is not what *data* is in.  What is plainly UTF-8 is
    read so whatever it is called, and that is reported.
    """
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name.replace("-", "_") in _NO_ENCODINGS:
        return None
    name = _AS_PROGRAMS_READ.get(name, name)
    if name in ("utf-8", "utf-8-sig"):
        if is_utf8(data):
            return Decoded(data.decode("utf-8"), "utf-8")
        damaged = damage.decode_damaged_utf8(data, declared=True)
        whole = damaged is not None and _binary_cause(data) is None
        return Decoded(damaged.text, "utf-8", (damaged.told,)) if damaged and whole else None
    if not data.isascii() and is_utf8(data) and _is_surely_utf8(data):
        told = f"it says that it is in {declared.lower()}, and is UTF-8: it is read as that"
        return Decoded(data.decode("utf-8"), "utf-8", (told,))
    try:
        return Decoded(data.decode(name), _NAMES.get(name, name))
    except LookupError:
        return None
    except UnicodeError:
        return _mostly(data, name)


def note_double_encoding(decoded: Decoded) -> Decoded:
    """*decoded*, which says so where text in it was encoded twice."""
    told = damage.describe_double_encoding(decoded.text)
    new = told is not None and told not in decoded.told
    return replace(decoded, told=(*decoded.told, told)) if new and told else decoded


def is_utf8(data: bytes) -> bool:
    """Whether *data* is UTF-8, every byte of it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_surely_utf8(data: bytes) -> bool:
    """Whether no text in another encoding would be sound UTF-8: chance makes one such sequence."""
    return len(_SEQUENCES.findall(data[:_SAMPLE])) > 1


def _mostly(data: bytes, name: str) -> Decoded | None:
    """*data* in the encoding *name* with a mark for each byte that is none; ``None`` if many."""
    text = data.decode(name, "replace")
    count = text.count(damage.MARK)
    beyond = len(_ASCII.sub("", text)) - count
    if count > max(3, beyond // 50) or not beyond:
        return None
    line = text.count("\n", 0, text.index(damage.MARK)) + 1 if count else 1
    told = damage.describe_marks(count, _NAMES.get(name, name), line)
    return Decoded(text, _NAMES.get(name, name), (told,))


def looks_like_text(head: bytes) -> bool:
    """Whether *head*, the first bytes of a file, can be the beginning of a plain text."""
    if not head.strip():
        return False
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    if any(head.startswith(signature) for signature, _ in _SIGNATURES):
        return False
    whole = head[: len(head) // 4 * 4]  # the head may end inside a character
    return _binary_cause(head) is None or _wide(whole) is not None or is_ebcdic(head)


def is_plain_utf8(data: bytes) -> bool:
    """Whether *data* is UTF-8, and holds no more control characters than a text does."""
    return is_utf8(data) and _binary_cause(data) is None


def _read_marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest, told = data[len(mark) :], ""
            try:
                text = rest.decode(encoding)
            except UnicodeDecodeError as error:
                text, told = _mark_damage(rest, encoding)
                if not told:
                    raise SourceError(
                        f"it begins with the mark of {encoding.upper()} but is not: "
                        f"{error.reason} at byte {error.start + len(mark)}"
                    ) from None
            if "\0" in text:
                raise SourceError(f"it is marked as {encoding.upper()} but holds NUL characters")
            return Decoded(text, encoding, (told,) if told else ())
    return None


def _mark_damage(data: bytes, encoding: str) -> tuple[str, str]:
    """*data* in *encoding* with marks where it is damaged, and that told; nothing if all is."""
    if encoding == "utf-8":
        damaged = damage.decode_damaged_utf8(data, declared=True)
        return (damaged.text, damaged.told) if damaged else ("", "")
    text = data.decode(encoding, "replace")
    count = text.count(damage.MARK)
    if count * _ONE_IN > len(text):
        return "", ""
    line = text.count("\n", 0, text.index(damage.MARK)) + 1
    return text, damage.describe_marks(count, encoding.upper(), line)


def _refuse_other_formats(data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"this is {name}, not plain text")


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: its zero bytes give it away, its letters confirm it."""
    if b"\0" not in data[:65536]:
        return None
    for encoding, unit in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = len(data) - len(data) % unit
        try:
            sample = data[: min(whole, 4096)].decode(encoding, "ignore")
            if not sample or _plausible(sample) < 0.95 or whole != len(data):
                continue
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return None


def _plausible(text: str) -> float:
    """The share of characters that the texts of an archive are made of."""
    fine = 0
    for char in text:
        code = ord(char)
        fine += char in "\t\n\r\f" or 0x20 <= code < 0x7F or 0xA0 <= code < 0x530
        fine += 0x2010 <= code <= 0x2044 or code in (0x20AC, 0x2116, 0xFEFF)
    return fine / len(text)


def _binary_cause(data: bytes) -> str | None:
    if b"\0" in data:
        return f"it holds NUL bytes (the first at byte {data.index(0)})"
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(1, len(data) * _CONTROLS_BEARABLE):
        return f"{controls} of its {len(data)} bytes are control characters"
    return None


def _utf8(data: bytes) -> Decoded | None:
    if is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8")
    damaged = damage.decode_damaged_utf8(data)
    return Decoded(damaged.text, "utf-8", (damaged.told,)) if damaged else None


def _legacy(data: bytes) -> Decoded:
    """One of the encodings that only the letters tell apart.

    chardet ranks them.  On the openings of 120 Russian paragraphs, each in windows-1251,
    KOI8-R, cp866 and MacCyrillic, this erred on 12 of 462 at 20 characters, on 3 of 456 at
    60 and on none of 434 at 200; charset-normalizer erred on 130 of 236 at 20, and on 8 of
    218 at 200.  Where a text is Latin with a few accents chardet guesses, so there the
    plain Western page is tried first, and what chardet finds among all encodings is taken
    only where the language that it says is that of the text so read.  Of 674 stretches of 80
    to 4,000 characters of the Declaration of Human Rights in a hundred languages 23 are read
    in another encoding (132 where chardet chose among those above).
    """
    import chardet

    sample = data[:_SAMPLE]
    plain = len(sample) - len(sample.translate(None, b"aeinorstlucdmhpAEINORST"))
    high = len(sample) - len(sample.translate(None, _HIGH))
    latin = plain >= _SHARE_OF_LETTERS_IN_LATIN * high or _stands_in_latin_words(sample)
    sure = _surely_in(sample)
    decoded = (_read(data, sure) or _mostly(data, sure)) if sure else None
    if decoded:
        return decoded
    if latin and high < _FEW_ACCENTS:
        decoded = _read(data, "cp1252")
        if decoded and not _flaws(decoded.text):
            return decoded
    include: tuple[str, ...] = _WESTERN if latin else (*_CYRILLIC, *_WESTERN, *_OTHER)
    guess = chardet.detect(sample, include_encodings=include, compat_names=False)["encoding"]
    if latin and guess and (plainly := _read(data, "cp1252")):
        other = _read(data, guess)
        if other is None or _flaws(plainly.text) <= _flaws(other.text):
            return plainly
    for encoding in (guess, *include) if guess else include:
        decoded = _read(data, encoding)
        if decoded:
            return decoded
    raise SourceError("docproc knows no encoding in which its bytes are text")


def _surely_in(sample: bytes) -> str | None:
    """The encoding of *sample* that its language confirms, or its pairs of bytes; else ``None``.

    Cyrillic pages and plain Western ones are told apart elsewhere.
    """
    import chardet

    for part in (sample, sample[:-1], sample[:_PART], sample[: _PART - 1]):
        found = chardet.detect(part, compat_names=False)  # in which one byte may be damaged
        encoding, language = found["encoding"], found["language"]
        mostly_ascii = len(part.translate(None, _HIGH)) * 4 > len(part) * 3
        if mostly_ascii or found["confidence"] > _LIKELY or _MULTIBYTE.match(encoding or ""):
            break
    if not encoding or not language or encoding in (*_CYRILLIC, *_LEFT):
        return None
    text = sample.decode(encoding, "replace")
    if _MULTIBYTE.match(encoding):
        return encoding if text.count(damage.MARK) * _ONE_IN < len(text) else None
    own = language_of(text)
    return encoding if own == language or {own, language} <= _SOUTH_SLAVIC else None


def _stands_in_latin_words(data: bytes) -> bool:
    """Whether half of the bytes above ASCII touch an ASCII letter, as accents do in ``Café``."""
    runs = _RUNS.findall(data)
    return sum(bool(before or after) for before, after in runs) * 2 >= len(runs)


def _read(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if _UNPRINTED.search(text):
        return None
    if encoding in ("cp1252", "iso8859-1") and not _ABOVE_LATIN_1.search(data):
        return Decoded(text, "iso-8859-1")
    return Decoded(text, _NAMES.get(encoding, encoding))


def _flaws(text: str) -> int:
    """How many signs that are no letters stand inside words, or capitals after small letters."""
    return sum(
        _is_flaw(text[each.start() - 1 : each.start()], each[0], text[each.end() : each.end() + 1])
        for each in _NOT_ASCII.finditer(text[:_SAMPLE])
    )


def _is_flaw(before: str, char: str, after: str) -> bool:
    if char in "'’‘-–—\xad\xa0":
        return False
    if before.isalpha() and after.isalpha() and not char.isalpha():
        return True
    return (before.islower() and char.isupper()) or unicodedata.category(char) == "Lo"
