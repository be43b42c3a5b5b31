"""The drop-in of a sparse index, with a sparse model of the tests' own: a piece for a piece."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import word_bag as bag
from drop_ins import ODD, PLUGINS, drop_in
from sparse_model import make_model

from docproc.errors import ConfigError, ModelError, StoreError
from docproc.hooks import TextEntry
from docproc.plugins.loading.trust import trust
from docproc.stages.index.tantivy.indexer import TantivyIndexer
from docproc.testing import TextIndexContract

pytestmark = pytest.mark.slow

PLUGIN = drop_in("sparse_index")


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("sparse") / ODD)


def indexer(model: Path) -> Any:
    return PLUGIN.SparseIndexer(str(model), 0.3, TantivyIndexer())


class TestContract(TextIndexContract):
    @pytest.fixture
    def plugin(self, model: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr(type(self), "reads", (model,))  # which its settings name
        monkeypatch.setitem(sys.modules, PLUGIN.__name__, PLUGIN)  # whatever loaded it since
        return indexer(model)


ENTRIES = [
    TextEntry(0, "The mill at Sloka burned down.", "Orlova to Lindqvist", "en"),
    TextEntry(1, "The bridge was repaired in May.", "Lindqvist to Orlova", "en"),
    TextEntry(2, "The account of the mill was paid.", "", "en"),
]


def test_what_goes_and_what_comes_is_as_in_an_index_that_was_built_again(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / name for name in ("before", "after", "again")]
    for folder in folders:
        folder.mkdir()
    many = [TextEntry(n, f"Account {n} of the mill.", "", "en") for n in range(600)]
    indexer(model).build(many, folders[0])
    carried = np.arange(600) - 1
    new = [TextEntry(599, "The bridge was repaired.", "Orlova", "en")]
    made = indexer(model)
    asked: list[int] = []
    computed = made._computed
    monkeypatch.setattr(made, "_computed", lambda e, n: asked.append(len(e)) or computed(e, n))
    facts = made.extend(folders[0], carried, iter(new), folders[1])
    assert facts is not None
    assert asked == [1]
    rest = [TextEntry(n, many[n + 1].body, "", "en") for n in range(599)]
    indexer(model).build([*rest, *new], folders[2])
    one, other = (indexer(model).open(folder) for folder in folders[1:])
    for question in ("account 7", "the bridge", "Orlova", "mill 599"):
        first, second = (index.search(question, 20, None) for index in (one, other))
        assert first.rows.tolist() == second.rows.tolist()
        np.testing.assert_allclose(first.scores, second.scores, rtol=1e-5)


def test_a_model_that_computes_its_questions_is_refused(model: Path, tmp_path: Path) -> None:
    from sentence_transformers import SparseEncoder
    from sentence_transformers.sparse_encoder.modules import MLMTransformer, SpladePooling

    both = SparseEncoder(modules=[MLMTransformer(str(model.parent / "bare")), SpladePooling()])
    both.save_pretrained(str(tmp_path / "splade"))
    (tmp_path / "index").mkdir()
    with pytest.raises(ModelError, match="computes its questions"):
        indexer(tmp_path / "splade").build(ENTRIES, tmp_path / "index")
    with pytest.raises(ConfigError, match=r"plugins\.sparse\.model"):
        PLUGIN.SparseIndexer("", 0.3, None)


@pytest.mark.parametrize(
    "name",
    ["sparse.json", "starts.npy", "rows.npy", "weights.npy", "question.npy", "tokenizer.json"],
)
def test_a_damaged_index_is_a_store_error(model: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "index").mkdir()
    indexer(model).build(ENTRIES, tmp_path / "index")
    (tmp_path / "index" / name).write_bytes(b"?")
    with pytest.raises(StoreError, match="sparse index"):
        indexer(model).open(tmp_path / "index")


def test_a_workspace_is_asked_by_it(model: Path, tmp_path: Path) -> None:
    root = bag.make_workspace(tmp_path / "workspace")
    shutil.copy(PLUGINS / "sparse_index.py", root / "plugins")
    trust(root, own=True)
    config = (root / "config.toml").read_text("utf-8")
    assert "[pipeline]" in config
    chosen = config.replace("[pipeline]", '[pipeline]\ntext_index = "sparse"', 1)
    (root / "config.toml").write_text(
        f"{chosen}\n[plugins.sparse]\nmodel = {json.dumps(str(model))}\n", "utf-8"
    )
    assert bag.index(root).outcome == "published"
    facts = bag.current(root).manifest.facts["text index"]
    assert facts["sparse model"] == str(model)
    bag.ask(root, "harvest")
