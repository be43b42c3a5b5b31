"""The control words of RTF 1.9: which stand for signs, and which open what is read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docproc.text.patterns import compile_on_use

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)
GONE = frozenset(
    (
        b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"objdata", b"ftnsep",
        b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"fldinst", b"themedata",
        b"colorschememapping", b"datastore", b"latentstyles", b"listtable", b"listoverridetable",
        b"list", b"rsidtbl",
        b"generator", b"xmlnstbl", b"revtbl", b"bkmkstart", b"bkmkend", b"xe", b"tc",
        b"nonshppict", b"atnid", b"atntime", b"atnicn", b"atnref", b"atnparent",
        b"atndate", b"atrfstart", b"atrfend", b"datafield", b"filetbl", b"mmathPr", b"nonesttables",
        b"shprslt",
    )
)  # fmt: skip
READ = frozenset((b"footnote", b"annotation", b"listtext", b"ud"))
"""Destinations whose words belong to the document."""
MARGINS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
BOXES = frozenset((b"shptxt", b"dptxbxtext"))
"""The words of a text box, as Word since 1997 and Word before that write them."""
NEVER = frozenset((b"shprslt", b"nonesttables"))
"""What is written once more for programs that do not know shapes, or tables in tables."""
HAS_PAGE = re.compile(rb"\\chpgn\b|\bPAGE\b|\bNUMPAGES\b")
LINES = 2
"""A header of so many lines, and no page number, is a letterhead."""
_OWN_MARK = compile_on_use(r"[*†‡§¶]{1,4}")
_LONGEST_MARK = 4
_MOST_LEVELS = 9
_STYLE = re.compile(
    rb"\{\\s(?P<style>\d{1,5})(?!\d)[^{};]*?(?:\\outlinelevel(?P<level>\d)[^{};]*"
    rb"|\s[Hh]eading (?P<heading>\d));"
)
SIGNS: Mapping[bytes, str] = {
     b"line": "\n", b"tab": "\t", b"emdash": "—",
    b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"nestcell": " ",
}  # fmt: skip
NUMBERINGS = {
    mark + written: (kind, form)
    for mark, kind in ((b"ftnn", "footnote"), (b"aftnn", "endnote"))
    for written, form in (
        (b"ar", "1"), (b"alc", "a"), (b"auc", "A"), (b"rlc", "i"), (b"ruc", "I"),
        (b"chi", "chicago"),
    )
}  # fmt: skip
AUTHOR = "author of a comment"
NOTES = ("footnote", "endnote", "comment")
ESCAPED = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}


def tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    r"""The tokens of *data*, without the binary data that ``\bin`` announces by its length."""
    if b"\\bin" not in data:
        yield from TOKEN.finditer(data)
        return
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for token in TOKEN.finditer(data, start):
            yield token
            if token["word"] == b"bin" and token["value"]:
                at = token.end() + max(0, int(token["value"]))
                break


def outline_levels(data: bytes) -> dict[int, int]:
    """The levels of the headings that the style sheet of *data* makes, by the style's number."""
    start = data.find(b"{\\stylesheet")
    found = _STYLE.finditer(data, start) if start >= 0 else ()
    levels = {int(m["style"]): int(m["heading"] or int(m["level"]) + 1) for m in found}
    return {style: level for style, level in levels.items() if level <= _MOST_LEVELS}


def own_mark(written: str, words: str) -> str:
    """The mark that a note of *words* bears by itself, where what is *written* ends with it."""
    sign = _OWN_MARK.match(words)
    last = written.strip()
    short = last if len(last) <= _LONGEST_MARK and words.startswith(last) else ""
    return sign[0] if sign and last.endswith(sign[0]) else short
