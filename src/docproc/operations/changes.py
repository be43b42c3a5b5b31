"""Whether sources have changed since a generation was published."""

from __future__ import annotations

from docproc.store.generation import Generation
from docproc.workspace import Workspace


def changed_sources(workspace: Workspace, generation: Generation) -> str:
    """What has changed of the sources since *generation*, in a few words; ``""`` if nothing."""
    from docproc.pipeline.plan import plan
    from docproc.pipeline.scan import glance, scan
    from docproc.store.opening import open_catalog

    with open_catalog(generation) as catalog:
        if glance(workspace) == catalog.readings.looks():
            return ""
        return plan(
            scan(workspace), catalog.readings.sources(), catalog.readings.failures()
        ).words()


def stale_sources(workspace: Workspace, generation: Generation) -> str | None:
    """One line for the reader of an answer on what has changed; ``None`` if nothing."""
    if since := changed_sources(workspace, generation):
        return f"Sources have changed since indexing ({since}); `docproc index` brings them in."
    return None
