"""The folder of a generation in the making, or of one shard of it, and what goes into it."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from docproc.errors import StoreError
from docproc.store.files.durable import (
    checksum,
    hard_link_or_copy,
    make_folder,
    remove_tree,
    writing,
)
from docproc.store.files.folders import Folder
from docproc.store.generations.generation import Generation
from docproc.store.layout import CATALOG, ENCODER, MANIFEST, SHARDS, TEXT, VECTORS
from docproc.store.manifest import FileSum, Manifest, write_manifest


class DraftFolder:
    """What is made in *folder*, and what was taken over from a generation before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._expected: dict[str, FileSum] = {}
        self._parent: Generation | None = None

    @property
    def catalog(self) -> Path:
        return self.folder / CATALOG

    @property
    def text(self) -> Path:
        """The folder of the text index; created when first asked for."""
        return self._make(TEXT)

    @property
    def vectors(self) -> Path:
        """The folder of the vectors and their index; created when first asked for."""
        return self._make(VECTORS)

    @property
    def encoder(self) -> Path:
        """The folder of the query encoder; created when first asked for."""
        return self._make(ENCODER)

    def _make(self, name: str) -> Path:
        with Folder(self.folder) as draft:
            draft.make(name)
        return self.folder / name

    def take(self, parent: Generation, name: str) -> None:
        """Take over *name*, a file or a folder of *parent*, unchanged: linked, or copied.

        Publication checks it against the checksum that *parent* was published with, so that
        damage is not handed on.  Raises ``StoreError`` if *parent* has nothing of that name.
        """
        names = [n for n in parent.manifest.files if n == name or n.startswith(f"{name}/")]
        if not names:
            raise StoreError(f"{parent.folder / name}: not a part of generation {parent.id}")
        for each in names:
            target = self.folder / each
            with writing(target):
                make_folder(target.parent)
                hard_link_or_copy(parent.folder / each, target)
            self._expected[each] = parent.manifest.files[each]

    def take_catalog(self, path: Path, expected: FileSum) -> None:
        """Take over the finished catalog at *path*: linked, or copied; publication checks it."""
        with writing(self.catalog):
            hard_link_or_copy(path, self.catalog)
        self._expected[CATALOG] = expected

    def shares_with(self, parent: Generation) -> None:
        """Check files of *parent* that plugins may have linked into this draft as taken ones."""
        self._parent = parent

    def _check_sums(self) -> dict[str, FileSum]:
        sums = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            name = path.relative_to(self.folder).as_posix()
            if path.is_symlink() or not path.is_file():
                raise StoreError(f"{path}: a generation holds plain files only")
            found = FileSum(path.stat().st_size, checksum(path))
            expected = self._expected.get(name) or self._find_linked(path, name) or found
            if found != expected:
                raise StoreError(
                    f"{path}: taken over, and damaged where it came from: "
                    f"SHA-256 {found.sha256}, where it was {expected.sha256}"
                )
            sums[name] = found
        if missing := self._expected.keys() - sums.keys():
            raise StoreError(f"{self.folder / min(missing)}: gone from the draft")
        return sums

    def _find_linked(self, path: Path, name: str) -> FileSum | None:
        """What the parent was published with, if *path* is a second name of its file."""
        if self._parent is None or name not in self._parent.manifest.files:
            return None
        with contextlib.suppress(OSError):
            if path.samefile(self._parent.folder / name):
                return self._parent.manifest.files[name]
        return None


class ShardDraft(DraftFolder):
    """One shard of the draft in the folder *draft*: a generation without its encoder."""

    def __init__(self, draft: Path, name: str) -> None:
        """Make its folder, empty, whatever a run that was ended left there."""
        super().__init__(draft / SHARDS / name)
        with writing(self.folder):
            make_folder(self.folder.parent)
            remove_tree(self.folder)
            make_folder(self.folder)

    def seal(self, manifest: Manifest) -> Manifest:
        """Complete *manifest* with every checksum, and write it.  Raises ``StoreError``."""
        with writing(self.folder):
            files = self._check_sums()
            complete = replace(manifest, id=self.folder.name, files=files)
            return write_manifest(self.folder / MANIFEST, complete)
