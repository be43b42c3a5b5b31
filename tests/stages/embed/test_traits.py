"""Prompts, dimension and revision of any model, pooled and normalized as its folder says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from docproc.errors import ConfigError, ModelError
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.reports.status import describe_status
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.stages.embed.embedder import SentenceTransformersEmbedder, make
from docproc.stages.embed.encoder import make as opener
from docproc.stages.embed.models import find_model
from docproc.stages.embed.traits import Traits, wanted_prompts
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

PROMPTS = {"query": "query: ", "document": "passage: "}
TEXTS = [
    "Forty crates of rifles.",
    "The harvest failed in the whole district, and the next one too.",
]


def by_library(folder: Path, texts: list[str], **how: Any) -> np.ndarray:
    """What sentence-transformers itself makes of *texts*, at unit norm."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    made = model.encode(texts, normalize_embeddings=True, show_progress_bar=False, **how)
    return np.asarray(made, np.float32)


@pytest.mark.parametrize("pooling", ["mean", "cls", "lasttoken", "max"])
@pytest.mark.parametrize("dimensions", [0, 6])
def test_chosen_prompts_and_dimensions_give_what_the_model_library_gives(
    small_models: Any, tmp_path: Path, pooling: str, dimensions: int
) -> None:
    folder = small_models.make(f"{pooling}-{dimensions}-plain", pooling)
    embedder = SentenceTransformersEmbedder(
        str(folder), device="cpu", traits=Traits(PROMPTS, dimensions)
    )
    cut = {"truncate_dim": dimensions or None}
    passages = by_library(folder, TEXTS, prompt="passage: ", **cut)
    (question,) = by_library(folder, TEXTS[:1], prompt="query: ", **cut)
    assert embedder.dimension == (dimensions or 16)
    np.testing.assert_allclose(embedder.encode_passages(TEXTS), passages, atol=1e-5)
    np.testing.assert_allclose(embedder.encode_query(TEXTS[0]), question, atol=1e-5)
    embedder.export_query_encoder(tmp_path)
    np.testing.assert_allclose(
        opener({}).open(tmp_path).encode_query(TEXTS[0]), question, atol=1e-4
    )
    embedder.use_export(tmp_path)
    assert embedder._light is not None
    np.testing.assert_allclose(embedder.encode_passages(TEXTS), passages, atol=1e-4)


def test_a_layer_that_normalizes_and_one_that_does_not_are_both_followed(
    small_models: Any, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize

    plain = small_models.make("unnormalized", "mean")
    model = SentenceTransformer(str(plain), device="cpu")
    model.append(Normalize())
    model.save(str(tmp_path / "normalized"), create_model_card=False)
    one = SentenceTransformersEmbedder(str(plain), device="cpu", traits=Traits(dimensions=5))
    two = SentenceTransformersEmbedder(
        str(tmp_path / "normalized"), device="cpu", traits=Traits(dimensions=5)
    )
    np.testing.assert_allclose(one.encode_passages(TEXTS), two.encode_passages(TEXTS), atol=1e-5)


def test_traits_are_part_of_the_fingerprint_and_no_trait_leaves_it_as_it_was(
    small_models: Any,
) -> None:
    name = str(small_models.make("printed", "mean"))
    choices = (
        Traits(),
        Traits(revision="v2"),
        Traits(PROMPTS),
        Traits({"query": "query: "}),
        Traits(dimensions=8),
    )
    made = [SentenceTransformersEmbedder(name, traits=each) for each in choices]
    made[1].__dict__["folder"] = made[0].folder
    prints = [each.fingerprint for each in made]
    assert prints[0] == prints[1] == SentenceTransformersEmbedder(name).fingerprint
    assert len(set(prints)) == 4


def test_what_cannot_be_chosen_is_refused(small_models: Any, tmp_path: Path) -> None:
    name = str(small_models.make("refusing", "mean"))
    with pytest.raises(ConfigError, match="prompts: 'question' is none of query, document"):
        make({**_SETTINGS, "model": name, "prompts": {"question": "q"}})
    with pytest.raises(ConfigError, match="dimensions"):
        make({**_SETTINGS, "model": name, "dimensions": -1})
    with pytest.raises(ModelError, match=r"dimensions = 99, but vectors .* have 16"):
        _ = make({**_SETTINGS, "model": name, "dimensions": 99}).dimension
    with pytest.raises(ModelError, match=r"revision = 'v2'.*has no revisions"):
        find_model(name, revision="v2")
    with pytest.raises(ModelError, match=r"'a/b' at revision 'v2' is not on this machine.*--rev"):
        find_model("a/b", revision="v2")


_SETTINGS = {
    "precision": "fp32",
    "batch_tokens": 0,
    "max_tokens": 0,
    "device": "cpu",
    "download": False,
}


def test_config_toml_chooses_them_and_status_shows_them(small_models: Any, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "letter.txt").write_text(TEXTS[0], "utf-8")
    model = small_models.make("multilingual-e5-tiny", "mean")
    config = f"[plugins.sentence-transformers]\nmodel = {str(model)!r}\n"
    (tmp_path / "config.toml").write_text(config, "utf-8")

    def told() -> dict[str, Any]:
        application = Application(find_workspace(tmp_path))
        prepare_index(application, Silent()).run()
        found: dict[str, Any] = describe_status(application)["model"]
        return found

    assert re.search(r"none, though .*'query: '.*set `prompts`", told()["prompts"])
    chosen = 'prompts = {query = "query: ", document = "passage: "}\ndimensions = 8\n'
    (tmp_path / "config.toml").write_text(config + chosen, "utf-8")
    now = told()
    assert now["prompts"] == "query 'query: ', document 'passage: '"
    assert (now["dimension"], now["dimensions"]) == (8, "the first 8")
    room = open_reading_room(Application(find_workspace(tmp_path)))
    assert room is not None
    assert room.answering.ask("How many crates of rifles?", limit=1).citations[0].verified


@pytest.mark.parametrize("prompts", ["{query = 3}", '"query: "', '["query: "]'])
def test_prompts_that_are_no_table_of_texts_are_refused(tmp_path: Path, prompts: str) -> None:
    (tmp_path / "seeds").mkdir()
    config = f"[plugins.sentence-transformers]\nprompts = {prompts}\n"
    (tmp_path / "config.toml").write_text(config, "utf-8")
    with pytest.raises(ConfigError, match=r"line 2: .*prompts: expected"):
        Application(find_workspace(tmp_path)).plugins.recipe()


@pytest.mark.parametrize(
    ("name", "wants"),
    [
        ("intfloat/multilingual-e5-base", "query: "),
        ("/models/e5-small/", "query: "),
        ("google/embeddinggemma-300m", "task: search result | query: "),
        ("Snowflake/snowflake-arctic-embed-m", "Represent"),
        ("BAAI/bge-small-en-v1.5", "Represent"),
        ("BAAI/bge-m3", None),
        ("ibm-granite/granite-embedding-english-r2", None),
        ("all-MiniLM-L6-v2", None),
    ],
)
def test_models_of_known_names_are_known_by_what_they_want(name: str, wants: str | None) -> None:
    found = wanted_prompts(name)
    assert found is None if wants is None else found and found[0].startswith(wants)
