"""A generation in the making: a folder aside, invisible to readers until it is published."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import filelock
import msgspec

from docproc.errors import StoreError
from docproc.store.files.durable import (
    explain_no_room,
    fsync_tree,
    make_folder,
    remove_file,
    remove_tree,
    write_atomically,
    writing,
)
from docproc.store.files.durable import replace as rename
from docproc.store.files.folders import Folder
from docproc.store.generations.draft_folder import DraftFolder
from docproc.store.generations.generation import Generation
from docproc.store.generations.names import (
    DRAFT,
    is_draft,
    is_trash,
    list_published,
    lock_of,
    new_id,
)
from docproc.store.layout import MANIFEST, Layout
from docproc.store.manifest import FileSum, Manifest, write_manifest
from docproc.workspace.links import is_link


class DraftGeneration(DraftFolder):
    """A draft; a context manager that discards it unless it was published.

    A lock of the operating system beside the folder tells the living draft from one whose
    process died, whatever became of the process number since.
    """

    def __init__(self, layout: Layout, clock: Callable[[], datetime]) -> None:
        """Create an empty draft.  Raises ``StoreError`` if the folder cannot be written to."""
        self._layout = layout
        self._clock = clock
        name = f"{DRAFT}{os.getpid()}-{os.urandom(4).hex()}"
        super().__init__(layout.generations / name)
        # the lock comes before the folder and goes after it: a folder without it is dead
        self._lock = filelock.FileLock(lock_of(self.folder), thread_local=False)
        with writing(layout.generations):
            make_folder(layout.generations)
            self._lock.acquire(timeout=0)
            try:
                with Folder(layout.generations) as parent:
                    parent.make(name)
            except BaseException:
                self._end()
                raise

    def publish(self, manifest: Manifest) -> Generation:
        """Complete *manifest*, make everything durable, and make it the current generation.

        Until the last step, the replacement of ``CURRENT``, readers see the old one; whatever
        interrupts this, ``CURRENT`` names a whole generation.  Raises ``StoreError`` if a file
        cannot be written or is not what it should be; nothing that was published has changed.
        """
        with writing(self.folder):
            files = self._check_sums()
            now = self._clock().astimezone(UTC)
            generation_id = self._name(now, manifest, files)
            created = now.isoformat(timespec="seconds").replace("+00:00", "Z")
            complete = replace(manifest, id=generation_id, created=created, files=files)
            written = write_manifest(self.folder / MANIFEST, complete)
            fsync_tree(self.folder)
            folder = self._layout.generation(generation_id)
            rename(self.folder, folder)
        write_atomically(self._layout.current, generation_id.encode() + b"\n")
        self._end()
        return Generation(folder, written)

    def adopt(self, generation_id: str) -> None:
        """Make what was brought here, manifest and all, the current generation of that id."""
        with writing(self.folder):
            fsync_tree(self.folder)
            rename(self.folder, self._layout.generation(generation_id))
        write_atomically(self._layout.current, generation_id.encode() + b"\n")
        self._end()

    def discard(self) -> None:
        """Remove the draft; nothing happens if it was published or discarded already."""
        if self._lock.is_locked:
            remove_tree(self.folder)
            self._end()

    def __enter__(self) -> DraftGeneration:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        words = explain_no_room(error, self._layout.root)
        self.discard()
        if words:
            raise StoreError(
                f"{self._layout.root}: cannot be written: {words}; nothing that was published has "
                "changed, and what was embedded is kept: make room, and run again"
            ) from error

    def _end(self) -> None:
        self._lock.release()
        with contextlib.suppress(OSError):  # a later sweep removes it
            remove_file(lock_of(self.folder))

    def _name(self, now: datetime, manifest: Manifest, files: dict[str, FileSum]) -> str:
        content = msgspec.json.encode((manifest, files), order="deterministic")
        return new_id(now, hashlib.sha256(content).hexdigest(), list_published(self._layout))


def sweep(layout: Layout) -> list[Path]:
    """Remove, and return, the drafts of dead processes and what interrupted removals left."""
    if not layout.generations.is_dir():
        return []
    there = [path for path in layout.generations.iterdir() if not is_link(path)]
    removed = [folder for folder in there if is_trash(folder.name) and remove_tree(folder)]
    named = {path.with_name(path.name.removesuffix(".lock")) for path in there}
    drafts = {path for path in named if is_draft(path.name)}
    for draft in sorted(drafts):
        lock = filelock.FileLock(lock_of(draft), thread_local=False)
        with writing(draft):
            try:
                lock.acquire(timeout=0)
            except filelock.Timeout:
                continue  # its process lives
            if draft.exists() and remove_tree(draft):
                removed.append(draft)
            lock.release()
            if not draft.exists():
                remove_file(lock_of(draft))
    return removed
