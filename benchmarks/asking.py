"""What asking costs in one fresh process: ``python -m benchmarks.asking WORKSPACE``; prints JSON.

Questions are made of words of the workspace's own sentences, drawn with a seed.  Times are
taken after some questions have warmed the process; memory after all of them, and before
the exact search that recall is held against, which reads everything.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import Scope
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search import Searcher
from docproc.workspace import find_workspace

WARMING, ASKED = 30, 200
OPENINGS = ("What about", "When did", "How many", "Who is", "Where was", "Why did", "Which")
WITHIN_A_YEAR = Scope(earliest=date(1919, 1, 1), latest=date(1919, 12, 31))
AT = 10
WORDS, UNITS, PASSAGES = 100, 100, 48
"""How many of each a search asks for, about."""
_ROWS_AT_ONCE = 100_000


def main() -> None:
    """Measure the workspace named on the command line."""
    print(json.dumps(measure(Path(sys.argv[1]))))


def measure(root: Path) -> dict[str, Any]:
    """Times in ms, memory in MiB, recall from 0 to 1."""
    room = open_reading_room(Application(find_workspace(root)))
    assert room is not None
    held = room.opened
    search = Searcher(held).search
    asked = questions(held, WARMING + ASKED)
    for question in asked[:WARMING]:
        search(question, Scope())
    asked = asked[WARMING:]
    found: dict[str, Any] = {
        "passages": held.passages,
        "index": held.manifest.facts["vector index"],
        "question": asked[0],
        "search": timed(asked, lambda question: search(question, Scope())),
        "encoding": timed(asked, held.encoder.encode_query),
        "answer": timed(asked, lambda question: room.answering.ask(question, limit=3)),
        "within a year": timed(asked[:50], lambda question: search(question, WITHIN_A_YEAR)),
    }
    found["memory"] = memory()  # before what reads more than questions do, and gives nothing back
    found["parts"] = parts(held, asked)
    found["recall"] = recall(held, asked)
    return found


def parts(held: OpenGeneration, asked: list[str]) -> dict[str, dict[str, float]]:
    """What the parts of a search cost by themselves; they share two cores when it runs."""
    vectors = {question: held.encoder.encode_query(question) for question in asked}
    draw = random.Random(1922)
    rows = {question: draw.sample(range(held.passages), PASSAGES) for question in asked}
    steps: dict[str, Callable[[str], object]] = {
        "words": lambda question: held.passage_text.search(question, WORDS, None),
        "vectors": lambda question: held.vector_index.search(vectors[question], UNITS, None),
        "reading passages": lambda question: held.catalog.passages(rows[question]),
    }
    return {name: timed(asked, step) for name, step in steps.items()}


def questions(held: OpenGeneration, count: int) -> list[str]:
    """Some words of *count* sentences, in their order, after a word that asks."""
    draw = random.Random(1921)
    rows = [draw.randrange(held.passages) for _ in range(count)]
    made = []
    for number, passage in enumerate(held.catalog.passages(rows)):
        first = passage.sentences[0] if passage.sentences else passage.span
        words = first.shift(-passage.span.start).of(passage.text).rstrip(".").split()
        start, size = draw.randrange(max(1, len(words) - 9)), draw.randint(6, 10)
        said = " ".join(words[start : start + size])
        made.append(f"{OPENINGS[number % len(OPENINGS)]} {said}?")
    return made


def timed(asked: list[str], step: Callable[[str], object]) -> dict[str, float]:
    """Median and 95th percentile of the wall clock, and the median of the processor's time."""
    wall, cpu = [], []
    for question in asked:
        began, worked = time.perf_counter(), time.process_time()
        step(question)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    low, high = np.quantile(wall, (0.5, 0.95))
    return {"median": 1e3 * low, "p95": 1e3 * high, "cpu": 1e3 * float(np.median(cpu))}


def memory() -> dict[str, float]:
    """The process's memory now and at most; and what is its own, not mapped from files."""
    names = {"VmHWM": "most", "VmRSS": "now", "RssAnon": "own", "RssFile": "mapped"}
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    fields = (line.split() for line in status.read_text().splitlines())
    sizes = {field[0].rstrip(":"): field[1] for field in fields if len(field) > 1}
    return {name: int(sizes[key]) / 1024 for key, name in names.items() if key in sizes}


def recall(held: OpenGeneration, asked: list[str]) -> float:
    """Share of the ten nearest vectors that the vector index finds; equal scores are as good."""
    vectors = np.stack([held.encoder.encode_query(question) for question in asked])
    best = np.zeros((len(asked), 0), np.float32)
    for start in range(0, len(held.vectors), _ROWS_AT_ONCE):
        some = np.ascontiguousarray(held.vectors[start : start + _ROWS_AT_ONCE])
        scores, _ = faiss.knn(vectors, some, min(AT, len(some)), metric=faiss.METRIC_INNER_PRODUCT)
        best = -np.sort(-np.hstack([best, scores]), axis=1)[:, :AT]
    hits = 0
    for vector, scores in zip(vectors, best, strict=True):
        near = held.vector_index.search(vector, AT, None)
        hits += int((near.scores >= scores[-1] - 1e-6).sum())
    return hits / best.size


if __name__ == "__main__":
    main()
