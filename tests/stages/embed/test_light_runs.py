"""A run imports no model library where an export will do, and no workspace exports again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

LETTERS = {
    "harvest": "The harvest failed in the whole district after the drought of that summer.",
    "rifles": "We need forty crates of rifles at the northern frontier before the thaw.",
}

_INDEX = """
import sys
from pathlib import Path
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Recorded, Silent
from docproc.workspace import find_workspace

progress = Recorded(Silent())
report = prepare_index(Application(find_workspace(Path(sys.argv[1]))), progress).run()
assert report.outcome == "published" and report.embedded, report
heavy = sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules))
print(",".join(heavy), any(step.name == "exporting" for step in progress.steps))
"""


def workspace(root: Path, settings: str = "") -> Path:
    (root / "seeds").mkdir(parents=True)
    for name, words in LETTERS.items():
        (root / "seeds" / f"{name}.txt").write_text(f"{words}\n", "utf-8")
    (root / "config.toml").write_text(f"[plugins.sentence-transformers]\n{settings}", "utf-8")
    return root


def index(root: Path, cache: Path) -> list[str]:
    """Index in a process of its own: the model libraries it imported, and whether it exported."""
    done = subprocess.run(
        [sys.executable, "-c", _INDEX, str(root)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n").split(" ")


@pytest.mark.skipif(sys.platform != "linux", reason="the cache is told by XDG_CACHE_HOME")
def test_no_run_of_the_bundled_model_imports_a_model_library(tmp_path: Path) -> None:
    cache, first, second = tmp_path / "cache", tmp_path / "first", tmp_path / "second"
    assert index(workspace(first), cache) == ["", "True"]
    assert index(workspace(second), cache) == ["", "False"]
    (second / "seeds" / "more.txt").write_text("A third letter, of the following winter.\n")
    assert index(second, cache) == ["", "False"]
    one, other = (next(root.glob("embeddings/encoders/*/model.data")) for root in (first, second))
    assert one.samefile(other)


@pytest.mark.skipif(sys.platform != "linux", reason="the cache is told by XDG_CACHE_HOME")
def test_another_model_is_loaded_once_on_a_machine(small_models, tmp_path: Path) -> None:
    settings = f"model = {str(small_models.make('once', 'mean'))!r}\n"
    cache = tmp_path / "cache"
    heavy = "sentence_transformers,torch,transformers"
    assert index(workspace(tmp_path / "first", settings), cache) == [heavy, "True"]
    assert index(workspace(tmp_path / "second", settings), cache) == ["", "False"]


def test_a_model_that_cannot_be_exported_embeds_by_itself(small_models, tmp_path: Path) -> None:
    settings = f"model = {str(small_models.make('stars', 'weightedmean'))!r}\n"
    root = workspace(tmp_path / "workspace", settings)
    report = prepare_index(Application(find_workspace(root)), Silent()).run()
    assert (report.outcome, report.embedded) == ("published", 2)
    generation = Application(find_workspace(root)).generations.current()
    assert generation is not None
    assert "weightedmean" in str(generation.manifest.model.no_encoder_because)
