"""Exchange: what goes between a run and its worker processes, as frames of MessagePack.

MessagePack into declared types, not pickle: a parser that a hostile file has taken over can
send a wrong text, but nothing that this process would run.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, TypeVar

import msgspec

from docproc.records import Document, DrawnPage, Passage, SourceFile, Span

_SIZE = struct.Struct("!Q")

T = TypeVar("T")


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn: the pages that ``span`` of the document ``member`` touches.

    Images that it names are looked for beside ``file``, in the workspace at ``root``.
    """

    member: str
    span: Span
    file: str
    root: str


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One file to read.

    ``file`` is where it lies, beside others that it may name, ``size`` its bytes and ``path`` its
    name in the workspace; ``passwords`` are tried on what is encrypted.  Or ``source`` and
    ``data`` are what has been read of it, and it is only to be parsed, or, with ``drawing``,
    drawn.
    """

    path: str = ""
    file: str = ""
    size: int = 0
    source: SourceFile | None = None
    data: bytes = b""
    drawing: Drawing | None = None
    passwords: tuple[str, ...] = ()


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a job: documents, or a ``cause``.

    ``encrypted`` says that a password is wanted for it, or for a part, ``nested`` that it holds
    files, and ``beside`` that it names some in its folder.  Of a drawing, ``pages``,
    and whether there are ``more`` than were drawn.  ``spent`` says that the worker has used so
    much memory that another should follow it; ``begun`` that it is none yet, and ``parser``
    reads the file now.
    """

    source: SourceFile | None = None
    parser: str = ""
    documents: tuple[tuple[Document, tuple[Passage, ...]], ...] = ()
    unread: tuple[str, ...] = ()
    pages: tuple[DrawnPage, ...] = ()
    more: bool = False
    encrypted: bool = False
    nested: bool = False
    beside: bool = False
    cause: str | None = None
    spent: bool = False
    begun: bool = False


def send(stream: BinaryIO, message: msgspec.Struct) -> None:
    """Write one frame."""
    data = msgspec.msgpack.encode(message)
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO, kind: type[T]) -> T | None:
    """Read one frame; ``None`` where the other side has ended."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    return msgspec.msgpack.decode(data, type=kind) if len(data) == size else None


def explain_unencodable(error: Exception) -> str:
    """The words for documents that cannot be encoded."""
    return f"what its parser made of it cannot be kept: {error}"
