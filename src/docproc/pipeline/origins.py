"""Origins: what the record of a fetched file says of the documents in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from docproc.markdown.fields import Fields, understand
from docproc.records import Document, Metadata, SourceFile
from docproc.references.grammar import FindsReferences
from docproc.store.mirror import Record, read_record

_TOLD_FIRST = ("dates", "other")
"""Fields that hold several values: what the source says stands before what the file does."""


def origin_of(root: Path, source: SourceFile) -> Record | None:
    """The record of *source*, a file of the workspace at *root*, if it speaks of these bytes."""
    record = read_record(root / source.path)
    return record if record is not None and record.sha256 == source.sha256 else None


def with_origin(
    documents: list[Document], record: Record, grammars: Sequence[FindsReferences] = ()
) -> list[Document]:
    """*documents* with where their file came from, and what the source says of a single one."""
    documents = [
        replace(each, metadata=replace(each.metadata, origin=record.origin)) for each in documents
    ]
    if len(documents) != 1 or not record.about:
        return documents
    pairs = [(name, [value]) for name, value in _join(record.about)]
    return [_describe(documents[0], understand(pairs, None, grammars))]


def _join(about: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """*about* with the values of one name joined, as front matter has them."""
    said: dict[str, list[str]] = {}
    for name, value in about:
        if value.strip():
            said.setdefault(name, []).append(value)
    return [(name, "; ".join(values)) for name, values in said.items()]


def _describe(document: Document, said: Fields) -> Document:
    own = document.metadata
    given: dict[str, Any] = {}
    for each in fields(Metadata):
        value = getattr(said.metadata, each.name)
        if each.name in _TOLD_FIRST:
            given[each.name] = tuple(dict.fromkeys((*value, *getattr(own, each.name))))
        elif value is not None and value != each.default:
            given[each.name] = value
    return replace(
        document,
        metadata=replace(own, **given),
        references=(*said.references, *document.references),
        witness=document.witness or said.witness,
    )
