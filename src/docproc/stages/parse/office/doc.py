"""The parser of legacy DOC: LibreOffice, where it is installed, makes a DOCX of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docproc.errors import SourceError
from docproc.records import Child, SourceFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 100
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""Of the environment; LibreOffice's own home is a folder that is thrown away."""


class DocParser:
    """Hands on the DOCX that LibreOffice makes of a file of Word 6 to 2003."""

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix: by its first bytes it is any file of the older Office."""
        if source.suffix in (".doc", ".dot"):
            return 0.9 if head.startswith(_OLE) else 0.2
        return 0.0

    def parse(
        self,
        source: SourceFile,  # noqa: ARG002 - the protocol has it
        data: bytes,
    ) -> Iterable[Child]:
        """Yield the DOCX; raises ``SourceError`` where LibreOffice is missing or fails."""
        if not data.startswith(_OLE):
            raise SourceError("it is not a file of Word 97 to 2003: it does not begin as one")
        program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
        if program is None:
            raise SourceError(
                "reading .doc needs LibreOffice: install it (apt install libreoffice-writer), or "
                "save the file as .docx"
            )
        with tempfile.TemporaryDirectory(prefix="docproc-") as folder:
            made = _convert(program, Path(folder), data)
        yield Child("", made)


def make(_: Mapping[str, Any]) -> DocParser:
    """The factory; there are no settings."""
    return DocParser()


def _convert(program: str, folder: Path, data: bytes) -> bytes:
    """*data* as DOCX.  Macros are not run: a conversion without a window runs none."""
    given, made = folder / "given.doc", folder / "given.docx"
    given.write_bytes(data)
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    profile = (folder / "profile").as_uri()
    try:
        subprocess.run(  # noqa: S603 - the program is the user's own
            [
                program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                "--convert-to", "docx", "--outdir", str(folder), str(given),
            ],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            cwd=folder,
            env=environment | {"HOME": str(folder)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SourceError(f"LibreOffice takes more than {_SECONDS} s for it") from None
    except OSError as error:
        raise SourceError(f"LibreOffice cannot be run: {error}") from None
    if not made.exists():
        raise SourceError("LibreOffice cannot read it")
    return made.read_bytes()
