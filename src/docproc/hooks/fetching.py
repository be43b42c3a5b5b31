"""The contract of sources: what is fetched from elsewhere into a folder of the workspace.

A source names what there is, and docproc does the rest: it asks the network, one request at a time
and only the hosts that the user has allowed, writes each file into the folder that ``config.toml``
names, keeps its address and time beside it, and goes on where a fetch was stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.records import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: ``data``, and the ``address`` that it came from in the end."""

    data: bytes
    address: str
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file that there is.

    ``key`` is its name for good, whatever it is called or where it lies; ``version`` another one
    whenever its bytes are (a date of change, a checksum).  ``name`` is what the file is to be
    called, with ``/`` between folders; docproc makes of it one that any system takes, within the
    folder.  ``address`` is what a reader can find it at, and is cited.  ``content`` gives the
    bytes, and is called only where that version is not there yet.  ``about`` is what the
    source says of the document, as front matter does: ``(("sender", "A. Lind"), ...)``.
    """

    key: str
    name: str
    address: str
    version: str
    content: Callable[[], bytes]
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What was called ``key`` is there no more, as the source says.  Its file stays."""

    key: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """All up to here was named: a visit that is stopped later goes on with this ``cursor``."""

    cursor: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is there was named since the visit began: what was not is told to be gone."""


Found: TypeAlias = Item | Withdrawn | Reached | Whole | Unread
"""What a source yields; ``Unread`` is what is there and cannot be fetched, with the cause."""


class Visit(Protocol):
    """A visit to a source: what is known of it, and the way to ask it."""

    @property
    def cursor(self) -> str:
        """Where a visit before was stopped (``Reached``); ``""``: begin at the beginning."""
        ...

    @property
    def since(self) -> str:
        """When the last visit that was finished began (``2026-11-29T21:04:11Z``), or ``""``."""
        ...

    def get(self, address: str, *, robots: bool = True) -> Fetched:
        """Fetch *address*, a request at a time, as slowly as the host asks for.

        ``robots.txt`` is kept to unless *robots* is false, for what is made to be harvested.
        Raises ``SourceError`` where there is nothing to be had: a host that the user has not
        allowed, a refusal, an answer that is too large.  ``TryLater``, which a source lets pass,
        says that nothing can be had for now.
        """
        ...


@runtime_checkable
class Source(Protocol):
    """Source: files from elsewhere, for ``docproc fetch``."""

    def items(self, visit: Visit) -> Iterable[Found]:
        """Yield what there is, in an order that stays, from *visit*'s cursor on.

        Asks the network through *visit* alone.  Raises ``SourceError`` where what comes back makes
        no sense; what was yielded before that stays.
        """
        ...
