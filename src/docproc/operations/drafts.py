"""Reading a draft that is no part of the corpus: in the workers, within the limits, not kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docproc.errors import SourceError, UsageError
from docproc.records import Document

if TYPE_CHECKING:
    from docproc.operations.application import Application


def read_draft(application: Application, file: Path) -> list[Document]:
    """The documents of the manuscript *file*.  Raises ``UsageError`` where it cannot be read."""
    from docproc.pipeline.scan import FoundFile

    try:
        state = file.stat()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from None
    if not file.is_file():
        raise UsageError(f"{file}: not a file")
    with application.readings() as readings:
        reading = readings.one(FoundFile(file.name, file, state.st_size, state.st_mtime_ns))
    if isinstance(reading, SourceError):
        raise UsageError(f"{file}: {reading}")
    return [document for document, _ in reading.documents]
