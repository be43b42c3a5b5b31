"""About the least that reading markup and rows can cost here, with nothing understood.

``python -m benchmarks.walking`` parses the invented files of ``benchmarks.parsing`` with lxml and
visits each element once, in Python: it writes down the words, white space collapsed, and of each
element its name and where its words begin and end.  It knows no block, note, metadata or record.
*And the records*: with that, the records that the parser yields are made once more, from values
that are ready.  Of rows it makes, after the bare library has parted them, one document each, whose
metadata holds the other columns as they are printed.  The figures are the time of that to the bare
library's: what a parser of docproc has above the second it spends on finding out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

from benchmarks.bare_libraries import BARE, Reads
from benchmarks.invented_files import FILES
from benchmarks.parsing import best, product
from docproc.records import Document, Metadata, SourceFile

FORMATS = ("HTML", "TEI", "EAD", "DOCX", "ODT", "EPUB", "ALTO", "PAGE XML", "hOCR")
_WHITE = " \n\t\r\f"


def main() -> None:
    print("| format | a walk, times the bare library's time | and the records |")
    print("| --- | ---: | ---: |")
    for name in FORMATS:
        plugin, path, make = FILES[name]
        data = make()
        source = SourceFile(path, "", len(data), "0" * 64)
        made = list(_made(list(product("parse", plugin).parse(source, data))))
        _, parses, reads = BARE[name]
        assert parses is not None
        walk, records, bare = best(
            partial(_walk, parses, data), partial(_again, made), partial(reads, data)
        )
        print(f"| {name} | {walk / bare:.2f} | {(walk + records) / bare:.2f} |")
    for name, rows in ROWS.items():
        _, path, make = FILES[name]
        data = make()
        source = SourceFile(path, "", len(data), "0" * 64)
        ours, bare = best(partial(_records, rows, source, data), partial(BARE[name][2], data))
        print(f"| {name} | | {ours / bare:.2f} |")


def _made(value: Any) -> Iterator[tuple[type, list[Any]]]:
    """The records of docproc in *value*, inner ones first, each with what it is made of."""
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from _made(each)
    elif is_dataclass(value) and not isinstance(value, (type, SourceFile)):
        parts = [getattr(value, each.name) for each in fields(value)]
        yield from _made(parts)
        yield type(value), parts


def _again(made: Iterable[tuple[type, list[Any]]]) -> None:
    for record, parts in made:
        record(*parts)


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
