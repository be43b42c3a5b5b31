"""A sparse model of the tests' own: a piece for a piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docproc.testing import samples


def make_model(folder: Path) -> Path:
    """A masked language model without layers, which finds in a text the pieces that it has."""
    import torch
    from sentence_transformers import SparseEncoder
    from sentence_transformers.sentence_transformer.modules import Router
    from sentence_transformers.sparse_encoder.modules import (
        MLMTransformer,
        SparseStaticEmbedding,
        SpladePooling,
    )
    from transformers import BertConfig, BertForMaskedLM

    tokenizer = write_tokenizer(folder / "bare")
    size = len(tokenizer)
    config = BertConfig(
        vocab_size=size, hidden_size=size, num_hidden_layers=0, num_attention_heads=1,
        intermediate_size=8, hidden_act="relu", tie_word_embeddings=False,
    )  # fmt: skip
    bare = BertForMaskedLM(config).eval()
    with torch.no_grad():
        for parameter in bare.parameters():
            parameter.zero_()
        bare.bert.embeddings.word_embeddings.weight.copy_(torch.eye(size))
        bare.bert.embeddings.LayerNorm.weight.fill_(1)
        bare.cls.predictions.transform.dense.weight.copy_(torch.eye(size))
        bare.cls.predictions.transform.LayerNorm.weight.fill_(1)
        bare.cls.predictions.decoder.weight.copy_(torch.eye(size))
        bare.cls.predictions.decoder.bias.fill_(-1.0)
        bare.cls.predictions.decoder.bias[:5] = -1000.0  # what the tokenizer itself adds
    bare.save_pretrained(folder / "bare")
    weights = torch.ones(size)
    weights[5:] = 1 / torch.arange(1, size - 4).float().flip(0).sqrt() + 0.5
    router = Router.for_query_document(
        query_modules=[SparseStaticEmbedding(tokenizer=tokenizer, weight=weights)],
        document_modules=[MLMTransformer(str(folder / "bare")), SpladePooling()],
    )
    SparseEncoder(modules=[router]).save_pretrained(str(folder / "model"))
    return folder / "model"


def write_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.train_from_iterator(
        [text for _, text in samples.PASSAGES],
        trainers.WordPieceTrainer(vocab_size=900, special_tokens=special, show_progress=False),
    )
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip
    fast.save_pretrained(folder)
    return fast
