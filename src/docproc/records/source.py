"""A source file: the bytes that everything else must be traceable to."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the corpus, as it was when it was read.

    ``path`` is relative to the workspace, with ``/`` between its parts on every platform;
    ``size`` is in bytes; ``sha256`` is of the bytes, in hexadecimal digits, and where files beside
    it were read with it, of the bytes of all.
    """

    path: str
    media_type: str
    size: int
    sha256: str

    @property
    def suffix(self) -> str:
        """The last suffix of the file's name, in lower case, with its dot; or ``""``."""
        name = self.path.rsplit("/", 1)[-1]
        dot = name.rfind(".")
        return name[dot:].lower() if dot > 0 else ""
