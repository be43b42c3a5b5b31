"""What no reader is shown: documents that are withdrawn, or that a rule of access closes.

A withdrawn document is shown by no reader from then on, whatever generation it has open.

A takedown cannot wait for the next generation.  ``withdrawn.json`` lists what is withdrawn, when
and why; each reader applies it to all that it finds.  A document is known by its id, and by its
source and its place in that, so that it stays withdrawn when another reading gives it another id.
A list that is damaged is an error, and nothing is answered: it must never show what it hid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.files.durable import make_folder, remove_file, write_atomically, writing
from docproc.store.layout import Layout
from docproc.workspace.links import is_link

if TYPE_CHECKING:
    import filelock

_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One document: its id, its source and member; when (UTC, ISO 8601) and why it was."""

    document: str
    source: str
    member: str
    title: str
    when: str
    why: str

    def __str__(self) -> str:
        where = f"{self.source} ({self.member})" if self.member else self.source
        return f"{where}: {self.why} ({self.when[:10]}; document {self.document[:12]})"


class Withdrawals:
    """The list of one ``embeddings/`` folder."""

    def __init__(self, layout: Layout) -> None:
        self._path = layout.withdrawn

    @property
    def stamp(self) -> tuple[int, int]:
        """Changes whenever the list does: cheap enough to ask between two questions."""
        try:
            state = self._path.lstat()
        except OSError:
            return 0, 0
        return state.st_mtime_ns, state.st_size

    def read(self) -> tuple[Withdrawal, ...]:
        """All of them, the first first.  Raises ``StoreError`` where the list cannot be read."""
        if is_link(self._path):
            raise StoreError(f"{self._path}: a link, and docproc follows none here")
        try:
            found: list[Withdrawal] = msgspec.json.decode(
                self._path.read_bytes(), type=list[Withdrawal]
            )
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError) as error:
            words = getattr(error, "strerror", None) or str(error)
            raise StoreError(
                f"{self._path}: the list of withdrawn documents cannot be read ({words}), and "
                "nothing is shown that it may hide: put it back, or remove it if nothing is "
                "withdrawn"
            ) from None
        return tuple(found)

    def add(self, withdrawal: Withdrawal) -> None:
        """Withdraw one more document; one that is listed already keeps its reason."""
        with self._alone():
            listed = self.read()
            if all(each.document != withdrawal.document for each in listed):
                self._write([*listed, withdrawal])

    def remove(self, documents: Sequence[str]) -> None:
        """Show the *documents*, by their ids, again."""
        with self._alone():
            self._write([each for each in self.read() if each.document not in documents])

    def _write(self, listed: list[Withdrawal]) -> None:
        if listed:
            write_atomically(self._path, msgspec.json.format(msgspec.json.encode(listed)) + b"\n")
        else:
            remove_file(self._path)

    def _alone(self) -> filelock.FileLock:
        """The lock of those who change the list; a run may hold the writer's for hours."""
        import filelock  # what asks never needs it

        with writing(self._path):
            make_folder(self._path.parent)
        return filelock.FileLock(self._path.with_suffix(".lock"), timeout=_SECONDS)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Documents by their ids, and by their source and member; ``told`` says why, in words.

    The words are of what is withheld by rules of access; a withdrawal is not told to readers.
    """

    documents: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()
    told: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.places)

    @property
    def digest(self) -> str:
        """Differs where anything else is hidden: for what is remembered of a generation."""
        listed = "\n".join((*sorted(self.documents), *sorted("\t".join(p) for p in self.places)))
        return sha256(listed.encode("utf-8", "surrogatepass")).hexdigest()[:16] if self else ""

    def has(self, document: str, source: str, member: str) -> bool:
        """Whether that document is hidden."""
        return document in self.documents or (source, member) in self.places

    @classmethod
    def withdrawn(cls, listed: Iterable[Withdrawal]) -> Hidden:
        """What *listed* hides."""
        every = tuple(listed)
        return cls(
            frozenset(each.document for each in every),
            frozenset((each.source, each.member) for each in every),
        )

    def join(self, other: Hidden) -> Hidden:
        """What this one hides and what *other* does."""
        return Hidden(
            self.documents | other.documents, self.places | other.places, self.told + other.told
        )
