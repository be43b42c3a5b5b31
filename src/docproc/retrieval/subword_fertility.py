"""How far a model shatters words: those of a script that it does not know, into letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

_MOST: Final = 400
_LINE: Final = 40
"""Words that are looked at, and how many at a time: a model cuts what is longer."""


def tokens_per_word(encoder: Any, words: Sequence[str]) -> float | None:
    """How many tokens *encoder* makes of one of *words*; ``None`` where that cannot be told."""
    tokenize = getattr(encoder, "encode_tokens", None)
    words = words[:_MOST]
    if tokenize is None or not words:
        return None
    lines = [" ".join(words[i : i + _LINE]) for i in range(0, len(words), _LINE)]
    return float(sum(len(tokenize(line)[0]) - 2 for line in lines) / len(words))
