"""Published generations in object storage, and the pointer there: one conditional write publishes.

``objects/SHA-256`` are the files, each kept once however many generations have it;
``generations/ID.json`` are the manifests, by which files are found and checked; ``CURRENT`` names
the one that is published.  It is written last, on condition that nobody has changed it since it
was read (``If-Match``, or ``If-None-Match`` where there is none yet): of two machines that publish
at once, one is told so and has changed nothing.  A reader brings what it lacks into its own
``embeddings/``, by checksum, and opens that as any other.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from docproc.errors import StoreError, TryLater
from docproc.store.files.durable import checksum, make_folder, write_atomically, writing
from docproc.store.generations.draft import DraftGeneration
from docproc.store.generations.generation import Generation
from docproc.store.generations.generations import Generations
from docproc.store.generations.names import is_id
from docproc.store.layout import MANIFEST
from docproc.store.manifest import read_manifest
from docproc.store.vectors.object_store import object_store_errors, open_store

_POINTER = "CURRENT"
Version = dict[str, Any] | None
"""What the pointer was when it was read; ``None``: there was none."""


class ObjectGenerations:
    """Generations below *url* (``s3://bucket/folder``), beside those of *local*."""

    def __init__(self, url: str, local: Generations) -> None:
        """Raises ``ConfigError`` where *url* is none, or the library is not installed."""
        self._url, self._local = url, local
        self._library, self._store = open_store("scale.generations", url)

    def pointer(self) -> tuple[str | None, Version]:
        """The id of the generation that is published there, and the version of the pointer.

        Raises ``TryLater`` where the storage does not answer, ``StoreError`` for another content.
        """
        with self._answering():
            try:
                found = self._library.get(self._store, _POINTER)
                name = bytes(found.bytes()).decode("ascii", "replace").strip()
            except FileNotFoundError:
                return None, None
        if not is_id(name):
            raise StoreError(f"{self._url}/{_POINTER}: names no generation")
        kept = {key: found.meta[key] for key in ("e_tag", "version") if found.meta[key]}
        return name, kept

    def push(self, generation: Generation) -> int:
        """Put *generation* there, and make it the published one; returns how many files it took.

        Raises ``TryLater`` where the storage does not answer, or another machine has published
        what this one does not have: then nothing is published there.
        """
        name, version = self.pointer()
        if name == generation.id:
            return 0
        if name is not None and name not in self._local.ids():
            raise TryLater(
                f"{self._url}: another machine has published {name}, which is not here: "
                "`docproc generations pull`, then `docproc index` again"
            )
        put = 0
        for path, each in generation.manifest.files.items():
            put += self._put_once(f"objects/{each.sha256}", generation.folder / path)
        self._put_once(f"generations/{generation.id}.json", generation.folder / MANIFEST)
        self._move(generation.id, version)
        return put

    def _move(self, name: str, version: Version) -> None:
        """Let the pointer name *name*, if it still is what it was in *version*."""
        errors = self._library.exceptions
        with self._answering():
            try:
                self._library.put(
                    self._store, _POINTER, f"{name}\n".encode(), mode=version or "create"
                )
            except (errors.PreconditionError, errors.AlreadyExistsError):
                raise TryLater(
                    f"{self._url}: another machine has published at the same time: "
                    "`docproc generations pull`, then `docproc index` again"
                ) from None

    def pull(self) -> tuple[Generation | None, int]:
        """Bring what is published there, and publish it here; and how many files that took.

        For the holder of the writer's lock.  Files that a generation here has are linked.  Raises
        ``TryLater`` where the storage does not answer; ``StoreError`` for a file that is not what
        its checksum says: then what is published here stands.
        """
        name, _ = self.pointer()
        if name is None:
            return None, 0
        if name in self._local.ids():
            if self._local.current_id() != name:
                self._local.use(name)
            return self._local.get(name), 0
        with self._local.begin() as draft:
            taken = self._fill(draft, name)
            draft.adopt(name)
        return self._local.get(name), taken

    def _fill(self, draft: DraftGeneration, name: str) -> int:
        """Bring the manifest called *name*, and each of its files, into *draft*."""
        with self._answering():
            data = bytes(self._library.get(self._store, f"generations/{name}.json").bytes())
        write_atomically(draft.folder / MANIFEST, data)
        manifest = read_manifest(draft.folder / MANIFEST)
        if manifest.id != name:
            raise StoreError(f"{self._url}/generations/{name}.json: is that of {manifest.id}")
        here = self._files_here()
        taken = 0
        for path, each in manifest.files.items():
            target = draft.folder / path
            with writing(target):
                make_folder(target.parent)
            if not _linked(here.get(each.sha256), target, each.sha256):
                self._bring(each.sha256, target)
                taken += 1
        return taken

    def _bring(self, sha256: str, target: Path) -> None:
        with self._answering(), writing(target), target.open("wb") as file:
            try:
                for some in self._library.get(self._store, f"objects/{sha256}"):
                    file.write(some)
            except FileNotFoundError:
                raise StoreError(f"{self._url}/objects/{sha256}: missing ({target.name})") from None
        if checksum(target) != sha256:
            raise StoreError(f"{self._url}/objects/{sha256}: altered ({target.name})")

    def _files_here(self) -> dict[str, Path]:
        """A file of a generation here for each checksum."""
        found: dict[str, Path] = {}
        for listed in self._local.listing():
            if listed.generation is not None:
                for path, each in listed.generation.manifest.files.items():
                    found.setdefault(each.sha256, listed.generation.folder / path)
        return found

    def _put_once(self, name: str, path: Path) -> int:
        """Put the file at *path* under *name*, unless one is there; 1 if it was put."""
        with self._answering():
            try:
                if self._library.head(self._store, name)["size"] == path.stat().st_size:
                    return 0
            except FileNotFoundError:
                pass
            self._library.put(self._store, name, path)
        return 1

    def _answering(self) -> contextlib.AbstractContextManager[None]:
        return object_store_errors(
            self._library, self._url, "what is published, here and there, stands"
        )


def _linked(source: Path | None, target: Path, sha256: str) -> bool:
    """Whether *source* is sound, and is *target* now."""
    try:
        if source is None or checksum(source) != sha256:
            return False
        os.link(source, target)
    except OSError:
        return False
    return True
