"""A corpus in shards beside the same size without: ``make bench-sharded``.

The invented corpus (``invented_corpus``) is laid out in shards, two of them built at once, each by
the parts that a run uses; what is of the whole (order, calibration, publication) follows as in a
run.  Then a fresh process asks it (``asking``): median, 95th percentile, memory.  ``--beside``
builds and asks the same number of passages without shards too, in turn.

``--passages 1000000 --shards 8`` takes 7 GB and about ten minutes on two idle cores; with
``--keep DIR`` the workspaces stay there, and a second run only measures.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import docproc
from benchmarks import invented_workspace
from benchmarks.invented_corpus import BATCH, OF_A_DOCUMENT, Corpus
from docproc.operations.application import Application
from docproc.operations.writing.publishing import make_publisher
from docproc.pipeline.building.inheritance import with_calibration
from docproc.pipeline.monitoring.progress import Silent
from docproc.pipeline.publishing.join_shards import join, joined_facts
from docproc.store.catalog import Catalog
from docproc.store.catalog.shard_map import shard_name, shard_of
from docproc.store.generations.draft_folder import ShardDraft
from docproc.store.layout import PLACES, SHARDS
from docproc.store.manifest import Manifest, Model, ShardEntry, read_manifest
from docproc.store.runs.lock import WriterLock
from docproc.workspace import find_workspace

AT_ONCE: Final = 2
"""Shards that are built at the same time."""
_NAMES: Final = "abcdefghijklmnopqrstuvwxyz"
Figures = dict[str, Any]


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--beside", action="store_true", help="Without shards too.")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = given.keep or Path(folder)
        letter = invented_workspace.letter(root / "letter")
        encoders = letter / "embeddings" / "encoders"
        found: dict[str, Figures] = {}
        for shards in (given.shards, 1) if given.beside else (given.shards,):
            here = root / f"{given.passages}-in-{shards}"
            seconds = 0.0
            if not (here / "embeddings" / "CURRENT").exists():
                begun = time.perf_counter()
                corpus = invented_workspace.corpus(letter)
                if shards == 1:
                    invented_workspace.build(here, given.passages, corpus, encoders)
                else:
                    build(here, given.passages, shards, corpus, encoders)
                seconds = time.perf_counter() - begun
            print(f"asking {given.passages:,} passages in {shards}", file=sys.stderr, flush=True)
            found[str(shards)] = measure(here) | {"building": seconds}
        print(table(given.passages, found))


def measure(here: Path) -> Figures:
    """What asking the workspace *here* costs, in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.asking", str(here)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: Figures = json.loads(output)
    generations = (here / "embeddings" / "generations").rglob("*")
    figures["bytes"] = sum(path.stat().st_size for path in generations if path.is_file())
    return figures


def table(passages: int, found: dict[str, Figures]) -> str:
    """The figures as a table of Markdown, a number of shards a column."""
    rows = [
        (f"{passages:,} passages, in shards", list(found)),
        ("search: median (ms)", [f"{m['search']['median']:.1f}" for m in found.values()]),
        ("search: 95th percentile (ms)", [f"{m['search']['p95']:.1f}" for m in found.values()]),
        ("search: processor time (ms)", [f"{m['search']['cpu']:.1f}" for m in found.values()]),
        ("search within a year: median (ms)",
         [f"{m['within a year']['median']:.1f}" for m in found.values()]),
        ("answer with citations checked: median (ms)",
         [f"{m['answer']['median']:.1f}" for m in found.values()]),
        ("recall@10 against exact search", [f"{m['recall']:.3f}" for m in found.values()]),
        ("memory: most (MiB)", [f"{m['memory'].get('most', 0):,.0f}" for m in found.values()]),
        ("memory: not mapped from files (MiB)",
         [f"{m['memory'].get('own', 0):,.0f}" for m in found.values()]),
        ("on disk (GB)", [f"{m['bytes'] / 1e9:.2f}" for m in found.values()]),
        ("building (s)", [f"{m['building']:,.0f}" for m in found.values()]),
    ]  # fmt: skip
    lines = [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return "\n".join([lines[0], f"| --- |{' ---: |' * len(found)}", *lines[1:]])


def build(root: Path, passages: int, shards: int, invented: Corpus, encoders: Path) -> None:
    """Build a workspace of *passages* passages in *shards* at *root*."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / "config.toml").write_text("", "utf-8")
    shutil.copytree(encoders, root / "embeddings" / "encoders")
    application = Application(find_workspace(root))
    publisher = make_publisher(application, Silent(), None, application)
    documents = passages // OF_A_DOCUMENT // shards
    begun = time.perf_counter()
    with WriterLock(application.generations.layout), application.generations.begin() as draft:
        tasks = [(root, draft.folder, n, shards, documents, invented) for n in range(shards)]
        with multiprocessing.get_context("spawn").Pool(AT_ONCE, maxtasksperchild=1) as pool:
            for number in pool.imap_unordered(build_shard, tasks):
                took = time.perf_counter() - begun
                print(f"shard {number} is built ({took:,.0f} s)", file=sys.stderr, flush=True)
        folders = [draft.folder / SHARDS / shard_name(number) for number in range(shards)]
        manifests = [read_manifest(folder / "manifest.json") for folder in folders]
        entries = tuple(ShardEntry(name=each.id, counts=each.counts) for each in manifests)
        join(draft.folder, entries, None).save(draft.folder / PLACES)
        from docproc.store.generations.open_catalog import catalog_at

        with catalog_at(draft.folder, entries) as catalog:
            counts = catalog.counts
        manifest = Manifest(
            docproc=docproc.__version__,
            recipe=publisher.recipe,
            model=publisher.builder().encoder(draft),
            counts=counts,
            facts=joined_facts([each.facts for each in manifests]),
            shards=entries,
        )
        print("calibrating", file=sys.stderr, flush=True)
        manifest = with_calibration(publisher.calibrate, draft.folder, manifest, None, Silent())
        draft.publish(manifest)


def build_shard(task: tuple[Path, Path, int, int, int, Corpus]) -> int:
    """Build one shard, in a process of its own; returns its number."""
    root, folder, shard, shards, documents, invented = task

    def place(number: int) -> str:
        """A path that belongs to this shard."""
        for last in _NAMES + _NAMES.upper() + "0123456789":
            for first in ("", *_NAMES):
                path = f"seeds/{number // 1000:03}/letter-{number:07}{first}{last}.txt"
                if shard_of(path, shards) == shard:
                    return path
        raise AssertionError("no name hashes to this shard")

    application = Application(find_workspace(root))
    publisher = make_publisher(application, Silent(), None, application)
    builder = publisher.builder().for_shard(shard)
    draft = ShardDraft(folder, shard_name(shard))
    batches = -(-documents // BATCH)
    state = invented_workspace.letter_state(publisher.recipe)
    counts = invented_workspace.fill(
        root, draft, invented, documents, state, shard * batches, place
    )
    with Catalog(draft.catalog) as catalog:
        facts = builder.index(catalog, draft)
    model = Model(
        fingerprint=builder.embedder.fingerprint,
        dimension=builder.embedder.dimension,
        no_encoder_because="the generation has it, beside its shards",
    )
    draft.seal(
        Manifest(
            docproc=docproc.__version__,
            recipe=publisher.recipe,
            model=model,
            counts=counts,
            facts=facts,
        )
    )
    return shard


if __name__ == "__main__":
    main()
