"""The least that reading markup and rows can cost here, with nothing understood.

``python -m benchmarks.walking`` parses the invented files of ``benchmarks.parsing`` with lxml and
visits each element once, in Python: it writes down the words, white space collapsed, and of each
element its name and where its words begin and end.  It knows no block, note, metadata or record.
Of rows it makes, after the bare library has parted them, one document each, whose metadata holds
the other columns as they are printed.  The figure is the time of that to the bare library's: no
parser of docproc can come below it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from benchmarks.bare_libraries import BARE, Reads
from benchmarks.invented_files import FILES
from benchmarks.parsing import best
from docproc.records import Document, Metadata, SourceFile

FORMATS = ("HTML", "TEI", "EAD", "DOCX", "ODT", "EPUB", "ALTO", "PAGE XML", "hOCR")
_WHITE = " \n\t\r\f"


def main() -> None:
    print("| format | the least, times the bare library's time |\n| --- | ---: |")
    for name in FORMATS:
        data = FILES[name][2]()
        _, parses, reads = BARE[name]
        assert parses is not None
        ours, bare = best(partial(_walk, parses, data), partial(reads, data))
        print(f"| {name} | {ours / bare:.2f} |")
    for name, rows in ROWS.items():
        _, path, make = FILES[name]
        data = make()
        source = SourceFile(path, "", len(data), "0" * 64)
        ours, bare = best(partial(_records, rows, source, data), partial(BARE[name][2], data))
        print(f"| {name} | {ours / bare:.2f} |")


def _walk(parses: Reads, data: bytes) -> None:
    parsed = parses(data)
    for root in parsed if isinstance(parsed, list) else [parsed]:
        _Walk().element(root)


def _json_rows(data: bytes) -> Iterable[dict[str, Any]]:
    return map(json.loads, data.decode().splitlines())


def _csv_rows(data: bytes) -> Iterable[dict[str, Any]]:
    return csv.DictReader(io.StringIO(data.decode(), newline=""))


ROWS: dict[str, Callable[[bytes], Iterable[dict[str, Any]]]] = {
    "JSON Lines": _json_rows,
    "CSV": _csv_rows,
}


def _records(
    rows: Callable[[bytes], Iterable[dict[str, Any]]], source: SourceFile, data: bytes
) -> None:
    for row in rows(data):
        other = tuple((name, str(value).strip()) for name, value in row.items() if name != "text")
        Document(source, row["text"], str(row["id"]), metadata=Metadata(other=other))


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
