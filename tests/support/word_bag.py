"""A workspace of small letters whose embedder is a drop-in that costs nothing.

Its model is a JSON file: ``dimension``, ``salt`` (another salt, other vectors), and what may
be wrong with it: ``gives`` (another dimension than it says), ``nan``.  It cannot leave a query
encoder, so questions are encoded by the embedder itself.
"""

import json
from pathlib import Path

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index, prepare_reembedding
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

PLUGIN = """
import hashlib, json
from pathlib import Path

import numpy as np

from docproc.errors import ModelError
from docproc.hooks import Registration, Setting, hookimpl


class Bag:
    def __init__(self, model, precision):
        try:
            self.about = json.loads(Path(model).read_text("utf-8"))
        except OSError as error:
            raise ModelError(f"model {model!r}: there is no such file") from None
        self.dimension = self.about["dimension"]
        about = json.dumps([self.about, precision], sort_keys=True)
        self.fingerprint = "bag:" + hashlib.sha256(about.encode()).hexdigest()
        self.facts = {"precision": precision, "cosine": 0.99} if precision != "fp32" else {}

    def encode_passages(self, texts):
        width = self.about.get("gives", self.dimension)
        out = np.full((len(texts), width), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                word = word.strip(".,?!")
                digest = hashlib.sha256((self.about["salt"] + word).encode()).digest()
                out[row, int.from_bytes(digest[:4], "big") % width] += 1
        if self.about.get("nan"):
            out[:] = np.nan
        return out / np.linalg.norm(out, axis=1, keepdims=True)

    def encode_query(self, text):
        return self.encode_passages([text])[0]


@hookimpl
def docproc_embedders():
    return [
        Registration(
            "bag",
            lambda settings: Bag(settings["model"], settings["precision"]),
            summary="words in a bag",
            settings=(Setting("model", "", "a file"), Setting("precision", "fp32", "how exactly")),
        )
    ]
"""
CONFIG = """
[pipeline]
embedder = "bag"

[plugins.bag]
model = {model!r}
"""
LETTERS = {
    "harvest": ("Anna Orlova", "The harvest failed in the whole district after the drought."),
    "rifles": ("Pyotr Sidorov", "We need forty crates of rifles at the northern frontier."),
    "school": ("Maria Belova", "The school has neither firewood nor a single teacher left."),
    "bridge": ("Oleg Gromov", "The bridge across the river was carried away by the flood."),
}


def write_model(path: Path, dimension: int, salt: str = "", **faults: object) -> Path:
    path.write_text(json.dumps({"dimension": dimension, "salt": salt, **faults}), "utf-8")
    return path


def write_letter(root: Path, name: str, recipient: str, words: str) -> Path:
    path = root / "seeds" / f"{name}.txt"
    path.write_text(f"Ivan Petrov to {recipient}\n\n3 May 1920\n\n{words}\n", "utf-8")
    return path


def make_workspace(root: Path, more: str = "") -> Path:
    """A workspace at *root*, not indexed; its model is ``model.json``, of dimension 48."""
    for name in ("seeds", "plugins", "embeddings"):
        (root / name).mkdir(parents=True)
    (root / "plugins" / "bag.py").write_text(PLUGIN, "utf-8")
    model = write_model(root / "model.json", 48)
    (root / "config.toml").write_text(CONFIG.format(model=str(model)) + more, "utf-8")
    for name, (recipient, words) in LETTERS.items():
        write_letter(root, name, recipient, words)
    trust(root, own=True)
    return root


def application(root: Path) -> Application:
    return Application(find_workspace(root))


def index(root: Path, **options):
    return prepare_index(application(root), Silent(), **options).run()


def reembed(root: Path, progress=None, **options):
    return prepare_reembedding(application(root), progress or Silent(), **options).run()


def current(root: Path):
    return application(root).generations.current()


def ask(root: Path, question: str):
    room = open_reading_room(application(root))
    assert room is not None
    return room.answering.ask(question, limit=1)


def golden(path: Path, *questions: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(each) for each in questions), "utf-8")
    return path


def index_texts(root: Path) -> int:
    """How many texts the published generation embeds."""
    counts = current(root).manifest.counts
    return counts.passages + counts.sentences
