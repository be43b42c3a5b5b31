"""Runs `docproc index` again and again in children that it forks, and kills them.

A process of its own, so that what is imported once serves a hundred runs, and the tests'
process is not forked.  Reads lines ``SECONDS STEP SIGNAL ROOT``: when to kill it, counted from
its start or from the beginning of a step (``-``: let it end); with the step ``limit``, how many
bytes a file may have.  Answers each with how it ended,
how long it took, and what step was the last that it had begun.
"""

import importlib
import os
import pkgutil
import resource
import select
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import faiss  # noqa: F401 - what a run imports, before any of it runs
import numpy.ma
import numpy.random  # noqa: F401
import psutil  # noqa: F401
import rensa  # noqa: F401
import tantivy  # noqa: F401

import docproc.cli.app
import docproc.cli.commands.index
import docproc.formats
import docproc.letters
import docproc.passages
import docproc.pipeline.building.build
import docproc.pipeline.runs.run
import docproc.stages
from docproc.cli import entry
from docproc.cli.printing import progress
from docproc.pipeline.building import embedding
from docproc.records import SourceFile
from docproc.retrieval.calibrating import measure
from docproc.stages.index.tantivy import indexer
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.text.plain import TextParser
from docproc.stages.segment_structure import StructureSegmenter
from docproc.store.catalog.writing import writer
from docproc.store.generations import draft, generations
from docproc.text.language.model import identifier

SHARD = 16


def warm() -> None:
    """Do once what each run would do again: import the parsers, compile the patterns of letters."""
    identifier()  # unpacks its model
    for place in (docproc.formats, docproc.letters, docproc.passages, docproc.stages):
        for each in pkgutil.walk_packages(place.__path__, f"{place.__name__}."):
            if ".embed." not in each.name:  # which is another embedder, and heavy
                importlib.import_module(each.name)
    letter = b"A. Lind to B. Holm\n\n3 May 1920\n\nThe harvest failed.\n\nRGASPI. F. 558. Op. 2."
    source = SourceFile("seeds/a.txt", "text/plain", len(letter), "0" * 64)
    for document in TextParser().parse(source, letter):
        StructureSegmenter().segment(LetterNormalizer().normalize(document))


def child(root: Path, steps: Path, telling: int) -> None:
    """Be `docproc index`, noting on the way what was begun, and telling that it was noted."""
    embedding.SHARD = SHARD
    writer.KEEP = 0  # each source is kept at once
    noted = steps.open("w", buffering=1)
    indexer._FEW = 0  # a change takes the text indexes over, as in a large corpus
    measure.WEIGHTS = replace(measure.WEIGHTS, cloze_probes=20, compared=20)  # sooner done
    measure.EVERYDAY = {name: some[:4] for name, some in measure.EVERYDAY.items()}

    def note(step: str) -> None:
        print(step, file=noted)
        os.write(telling, b".")

    _noting(generations, "examine", note, "verifying")
    _noting(draft, "fsync_tree", note, "publishing")
    for made in vars(progress).values():
        if isinstance(made, type) and hasattr(made, "start"):
            _noting(made, "start", note)
    sys.stdin = Path(os.devnull).open()  # noqa: SIM115 - the server has read from its own
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(f"{steps}.err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    sys.argv = ["docproc", "index", "--workspace", str(root)]
    entry.main()


def _noting(owner, name, note, step=None):
    """Note *step*, or the call's own first argument, whenever *name* is called."""
    call = getattr(owner, name)

    def noting(*args):
        note(step or args[1])
        return call(*args)

    setattr(owner, name, noting)


def end_of(pid: int, told: int, steps: Path, wanted: str, seconds: str, number: str) -> int:
    """Wait for the child, or kill it so many *seconds* after *wanted* began; its status.

    Nothing is asked again and again, which would take the processor from the child: *told* is
    ready when a step was noted, and at the end.
    """
    since = time.monotonic() if wanted == "start" else None
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        left = 1.0
        if since is not None and seconds != "-":
            left = since + float(seconds) - time.monotonic()
            if left <= 0:
                os.kill(pid, getattr(signal, number))
                return os.waitpid(pid, 0)[1]
        ready, _, _ = select.select([told], [], [], min(left, 1.0))
        if ready and not os.read(told, 4096):
            return os.waitpid(pid, 0)[1]
        if since is None and wanted in steps.read_text().splitlines():
            since = time.monotonic()


def main() -> None:
    steps = Path(sys.argv[1])
    warm()
    for line in sys.stdin:
        seconds, wanted, number, root = line.rstrip("\n").split(" ", 3)
        steps.write_text("")
        told, telling = os.pipe()
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(told)
                if wanted == "limit":
                    resource.setrlimit(resource.RLIMIT_FSIZE, (int(seconds), int(seconds)))
                child(Path(root), steps, telling)
            except SystemExit as end:
                os._exit(int(end.code or 0))
            finally:
                os._exit(99)
        os.close(telling)
        status = end_of(pid, told, steps, wanted, seconds if wanted != "limit" else "-", number)
        os.close(told)
        last = (steps.read_text().splitlines() or ["starting"])[-1]
        took = time.monotonic() - begun
        print(os.waitstatus_to_exitcode(status), f"{took:.4f}", last, flush=True)


if __name__ == "__main__":
    main()
