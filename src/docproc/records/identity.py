"""Identity: a SHA-256 over content and locator, the same on every machine and every day."""

from __future__ import annotations

import hashlib


def identity(*parts: str | int) -> str:
    """Hash *parts*, in order, into 64 hexadecimal digits.

    Each part is framed by its length, so that ``("ab", "c")`` and ``("a", "bc")`` differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def text_key(text: str) -> bytes:
    """SHA-256 of *text*: the same words have the same vector."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
