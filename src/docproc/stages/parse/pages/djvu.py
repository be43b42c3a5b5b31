"""The parser of DjVu: its layer of text, page by page, by DjVuLibre where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.records import Document, Metadata, SourceFile

_SECONDS = 300


class DjvuParser:
    """Reads the text that recognition left in a DjVu file."""

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the signature, or else by suffix."""
        if head.startswith(b"AT&TFORM"):
            return 0.95
        return 0.2 if source.suffix in (".djvu", ".djv") else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*; raises ``SourceError``."""
        program = shutil.which("djvutxt")
        if program is None:
            raise SourceError(
                "a DjVu file: it is read by djvutxt, which is not installed "
                "(package djvulibre-bin or djvulibre); or convert it to PDF"
            )
        if not data.startswith(b"AT&TFORM"):
            raise SourceError("it is damaged, or not a DjVu file")
        composer = Composer()
        for number, page in enumerate(_text(program, data).split("\f"), 1):
            words = re.sub(r"[\x0b\x1d\x1f]", "\n", page).strip()
            if words:
                composer.begin()
                composer.page(str(number), number)
                composer.write(words)
        if not composer.at:
            raise SourceError("its pages have no text: recognize them, or convert it to PDF")
        yield composer.document(source, metadata=Metadata())


def make(_: Mapping[str, Any]) -> DjvuParser:
    """The factory; there are no settings."""
    return DjvuParser()


def _text(program: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.djvu"
        file.write_bytes(data)
        try:
            done = subprocess.run(  # noqa: S603 - a program found on the path, a file of our own
                [program, str(file)], capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SourceError(f"djvutxt could not read it: {error}") from None
    if done.returncode or (done.stderr and not done.stdout.strip()):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SourceError(f"it is damaged: {said[-1] if said else 'djvutxt gave up'}")
    return done.stdout.decode("utf-8", "replace")
