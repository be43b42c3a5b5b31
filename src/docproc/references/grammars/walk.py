"""References that begin with an archive's name and go inwards, comma by comma.

``ASVe, Senato, Dispacci, Filza 2, 71r-74v``: the name, some series in words or a code, and
then labelled levels.  Italian, French and German archives are all cited so.
"""

from __future__ import annotations

import re

from docproc.dataclass_on_use import dataclass
from docproc.references.grammars.chain import Levels
from docproc.text.patterns import compile_on_use

_COMMA = compile_on_use(r"\s?[,.;:]?\s{1,3}|,")
_SERIES = compile_on_use(r"[^\W\d_][^,;:()\[\]\n]{1,60}?(?:\s?\d{4}[-–]\d{2,4})?(?=\s?[,:])")
_MOST_SERIES = 6


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies behind an archive's name: components, where they end, how many are levels."""

    components: tuple[tuple[str, str], ...]
    end: int
    levels: int


def read_levels(
    text: str, at: int, end: int, levels: Levels, code: re.Pattern[str] | None = None
) -> Walk:
    """Read inwards from *at*, the end of an archive's name.

    *code* matches a holding's code, its named groups being the names of components (``_`` for
    a space).  Series in words count only if labelled levels or a code follow them.
    """
    components: list[tuple[str, str]] = []
    stop, counted = at, 0
    for _ in range(_MOST_SERIES):
        comma = _COMMA.match(text, at, end)
        if not comma:
            break
        coded = code.match(text, comma.end(), end) if code else None
        if coded:
            components += [
                (name.replace("_", " "), value)
                for name, value in coded.groupdict().items()
                if value
            ]
            stop, counted = coded.end(), counted + 1
            code = None
        chain = levels.follow(text, stop if coded else at, end)
        if chain:
            components += [(link.level.name, plain_value(link.value)) for link in chain]
            return Walk(tuple(components), chain[-1].end, counted + len(chain))
        if coded:
            break
        series = _SERIES.match(text, comma.end(), end)
        if not series:
            break
        components.append(("series", series[0].strip()))
        at = series.end()
    if not counted:
        return Walk((), stop, 0)
    return Walk(tuple(components), stop, counted)


def plain_value(value: str) -> str:
    """A printed value with its dashes and commas made uniform."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s?[-–—]\s?", "-", value)).strip()
