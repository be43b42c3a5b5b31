"""Text made fit to be written down: nothing in it commands a terminal or breaks a line."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters, white space apart
    "\u202a-\u202e\u2066-\u206f"  # what turns the direction of the text after it
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags, which nobody sees
    "\ud800-\udfff]"  # halves of characters, which no terminal can be sent
)


def visible(text: str) -> str:
    """*text* with every character that could command a terminal written as ``<U+001B>``.

    Those are control characters other than white space, the controls that turn the
    direction of writing, invisible tags, and lone surrogates.
    """
    return _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str) -> str:
    """*text*, visible, with every run of white space made one space."""
    return " ".join(visible(text).split())


def sentence(text: str) -> str:
    """*text* with a full stop at its end, unless one, or another end, stands there."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", ".”", ".*")) or not text else f"{text}."
