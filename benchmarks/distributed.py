"""What spreading a run costs: ``make bench-distributed``.

A corpus of short letters in 16 shards is built by 1 to 16 workers with an embedder that takes a
fixed time for each text and computes nothing: it waits, as for a GPU, so that two cores can show
what the scheduling takes.  Efficiency is the time of one worker over the time of N times N.

And what asking over many shards costs when one of them is slow, simulated: each shard answers in
a time drawn from a distribution with a long tail, and the answer waits for the slowest.  Asked
again of a second replica after a delay (Dean and Barroso, "The Tail at Scale", CACM 2013), the
first to answer counts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np

from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

SHARDS: Final = 16
LETTERS: Final = 96
SECONDS: Final = 0.5
"""A text takes so long, whatever it is."""
PLUGIN: Final = """
import time
from docproc.hooks import Registration, hookimpl
from docproc.testing.examples.tiny_embedder import OPENER, TinyEmbedder, TinyOpener


class Waiting(TinyEmbedder):
    def encode_passages(self, texts):
        time.sleep({seconds} * len(texts))
        return super().encode_passages(texts)


@hookimpl
def docproc_embedders():
    return [Registration("waiting", lambda settings: Waiting())]


@hookimpl
def docproc_query_encoders():
    return [Registration(OPENER, lambda settings: TinyOpener())]
"""
CONFIG: Final = """
[pipeline]
embedder = "waiting"

[scale]
shards = {shards}
executor = "worker-processes"

[plugins.worker-processes]
processes = {workers}
"""
WORDS: Final = [
    "ferry",
    "boots",
    "grain",
    "bridge",
    "winter",
    "harbour",
    "letter",
    "wagon",
    "rouble",
    "quay",
    "mill",
    "road",
]


def workspace(root: Path, workers: int, shards: int, seconds: float) -> Path:
    """A workspace of short letters, no two alike."""
    (root / "seeds").mkdir(parents=True)
    (root / "plugins").mkdir()
    (root / "plugins" / "waiting.py").write_text(PLUGIN.format(seconds=seconds), "utf-8")
    (root / "config.toml").write_text(CONFIG.format(shards=shards, workers=workers), "utf-8")
    chance = random.Random(7)
    for number in range(LETTERS):
        words = " ".join(chance.choices(WORDS, k=30))
        (root / "seeds" / f"{number:03}.txt").write_text(f"Letter {number}. {words}.", "utf-8")
    trust(root, own=True)
    return root


def run(workers: int, shards: int = SHARDS, seconds: float = SECONDS) -> tuple[float, int]:
    """How long a run takes with so many *workers*, and how many texts it embeds."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "w", workers, shards, seconds)
        begun = time.perf_counter()
        report = prepare_index(Application(find_workspace(root, root)), Silent()).run()
        return time.perf_counter() - begun, report.embedded


def slowest(
    shards: int, *, hedged: bool, questions: int = 2000, seed: int = 1913
) -> tuple[float, float, float]:
    """The median and the 95th percentile of asking *shards*, in ms, and how many requests more.

    A shard takes 25 ms in the median, lognormal (sigma .25); one request in a hundred meets a
    pause of 200 ms more.  *hedged*: after the 95th percentile of one shard, 40 ms, another
    replica is asked too.
    """
    draw = np.random.default_rng(seed)

    def times() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        base = 25 * draw.lognormal(0, 0.25, (questions, shards))
        return base + 200 * (draw.random((questions, shards)) < 0.01)

    first = times()
    asked = first > 40
    took = np.minimum(first, 40 + times()) if hedged else first
    whole = took.max(axis=1)
    return float(np.median(whole)), float(np.quantile(whole, 0.95)), float(asked.mean() * hedged)


def main() -> None:
    """Measure, simulate, print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="1,2,4,8,16", help="Numbers of workers, with commas.")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="What a text takes.")
    chosen = parser.parse_args()
    print("| workers | seconds | texts a second | efficiency |\n| ---: | ---: | ---: | ---: |")
    one = 0.0
    for workers in map(int, chosen.workers.split(",")):
        print(f"{workers} workers…", file=sys.stderr, flush=True)
        seconds, texts = run(workers, seconds=chosen.seconds)
        one = one or seconds * workers
        print(
            f"| {workers} | {seconds:.1f} | {texts / seconds:.1f} | "
            f"{one / (workers * seconds):.2f} |",
            flush=True,
        )
    print("\n| shards | median (ms) | p95 (ms) | hedged: median | p95 | requests more |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for shards in (1, 10, 100, 1000):
        plain, hedged = slowest(shards, hedged=False), slowest(shards, hedged=True)
        print(
            f"| {shards:,} | {plain[0]:.0f} | {plain[1]:.0f} | {hedged[0]:.0f} | "
            f"{hedged[1]:.0f} | {hedged[2]:.1%} |"
        )


if __name__ == "__main__":
    main()
