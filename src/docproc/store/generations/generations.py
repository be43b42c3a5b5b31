"""The published generations: which one is current, and the way on, back and out.

Readers take no lock.  What changes anything (``begin``, ``use``, ``rollback``, ``prune``,
``sweep``) is for anyone who holds the :class:`~docproc.store.runs.lock.WriterLock`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError, TryLater, UsageError
from docproc.store.catalog.tables.schema import OtherFormat, connect
from docproc.store.files.durable import (
    describe_remaining,
    folder_size,
    reading,
    remove_file,
    remove_tree,
    replace,
    write_atomically,
    writing,
)
from docproc.store.files.folders import find_foreign_files
from docproc.store.generations.generation import (
    FileProblem,
    Generation,
    check_untouched,
    examine,
    is_own_path,
    open_generation,
    verify,
)
from docproc.store.generations.names import TRASH, is_id, list_published, published_at
from docproc.store.layout import CATALOG, SHARDS, Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docproc.store.generations.draft import DraftGeneration


class Hold:
    """The hold of one workspace; *current* gives the id of the published generation."""

    def __init__(self, layout: Layout, current: Callable[[], str | None]) -> None:
        self._file = layout.held
        self._current = current

    @property
    def is_on(self) -> bool:
        """Whether the current generation is held: no run publishes another one."""
        return self._file.exists()

    def put(self) -> str:
        """Hold the current generation; return its id.  Raises ``UsageError`` if there is none."""
        name = self._current()
        if name is None:
            raise UsageError("nothing is published that could be held: `docproc index` first")
        write_atomically(self._file, name.encode() + b"\n")
        return name

    def release(self) -> bool:
        """Let runs publish again; whether they were kept from it."""
        return remove_file(self._file)

    def check(self) -> None:
        """Raise ``TryLater`` where it is on: a run would publish over what is held."""
        if self.is_on:
            raise TryLater(
                f"generation {self._current()} is held, and nothing was indexed; "
                "`docproc generations hold --release` lets runs publish again"
            )


__all__ = ["FileProblem", "Generation", "Generations", "ListedGeneration"]


@dataclass(frozen=True, slots=True)
class ListedGeneration:
    """A line of the list: a generation, or why it cannot be one."""

    id: str
    current: bool
    folder: Path
    generation: Generation | None
    problem: str | None = None

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return folder_size(self.folder)


class Generations:
    """The generations below one ``embeddings/`` folder.  *clock* is for tests."""

    def __init__(
        self, layout: Layout, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.layout = layout
        self._clock = clock

    def begin(self) -> DraftGeneration:
        """An empty draft; a context manager that discards itself unless published."""
        from docproc.store.generations.draft import DraftGeneration

        return DraftGeneration(self.layout, self._clock)

    def current_id(self) -> str | None:
        """The id in ``CURRENT``; cheap.  Raises ``StoreError`` if the file holds no such id."""
        if not self.layout.current.exists():
            return None
        with reading(self.layout.current):
            name = self.layout.current.read_bytes().decode("ascii", "replace").strip()
        if not is_id(name):
            raise StoreError(f"{self.layout.current}: names no generation; {self._way_out()}")
        return name

    def current(self) -> Generation | None:
        """The published generation, if any.  ``StoreError`` where it is not there, or damaged."""
        name = self.current_id()
        if name is None:
            return None
        try:
            return self.get(name)
        except StoreError as error:
            # published and pruned between the two reads: take the one that came after
            if (again := self.current_id()) and again != name:
                return self.get(again)
            raise StoreError(f"{error}; {self._way_out()}") from None

    def find_untouched(self) -> Generation | None:
        """The published generation, no file of which was changed since, as a look can tell.

        Of one in shards, a shard with such a file is ``lost``, and the others are as they were.
        Raises ``StoreError`` as ``current`` does, and for such a file of no shard.
        """
        while True:
            current = self.current()
            try:
                if current is not None:
                    return check_untouched(current)
            except StoreError:
                if current is not None and self.current_id() == current.id:
                    raise
                continue  # another was published meanwhile, and this one pruned
            return current

    def examine(self, say: Callable[[str], None]) -> tuple[Generation | None, bool]:
        """What the next generation can be made from, every checksum compared; whether to fix.

        The current one if its manifest and its catalog are sound, its other damaged files
        noted; else the newest that is; else ``None``.  *say* is told of every damage, and of
        every catalog of another format.  To fix is to publish again though no source has changed.
        """
        try:
            current = self.current_id()
        except StoreError as error:
            say(str(error))
            current = None
        if current is None and not self.ids():
            return None, False
        for name in sorted(self.ids(), key=lambda name: (name == current, name), reverse=True):
            found, problems = examine(self.layout.generation(name))
            for problem in problems:
                say(f"damaged: {problem}")
            if found is not None and (other := _other_format(found)):
                say(f"not built on: {other}")
            elif found is not None:
                return found, bool(problems) or name != current
        return None, True

    def get(self, generation_id: str) -> Generation:
        """The generation of that id.  Raises ``StoreError`` if it is missing or damaged."""
        return open_generation(self.layout.generation(generation_id))

    def ids(self) -> list[str]:
        """The ids of all generations, in the order in which they were published."""
        return list_published(self.layout)

    def listing(self) -> list[ListedGeneration]:
        """All generations in the order in which they were published, the damaged ones too."""
        current = self.current_id()
        listed = []
        for name in self.ids():
            folder = self.layout.generation(name)
            try:
                found, problem = open_generation(folder), None
            except StoreError as error:
                found, problem = None, str(error)
            listed.append(ListedGeneration(name, name == current, folder, found, problem))
        return listed

    def use(self, generation_id: str) -> Generation:
        """Make the generation of that id the current one, if none of its files is damaged.

        *generation_id* may be shortened to a beginning that only one has, of the whole or of
        what stands behind the time.  Raises
        ``UsageError`` where none is called so, ``StoreError`` where it is damaged; the current
        one then stays.
        """
        ids = self.ids()
        matches = [name for name in ids if name.startswith(generation_id)]
        matches = matches or [n for n in ids if n.partition("-")[2].startswith(generation_id)]
        if len(matches) != 1:
            there = ", ".join(matches or self.ids()) or "none"
            what = "more than one generation" if matches else "no generation"
            raise UsageError(f"{what} is called {generation_id!r}; there are: {there}")
        generation = self.get(matches[0])
        if problems := self.verify(generation):
            raise StoreError(f"{generation.id} is damaged, and stays unused: {problems[0]}")
        write_atomically(self.layout.current, generation.id.encode() + b"\n")
        return generation

    def rollback(self) -> Generation:
        """Make current what was current before the current one was made.

        That is its parent; where that is gone, the newest of those older than it.  Raises
        ``UsageError`` if there is none, ``StoreError`` if it is damaged.
        """
        name = self.current_id()
        older = [each for each in self.ids() if name and each < name]
        if name is None or not older:
            raise UsageError("there is no earlier generation to go back to")
        try:
            parent = self.get(name).manifest.parent
        except StoreError:
            parent = None  # damaged: all the more reason to go back
        return self.use(parent if parent in older else older[-1])

    @property
    def hold(self) -> Hold:
        """The hold on publishing."""
        return Hold(self.layout, self.current_id)

    def prune(
        self,
        keep: int,
        young: timedelta = timedelta(0),
        say: Callable[[str], None] = lambda _: None,
        going: Callable[[Generation], None] = lambda _: None,
    ) -> list[ListedGeneration]:
        """Remove all but the *keep* newest generations, and return those removed.

        *going* is called with each, as long as it is there.

        Those that are not older than *young* stay too, and so does one in whose folder lies a
        file that docproc did not put there: *say* is told of it.

        The current one always stays, and so does its parent if *keep* is two or more, since
        ``rollback`` leads there.  Readers of a removed one read on; where the platform does
        not let an open file be removed, the generation stays until a later time.
        """
        listed = self.listing()
        kept = {each.id for each in listed[max(len(listed) - keep, 0) :]}
        for each in listed:
            if each.current:
                kept.add(each.id)
                if keep > 1 and each.generation and each.generation.manifest.parent:
                    kept.add(each.generation.manifest.parent)
        now = self._clock()
        kept |= {each.id for each in listed if young and now - published_at(each.id) <= young}
        out = [each for each in listed if each.id not in kept]
        for each in out:
            if each.generation:
                going(each.generation)
        return [each for each in out if self._remove(each, say)]

    def sweep(self) -> list[Path]:
        """Remove what crashed processes left half made or half removed; return their folders."""
        from docproc.store.generations.draft import sweep

        return sweep(self.layout)

    def verify(self, generation: Generation, *, quick: bool = False) -> list[FileProblem]:
        """What is wrong with the files of *generation*; see :func:`.generation.verify`."""
        return verify(generation.folder, quick=quick)

    def _remove(self, listed: ListedGeneration, say: Callable[[str], None]) -> bool:
        """Take the folder of a generation out of the list at once, then remove its files."""
        folder = self.layout.generation(listed.id)
        if others := find_foreign_files(folder, is_own_path(listed.generation)):
            say(describe_remaining(folder, others))
            return False
        aside = folder.with_name(f"{TRASH}{folder.name}")
        try:
            with writing(folder):
                replace(folder, aside)
        except StoreError:
            return False
        remove_tree(aside)
        return True

    def _way_out(self) -> str:
        ids = self.ids()
        if not ids:
            return "`docproc index` makes a generation again"
        return f"`docproc generations use ID` takes another; there are: {', '.join(ids)}"


def _other_format(generation: Generation) -> str | None:
    """What is said of a catalog of *generation* that is of another format than is read here."""
    shards = generation.manifest.shards
    folders = [generation.folder / SHARDS / each.name for each in shards] or [generation.folder]
    for folder in folders:
        try:
            connect(folder / CATALOG, "ro").close()
        except OtherFormat as error:
            return str(error)
        except StoreError:
            pass  # damaged, and told so
    return None
