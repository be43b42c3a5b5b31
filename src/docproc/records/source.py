"""A source file, where it came from, and what a parser may yield of it beside documents."""

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


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that a source file was fetched from, and when (UTC, ``2026-11-29T21:04:11Z``)."""

    address: str
    fetched: str

    @property
    def day(self) -> str:
        """The date of access: ``"2026-11-29"``."""
        return self.fetched[:10]


@dataclass(frozen=True, slots=True)
class Child:
    """A file that stands within another: an attachment, a member of an archive.

    The pipeline parses it as it parses any file.  ``name`` is its path inside, with ``/``
    between the parts; it begins the ``member`` of every document that comes of it.  It is
    ``""`` where the child is the source itself in another form.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a source that could not be read, where the rest could.

    ``where`` is for a reader (``"page 3"``); ``cause`` says why, and what to do.
    """

    where: str
    cause: str

    def __str__(self) -> str:
        return f"{self.where}: {self.cause}"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page of a source as an image, with a passage marked on it.

    ``label`` is the page's, as printed or counted; ``png`` the image's bytes.
    """

    label: str
    png: bytes
