"""``plugins check`` flags no right plugin for where it lies, or for what stands beside it."""

import pytest

from docproc.operations.application import Application
from docproc.plugins.explaining.check import check_with_kit
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

EMBEDDER = """
from zlib import crc32

import numpy as np

from docproc.hooks import Registration, hookimpl


class Bag:
    fingerprint = "bag-1"
    dimension = 64

    def encode_passages(self, texts):
        rows = np.full((len(texts), 64), 1e-6, np.float32)
        for row, text in zip(rows, texts):
            for word in text.casefold().split():
                row[crc32(word.encode("utf-8", "replace")) % 64] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows

    def encode_query(self, text):
        return self.encode_passages([text])[0]

    def export_query_encoder(self, folder):
        (folder / "bag.json").write_text("{}", "utf-8")
        return "bag"


class Opener:
    def open(self, folder):
        return Bag()


@hookimpl
def docproc_embedders():
    return [Registration("bag", lambda _: Bag())]


@hookimpl
def docproc_query_encoders():
    return [Registration("bag", lambda _: Opener())]
"""
NORMALIZER = """
from docproc.hooks import Registration, hookimpl


class Same:
    def normalize(self, document):
        return document


@hookimpl
def docproc_normalizers():
    return [Registration("same", lambda _: Same())]
"""


@pytest.mark.parametrize("place", ["plain", "Ölmühle 'Мельница' \"x\""])
@pytest.mark.parametrize(
    ("stage", "name", "code"),
    [("embed", "bag", EMBEDDER), ("normalize", "same", NORMALIZER)],
)
def test_a_right_drop_in_is_not_flagged(tmp_path, monkeypatch, place, stage, name, code):
    monkeypatch.setattr("docproc.plugins.explaining.check._import_seconds", lambda *_: 0.0)
    root = tmp_path / place
    for folder in ("seeds", "plugins", "embeddings"):
        (root / folder).mkdir(parents=True)
    (root / "config.toml").write_text("", "utf-8")
    (root / "plugins" / f"{name}.py").write_text(code, "utf-8")
    trust(root, own=True)
    plugins = Application(find_workspace(root, root)).plugins
    done = check_with_kit(plugins, plugins.registry.offer(stage, name))
    assert done.broken == ()
    assert done.passed > 10
