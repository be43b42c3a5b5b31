"""Durations and amounts of memory, as they are written on the command line."""

from __future__ import annotations

import re

import typer

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def seconds_of(text: str) -> float:
    """``"2h"``, ``"90m"``, ``"1h30m"``, ``"45s"``, ``"2d"``: in seconds."""
    parts = re.fullmatch(r"(?:\d+(?:\.\d+)?[smhd])+", text.strip())
    total = sum(
        float(number) * _SECONDS[unit]
        for number, unit in re.findall(r"(\d+(?:\.\d+)?)([smhd])", text)
    )
    if parts is None or total <= 0:
        raise typer.BadParameter(f"{text!r} is no duration, such as 2h, 90m or 1h30m")
    return total


def bytes_of(text: str) -> int:
    """``"4G"``, ``"512M"``, ``"4GiB"``: in bytes; K, M, G and T are powers of 1000, KiB of 1024."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([KMGT])(iB|B)?", text.strip())
    if found is None or not float(found[1]):
        raise typer.BadParameter(f"{text!r} is not an amount of memory, such as 4G or 512M")
    unit = _BYTES[found[2]]
    if found[3] == "iB":
        unit = 1 << 10 * (1 + list(_BYTES).index(found[2]))
    return int(float(found[1]) * unit)
