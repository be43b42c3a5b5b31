"""docproc beside txtai and Haystack, the same texts and the same model: ``make bench-peers``.

Whole processes, in turns, so that a machine that slows down slows all of them alike: indexing
from nothing (for docproc with the user's cache empty, and then filled, as a second workspace finds
it), one question cold, and the questions after the first in one process.  docproc embeds a vector
for each sentence beside those of passages, calibrates, and verifies what it quotes; the peers are
given one vector a paragraph, with an index of words beside it (txtai's ``hybrid``; Haystack's BM25
and its nearest vectors, joined by rank, its store kept in a file).  The paragraphs are invented.

A peer that is not installed is said to be missing, and why: ``PEERS=FOLDER`` (``--peers``) names a
folder that their packages lie in, such as ``pip install --target FOLDER txtai haystack-ai`` makes;
nothing of it is a dependency of docproc.  ``--write`` puts the table into ``docs/performance.md``.
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
from txtai import Embeddings
embeddings = Embeddings(path=job["model"], hybrid=True, content=True)
if job["build"]:
    embeddings.index((n, text, None) for n, text in enumerate(job["texts"]))
    embeddings.save(job["index"])
else:
    embeddings.load(job["index"])
def ask(question):
    return embeddings.search(question, 3)
"""
_HAYSTACK = """
from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever, InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(job["model"])
def vectors(texts):
    return model.encode(texts, normalize_embeddings=True).tolist()
if job["build"]:
    store = InMemoryDocumentStore()
    both = zip(job["texts"], vectors(job["texts"]))
    store.write_documents(
        [Document(id=str(n), content=text, embedding=own) for n, (text, own) in enumerate(both)]
    )
    store.save_to_disk(job["index"])
else:
    store = InMemoryDocumentStore.load_from_disk(job["index"])
words, near = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
join = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=3)
def ask(question):
    own = vectors(question)
    hits = words.run(query=question, top_k=10), near.run(query_embedding=own, top_k=10)
    return join.run(documents=[each["documents"] for each in hits])["documents"]
"""
_BEGIN = """
import json, sys, time
job = json.load(open(sys.argv[1]))
"""
_ASK = """
taken = []
for question in job["questions"]:
    begun = time.perf_counter()
    found = ask(question)
    taken.append(time.perf_counter() - begun)
    assert found, question
print(json.dumps(taken))
"""
PEERS = {"txtai": _TXTAI, "haystack": _HAYSTACK}
_DOCPROC = """
import json, sys, time
from pathlib import Path
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.workspace import find_workspace
job = json.load(open(sys.argv[1]))
room = open_reading_room(Application(find_workspace(Path(job["root"]))))
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
        environment["HAYSTACK_TELEMETRY_ENABLED"] = "False"
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
        missing = {name: why for name in PEERS if (why := lacking(bench, name))}
        for number in range(given.rounds):
            docproc(bench, number)
            for name in (name for name in PEERS if name not in missing):
                peer(bench, name, number)
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


def peer(bench: Bench, name: str, number: int) -> None:
    """Build with the peer of that *name*, and ask in a process of its own."""
    from docproc.stages.embed.models import BUNDLED, find_model

    about = {"model": str(find_model(BUNDLED)), "index": str(bench.root / f"{name}-{number}")}
    first = bench.questions[:1]
    child = [sys.executable, "-c", _BEGIN + PEERS[name] + _ASK]
    for what, build, asked in (("build", True, []), ("cold", False, first)):
        job = bench.job(**about | {"questions": asked}, build=build)
        bench.timed(f"{name}, {what}", [*child, job], "peer")
    said = bench.timed(f"{name}, process", [*child, bench.job(**about, build=False)], "peer")
    warm(bench, f"{name}, warm", said)


def warm(bench: Bench, name: str, said: str) -> None:
    """Note the median of the questions after the first few."""
    taken = json.loads(said.strip().splitlines()[-1])
    bench.times.setdefault(name, []).append(statistics.median(taken[3:] or taken))


def lacking(bench: Bench, name: str) -> str:
    """Why the peer of that *name* cannot be measured here; empty: it can."""
    imports = [line for line in PEERS[name].splitlines() if line.startswith("from ")]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(line for line in imports if not line.endswith("("))],
        check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": bench.peers, "HAYSTACK_TELEMETRY_ENABLED": "False"},
    )  # fmt: skip
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def table(bench: Bench, missing: dict[str, str]) -> str:
    """The medians, and what each is beside the peers."""
    best = {name: statistics.median(taken) for name, taken in bench.times.items()}
    rows = {
        "docproc index, first on a machine": "build",
        "docproc index, second workspace": "build",
        "docproc ask, cold": "cold",
        "docproc ask, warm": "warm",
    }
    names = [name for name in PEERS if name not in missing]
    head = [f"{len(bench.texts)} paragraphs, medians", "docproc"]
    head += [each for name in names for each in (name, "ratio")]
    lines = [" | ".join(head), " | ".join(["---"] * len(head))]
    for ours, what in rows.items():
        each = [ours, _seconds(best[ours])]
        for name in names:
            theirs = best[f"{name}, {what}"]
            each += [_seconds(theirs), f"{best[ours] / theirs:.2f}"]
        lines.append(" | ".join(each))
    unit = best["import sentence_transformers"]
    rest = " | ".join([""] * (len(head) - 2))
    lines.append(f"import of sentence_transformers | {_seconds(unit)} | {rest}")
    ratio = best["docproc ask, cold"] / unit
    lines.append(f"docproc ask, cold, beside that import | {ratio:.3f} | {rest}")
    text = "".join(f"| {line} |\n" for line in lines)
    for name, why in missing.items():
        package = {"haystack": "haystack-ai"}.get(name, name)
        text += f"\n{name} is missing here ({why}): `pip install --target FOLDER {package}`, then "
        text += "`make bench-peers PEERS=FOLDER`.\n"
    return text


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


if __name__ == "__main__":
    main()
