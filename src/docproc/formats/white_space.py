"""White space as markup sets it: any run of it is one space."""

from __future__ import annotations

WHITE = " \n\t\r\f"


def collapse(text: str) -> str:
    """*text* with runs of spaces, tabs and line ends as one space; faster than by a pattern."""
    for other in WHITE[1:]:
        text = text.replace(other, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text
