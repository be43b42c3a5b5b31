"""EBCDIC, the encoding of texts from mainframes: a space is ``@``, and hardly a byte is ASCII's."""

from __future__ import annotations

EBCDIC = "cp037"
_SIGNS = "".join(
    chr(code) for code in range(0x20, 0x7F) if chr(code).isalnum() or chr(code) in " .,;:-'()/"
)
_USUAL = _SIGNS.encode(EBCDIC) + b"\x15\x25\x0d\x05"
"""The bytes of letters, figures and common signs, and those that end lines."""
_LOOKED_AT = 4096


def is_ebcdic(data: bytes) -> bool:
    """Whether the beginning of *data* can only be a text in EBCDIC."""
    sample = data[:_LOOKED_AT]
    if sample.count(b"@") * 20 < len(sample) or b" " in sample:
        return False
    return len(sample.translate(None, _USUAL)) * 10 <= len(sample)
