"""What a parser may yield beside documents: a file within the file, and what it could not read."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


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
