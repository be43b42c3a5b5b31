"""Finding the names of archives next to references in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from docproc.records import Archive
from docproc.references.archives import archives, find_archive, may_end_a_name
from docproc.text.knowledge import on_knowledge_learned
from docproc.text.patterns import compile_on_use

_LONGEST = 150
_WORD = compile_on_use(r"(?<!\w)[^\W\d_]")
# A full stop ends a name only as an abbreviation's ("D.C."), not as a sentence's.
_WORD_END = compile_on_use(r"(?:\w|\)|(?<=\.\w)\.)(?!\w)")
_ASIDE = compile_on_use(
    r"\s?[(\[](?:ныне|теперь|бывш(?:ий|\.)?|now|formerly|former|ex|jetzt|früher|ehem\.)[\s:][^()\[\]\n]{2,60}[)\]]\Z",
    re.IGNORECASE,
)


def archive_before(
    text: str, start: int, at: int, *, any_case: bool = False
) -> tuple[Archive | None, int]:
    """The archive whose name stands right before offset *at*, and where the name starts.

    A name in brackets after a name (``… (РГАСПИ).``) is read together with it, and an aside
    such as ``(now RGASPI)`` is passed over.  ``(None, at)`` where there is no name; *start*
    bounds how far back the text is read.  Unless *any_case*, a name begins with a capital.
    """
    low = max(start, at - _LONGEST)
    window = text[low:at].rstrip(" \t\r\n\xa0.,:;")
    aside = _ASIDE.search(window)
    window = window[: aside.start()] if aside else window
    bracketed = window.endswith((")", "]"))
    window = window.rstrip(")]")
    if not may_end_a_name(window):
        return None, at
    for match in _WORD.finditer(window):
        if not (any_case or match[0].isupper()):
            continue
        archive = find_archive(window[match.start() :])
        if not archive:
            continue
        begin = low + match.start()
        if bracketed and match.start() and window[match.start() - 1] in "([":
            begin -= 1
            outer, outer_begin = archive_before(text, start, begin)
            if outer:
                return outer, outer_begin
        return archive, begin
    return None, at


def archive_after(text: str, at: int, end: int) -> tuple[Archive | None, int]:
    """The archive whose name follows offset *at* after a comma, and where the name ends."""
    comma = re.compile(r",\s{1,2}(?=[A-ZА-Я])").match(text, at, end)
    if comma:
        begin = comma.end()
        window = text[begin : min(end, begin + 90)].split("\n")[0]
        for stop in sorted((m.end() for m in _WORD_END.finditer(window)), reverse=True):
            name = window[:stop]
            if name.count("(") != name.count(")"):
                continue
            archive = find_archive(name)
            if archive:
                return archive, begin + stop
    return None, at


def find_archives(
    text: str, start: int, end: int, scheme: str
) -> Iterator[tuple[Archive, int, int]]:
    """Every name of an archive that cites by *scheme*, with where it starts and ends."""
    if not _any_named(text, start, end):
        return
    for match in _names(scheme).finditer(text, start, end):
        archive = find_archive(match[0])
        if archive and archive.scheme == scheme:
            yield archive, match.start(), match.end()


@lru_cache(1)
def _any_named(text: str, start: int, end: int) -> bool:
    """Whether a name of any archive stands there: each grammar asks it of the same stretch."""
    return _names(None).search(text, start, end) is not None


@cache
def _names(scheme: str | None) -> re.Pattern[str]:
    """The longest name that begins at a place, of archives that cite by *scheme* or of all.

    Each branch begins with a letter, so that the search skips at once to where one stands.
    """
    names = {name for one in archives() if scheme in (None, one.scheme) for name in one.names}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    branches = []
    for letter in sorted({name[0] for name in names}):
        rests = (name[1:] for name in ordered if name[0] == letter)
        either = "|".join(re.escape(rest).replace(r"\ ", r"\s{1,2}") for rest in rests)
        branches.append(rf"{letter}(?<![\w/]{letter})(?:{either})")
    return compile_on_use(rf"(?:{'|'.join(branches)})(?!\w)")


def _forget(_: object) -> None:
    _any_named.cache_clear()
    _names.cache_clear()


on_knowledge_learned(_forget)
