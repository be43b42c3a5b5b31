"""Sources that are gone: an unmounted disk must never empty an archive."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.errors import ConfigError, RemovalsRefused
from docproc.pipeline.plan import Plan
from docproc.store.catalog import Failure
from docproc.text.words import count_phrase
from docproc.workspace import Workspace

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


def check_left(workspace: Workspace, todo: Plan, failures: Sequence[Failure]) -> None:
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
