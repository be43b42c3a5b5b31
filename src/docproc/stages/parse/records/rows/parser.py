"""The parser of tables of documents, CSV, sheets and JSON: one document a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, SourceError
from docproc.formats.sniffing import first_entry
from docproc.markdown import fields
from docproc.records import Block, BlockKind, Document, SourceFile, Span, Unread
from docproc.references import FindsReferences
from docproc.stages.parse.records.rows.headed import under_names
from docproc.stages.parse.records.rows.json_records import in_words, records_in
from docproc.stages.parse.records.rows.sheets import UNREADABLE, rows_of_sheets
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_CSV = (".csv", ".tsv")
_BARE = compile_on_use(r"(?=[\w.-]*\d)[\w.-]++")
_JSON_LINES = (".jsonl", ".ndjson")
_JSON = (".json", ".jsonld")
_SHEETS = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods", ".ots")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

_LINES_OF_JSON = compile_on_use(r"\s*\{[^\n]*\}[ \t\r]*\n[ \t\r\n]*\{[^\n]*\}")

_Row = tuple[str, dict[str, str] | str]
"""Where a row stands, and its words by name; or why it cannot be read."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a row are: those of the text, those that tell rows apart, the others.

    Of the others the name, the role and the key, in the order in which they are understood.
    """

    names: tuple[str, ...]
    text: Sequence[str]
    id: Sequence[str]
    other: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class RowsParser:
    """Reads rows; columns are understood as the keys of Markdown's front matter are.

    ``text`` and ``id`` name the columns of the text and of what tells the rows apart, the
    better first; ``called`` what other columns mean (``{"Absender": "sender"}``).
    """

    text: Sequence[str]
    id: Sequence[str]
    called: Mapping[str, str]
    limits: Limits = Limits()
    grammars: tuple[FindsReferences, ...] = ()

    def with_grammars(self, grammars: Sequence[FindsReferences]) -> Self:
        """The same, reading the references of *grammars* as well."""
        return replace(self, grammars=tuple(grammars))

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix: what is in a row nothing else can tell."""
        name, content = first_entry(head)
        if name == "mimetype" and content.startswith(_ODS):
            return 0.95
        if source.suffix in _SHEETS:
            return 0.9 if head.startswith(_PACKED) else 0.2
        if source.suffix in _JSON:
            return 0.6 if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") else 0.1
        if source.suffix in (*_CSV, *_JSON_LINES):
            return 0.9 if looks_like_text(head) else 0.2
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield a document for each row that has text; raises ``SourceError``.

        A table none of whose columns is known to hold the text is read row by row, each cell
        behind the name of its column; records of JSON, which may be anything, are not.
        """
        known = (*self.text, *self.id)
        if data.startswith(_PACKED):
            rows = _sheet_rows(data, self.limits, known)
            yield from self._documents(source, rows, None, whole=True)
            return
        decoded = decode(data)
        if source.suffix in _JSON:
            rows = _record_rows(decoded.text)
        elif source.suffix in _JSON_LINES:
            rows = _json_rows(decoded.text)
        else:
            rows = _csv_rows(decoded.text, source.suffix, self.limits.characters, known)
        whole = source.suffix not in (*_JSON, *_JSON_LINES)
        yield from self._documents(source, rows, decoded.encoding, whole=whole)
        yield from decoded.unread

    def _documents(
        self, source: SourceFile, rows: Iterable[_Row], encoding: str | None, *, whole: bool
    ) -> Iterator[Document | Unread]:
        members: set[str] = set()
        named: set[str] = set()
        columns = self._columns(())
        bare: list[str] = []
        found = False
        for where, row in rows:
            if isinstance(row, str):
                yield Unread(where, row)
                continue
            names = tuple(row)
            if names != columns.names:  # in most files once
                columns = self._columns(names)
                named.update(names)
            texts = [text for name in columns.text if (text := row[name]) and not text.isspace()]
            if cells := whole and not columns.text:
                texts = _in_cells(row)
            if not texts:
                bare.append(where)
                continue
            found = True
            ids = [(name, own) for name in columns.id if (own := row[name].strip())]
            member = _name_cell(*ids[0]) if ids else where
            if member in members:
                member = f"{member} ({where})"
            members.add(member)
            told = [
                (role, key, [words])
                for name, role, key in columns.other
                if (words := row[name].strip())
            ]
            known = fields.understand_in_order(told, encoding, self.grammars)
            text = "\n\n".join(texts)
            yield Document(
                source,
                text,
                member,
                blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),) if cells else (),
                metadata=known.metadata,
                references=known.references,
                witness=known.witness,
            )
        if not found and not named:
            raise SourceError("it has no rows under a row of names")
        if not found:
            raise SourceError(
                "no row has text: name the column that holds it in [plugins.rows] text; "
                f"the columns are: {', '.join(sorted(named)[:30]) or 'none'}"
            )
        if bare:
            where = bare[0] if len(bare) == 1 else f"{len(bare):,} rows ({bare[0]} to {bare[-1]})"
            yield Unread(where, "there is nothing in the columns that hold the text")

    def _columns(self, names: tuple[str, ...]) -> _Columns:
        text, own = _find_columns(self.text, names), _find_columns(self.id, names)
        other = [name for name in names if name not in (*text, *own)]
        keys = fields.in_order([self.called.get(name, name) for name in other])
        return _Columns(
            names,
            text,
            own,
            [(other[place], role, key) for place, role, key in keys],
        )


def _in_cells(row: Mapping[str, str]) -> list[str]:
    """The words of a whole *row*, each cell behind its column's name; none without a letter."""
    cells = [f"{name}: {cell.strip()}" for name, cell in row.items() if cell and not cell.isspace()]
    return ["\n".join(cells)] if any(map(str.isalpha, "".join(row.values()))) else []


def _find_columns(wanted: Sequence[str], names: Sequence[str]) -> list[str]:
    """Those of *names* that are *wanted*, in that order, whatever their capitals."""
    return [name for each in wanted for name in names if name.casefold() == each.casefold()]


def make(settings: Mapping[str, Any]) -> RowsParser:
    """The factory; settings ``text``, ``id`` and ``columns``."""
    called = {}
    for line in settings["columns"]:
        name, sign, meaning = (part.strip() for part in line.rpartition("="))
        if not sign or not name or not meaning:
            raise ConfigError(
                f"[plugins.rows] columns: {line!r} is not of the form 'COLUMN = MEANING', "
                "such as 'Absender = sender'"
            )
        called[name] = meaning
    return RowsParser(settings["text"], settings["id"], called, settings.get("limits", Limits()))


def _name_cell(column: str, own: str) -> str:
    """What a row is called whose *column* tells it from others: a bare code says no more."""
    return f"{column} {own}" if _BARE.fullmatch(own) else own


def _json_rows(text: str) -> Iterator[_Row]:
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.isspace():
            continue
        try:
            value = json.loads(line.rstrip("\n"))
        except (ValueError, RecursionError) as error:
            yield f"row {number}", f"it is not JSON: {error}"
            continue
        if not isinstance(value, dict):
            yield f"row {number}", "it is no JSON object"
        else:
            yield f"row {number}", {name: in_words(each) for name, each in value.items()}


def _csv_rows(text: str, suffix: str, longest: int, known: Collection[str]) -> Iterator[_Row]:
    delimiter = "\t" if suffix == ".tsv" else _delimiter(text)
    csv.field_size_limit(longest)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, words in under_names(enumerate(reader, 1), known):
            yield f"row {number}", words
    except csv.Error as error:
        yield (
            f"row {reader.line_num}",
            f"it is not CSV, or a cell is past limits.characters: {error}",
        )


def _delimiter(text: str) -> str:
    """The sign that parts the names of the first line."""
    head = text.partition("\n")[0]
    return max(",;\t|", key=head.count)


def _record_rows(text: str) -> Iterator[_Row]:
    if _LINES_OF_JSON.match(text):
        yield from _json_rows(text)
        return
    for number, words in enumerate(records_in(text), 1):
        yield f"record {number}", words


def _sheet_rows(data: bytes, limits: Limits, known: Collection[str]) -> Iterator[_Row]:
    for name, number, words in rows_of_sheets(data, limits, known):
        where = f"{name}, row {number}"
        yield where, words
        if UNREADABLE in words.values():
            yield where, "a day before 1900 cannot be read (\ufffd): keep such days as text"
