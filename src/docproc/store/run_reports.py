"""Run reports: what each run did, one JSON file each under ``embeddings/runs/``."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from docproc.errors import StoreError
from docproc.output import json_text
from docproc.store.durable import write_atomically
from docproc.store.layout import Layout


def write_run(layout: Layout, report: dict[str, Any], keep: int = 0) -> Path:
    """Write *report* under a name of its own, and remove all but the *keep* newest (0: none).

    The name begins with the time, so that the list of files is the history.  Raises
    ``StoreError`` if it cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = layout.runs / f"{stamp}-{report['command']}-{os.urandom(3).hex()}.json"
    write_atomically(path, json_text(report, indent=2).encode() + b"\n")
    if keep:
        for old in sorted(layout.runs.glob("*.json"))[:-keep]:
            with contextlib.suppress(OSError):
                old.unlink()
    return path


def runs(layout: Layout) -> list[dict[str, Any]]:
    """All run reports, the oldest first.  Raises ``StoreError`` for one that cannot be read."""
    found = []
    for path in sorted(layout.runs.glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=dict[str, Any]))
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreError(f"{path}: not a run report: {error}") from None
    return found


def last_run(layout: Layout) -> dict[str, Any] | None:
    """The newest run report; ``None`` if there is none, or it cannot be read."""
    for path in sorted(layout.runs.glob("*.json"), reverse=True):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    return None
