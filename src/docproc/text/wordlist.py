"""Lists of words, written as prose so that they can be read and diffed."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of *words*, parted by white space."""
    return frozenset(words.split())
