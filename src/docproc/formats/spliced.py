"""Spliced: plain markup with the files in its folder that it includes, put where it names them.

Files that are included include none in their turn; those are reported, as what is missing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docproc.dataclass_on_use import dataclass
from docproc.records import Unread
from docproc.text.encoding.decoding import decode

MISSING = (
    "a part of the text is in a file of its own, which does not lie in the same folder or below "
    "it, or is too large: put it there"
)
FURTHER = "a file that is included includes another, which is not followed"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """A place in a text where another file is wanted."""

    start: int
    end: int
    names: tuple[str, ...]
    """What the file may be called, the likeliest first."""
    shape: Callable[[str], str | None] = str
    """What of its text is put here; ``None`` where the part that is wanted is not in it."""


Finds = Callable[[str], Iterable[Inclusion]]


def included_names(data: bytes, find: Finds) -> list[str]:
    """The names of the files that *data* includes; nothing is decoded but what is needed for it."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return list(dict.fromkeys(name for each in find(text) for name in each.names))


def insert_inclusions(
    text: str, find: Finds, beside: Mapping[str, bytes], encoding: str = ""
) -> tuple[str, list[Unread]]:
    """*text* with the files *beside* where it includes them, and what could not be read of them.

    *encoding* is the one that is declared for all.  What is not there is left out of the text.
    """
    pieces: list[str] = []
    unread: list[Unread] = []
    at = 0
    for each in find(text):
        if each.start < at:
            continue
        pieces.append(text[at : each.start])
        at = each.end
        name = next((name for name in each.names if name in beside), None)
        if name is None:
            unread.append(Unread(f"included file {each.names[0]}", MISSING))
            continue
        decoded = decode(beside[name], encoding)
        unread += (Unread(f"included file {name}, {u.where}", u.cause) for u in decoded.unread)
        part = each.shape(decoded.text.replace("\r\n", "\n"))
        if part is None:
            unread.append(Unread(f"included file {name}", "the part that is wanted is not in it"))
            continue
        inner = 0
        for further in find(part):
            if further.start < inner:
                continue
            where = f"included file {name}, included file {further.names[0]}"
            unread.append(Unread(where, FURTHER))
            pieces.append(part[inner : further.start])
            inner = further.end
        pieces.append(part[inner:])
    pieces.append(text[at:])
    return "".join(pieces), unread
