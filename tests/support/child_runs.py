"""Whole runs of `docproc index` in children, to be killed or starved; and what they leave."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from tiny_workspace import wiring_of

from docproc.store.catalog import Catalog, each_document


class Runs:
    """`docproc index` in a child, to be killed."""

    def __init__(self, folder):
        self._steps = folder / "steps"
        self._server = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("kill_server.py")),
                str(self._steps),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def __call__(self, root, seconds="-", step="start", signal="SIGKILL"):
        """How it ended, the seconds it took, and the last step that it had begun.

        With the step "limit", *seconds* is how many bytes a file may have.
        """
        self._server.stdin.write(f"{seconds} {step} {signal} {root}\n")
        self._server.stdin.flush()
        code, took, step = self._server.stdout.readline().rstrip("\n").split(" ", 2)
        return int(code), float(took), step

    @property
    def said(self):
        """What the last run printed on standard error."""
        return self._steps.with_name("steps.err").read_text("utf-8")

    def close(self):
        self._server.stdin.close()
        self._server.wait()
        self._server.stdout.close()


def holds(root):
    """All that the published generation says, by document and by text, whatever the order."""
    generation = wiring_of(root).generations.current()
    vectors = np.load(generation.vectors / "vectors.npy")
    keys = np.load(generation.vectors / "keys.npy")
    with Catalog(generation.catalog) as catalog:
        said = {
            row.id: (row.source, row.title, catalog.document(row.id), passages)
            for row, passages in each_document(catalog)
        }
    by_text = {key.tobytes(): vector.tobytes() for key, vector in zip(keys, vectors, strict=True)}
    encoder = {path.name: path.read_bytes() for path in generation.encoder.iterdir()}
    return said, by_text, encoder
