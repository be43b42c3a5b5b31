"""Run reports: what each run did, one JSON file each under ``embeddings/runs/``."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from docproc.errors import StoreError
from docproc.store.files.durable import remove_file, write_atomically
from docproc.store.layout import Layout
from docproc.text.output import json_text
from docproc.text.patterns import compile_on_use

_NAME = compile_on_use(r"\d{8}T\d{6}\.\d{6}Z-[a-z-]+-[0-9a-f]{6}\.json")


def write_run(layout: Layout, report: dict[str, Any], keep: int = 0) -> Path:
    """Write *report* under a name of its own, and remove all but the *keep* newest (0: none).

    The name begins with the time, so that the list of files is the history.  Raises
    ``StoreError`` if it cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = layout.runs / f"{stamp}-{report['command']}-{os.urandom(3).hex()}.json"
    write_atomically(path, json_text(report, indent=2).encode() + b"\n")
    if keep:
        for old in _reports(layout)[:-keep]:
            with contextlib.suppress(OSError):
                remove_file(old)
    return path


def runs(layout: Layout) -> list[dict[str, Any]]:
    """All run reports, the oldest first.  Raises ``StoreError`` for one that cannot be read."""
    found = []
    for path in _reports(layout):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=dict[str, Any]))
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreError(f"{path}: not a run report: {error}") from None
    return found


def last_run(layout: Layout) -> dict[str, Any] | None:
    """The newest run report; ``None`` if there is none, or it cannot be read."""
    for path in reversed(_reports(layout)):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    return None


def last_success(layout: Layout) -> dict[str, Any] | None:
    """When a run last ended with 0, among those whose reports are kept; ``None`` if none did."""
    for path in reversed(_reports(layout)):
        with contextlib.suppress(OSError, msgspec.MsgspecError, KeyError, ValueError):
            report = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
            if report["exit code"] == 0:
                return describe_age(report["began"])
    return None


def describe_age(began: str) -> dict[str, Any]:
    """A run that *began* then (UTC, ISO 8601), and how many seconds ago that was."""
    passed = datetime.now(UTC) - datetime.fromisoformat(began)
    return {"began": began, "seconds ago": max(0, round(passed.total_seconds()))}


def _reports(layout: Layout) -> list[Path]:
    """The files of ``runs/`` that have the form of a report's name, the oldest first."""
    return sorted(path for path in layout.runs.glob("*.json") if _NAME.fullmatch(path.name))
