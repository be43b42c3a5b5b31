"""Plan: what has changed between the sources and a catalog, and so what must be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, RemovalsRefused
from docproc.pipeline.scan import FoundFile
from docproc.store.catalog import Failure, SourceState
from docproc.text.words import count_phrase

if TYPE_CHECKING:
    from docproc.workspace import Workspace


Stands = Callable[[FoundFile, SourceState], str | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do, each list in the order of the paths.

    ``touched`` are files whose bytes are the same though their time of change is not;
    ``failing`` failed before, and nothing about them has changed.  ``confirmed`` are sources
    that other plugins would read today, but not otherwise, each with its recipe now.
    """

    new: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    removed: tuple[str, ...] = ()
    touched: tuple[FoundFile, ...] = ()
    failing: tuple[Failure, ...] = ()
    unchanged: int = 0
    confirmed: tuple[tuple[str, str], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether a new generation would say just what the published one says."""
        return not (self.new or self.changed or self.removed)

    @property
    def to_read(self) -> int:
        """How many files must be read."""
        return len(self.new) + len(self.changed)

    @property
    def idle(self) -> bool:
        """Whether the catalog has nothing to learn at all, not even a time of change."""
        return self.nothing and not (self.touched or self.confirmed)

    def words(self) -> str:
        """The plan in a few words (``"2 new, 1 changed"``); ``""`` when there is nothing to do."""
        counts = (("new", self.new), ("changed", self.changed), ("removed", self.removed))
        return ", ".join(f"{len(items):,} {name}" for name, items in counts if items)


def plan(
    found: Iterable[FoundFile],
    sources: Mapping[str, SourceState],
    failures: Mapping[str, Failure],
    *,
    stands: Stands | None = None,
    failing: str | None = None,
    concerns: Callable[[str], bool] = lambda _: True,
    tell_apart: bool = True,
    retry_failed: bool = False,
) -> Plan:
    """Compare what was *found* with what the catalog holds.

    *stands* says of a source what recipe it is to be kept with, or ``None`` if the plugins of
    today must read it again; *failing* is the hash that failures are kept with.  Without
    either, the plugins are not compared.  A file
    whose size or time of change differs is hashed to see if its bytes do,
    unless *tell_apart* is false: then it counts as changed.  Paths that are not *concerns*
    stay as they are.  What failed before is tried again where the file or the recipe is
    another, or with *retry_failed*.
    """
    new, changed, touched, still_failing, confirmed, unchanged = [], [], [], [], [], 0
    told = stands or (lambda _, known: known.recipe)
    seen = set()
    for file in found:
        seen.add(file.path)
        if not concerns(file.path):
            unchanged += file.path in sources
            continue
        known, failed = sources.get(file.path), failures.get(file.path)
        if failed and not retry_failed and _same_failure(file, failed, failing):
            if known and failed.in_part and told(file, known) is None:
                changed.append(file)  # what it is read with is there now, or is another
            else:
                still_failing.append(failed)
        elif known is None:
            new.append(file)
        elif (failed and retry_failed) or (recipe := told(file, known)) is None:
            changed.append(file)
        elif (known.source.size, known.mtime_ns) == (file.size, file.mtime_ns):
            unchanged += 1
            if recipe != known.recipe:
                confirmed.append((file.path, recipe))
        elif tell_apart and _sha256(file) == known.source.sha256:
            touched.append(file)
            unchanged += 1
            if recipe != known.recipe:
                confirmed.append((file.path, recipe))
        else:
            changed.append(file)
    gone = sorted((sources.keys() | failures.keys()) - seen)
    removed = tuple(path for path in gone if concerns(path))
    return Plan(
        tuple(new),
        tuple(changed),
        removed,
        tuple(touched),
        tuple(still_failing),
        unchanged,
        tuple(confirmed),
    )


def _same_failure(file: FoundFile, failed: Failure, recipe: str | None) -> bool:
    """Whether reading *file* again would only fail again."""
    if recipe is not None and failed.recipe != recipe:
        return False
    if file.obstacle:
        return failed.cause == file.obstacle
    return (failed.size, failed.mtime_ns) == (file.size, file.mtime_ns)


def _sha256(file: FoundFile) -> str | None:
    if file.obstacle:
        return None
    try:
        with file.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


ALWAYS = 10
"""So many sources may be gone at once in an archive of any size, as long as one is left."""


def check_sources(workspace: Workspace) -> None:
    """Raise ``ConfigError`` where the folder of the sources is not there."""
    if not workspace.sources.is_dir():
        raise ConfigError(
            f"{workspace.sources}: there is no such folder; if it lies on another disk, is that "
            "mounted? What was published stands"
        )


def check_removals(workspace: Workspace, todo: Plan, published: int) -> None:
    """Raise ``RemovalsRefused`` where too much of *published* sources would go at once."""
    gone, left = len(todo.removed), todo.unchanged + todo.to_read
    if not gone:
        return
    allowed = max(ALWAYS, int(workspace.config.sources.max_removed * published))
    if left and gone <= allowed:
        return
    found = count_phrase(gone, "source")
    what = (
        f"{workspace.sources}: empty: all that was published is gone ({found})"
        if not left
        else f"{workspace.sources}: {found} of {published:,} are gone, and {allowed:,} may be "
        "(sources.max_removed)"
    )
    raise _refusal(what)


def check_remaining(workspace: Workspace, todo: Plan, failures: Sequence[Failure]) -> None:
    """Raise ``RemovalsRefused`` where sources are gone and no document was read of the others."""
    if not todo.removed:
        return
    gone = count_phrase(len(todo.removed), "source")
    why = f" ({failures[0].path}: {failures[0].cause})" if failures else ""
    raise _refusal(f"{workspace.sources}: {gone} gone, and nothing that is left can be read{why}")


def _refusal(what: str) -> RemovalsRefused:
    return RemovalsRefused(
        f"{what}; what was published stands. If that is meant: docproc index --allow-removals"
    )
