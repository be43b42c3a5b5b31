"""A published generation: a folder that never changes, and its manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.files.durable import checksum, is_leftover
from docproc.store.layout import CATALOG, ENCODER, MANIFEST, PARTS, SHARDS, TEXT, VECTORS
from docproc.store.manifest import Manifest, read_manifest
from docproc.workspace.links import is_link

_REPAIR = "`docproc index` makes it again"


@dataclass(frozen=True, slots=True)
class Generation:
    """One published generation, its manifest read and checked."""

    folder: Path
    manifest: Manifest
    damaged: frozenset[str] | None = None
    """The files that ``examine`` found damaged; ``None`` if it was not asked."""
    lost: frozenset[int] = frozenset()
    """The shards that ``check_untouched`` found missing or damaged: the others are asked."""

    def sound(self, name: str) -> bool:
        """Whether *name*, a file or a folder of it, was examined and found as published."""
        there = any(n == name or n.startswith(f"{name}/") for n in self.manifest.files)
        return (
            there
            and self.damaged is not None
            and not any(n == name or n.startswith(f"{name}/") for n in self.damaged)
        )

    def shard(self, number: int) -> Generation:
        """Shard *number*, a generation with its own damage noted.  Raises ``StoreError``."""
        name = f"{SHARDS}/{self.manifest.shards[number].name}"
        damaged = self.damaged
        if damaged is not None:
            inside = (n.removeprefix(f"{name}/") for n in damaged if n.startswith(f"{name}/"))
            damaged = frozenset(inside)
        return replace(open_generation(self.folder / name), damaged=damaged)

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def catalog(self) -> Path:
        return self.folder / CATALOG

    @property
    def text(self) -> Path:
        return self.folder / TEXT

    @property
    def vectors(self) -> Path:
        return self.folder / VECTORS

    @property
    def encoder(self) -> Path:
        return self.folder / ENCODER

    @property
    def size(self) -> int:
        """The bytes of its files; those shared with other generations count in full."""
        return sum(file.size for file in self.manifest.files.values())


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong with one file of a generation."""

    path: Path
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def open_generation(folder: Path) -> Generation:
    """Read the generation in *folder*.  Raises ``StoreError`` if it has no sound manifest."""
    if is_link(folder) or is_link(folder / MANIFEST):
        raise StoreError(f"{folder / MANIFEST}: a link, and docproc follows none here")
    manifest = read_manifest(folder / MANIFEST)
    if manifest.id != folder.name:
        raise StoreError(f"{folder / MANIFEST}: is the manifest of {manifest.id}")
    return Generation(folder, manifest)


def is_own_path(generation: Generation | None) -> Callable[[str], bool]:
    """Whether a path in the folder of *generation* is that of a file which docproc put there.

    By its manifest; where that is damaged (``None``), by the parts that each generation has.
    """
    if generation is None:
        return lambda path: path.partition("/")[0] in PARTS or _half_written(path)
    listed = generation.manifest.files.keys() | {MANIFEST}
    return lambda path: path in listed or _half_written(path)


def _half_written(path: str) -> bool:
    return is_leftover(path, lambda name: name == MANIFEST)


def verify(folder: Path, *, quick: bool = False) -> list[FileProblem]:
    """Compare every file in *folder* with its checksum; *quick*: its size only.

    Returns what is wrong, each with the file's name: missing, of another size, altered, not
    readable, or not a part of the generation.  An empty list: it is as it was published.
    """
    try:
        generation = open_generation(folder)
    except StoreError as error:
        return [FileProblem(folder / MANIFEST, str(error).partition(f"{MANIFEST}: ")[2])]
    problems = []
    for name, expected in generation.manifest.files.items():
        path = folder / name
        try:
            size = path.lstat().st_size
            if is_link(path):
                problems.append(FileProblem(path, "a link, and not the file that was published"))
            elif size != expected.size:
                problems.append(
                    FileProblem(path, f"has {size} bytes, published with {expected.size}")
                )
            elif not quick and (found := checksum(path)) != expected.sha256:
                was = expected.sha256
                problems.append(
                    FileProblem(path, f"altered: SHA-256 {found}, published with {was}")
                )
        except FileNotFoundError:
            problems.append(FileProblem(path, "missing"))
        except OSError as error:
            problems.append(FileProblem(path, f"cannot be read: {error.strerror or error}"))
    known = generation.manifest.files.keys() | {MANIFEST}
    files = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    strangers = (path for path in files if path.relative_to(folder).as_posix() not in known)
    return problems + [FileProblem(path, "not a part of what was published") for path in strangers]


_AT_ONCE = 128_000_000


def check_untouched(generation: Generation) -> Generation:
    """*generation*, with those of its shards as ``lost`` of which a file is not as published.

    Raises ``StoreError`` where another file is another than was published, as a look can tell,
    or where every shard is lost.

    Each file's size is compared, and the checksum of those that were changed after the manifest
    was written, up to ``_AT_ONCE`` bytes in all: of a copy of a workspace that may be many.  That
    finds what another program wrote, and not what a disk lost: ``verify`` reads every byte.
    """
    left = _AT_ONCE
    lost: dict[int, str] = {}
    try:
        published = (generation.folder / MANIFEST).stat().st_mtime_ns
    except OSError as error:
        raise StoreError(f"{generation.folder / MANIFEST}: {_unread(error)}") from None
    numbers = {entry.name: number for number, entry in enumerate(generation.manifest.shards)}
    for name, expected in generation.manifest.files.items():
        path = generation.folder / name
        where, _, rest = name.partition("/")
        shard = numbers.get(rest.partition("/")[0]) if where == SHARDS else None
        what = ""
        if shard in lost:
            continue
        try:
            state = path.lstat()
            if state.st_size != expected.size or is_link(path):
                what = "not as it was published"
            elif state.st_mtime_ns > published and expected.size <= left:
                left -= expected.size
                if checksum(path) != expected.sha256:
                    what = "altered since it was published"
        except OSError as error:
            what = _unread(error)
        if what and shard is None:
            raise StoreError(f"{path}: {what}; {_REPAIR}")
        if what and shard is not None:
            lost[shard] = f"{path}: {what}; {_REPAIR}"
    if lost and len(lost) == len(generation.manifest.shards):
        raise StoreError(min(lost.values()))
    return replace(generation, lost=frozenset(lost)) if lost else generation


def _unread(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def examine(folder: Path) -> tuple[Generation | None, list[FileProblem]]:
    """The generation in *folder* with its damaged files noted, and what is wrong with each.

    ``None`` where its manifest or its catalog is damaged: nothing can be known from the rest.
    """
    problems = verify(folder)
    damaged = frozenset(problem.path.relative_to(folder).as_posix() for problem in problems)
    if damaged & {MANIFEST, CATALOG}:
        return None, problems
    return replace(open_generation(folder), damaged=damaged), problems
