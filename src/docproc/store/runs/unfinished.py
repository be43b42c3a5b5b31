"""What an unfinished run has read: a catalog aside, from which the next run goes on.

Below ``embeddings/unfinished/``: the catalog, being written or finished and not published yet,
and ``about.json``, which says what it was begun from and how far it is.  While no one writes, it
has the catalog's checksum too, so that every byte is compared before it is gone on with.  After
a kill there is none: then SQLite takes back what was not committed, and must find its own tables
and indexes whole.  What does not stand is dropped, and read again.

It holds at most one catalog.  The draft of a run takes that over by a second name, so a
finished one is never written to again: it is copied first, as the published one is.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.catalog import Failure, SourceState
from docproc.store.catalog.parts.source_readings import failures, sources
from docproc.store.catalog.tables import schema
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.files.durable import (
    checksum,
    is_leftover,
    make_folder,
    remove_file,
    remove_own_files,
    write_atomically,
)
from docproc.store.layout import CATALOG, Layout
from docproc.store.manifest import FileSum
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docproc.store.generations.generation import Generation

_ABOUT = "about.json"
_ENDINGS = ("", ".copy", "-journal", "-wal", "-shm")
"""Of the files of an SQLite database, and of the copy that one begins as."""
_OF_A_SHARD = compile_on_use(r"\A\d{3}-of-\d{3}/")


def folder_of_shard(number: int, shards: int) -> str:
    """The name of the folder, below ``unfinished/``, of one shard of so many."""
    return f"{number:03d}-of-{shards:03d}"


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """How far an unfinished run came: it has *read* so many *of* the sources that it had to."""

    read: int
    of: int

    def __str__(self) -> str:
        return f"{self.read:,} of {self.of:,} sources read"


@dataclass(frozen=True, slots=True)
class _About:
    """``base`` is the SHA-256 of the published catalog that it was begun from, if there was one."""

    base: str | None
    progress: ReadSoFar
    file: FileSum | None = None


def _is_ours(name: str) -> bool:
    """Whether *name* is that of a file which docproc, or SQLite for it, makes there."""
    name = _OF_A_SHARD.sub("", name)
    plain = name == _ABOUT or name in {f"{CATALOG}{end}" for end in _ENDINGS}
    return plain or is_leftover(name, lambda of: of == _ABOUT)


class Unfinished:
    """The one unfinished reading below ``embeddings/``; all but ``progress`` is for a writer."""

    def __init__(self, layout: Layout, shard: str = "") -> None:
        """That of the whole; or that of one *shard*, in a folder of its own below it."""
        self.folder = layout.unfinished / shard if shard else layout.unfinished
        self._whole = not shard
        self.catalog = self.folder / CATALOG

    def progress(self) -> ReadSoFar | None:
        """How far it is; ``None``: there is nothing to go on from.  Shards are added up."""
        shards = (self._about(folder) for folder in sorted(self.folder.glob("*-of-*")))
        known = [about.progress for about in (self._about(), *shards) if about]
        if not known:
            return None
        return ReadSoFar(sum(each.read for each in known), sum(each.of for each in known))

    def examine(self, parent: Generation | None, say: Callable[[str], None]) -> bool:
        """Whether one, sound and begun from *parent*'s catalog, is there; any other is removed."""
        about, published = self._about(), parent.manifest.files[CATALOG] if parent else None
        if about is None or (published and about.file == published):
            pass  # half begun, or the run died when it had published it
        elif about.base != (published and published.sha256):
            say("dropped: what an unfinished run had read, for another generation is published now")
        elif cause := self._problem(about):
            say(f"dropped: {self.catalog}, what an unfinished run had read: {cause}")
        else:
            if about.file is None and self.finished:
                self._seal(about)
            return True
        self.retire()
        return False

    @property
    def finished(self) -> bool:
        """Whether its catalog is whole, and only wants publishing."""
        with contextlib.suppress(StoreError):
            schema.connect(self.catalog, "ro").close()
            return True
        return False

    def states(self) -> tuple[dict[str, SourceState], dict[str, Failure]]:
        """Every source that it holds, and every one in quarantine, by path."""
        db = schema.connect(self.catalog, "rw", unfinished=not self.finished)
        try:
            with schema.raise_store_errors(self.catalog):
                return sources(db), failures(db)
        finally:
            db.close()

    @contextlib.contextmanager
    def going_on(self, parent: Generation | None, before: ReadSoFar) -> Iterator[CatalogWriter]:
        """The writer that goes on with it, or begins with a copy of the catalog of *parent*.

        *before* is how far it is before that.  However the block ends, what is settled is kept.
        """
        about = _About(parent.manifest.files[CATALOG].sha256 if parent else None, before)

        def keep(sources: int) -> None:
            nonlocal about
            about = replace(about, progress=replace(before, read=before.read + sources))
            with contextlib.suppress(StoreError):  # it only tells; a full disk is found out anyway
                self._note(about)

        make_folder(self.folder)
        there = self.catalog.exists()
        if there:
            self._note(about)  # from here on its checksum is not true
        finished = there and self.finished
        base = self.catalog if finished else None if there or not parent else parent.catalog
        writer = CatalogWriter(
            self.catalog, base, resume=there and not finished, noting=self._whole, kept=keep
        )
        if not there:
            self._note(about)
        try:
            with writer:
                yield writer
        except BaseException:
            with contextlib.suppress(StoreError, OSError):
                self._seal(about)
            raise
        self._seal(about)

    def retire(self) -> None:
        """Remove it: it was published, or is of no use."""
        with contextlib.suppress(OSError):  # without this, what is left is nothing
            remove_file(self.folder / _ABOUT)
        if others := remove_own_files(self.folder, _is_ours):
            for path in self.folder.rglob("*"):
                if path not in others and not path.is_dir():
                    with contextlib.suppress(OSError):
                        remove_file(path)

    def sum(self) -> FileSum:
        """What the file of the finished catalog must be.  Raises ``StoreError``."""
        about = self._about()
        if about is None or about.file is None:
            raise StoreError(f"{self.catalog}: gone, while it was to be published")
        return about.file

    def _seal(self, about: _About) -> None:
        file = FileSum(self.catalog.stat().st_size, checksum(self.catalog))
        self._note(replace(about, file=file))

    def _note(self, about: _About) -> None:
        write_atomically(self.folder / _ABOUT, msgspec.json.encode(about))

    def _about(self, folder: Path | None = None) -> _About | None:
        try:
            path = (folder or self.folder) / _ABOUT
            return msgspec.json.decode(path.read_bytes(), type=_About)
        except (OSError, msgspec.MsgspecError):
            return None

    def _problem(self, about: _About) -> str | None:
        """What is wrong with the catalog; ``None``: nothing."""
        try:
            if about.file is not None:
                found = FileSum(self.catalog.stat().st_size, checksum(self.catalog))
                if found != about.file:
                    return "it does not match its checksum"
                schema.connect(self.catalog, "rw", unfinished=not self.finished).close()
                return None
            db = schema.connect(self.catalog, "rw", unfinished=not self.finished)
            try:
                with schema.raise_store_errors(self.catalog):
                    ((said),) = db.execute("PRAGMA integrity_check(1)").fetchone()
                    return None if said == "ok" else str(said)
            finally:
                db.close()
        except (OSError, StoreError) as error:
            words = getattr(error, "strerror", None) or str(error)
            return words.removeprefix(f"{self.catalog}: ").partition(";")[0]
