"""docproc beside txtai, on the same texts with the same model: ``make bench-peers``.

Whole processes, in turns, so that a machine that slows down slows all of them alike: indexing
from nothing (for docproc with the user's cache empty, and then filled, as a second workspace finds
it), one question cold, and the questions after the first in one process.  docproc embeds a vector
for each sentence beside those of passages, calibrates, and verifies what it quotes; txtai is given
one vector a paragraph, with its words' index beside it (``hybrid``).  The paragraphs are invented.

A peer that is not installed is said to be missing, and why: ``PEERS=FOLDER`` (``--peers``) names a
folder that its packages lie in, such as ``pip install --target FOLDER txtai`` makes; nothing of it
is a dependency of docproc.  ``--write`` puts the table into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / "docs" / "performance.md"
_TABLE = re.compile(r"(?<=<!-- peers -->\n).*?(?=<!-- /peers -->)", re.DOTALL)
PARAGRAPHS, ROUNDS, QUESTIONS = 240, 3, 20
_TEXT = (
    "the harbour board asked for two thousand crowns before the storm broke the pier and the "
    "captain paid in silver for forty barrels of lamp oil which came back with the ship from "
    "the island where her sister has been ill since Easter though the doctor says that she "
    "will walk again in June when limestone is loaded and the pilot is given another coat by "
    "order of the committee of supplies that met on Tuesday about wagons grain frontier rifles"
)

_TXTAI = """
import json, sys, time
from txtai import Embeddings
job = json.load(open(sys.argv[1]))
embeddings = Embeddings(path=job["model"], hybrid=True, content=True)
if job["build"]:
    embeddings.index((n, text, None) for n, text in enumerate(job["texts"]))
    embeddings.save(job["index"])
else:
    embeddings.load(job["index"])
taken = []
for question in job["questions"]:
    begun = time.perf_counter()
    found = embeddings.search(question, 3)
    taken.append(time.perf_counter() - begun)
    assert found, question
print(json.dumps(taken))
"""
_DOCPROC = """
import json, sys, time
from pathlib import Path
from docproc.operations.application import Application
from docproc.workspace import find_workspace
job = json.load(open(sys.argv[1]))
room = Application(find_workspace(Path(job["root"]))).reading_room()
taken = []
for question in job["questions"]:
    begun = time.perf_counter()
    room.answering.ask(question, limit=3)
    taken.append(time.perf_counter() - begun)
print(json.dumps(taken))
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmark: where it works, over which texts, with which threads."""

    root: Path
    texts: list[str]
    questions: list[str]
    peers: str
    times: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, name: str, command: list[str], cache: str) -> str:
        """Run *command*, a whole process; note its seconds under *name*; return what it printed."""
        environment = {**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": str(self.root / cache)}
        environment["PYTHONPATH"] = os.pathsep.join(
            filter(None, [str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", ""), self.peers])
        )
        begun = time.perf_counter()
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environment, cwd=self.root
        )
        self.times.setdefault(name, []).append(time.perf_counter() - begun)
        if done.returncode > 1:  # 1: no answer
            raise SystemExit(f"{name}: exit code {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout

    def job(self, **values: object) -> str:
        """A file for a child process with *values*, the texts and the questions."""
        path = self.root / "job.json"
        told = {"texts": self.texts, "questions": self.questions, **values}
        path.write_text(json.dumps(told), "utf-8")
        return str(path)


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--peers", default="", help="a folder with packages of peers")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = list(paragraphs(given.paragraphs))
        questions = [f"Where did the {text.split()[5]} of {number} lie?" for number, text in
                     enumerate(texts[:QUESTIONS])]  # fmt: skip
        bench = Bench(Path(folder), texts, questions, given.peers)
        missing = lacking(bench)
        for number in range(given.rounds):
            docproc(bench, number)
            if not missing:
                txtai(bench, number)
        lines = table(bench, missing)
    print(lines)
    if given.write:
        PAGE.write_text(_TABLE.sub(lambda _: lines, PAGE.read_text("utf-8")), "utf-8")


def paragraphs(count: int) -> Iterator[str]:
    """Paragraphs of five sentences, each with a name of its own, the same ones every time."""
    words = _TEXT.split()
    draw = random.Random(1921)
    for number in range(count):
        sentences = [" ".join(draw.choices(words, k=20)).capitalize() + "." for _ in range(5)]
        yield f"In letter {number} the Keld{number}holm " + " ".join(sentences)


def docproc(bench: Bench, number: int) -> None:
    """Index twice from nothing, the second time as another workspace of the same user; ask."""
    command = [sys.executable, "-m", "docproc"]
    for name, place in (("first on a machine", "first"), ("second workspace", "second")):
        root = bench.root / f"{place}-{number}"
        (root / "seeds").mkdir(parents=True)
        for at, text in enumerate(bench.texts):
            (root / "seeds" / f"{at:04}.txt").write_text(text + "\n", "utf-8")
        (root / "config.toml").write_text("", "utf-8")
        bench.timed(f"docproc index, {name}", [*command, "index", "-w", str(root)], f"c{number}")
    cold = [*command, "ask", "-w", str(root), bench.questions[0]]
    bench.timed("docproc ask, cold", cold, f"c{number}")
    job = bench.job(root=str(root))
    said = bench.timed("docproc, process", [sys.executable, "-c", _DOCPROC, job], f"c{number}")
    warm(bench, "docproc ask, warm", said)
    bench.timed(
        "import sentence_transformers",
        [sys.executable, "-c", "import sentence_transformers"],
        f"c{number}",
    )


def txtai(bench: Bench, number: int) -> None:
    """Build, and ask in a process of its own."""
    from docproc.stages.embed.models import BUNDLED, find_model

    about = {"model": str(find_model(BUNDLED)), "index": str(bench.root / f"txtai-{number}")}
    first = bench.questions[:1]
    child = [sys.executable, "-c", _TXTAI]
    bench.timed("txtai, build", [*child, bench.job(**about, build=True, questions=[])], "peer")
    bench.timed("txtai, cold", [*child, bench.job(**about, build=False, questions=first)], "peer")
    said = bench.timed("txtai, process", [*child, bench.job(**about, build=False)], "peer")
    warm(bench, "txtai, warm", said)


def warm(bench: Bench, name: str, said: str) -> None:
    """Note the median of the questions after the first few."""
    taken = json.loads(said.strip().splitlines()[-1])
    bench.times.setdefault(name, []).append(statistics.median(taken[3:] or taken))


def lacking(bench: Bench) -> str:
    """Why txtai cannot be measured here; empty: it can."""
    environment = {**os.environ, "PYTHONPATH": bench.peers}
    done = subprocess.run(
        [sys.executable, "-c", "from txtai import Embeddings"],
        check=False, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def table(bench: Bench, missing: str) -> str:
    """The medians, and what each is beside the peer."""
    best = {name: statistics.median(taken) for name, taken in bench.times.items()}
    beside = {
        "docproc index, first on a machine": "txtai, build",
        "docproc index, second workspace": "txtai, build",
        "docproc ask, cold": "txtai, cold",
        "docproc ask, warm": "txtai, warm",
    }
    count = len(bench.texts)
    lines = [
        f"| {count} paragraphs, medians | docproc | txtai | ratio |",
        "| --- | --- | --- | --- |",
    ]
    for ours, theirs in beside.items():
        peer = best.get(theirs)
        shown = f"{_seconds(peer)} | {best[ours] / peer:.2f}" if peer else "missing | "
        lines.append(f"| {ours} | {_seconds(best[ours])} | {shown} |")
    unit = best["import sentence_transformers"]
    lines.append(f"| import of sentence_transformers | {_seconds(unit)} | | |")
    ratio = best["docproc ask, cold"] / unit
    lines.append(f"| docproc ask, cold, beside that import | {ratio:.3f} | | |")
    if missing:
        how = "`pip install --target FOLDER txtai`, then `make bench-peers PEERS=FOLDER`"
        lines += ["", f"txtai is missing here ({missing}): {how}."]
    return "\n".join(lines) + "\n"


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


if __name__ == "__main__":
    main()
