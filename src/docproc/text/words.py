"""Words in lists that can be read and diffed, and things counted in words."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of *words*, parted by white space."""
    return frozenset(words.split())


def count_phrase(number: int, one: str, many: str | None = None) -> str:
    """``"1 passage"``, ``"2 passages"``, ``"12,000 passages"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
