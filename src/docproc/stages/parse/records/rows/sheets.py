"""Sheets (XLSX, XLS, XLSB, ODS) as rows of words, by the library calamine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Collection, Iterator
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError, interrupts
from docproc.formats.libraries import library
from docproc.formats.package import Package
from docproc.formats.unpacking import Unpacking
from docproc.stages.parse.records.rows.headed import under_names

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""A part of a file that a password locks, whatever is in it."""
_OLE = b"\xd0\xcf\x11\xe0"
UNREADABLE = "\ufffd"
"""A day before 1900: sheets count days from there, and calamine knows none that is negative."""


def rows_of_sheets(
    data: bytes, limits: Limits, known: Collection[str] = ()
) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Each row of each sheet: the sheet's name, its number, and its words by column.

    The columns are named as ``under_names`` says, by *known* names.  Raises ``SourceError`` for
    what is damaged, encrypted, or unpacks to too much.
    """
    calamine = library("python_calamine", "sheets", "sheets")
    if data.startswith(b"PK"):
        unpacking = Unpacking(len(data), limits)
        unpacking.unpacks(sum(info.file_size for info in Package(data, limits).infos))
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
    except BaseException as error:  # an error of its own for each thing, or a panic of Rust
        if interrupts(error):
            raise
        raise SourceError(_cause(error, data)) from None
    for called, sheet in sheets:
        rows = ([_words(cell) for cell in cells] for cells in sheet.iter_rows())
        for number, words in under_names(enumerate(rows, 1), known):
            yield called, number, words


def _words(cell: Any) -> str:
    """A cell as it is read: a whole number without its stop, a day without its midnight."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, bool):
        return str(cell).lower()
    if cell == datetime.time():
        return UNREADABLE
    return str(cell).replace("\0", "")


def _cause(error: BaseException, data: bytes) -> str:
    words = str(error)
    said = f"{type(error).__name__} {words}".lower()
    if "password" in said or "encrypt" in said or _ENCRYPTED in data:
        return "it is encrypted; save it without a password"
    if data.startswith(_OLE):
        return f"it is damaged, or a password locks it: save it as XLSX without one ({words})"
    return f"it is damaged, or not a sheet: {words or type(error).__name__}"
