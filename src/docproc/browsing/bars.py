"""Bars of characters: a plot for a terminal or a pipe, without colour, at most so many cells wide.

A bar is made of blocks that fill an eighth of a cell each (U+2588 to U+258F); where the
output cannot write those, of ``#``.
"""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bars(rows: Sequence[tuple[str, int] | str], width: int, *, blocks: bool = True) -> list[str]:
    """Lines of a label, a bar and its number; a string among *rows* stands for itself.

    The longest bar fills the line; one that counts anything is never empty.
    """
    counted = [row for row in rows if not isinstance(row, str)]
    if not counted:
        return [row for row in rows if isinstance(row, str)]
    most = max(number for _, number in counted)
    labels = max(len(label) for label, _ in counted)
    room = max(8, width - labels - len(f"{most:,}") - 3)
    lines = []
    for row in rows:
        if isinstance(row, str):
            lines.append(f"{'':<{labels}} {row}".rstrip())
            continue
        label, number = row
        bar = _bar(number / most * room if most else 0.0, blocks=blocks) if number else ""
        lines.append(
            f"{label:>{labels}} {bar} {number:,}" if bar else f"{label:>{labels}} {number:,}"
        )
    return lines


def _bar(cells: float, *, blocks: bool) -> str:
    if not blocks:
        return "#" * max(1, round(cells))
    eighths = max(1, round(cells * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
