"""Subword fertility: into how many tokens a model splits the words of a script.

Rust, Pfeiffer, Vulić, Ruder, Gurevych, *How Good is Your Tokenizer?*, ACL 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docproc.hooks import CountsTokens, QueryEncoder

_MOST: Final = 400
_LINE: Final = 40
"""Words that are looked at, and how many at a time: a model cuts what is longer."""


def tokens_per_word(encoder: QueryEncoder, words: Sequence[str]) -> float | None:
    """How many tokens *encoder* makes of one of *words*; ``None`` where that cannot be told."""
    words = words[:_MOST]
    if not words or not isinstance(encoder, CountsTokens):
        return None
    lines = [" ".join(words[i : i + _LINE]) for i in range(0, len(words), _LINE)]
    return sum(encoder.count_tokens(line) for line in lines) / len(words)
