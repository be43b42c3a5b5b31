"""Halves of characters, which no text can hold."""

from __future__ import annotations


def without_halves(text: str) -> str:
    """*text* with U+FFFD for each lone surrogate, half a character, which no text can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
