"""Tiny cross-encoders: of random weights, and one taught which names mean the same thing."""

from __future__ import annotations

import random
from pathlib import Path

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def save_tokenizer(words, folder: Path, most: int = 128) -> None:
    """A tokenizer of whole *words*, and single letters for what it does not know."""
    import string

    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertTokenizerFast

    letters = [*string.ascii_lowercase, *string.digits, *string.punctuation]
    pieces = [*SPECIAL, *dict.fromkeys([*words, *letters]), *(f"##{each}" for each in letters)]
    found = Tokenizer(
        models.WordPiece({word: n for n, word in enumerate(pieces)}, unk_token="[UNK]")
    )
    found.normalizer = normalizers.BertNormalizer()
    found.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    found.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    BertTokenizerFast(tokenizer_object=found, model_max_length=most).save_pretrained(folder)


def make(folder: Path, words=(), *, hidden=32, layers=2, labels=1, seed=1921):
    """Save a cross-encoder of random weights into *folder*; return its network."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder.mkdir(parents=True)
    torch.manual_seed(seed)
    save_tokenizer(words, folder)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(dict.fromkeys(words)) + 136,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=2 * hidden,
        max_position_embeddings=128,
        num_labels=labels,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    network = BertForSequenceClassification(config)
    network.save_pretrained(folder)
    return network


def teach(folder: Path, groups, fillers, *, steps=200, seed=1921) -> float:
    """Train the cross-encoder in *folder* to prefer texts that speak of the same thing.

    *groups* are three names of each thing, *fillers* words that mean nothing.  Names of one thing
    begin with the same vector: what is learned is to compare.  Returns the last loss.
    """
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification

    torch.manual_seed(seed)
    network = BertForSequenceClassification.from_pretrained(folder)
    ids = AutoTokenizer.from_pretrained(folder).convert_tokens_to_ids
    vectors = network.bert.embeddings.word_embeddings.weight
    with torch.no_grad():
        vectors.mul_(0.1)
        network.bert.embeddings.position_embeddings.weight.zero_()
        for names in groups:
            vectors[ids(list(names))] = torch.randn(vectors.shape[1])
    chance = random.Random(seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    network.train()
    loss = torch.zeros(())
    for _ in range(steps):
        given, kinds, wanted = [], [], []
        for _ in range(32):
            right, wrong = chance.sample(groups, 2)
            place = chance.randrange(3)
            asked = ["[CLS]", *chance.choices(fillers, k=3), right[place], "[SEP]"]
            for names, answer in ((right, 1.0), (wrong, 0.0)):
                rest = [name for n, name in enumerate(names) if n != place]
                text = [rest[0], *chance.choices(fillers, k=5), rest[1], "[SEP]"]
                given.append(ids([*asked, *text]))
                kinds.append([0] * len(asked) + [1] * len(text))
                wanted.append(answer)
        found = network(input_ids=torch.tensor(given), token_type_ids=torch.tensor(kinds))
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            found.logits[:, 0], torch.tensor(wanted)
        )
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    network.eval()
    network.save_pretrained(folder)
    return float(loss.detach())
