"""The multilingual model is read from its package, held to its hash, into a standard folder."""

import json
import struct

import numpy as np
import pytest
from drop_ins import drop_in

from docproc.errors import ModelError
from docproc.stages.embed.embedder import SentenceTransformersEmbedder

pytestmark = pytest.mark.slow

PLUGIN = drop_in("multilingual")
HIDDEN, LAYERS, INNER, POSITIONS = 32, 1, 64, 40
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "\u2581the",
    "\u2581ship",
    "\u2581came",
    ".",
    "\u2581query",
    ":",
]


def quantized(rows):
    """Rows of numbers as blocks of 32: a float16 scale, and nibbles, low ones first."""
    out = b""
    for block in rows.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7 or 1)
        whole = np.clip(np.round(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        out += scale.tobytes() + (whole[:16] | whole[16:] << 4).tobytes()
    return out


@pytest.fixture(scope="module")
def packed():
    """A made-up model in the package's format, and the matrix of its words."""
    draw = np.random.default_rng(5)
    words = draw.normal(size=(len(PIECES), HIDDEN)).astype(np.float32)
    tensors = {"emb.word": quantized(words)}
    plain = {
        "emb.pos": draw.normal(size=(POSITIONS, HIDDEN)), "emb.type": np.zeros((2, HIDDEN)),
        "emb.ln.w": np.ones(HIDDEN), "emb.ln.b": np.zeros(HIDDEN),
    }  # fmt: skip
    for name, wide, high in (
        ("q", HIDDEN, HIDDEN), ("k", HIDDEN, HIDDEN), ("v", HIDDEN, HIDDEN),
        ("ao", HIDDEN, HIDDEN), ("fi", HIDDEN, INNER), ("fo", INNER, HIDDEN),
    ):  # fmt: skip
        tensors[f"l0.{name}.w"] = quantized(draw.normal(size=(high, wide)).astype(np.float32) / 6)
        plain[f"l0.{name}.b"] = np.zeros(high)
    for name in ("aln", "oln"):
        plain |= {f"l0.{name}.w": np.ones(HIDDEN), f"l0.{name}.b": np.zeros(HIDDEN)}
    tensors |= {name: values.astype("<f4").tobytes() for name, values in plain.items()}
    shape = (HIDDEN, LAYERS, 2, INNER, len(PIECES), POSITIONS, 2)
    data = b"E5S1" + struct.pack("<I7ifi", 1, *shape, 1e-12, 32)
    letters = [piece.encode() for piece in PIECES]
    data += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, letters)))
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    data += ends.tobytes() + np.full(len(PIECES), -1, "<f4").tobytes() + b"".join(letters)
    normal = struct.pack("<IB", 7, 0) + struct.pack("<IBI", 0xA0, 1, 0x20)
    data += struct.pack("<iI", 2, len(normal)) + normal
    directory = sum(2 + len(name) + 21 for name in tensors)
    at, table, body = len(data) + 4 + directory, b"", b""
    for name, values in tensors.items():
        numbers = (
            len(values) // 18 * 32
            if name.endswith((".w", "word")) and ".ln" not in name and "ln.w" not in name
            else len(values) // 4
        )
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", 0, numbers, at + len(body), len(values))
        body += values
    return data + struct.pack("<i", len(tensors)) + table + body, words


def test_the_weights_are_read_as_the_package_quantized_them(packed):
    data, words = packed
    found = PLUGIN._Packed(data).tensors()
    read = found["embeddings.word_embeddings.weight"]
    assert read.shape == words.shape
    assert np.abs(read - words).max() < 0.3
    assert found["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, INNER)


def test_a_folder_is_made_once_that_any_reader_of_models_loads(packed, tmp_path):
    weights = tmp_path / "weights.bin"
    weights.write_bytes(packed[0])
    folder = PLUGIN.model_folder(weights, tmp_path / "cache")
    assert PLUGIN.model_folder(tmp_path / "gone.bin", tmp_path / "cache") == folder
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]
    embedder = SentenceTransformersEmbedder(str(folder), device="cpu")
    vectors = embedder.encode_passages(["the ship came.", "the\xa0ship  came."])
    assert vectors.shape == (2, HIDDEN)
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-5)  # spaces are as one
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "document": "passage: "}


def test_what_is_no_such_file_is_refused(tmp_path):
    weights = tmp_path / "weights.bin"
    weights.write_bytes(b"GGUF and more")
    with pytest.raises(ModelError, match="cannot be read as a model"):
        PLUGIN.model_folder(weights, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_another_file_of_that_name_is_not_used(tmp_path, monkeypatch):
    package = tmp_path / PLUGIN.PACKAGE
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('run')", "utf-8")
    (package / PLUGIN.FILE).write_bytes(b"E5S1")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match="SHA-256"):
        PLUGIN.weights_file()
