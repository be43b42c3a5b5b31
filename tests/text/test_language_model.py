"""The language model is unpacked once, and from then on mapped from the user's cache."""

from __future__ import annotations

import io
import lzma

import numpy as np
import pytest

from docproc.text.language import model as language_model
from docproc.text.language.model import unpack

ARRAYS = {
    "ptc": np.arange(6, dtype=np.float16).reshape(3, 2),
    "pc": np.zeros(2, np.float32),
    "classes": np.array(["en", "ru"]),
    "nextmove": np.arange(512, dtype=np.uint32),
    "nextmove_row": np.zeros(4, np.uint16),
    "out_feat": np.arange(4, dtype=np.int32),
}


@pytest.fixture
def model(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    stream = io.BytesIO()
    np.savez(stream, **ARRAYS)
    path = tmp_path / "model.npz.xz"
    path.write_bytes(lzma.compress(stream.getvalue()))
    return path


def whole(arrays):
    return all(np.array_equal(arrays[name], each) for name, each in ARRAYS.items())


def never(_):
    raise AssertionError("it was unpacked again")


def test_it_is_unpacked_once(model, monkeypatch):
    assert whole(unpack(model))
    monkeypatch.setattr(language_model.lzma, "decompress", never)
    kept = unpack(model)
    assert whole(kept)
    assert not any(array.flags.writeable for array in kept.values())


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"")])
def test_what_is_damaged_in_the_cache_is_unpacked_again(model, tmp_path, damage, monkeypatch):
    unpack(model)
    (folder,) = (tmp_path / "cache" / "docproc" / "languages").iterdir()
    damage(folder / "nextmove.npy")
    assert whole(unpack(model))
    monkeypatch.setattr(language_model.lzma, "decompress", never)
    assert whole(unpack(model))


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(model, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert whole(unpack(model))
    assert not list(tmp_path.glob("**/*.npy"))


def test_another_model_is_another_one(model, tmp_path):
    unpack(model)
    other = tmp_path / "other.npz.xz"
    stream = io.BytesIO()
    np.savez(stream, **{**ARRAYS, "pc": np.ones(2, np.float32)})
    other.write_bytes(lzma.compress(stream.getvalue()))
    assert unpack(other)["pc"].tolist() == [1, 1]
