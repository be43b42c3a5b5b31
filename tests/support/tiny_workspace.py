"""Workspaces that are indexed in a moment: a tiny embedder as a drop-in, letters of few words."""

import random
from pathlib import Path

from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

EMBEDDER = '''
"""Words as random directions, added up: no model, and yet like texts are near."""

import hashlib
import time
from pathlib import Path

import numpy as np

from docproc.hooks import Registration, hookimpl


class TinyEmbedder:
    fingerprint = "tiny-1"
    dimension = 16

    def encode_passages(self, texts):
        with (Path(__file__).parent.parent / "embedded").open("a") as log:
            found = []
            for text in texts:
                found.append(self.encode_query(text))
                log.write("one\\n")
                log.flush()
        return np.stack(found)

    def export_query_encoder(self, folder):
        for number in range(4):
            time.sleep(0.005)  # or it could never be killed half way
            (folder / f"part-{number}").write_bytes(bytes([number]) * 50_000)
        return "tiny-encoder"

    def encode_query(self, text):
        total = np.full(self.dimension, 1e-3)
        for word in text.lower().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "little")
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)


def make(settings):
    return TinyEmbedder()


class Opener:
    def open(self, folder):
        assert len(list(folder.iterdir())) == 4
        return TinyEmbedder()


@hookimpl
def docproc_embedders():
    return [Registration("tiny", make)]


@hookimpl
def docproc_query_encoders():
    return [Registration("tiny-encoder", lambda settings: Opener())]
'''
CONFIG = """
[pipeline]
embedder = "tiny"

[plugins.faiss]
exact_below = {exact_below}
"""
# fmt: off
WORDS = [
    "harvest", "grain", "wagons", "committee", "telegram", "frontier", "treaty", "rifles",
    "instructors", "district", "railway", "bridge", "winter", "bread", "hospital", "courier",
    "signature", "minister", "garrison", "embassy",
]
# fmt: on


def tiny_workspace(root: Path, *, exact_below: int = 50_000) -> Path:
    """An empty workspace at *root* that embeds with the tiny embedder."""
    (root / "seeds").mkdir(parents=True)
    (root / "plugins").mkdir()
    (root / "plugins" / "tiny.py").write_text(EMBEDDER, "utf-8")
    (root / "config.toml").write_text(CONFIG.format(exact_below=exact_below), "utf-8")
    trust(root, own=True)
    return root


def letter(chance: random.Random) -> str:
    """A letter of one to four paragraphs, no two alike."""
    paragraphs = [
        " ".join(
            " ".join(chance.choices(WORDS, k=chance.randint(4, 12))).capitalize() + "."
            for _ in range(chance.randint(1, 3))
        )
        for _ in range(chance.randint(1, 4))
    ]
    return f"Ivan Petrov to Anna Orlova\n\n{chance.randint(1, 28)} May 1920\n\n" + "\n\n".join(
        [*paragraphs, f"The number of this letter is {chance.randrange(10**9)}."]
    )


def wiring_of(root: Path) -> Application:
    return Application(find_workspace(root))


def index(root: Path, progress=None):
    """Index the workspace at *root*, as the command does."""
    return prepare_index(wiring_of(root), progress or Silent()).run()
