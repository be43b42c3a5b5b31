"""Parsed sources, remembered: a server checks quotations of the same few files again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from docproc.records import Document, SourceFile

MOST_CHARACTERS = 20_000_000
"""How much text is remembered: some 40 MB."""

Parse = Callable[[SourceFile, bytes], list[Document]]


class ParsedSources:
    """Gives what *parse* gave for the same bytes at the same path, without parsing them again.

    Anyone who asks has read the bytes, so what is reported is still true of them.  Many threads
    may ask; they parse one after another.
    """

    def __init__(self, parse: Parse, most_characters: int = MOST_CHARACTERS) -> None:
        self._parse = parse
        self._most = most_characters
        self._known: OrderedDict[tuple[str, str], list[Document]] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def __call__(self, source: SourceFile, data: bytes) -> list[Document]:
        """The documents of *source*, which has these bytes.  Raises as *parse* does."""
        key = (source.path, source.sha256)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
            made = self._parse(source, data)
            size = _size(made)
            alone = all(each.source.sha256 == source.sha256 for each in made)
            if alone and size <= self._most // 4:  # files beside it may change, and it not
                self._known[key] = made
                self._held += size
            while self._held > self._most:
                _, forgotten = self._known.popitem(last=False)
                self._held -= _size(forgotten)
            return made


def _size(documents: list[Document]) -> int:
    return sum(len(each.text) + 1_000 for each in documents)
