"""Whether sources have changed since a generation was published."""

from __future__ import annotations

import time
from typing import Final

from docproc.store.generations.generation import Generation
from docproc.workspace import Workspace

MOST_LOOKED_AT: Final = 10_000
"""Files at which a quick look looks; more take longer than the answer."""


def describe_changes(workspace: Workspace, generation: Generation) -> str:
    """What has changed of the sources since *generation*, in a few words; ``""`` if nothing."""
    from docproc.pipeline.ingesting.plan import plan
    from docproc.pipeline.scan import glance, scan
    from docproc.store.generations.open_catalog import open_catalog

    with open_catalog(generation) as catalog:
        if glance(workspace) == catalog.readings.looks():
            return ""
        return plan(
            scan(workspace), catalog.readings.sources(), catalog.readings.failures()
        ).words()


def find_change_notice(
    workspace: Workspace, generation: Generation, *, quickly: bool = False
) -> str | None:
    """One line for the reader of an answer on what has changed; ``None`` if nothing.

    *quickly*: of many files only some are looked at, others each second, and how many there are.
    """
    if quickly and _seem_unchanged(workspace, generation):
        return None
    if since := describe_changes(workspace, generation):
        return f"Sources have changed since indexing ({since}); `docproc index` brings them in."
    return None


def _seem_unchanged(workspace: Workspace, generation: Generation) -> bool:
    from docproc.pipeline.scan import glance_at_some
    from docproc.store.generations.open_catalog import open_catalog

    with open_catalog(generation) as catalog:
        count, known = catalog.readings.some_looks(MOST_LOOKED_AT, int(time.time()))
    return count > MOST_LOOKED_AT and glance_at_some(workspace, known, count)
