"""Text made fit to be written down: nothing in it commands a terminal or breaks a line."""

from __future__ import annotations

from docproc.text.output import one_line, visible

__all__ = ["one_line", "sentence", "visible"]


def sentence(text: str) -> str:
    """*text* with a full stop at its end, unless one, or another end, stands there."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", ".”", ".*")) or not text else f"{text}."
