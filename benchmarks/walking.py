"""The least that reading markup can cost here: a walk that does nothing but note places.

``python -m benchmarks.walking`` parses the invented files of ``benchmarks.parsing`` with lxml and
visits each element once, in Python: it writes down the words, white space collapsed, and of each
element its name and where its words begin and end.  It knows no block, note, metadata or record.
The figure is its time to that of the bare library: no parser of docproc can come below it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from benchmarks.bare_libraries import BARE, Reads
from benchmarks.invented_files import FILES
from benchmarks.parsing import best

FORMATS = ("HTML", "TEI", "EAD", "DOCX", "ODT", "EPUB", "ALTO", "PAGE XML", "hOCR")
_WHITE = " \n\t\r\f"


def main() -> None:
    print("| format | walk, times the bare library's time |\n| --- | ---: |")
    for name in FORMATS:
        data = FILES[name][2]()
        _, parses, reads = BARE[name]
        assert parses is not None
        ours, bare = best(partial(_walk, parses, data), partial(reads, data))
        print(f"| {name} | {ours / bare:.2f} |")


def _walk(parses: Reads, data: bytes) -> None:
    parsed = parses(data)
    for root in parsed if isinstance(parsed, list) else [parsed]:
        _Walk().element(root)


class _Walk:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.places: list[tuple[Any, int, int]] = []
        self.at = 0

    def element(self, element: Any) -> None:
        start = self.at
        if element.text:
            self._text(element.text)
        if len(element):
            for each in element:
                self.element(each)
                if each.tail:
                    self._text(each.tail)
        self.places.append((element.tag, start, self.at))

    def _text(self, text: str) -> None:
        words = text.strip(_WHITE)
        if "\n" in words or "  " in words:
            words = " ".join(words.split())
        if words:
            self.pieces.append(words)
            self.at += len(words)


if __name__ == "__main__":
    main()
