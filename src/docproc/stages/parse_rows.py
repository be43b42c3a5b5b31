"""The parser of tables of documents, CSV and JSON Lines: one document a row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from docproc.config import Limits
from docproc.errors import ConfigError, SourceError
from docproc.markdown import fields
from docproc.records import Document, SourceFile, Unread
from docproc.references import FindsReferences
from docproc.text.decoding import decode, looks_like_text, without_halves

_CSV = (".csv", ".tsv")
_NUMBER = re.compile(r"[\d.]+")
_JSON = (".jsonl", ".ndjson")


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
        if source.suffix in (*_CSV, *_JSON):
            return 0.9 if looks_like_text(head) else 0.2
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield a document for each row that has text; raises ``SourceError``."""
        decoded = decode(data)
        json_lines = source.suffix in _JSON
        rows = (
            _json_rows(decoded.text)
            if json_lines
            else _csv_rows(decoded.text, source.suffix, self.limits.characters)
        )
        members: set[str] = set()
        named: set[str] = set()
        columns = self._columns(())
        found = False
        for number, row in rows:
            if isinstance(row, str):
                yield Unread(f"row {number}", row)
                continue
            names = tuple(row)
            if names != columns.names:  # in most files once
                columns = self._columns(names)
                named.update(names)
            texts = [text for name in columns.text if (text := row[name]) and not text.isspace()]
            if not texts:
                continue
            found = True
            ids = [(name, own) for name in columns.id if (own := row[name].strip())]
            member = _called(*ids[0]) if ids else f"row {number}"
            if member in members:
                member = f"{member} (row {number})"
            members.add(member)
            told = [
                (role, key, [words])
                for name, role, key in columns.other
                if (words := row[name].strip())
            ]
            known = fields.understand_in_order(told, decoded.encoding, self.grammars)
            yield Document(
                source,
                "\n\n".join(texts),
                member,
                metadata=known.metadata,
                references=known.references,
                witness=known.witness,
            )
        yield from decoded.unread
        if not found:
            raise SourceError(
                "no row has text: name the column that holds it in [plugins.rows] text; "
                f"the columns are: {', '.join(sorted(named)[:30]) or 'none'}"
            )

    def _columns(self, names: tuple[str, ...]) -> _Columns:
        known = (*self.text, *self.id)
        other = [name for name in names if name not in known]
        keys = fields.in_order([self.called.get(name, name) for name in other])
        return _Columns(
            names,
            [name for name in self.text if name in names],
            [name for name in self.id if name in names],
            [(other[place], role, key) for place, role, key in keys],
        )


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


def _called(column: str, own: str) -> str:
    """What a row is called whose *column* tells it from the others: a bare number says no more."""
    return f"{column} {own}" if _NUMBER.fullmatch(own) else own


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.isspace():
            continue
        try:
            value = json.loads(line.rstrip("\n"))
        except (ValueError, RecursionError) as error:
            yield number, f"it is not JSON: {error}"
            continue
        if not isinstance(value, dict):
            yield number, "it is no JSON object"
        else:
            yield number, {name: _words(each) for name, each in value.items()}


def _csv_rows(text: str, suffix: str, longest: int) -> Iterator[tuple[int, dict[str, str] | str]]:
    delimiter = "\t" if suffix == ".tsv" else _delimiter(text)
    csv.field_size_limit(longest)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader, [])]
        for number, cells in enumerate(reader, 2):
            if cells:
                yield number, dict(zip(names, cells, strict=False))
    except csv.Error as error:
        yield reader.line_num, f"it is not CSV, or a cell is past limits.characters: {error}"


def _delimiter(text: str) -> str:
    """The sign that parts the names of the first line."""
    head = text.partition("\n")[0]
    return max(",;\t|", key=head.count)


def _words(value: object) -> str:
    """A value as it is printed; ``null`` is nothing."""
    if value is None:
        return ""
    if type(value) is int:  # and no boolean
        return str(value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return without_halves(words)
