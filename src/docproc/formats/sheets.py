"""Sheets (XLSX, XLS, XLSB, ODS) as rows of words, by the library calamine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.libraries import library
from docproc.formats.package import Package
from docproc.formats.unpacking import Unpacking


def rows_of_sheets(data: bytes, limits: Limits) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Each row under the first one of each sheet: the sheet's name, its number, and its words.

    The words are named by those of the first row that has any.  Raises ``SourceError`` for what
    is damaged, encrypted, or unpacks to too much.
    """
    calamine = library("python_calamine", "sheets", "sheets")
    if data.startswith(b"PK"):
        unpacking = Unpacking(len(data), limits)
        unpacking.unpacks(sum(info.file_size for info in Package(data, limits).infos))
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
    except Exception as error:  # the library has an error of its own for each thing
        raise SourceError(_cause(error)) from None
    for called, sheet in sheets:
        names: list[str] = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            words = [_words(cell) for cell in cells]
            if not any(words):
                continue
            if names:
                yield called, number, dict(zip(names, words, strict=False))
            else:
                names = _names(words)


def _names(words: list[str]) -> list[str]:
    """What the columns are called; one without a name by its letter, as sheets show it."""
    names: list[str] = []
    for place, name in enumerate(words):
        called = " ".join(name.split()) or f"column {_letters(place)}"
        names.append(called if called not in names else f"{called} ({_letters(place)})")
    return names


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _words(cell: Any) -> str:
    """A cell as it is read: a whole number without its stop, a day without its midnight."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell).replace("\0", "")


def _cause(error: Exception) -> str:
    words = str(error)
    if "assword" in type(error).__name__ or "assword" in words or "encrypt" in words.lower():
        return "it is encrypted; save it without a password"
    return f"it is damaged, or no sheet: {words or type(error).__name__}"
