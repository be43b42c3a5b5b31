"""What the checks of parsers have in common: how a file is parsed, and what must hold of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from docproc.pipeline.reading.soundness import find_document_error
from docproc.records import Child, Document, Unread
from docproc.testing import samples
from docproc.testing.contract import ContractBroken, break_promise
from docproc.testing.processes import tasks
from docproc.testing.samples import HEAD


def source_of(name: str, data: bytes) -> Any:
    """The record of a file called *name*, below ``seeds/`` where nothing else is said."""
    return samples.source(name if "/" in name else f"seeds/{name}", data)


def some(files: Mapping[str, bytes], most: int = 1000) -> dict[str, bytes]:
    """The samples, or the first few; the check is skipped where there are none."""
    if not files:
        pytest.skip("no sample is of a kind that this parser takes: override `samples`")
    return dict(list(files.items())[:most])


def confidence_of(plugin: Any, name: str, data: bytes) -> float:
    """How surely *plugin* takes the file; fails where it is no number from 0 to 1."""
    found = plugin.confidence(source_of(name, data), data[:HEAD])
    if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= 1:
        break_promise(f"the confidence for {name!r} is {found!r}")
    return float(found)


def parse_file(plugin: Any, name: str, data: bytes) -> list[Any] | str:
    """What *plugin* yields of the file, or the ``SourceError`` that it raises, in words."""
    return tasks.parse(plugin, source_of(name, data), data)


def documents_of(plugin: Any, name: str, data: bytes) -> list[Document]:
    """The documents that *plugin* yields of the file; none where it refuses it."""
    found = parse_file(plugin, name, data)
    return [] if isinstance(found, str) else [each for each in found if is_document(each)]


def is_document(found: Any) -> bool:
    """Whether *found* is neither a file within nor a part that could not be read."""
    return not isinstance(found, Child | Unread)


def hold(plugin: Any, name: str, data: bytes) -> None:
    """Parse; fail for an unsound document, and for anything raised but a ``SourceError``."""
    try:
        found = parse_file(plugin, name, data)
    except Exception as error:  # a plugin may raise anything
        shown = f"{data[:40]!r}{'…' if len(data) > 40 else ''}"
        raise ContractBroken(
            f"{name!r} holding {shown}: {type(error).__name__}: {error}"
        ) from error
    if isinstance(found, str):
        if not found.removeprefix("SourceError:").strip():
            break_promise(f"{name!r}: a SourceError without a word on the cause")
        return
    for wrong in filter(None, map(find_document_error, filter(is_document, found))):
        break_promise(f"{name!r}: {wrong}")


def is_utf8(data: bytes) -> bool:
    """Whether *data* is text in UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
