"""One embedder and one exported encoder for the whole run: loading the model takes seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docproc.stages.embed.embedder import SentenceTransformersEmbedder


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformersEmbedder:
    return SentenceTransformersEmbedder()


@pytest.fixture(scope="session")
def encoder_folder(
    embedder: SentenceTransformersEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The bundled model's query encoder; whoever damages it works on a copy."""
    folder = tmp_path_factory.mktemp("encoder")
    assert embedder.export_query_encoder(folder) == "onnx"
    return folder


@pytest.fixture(scope="session")
def small_models(embedder: SentenceTransformersEmbedder, tmp_path_factory: Any) -> SmallModels:
    embedder.encode_query("loads the library")  # with its notices silenced
    return SmallModels(embedder.folder, tmp_path_factory.mktemp("models"))


class SmallModels:
    """Makes real sentence-transformers models of one layer, with random weights."""

    def __init__(self, tokenizer_from: Path, folder: Path) -> None:
        self._tokenizer_from = tokenizer_from
        self._folder = folder

    def make(
        self,
        name: str,
        pooling: str,
        *,
        dimension: int = 16,
        spoil: bool = False,
        **choices: Any,
    ) -> Path:
        """Save a model with the *pooling*, and a dense layer, into a folder; return it."""
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
        from transformers import AutoTokenizer, BertConfig, BertModel

        torch.manual_seed(1921)
        bare = self._folder / f"{name}-bare"
        config = BertConfig(
            hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
        )
        BertModel(config).save_pretrained(bare)
        AutoTokenizer.from_pretrained(self._tokenizer_from).save_pretrained(bare)
        transformer = Transformer(str(bare), max_seq_length=48)
        dense = Dense(in_features=32, out_features=dimension)
        if spoil:
            torch.nn.init.constant_(dense.linear.weight, float("nan"))
        model = SentenceTransformer(
            modules=[transformer, Pooling(32, pooling_mode=pooling), dense], **choices
        )
        model.save(str(self._folder / name), create_model_card=False)
        return self._folder / name
