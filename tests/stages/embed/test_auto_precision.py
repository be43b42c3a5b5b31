from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docproc.operations.application import Application
from docproc.operations.reports.status import describe_status
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.stages.embed import accelerators, embedder
from docproc.stages.embed.auto_precision import AutoPrecision, auto_precision
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerators, "accelerator_likely", lambda: False)


@pytest.mark.parametrize(
    ("flags", "precision"),
    [
        ("fpu avx2 avx512f avx512_vnni", "int8"),
        ("fpu avx2 avx_vnni", "int8"),
        ("fpu amx_tile amx_int8", "int8"),
        ("fpu avx2 avx512f", "fp32"),
        ("", "fp32"),
    ],
)
def test_the_processor_decides(tmp_path: Path, flags: str, precision: str) -> None:
    about = tmp_path / "cpuinfo"
    about.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: avx512_vnni_bug\n", "utf-8")
    assert auto_precision("cpu", about).name == precision
    assert auto_precision("", about).name == precision
    assert auto_precision("cuda", about).name == "fp32"


def test_where_nothing_is_known_of_it_or_a_gpu_may_be_it_is_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert auto_precision("", tmp_path / "none").name == "fp32"
    (tmp_path / "cpuinfo").write_text("flags : avx512_vnni\n", "utf-8")
    monkeypatch.setattr(accelerators, "accelerator_likely", lambda: True)
    assert auto_precision("", tmp_path / "cpuinfo").name == "fp32"
    assert auto_precision("cpu", tmp_path / "cpuinfo").name == "int8"


@pytest.mark.parametrize("name", ["int8", "fp32"])
def test_its_vectors_are_those_of_the_precision_that_it_means(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(embedder, "auto_precision", lambda _: AutoPrecision(name, "it is said"))
    made = SentenceTransformersEmbedder(precision="auto")
    assert made.fingerprint == SentenceTransformersEmbedder(precision=name).fingerprint
    assert made.facts["precision"] == f"{name}: auto, as it is said"


def test_status_and_manifest_show_what_it_meant_and_another_meaning_is_another_generation(
    small_models: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = small_models.make("automatic", "mean")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "letter.txt").write_text("Forty crates of rifles.", "utf-8")
    config = f'[plugins.sentence-transformers]\nmodel = {str(model)!r}\nprecision = "auto"\n'
    (tmp_path / "config.toml").write_text(config, "utf-8")
    prints = []
    for name in ("int8", "fp32"):
        monkeypatch.setattr(
            embedder, "auto_precision", lambda _, name=name: AutoPrecision(name, "it is said")
        )
        application = Application(find_workspace(tmp_path))
        report = prepare_index(application, Silent()).run()
        assert (report.outcome, report.embedded) == ("published", 1)
        assert describe_status(application)["model"]["precision"].startswith(f"{name}: auto")
        generation = application.generations.current()
        assert generation is not None
        prints.append(generation.manifest.model.fingerprint)
    assert prints[0] != prints[1]
