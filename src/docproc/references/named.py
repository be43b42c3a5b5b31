"""Finding the name of an archive next to a reference in running text."""

from __future__ import annotations

import re

from docproc.references.archives import Archive, find_archive

_LONGEST = 130
_BETWEEN = re.compile(r"[\s.,:;]{0,4}\Z")
_WORD = re.compile(r"(?<!\w)[^\W\d_]")


def archive_before(text: str, start: int, at: int) -> tuple[Archive | None, int]:
    """The archive whose name stands right before offset *at*, and where the name starts.

    ``(None, at)`` where there is none; *start* bounds how far back the text is read.
    """
    low = max(start, at - _LONGEST)
    window = text[low:at].rstrip(" \t\r\n\xa0.,:;([")
    for match in _WORD.finditer(window):
        name = window[match.start() :]
        if name[0].isupper():
            archive = find_archive(name)
            if archive:
                return archive, low + match.start()
    return None, at
