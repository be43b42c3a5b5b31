"""Drop capitals of PDF: a letter far larger than the line that it begins."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.stages.parse.pages.pdf.lines import PdfLine

_LARGE = 1.6
"""So many times as high as its line is a drop capital."""
LONGEST = 3
_NEAR = 2.0
"""Of the height of the line: what stands further to the right is not the capital's."""


def before_their_lines(lines: Sequence[PdfLine]) -> tuple[PdfLine, ...]:
    """*lines*, each drop capital right before the line that it begins."""
    found = list(lines)
    for capital in [line for line in lines if len(line.text) <= LONGEST]:
        beside = [line for line in lines if is_capital(capital, line)]
        if beside:
            own = min(beside, key=lambda line: line.top)
            found.remove(capital)
            found.insert(found.index(own), capital)
    return tuple(found)


def is_capital(capital: PdfLine, line: PdfLine) -> bool:
    """Whether *capital* is the large first letter of *line*, or of the text that it is of."""
    return (
        len(capital.text) <= LONGEST
        and capital.text[-1].isupper()
        and capital.confidence is None
        and capital.height > _LARGE * line.height
        and line.top < capital.bottom
        and line.bottom > capital.top
        and -1.0 < line.left - capital.right < _NEAR * line.height
    )
