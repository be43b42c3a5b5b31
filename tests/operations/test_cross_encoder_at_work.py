"""A cross-encoder that was taught something finds more, and asking loads no model library."""

import shutil
import subprocess
import sys

import pairs_of_words as pairs
import pytest
import tiny_cross_encoder as tiny
import word_bag as bag

pytestmark = pytest.mark.slow
CONFIG = """
[plugins.cross-encoder]
model = "taught"
context = false
"""
FILLERS = [word for deed in pairs.DEEDS for word in deed.split()]
FILLERS += ["the", "at", "by", "garrison", ".", *(place.lower() for place in pairs.PLACES)]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = pairs.workspace(tmp_path_factory.mktemp("cross") / "workspace")
    groups = list(zip(pairs.ONE, pairs.OTHER, pairs.THIRD, strict=True))
    words = [*(name for names in groups for name in names), *FILLERS]
    tiny.make(root / "taught", words, hidden=64)
    tiny.teach(root / "taught", groups, FILLERS)
    pairs.configure(root, 'reranker = "cross-encoder"')
    config = root / "config.toml"
    config.write_text(config.read_text("utf-8") + CONFIG, "utf-8")
    bag.index(root)
    return root


def test_it_finds_more_and_the_calibration_says_how_much(root):
    measured = bag.current(root).manifest.calibration["reranker"]
    assert measured["weight"] > 0
    assert measured["found_with"] > measured["found_without"] + 0.1, measured


def test_asking_loads_no_model_library_and_the_folder_is_not_needed(root, tmp_path):
    shutil.copytree(root, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "taught")
    bag.trust(tmp_path / "copy", own=True)
    code = (
        "import sys; sys.path.insert(0, 'tests/support'); from pathlib import Path\n"
        "import word_bag as bag\n"
        f"answer = bag.ask(Path({str(tmp_path / 'copy')!r}), 'Where was the barrow kept?')\n"
        "best = (answer.citations or answer.nearest)[0]\n"
        "print(dict(best.why)['reranked'] != 0)\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == ["True", "[]"], done.stderr[-2000:]


def test_another_run_exports_nothing(root, monkeypatch):
    bag.write_letter(root, "more", "Anna Orlova", "The ferry is late. It is broken. Nobody knows.")
    monkeypatch.setattr(
        "docproc.stages.embed.cross_encoder.CrossEncoderReranker.export_reranker",
        lambda *_: pytest.fail("it was exported before"),
    )
    bag.index(root)
    assert any(name.startswith("reranker/model/") for name in bag.current(root).manifest.files)
