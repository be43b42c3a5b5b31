"""A workspace with the examples of docs/extending.md, and a tiny embedder to index it with."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
EXAMPLES = {
    name: code
    for code, name in re.findall(
        r"```python\n(# plugins/(\w+\.py)\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL
    )
}
"""Every drop-in of the page, by its file's name."""

EMBEDDER = """
import hashlib
import numpy as np
from docproc.hooks import Registration, hookimpl

class Tiny:
    fingerprint = "tiny"
    dimension = 16

    def encode_passages(self, texts):
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text):
        total = np.full(self.dimension, 1e-3)
        for word in text.lower().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "little")
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)

@hookimpl
def docproc_embedders():
    return [Registration("tiny", lambda settings: Tiny())]
"""
LETTERS = {
    "a.txt": "I. P. Petrov to A. N. Orlova\n\nMay 3, 1921\n\nThe committee asked for 40 wagons.\n",
    "b.txt": "I. P. Petrov to A. N. Orlova\n\nMay 3, 1920\n\n"
    "The committee asked again for 40 wagons.\n",
    "c.txt": "A. N. Orlova to I. P. Petrov\n\nJune 9, 1922\n\nThere is no bread in the harbour.\n",
}
QUESTION = "What wagons did the committee ask for?"


def beyond(root: Path, *plugins: str, config: str = "", letters: bool = True) -> Path:
    """A workspace at *root* with those *plugins*, examples by name or texts of drop-ins."""
    (root / "seeds").mkdir(parents=True)
    (root / "plugins").mkdir()
    if letters:
        for name, text in LETTERS.items():
            (root / "seeds" / name).write_text(text, "utf-8")
    (root / "plugins" / "tiny.py").write_text(EMBEDDER, "utf-8")
    for number, plugin in enumerate(plugins):
        name = plugin if plugin in EXAMPLES else f"own_{number}.py"
        write(root, name, EXAMPLES.get(plugin, plugin))
    configure(root, config)
    trust(root, own=True)
    return root


def write(root: Path, name: str, code: str) -> None:
    (root / "plugins" / name).write_text(textwrap.dedent(code), "utf-8")


def configure(root: Path, config: str) -> None:
    """Write ``config.toml``; a key of ``[pipeline]`` comes first in *config*, without a heading."""
    text = f'[pipeline]\nembedder = "tiny"\n{config}'
    (root / "config.toml").write_text(text, "utf-8")


def wired(root: Path) -> Application:
    return Application(find_workspace(root, root))


def index(root: Path, progress=None):
    return prepare_index(wired(root), progress or Silent()).run()


def ask(root: Path, question: str = QUESTION, **options):
    """Application, room and answer to *question*."""
    application = wired(root)
    room = open_reading_room(application)
    assert room is not None
    return application, room, room.answering.ask(question, **{"limit": 3} | options)
