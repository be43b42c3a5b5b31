"""Retrieval figures over an evaluation set: ``python -m benchmarks.retrieval SET [SET ...]``.

A set is a folder with ``docs/`` and ``questions.jsonl``.  Each is indexed in a workspace of
its own with the default configuration, or that of ``--config FILE``, which may name the plugins
of this repository; ``--keep DIR`` keeps the workspaces there, so that a second run only asks.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.retrieval import ReadingRoom
from docproc.retrieval.calibrating.evaluation import figures, read_questions, trials
from docproc.workspace import find_workspace

PLUGINS = Path(__file__).parent.parent / "plugins"
SHOWN = (
    "R@1",
    "R@10",
    "nDCG@10",
    "MRR@10",
    "answer-in-quote@1",
    "answer-in-highlight@1",
    "AUROC",
    "answerable refused",
    "unanswerable answered",
    "ms a question, median",
)


def main() -> None:
    """Index what is not indexed yet, ask every question, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--config", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = given.keep or Path(folder)
        config = given.config.read_text("utf-8") if given.config else ""
        table = {path.name: measure(path, root / path.name, config) for path in given.sets}
    print(f"{'':<28}" + "".join(f"{name:>12}" for name in table))
    for measured in (*SHOWN, *sorted({n for row in table.values() for n in row} - set(SHOWN))):
        cells = [row.get(measured) for row in table.values()]
        if any(cell is not None for cell in cells):
            print(f"{measured:<28}" + "".join("" if c is None else f"{c:12.4f}" for c in cells))


def prepared(source: Path, root: Path, config: str = "") -> ReadingRoom:
    """The reading room over one set, indexed at *root* if it is not yet, as *config* says."""
    if not (root / "config.toml").exists():
        shutil.copytree(source / "docs", root / "seeds")
        for plugin in PLUGINS.glob("*.py"):
            (root / "plugins").mkdir(exist_ok=True)
            shutil.copy(plugin, root / "plugins")
        (root / "config.toml").write_text(config, "utf-8")
    application = Application(find_workspace(root))
    print(prepare_index(application, Silent()).run().summary())
    room = open_reading_room(application)
    assert room is not None
    return room


def measure(source: Path, root: Path, config: str = "") -> dict[str, float | int]:
    """The figures of one set; those of unanswerable questions by the kind their id begins with."""
    begun = time.perf_counter()
    room = prepared(source, root, config)
    tried = list(trials(read_questions(source / "questions.jsonl"), room.answering.trial))
    found = figures(tried)
    kinds = {
        t.question.id.split("-")[0] for t in tried if not t.question.answerable and t.question.id
    }
    answerable = [t for t in tried if t.question.answerable]
    for kind in sorted(kinds) if len(kinds) > 1 else ():
        other = [
            t for t in tried if not t.question.answerable and (t.question.id or "").startswith(kind)
        ]
        part = figures([*answerable, *other])
        found[f"AUROC, {kind}"] = part["AUROC"]
        found[f"answered, {kind}"] = part["unanswerable answered"]
    print(f"{source.name}: {time.perf_counter() - begun:.0f} s; {room.opened.manifest.calibration}")
    return found


if __name__ == "__main__":
    main()
