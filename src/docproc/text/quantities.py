"""How things are counted in what a person reads."""

from __future__ import annotations


def count_phrase(number: int, one: str, many: str | None = None) -> str:
    """``"1 passage"``, ``"2 passages"``, ``"12,000 passages"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
