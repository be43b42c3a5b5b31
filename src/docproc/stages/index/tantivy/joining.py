"""Several indexes opened as one: the segments of all of them, under one list.

A segment never changes and has a name that no other has, so tantivy is shown a folder in which
the segments of all shards stand, and searches them as it does those of one index: what a term
weighs, and how long a text is on average, is counted over all.  Nothing is copied; the folder
has links, and is gone once the files are open.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import tantivy

OfLanguages: TypeAlias = Mapping[str | None, tuple[int, int]]
"""How many texts are in each language, and the first row that is; ``None``: not stemmed."""

_META, _MANAGED = "meta.json", ".managed.json"


def open_joined(folders: Sequence[Path]) -> tuple[tantivy.Index, tantivy.Searcher]:
    """The indexes in *folders*, open as one.  Raises ``ValueError``, ``OSError``."""
    with tempfile.TemporaryDirectory(prefix="docproc-", ignore_cleanup_errors=True) as aside:
        whole = Path(aside)
        meta: dict[str, Any] = {}
        managed: list[str] = []
        for folder in folders:
            found = json.loads((folder / _META).read_text("utf-8"))
            if not meta:
                meta = found
            else:
                meta["segments"] += found["segments"]
                meta["opstamp"] = max(meta["opstamp"], found["opstamp"])
            for file in folder.resolve().iterdir():
                if file.suffix in (".lock", ".json", ".npy"):
                    continue
                managed.append(file.name)
                _show(file, whole / file.name)
        (whole / _META).write_text(json.dumps(meta), "utf-8")
        (whole / _MANAGED).write_text(json.dumps([*managed, _META]), "utf-8")
        index = tantivy.Index.open(aside)
        index.config_reader("manual")  # what is published never changes: nothing to watch
        return index, index.searcher()


def languages_by_count(each: Sequence[OfLanguages]) -> list[str | None]:
    """The languages of all, the commonest first; of two as common, the one that comes first."""
    counts: dict[str | None, int] = {}
    firsts: dict[str | None, int] = {}
    for some in each:
        for name, (many, first) in some.items():
            counts[name] = counts.get(name, 0) + many
            firsts[name] = min(first, firsts.get(name, first))
    return sorted(counts, key=lambda name: (-counts[name], firsts[name]))


def _show(file: Path, name: Path) -> None:
    """Give *file* the *name* too: a link, or where there are none a copy."""
    try:
        name.symlink_to(file)
    except OSError:  # Windows, without the right to
        try:
            os.link(file, name)
        except OSError:
            shutil.copyfile(file, name)
