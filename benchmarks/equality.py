"""Is a corpus in shards equal to one without?  ``make bench-equality`` prints a table.

The letters of ``question_kinds`` are indexed by 1, 2 and 4 workers into 1, 3 and 7 shards, and
asked by one process and through readers.  Each is held against one process without shards:
documents and passages, vectors to the bit, calibration, and for every question the ranking with
its scores and the answer with its verdict and its verified quotations.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.distributed import PLUGIN
from benchmarks.question_kinds.letters import questions, write_letters
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.rendering.json import answer_json
from docproc.retrieval import ReadingRoom
from docproc.workspace import find_workspace

CONFIG: Final = """
[pipeline]
embedder = "waiting"

[scale]
shards = {shards}
executor = "{executor}"
readers = "{readers}"

[plugins.worker-processes]
processes = {workers}
patience = 60.0
"""
COLUMNS: Final = ("documents", "passages", "vectors", "calibration", "rankings", "answers")


def indexed(root: Path, shards: int, workers: int) -> Path:
    """The letters, indexed by so many *workers* (0: this process) into *shards*."""
    (root / "plugins").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "plugins" / "waiting.py").write_text(PLUGIN.format(seconds=0), "utf-8")
    write_letters(root / "seeds")
    configure(root, shards, workers, "")
    trust(root, own=True)
    prepare_index(Application(find_workspace(root, root)), Silent()).run()
    return root


def configure(root: Path, shards: int, workers: int, readers: str) -> None:
    """Write the settings of the workspace at *root*."""
    executor = "worker-processes" if workers else "in-process"
    text = CONFIG.format(shards=shards, executor=executor, workers=workers or 1, readers=readers)
    (root / "config.toml").write_text(text, "utf-8")


def room_at(root: Path) -> ReadingRoom:
    """The reading room of the workspace at *root*."""
    room = open_reading_room(Application(find_workspace(root, root)))
    assert room is not None
    return room


def facts(room: ReadingRoom, every: int) -> dict[str, list[Any]]:
    """What is compared, by the names in ``COLUMNS``."""
    held = room.opened
    asked = [each.question for each in questions()[::every]]
    numbers = np.arange(
        held.passages + int(held.sentences_of_all(np.arange(held.passages))[1].sum())
    )
    answers = []
    for question in asked:
        answer = answer_json(room.answering.ask(question, limit=3))
        answer["searched"].pop("generation")
        answers.append(json.dumps(answer, sort_keys=True))
    return {
        "documents": list(held.catalog.documents()),
        "passages": held.catalog.passages(range(held.passages)),
        "vectors": [row.tobytes() for row in np.asarray(held.vectors[numbers])],
        "calibration": [held.manifest.calibration],
        "rankings": [room.answering.trial(question) for question in asked],
        "answers": answers,
    }


def compare(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Of each column: how many are equal, of how many."""
    cells = []
    for name in COLUMNS:
        same = sum(a == b for a, b in zip(one[name], other[name], strict=False))
        cells.append(f"{same} of {max(len(one[name]), len(other[name]))}")
    return cells


def main() -> None:
    """Index, ask, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="Of the questions, every so many.")
    given = parser.parse_args()
    begun = time.perf_counter()

    def row(*cells: str) -> None:
        print(f"| {' | '.join(cells)} |", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        one = facts(room_at(indexed(Path(folder) / "one", 1, 0)), given.every)
        row("workers", "shards", "asked by", *COLUMNS)
        row("---:", "---:", "---", *["---:"] * len(COLUMNS))
        for shards in (1, 3, 7):
            for workers in (1, 2, 4):
                root = indexed(Path(folder) / f"{shards}-{workers}", shards, workers)
                found = compare(one, facts(room_at(root), given.every))
                row(str(workers), str(shards), "one process", *found)
                print(f"{time.perf_counter() - begun:,.0f} s", file=sys.stderr, flush=True)
            if shards > 1:
                configure(root, shards, workers, "worker-processes")
                found = compare(one, facts(room_at(root), given.every))
                row(str(workers), str(shards), f"{shards} readers", *found)


if __name__ == "__main__":
    main()
