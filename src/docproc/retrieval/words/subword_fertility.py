"""Into how many tokens a model splits the words of a script.

Rust, Pfeiffer, Vulić, Ruder, Gurevych, *How Good is Your Tokenizer?*, ACL 2021.
"""

from __future__ import annotations

from collections.abc import Sequence

from docproc.hooks import CountsTokens, QueryEncoder
from docproc.retrieval.weights import WEIGHTS


def tokens_per_word(encoder: QueryEncoder, words: Sequence[str]) -> float | None:
    """How many tokens *encoder* makes of one of *words*; ``None`` where that cannot be told."""
    words = words[: WEIGHTS.fertility_words]
    if not words or not isinstance(encoder, CountsTokens):
        return None
    size = WEIGHTS.fertility_line
    lines = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
    return sum(encoder.count_tokens(line) for line in lines) / len(words)
