"""The numbers of lists and headings, as LibreOffice prints them: the text has none."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.numerals import numeral, parse_whole
from docproc.formats.xml import local
from docproc.stages.parse.office.odt.elements import get
from docproc.text.patterns import compile_on_use

_PLACES = compile_on_use(r"%(\d{1,2})%")
OUTLINE = "outline"
"""What the list of the headings is called here; no style can have that name."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a level of a list is numbered; *shape* is empty where it is not."""

    prefix: str
    shape: str
    suffix: str
    start: int
    shown: int
    """How many levels its label shows, from the level itself upwards."""
    printed: str
    """The label with a place for each level (``"%1%.%2%"``), where the file gives one."""


@dataclass(slots=True)
class Lists:
    """How each level of each list style is labelled (``None`` for a bullet), and its counts."""

    forms: dict[tuple[str, int], _Form | None] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, *roots: Any) -> Lists:
        """The list styles, and the numbering of headings, that *roots* describe."""
        found = cls()
        for root in roots:
            for style in root.iter("{*}list-style", "{*}outline-style") if root is not None else ():
                called = OUTLINE if local(style) == "outline-style" else get(style, "name")
                for level in style:
                    found.forms[called, parse_whole(get(level, "level"), 1)] = _form(level)
        return found

    def begin(self, key: str) -> None:
        """A list that is kept as *key* begins from its first number."""
        self._counts[key] = {}

    def label(self, style: str, level: int, key: str, start: int | None = None) -> str:
        """Count a point of the list *key* and return what is printed before it.

        *start* is the number that the point itself is given; nothing is printed where the style
        is not known.
        """
        counts = self._counts.setdefault(key, {})
        form = self.forms.get((style, level))
        first = form.start if form else 1
        counts[level] = start if start is not None else counts.get(level, first - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if (style, level) not in self.forms:
            return ""
        if form is None:
            return "•"
        return self._print_number(form, style, level, counts) if form.shape else ""

    def _print_number(self, form: _Form, style: str, level: int, counts: dict[int, int]) -> str:
        def number(at: int) -> str:
            own = self.forms.get((style, at))
            if own is None or (at != level and not own.shape):
                return ""
            return numeral(counts.get(at, own.start), own.shape)

        if form.printed:
            return _PLACES.sub(lambda match: number(int(match[1])), form.printed)
        numbers = [number(at) for at in range(max(1, level - form.shown + 1), level + 1)]
        return f"{form.prefix}{'.'.join(each for each in numbers if each)}{form.suffix}"


def _form(level: Any) -> _Form | None:
    if local(level) not in ("list-level-style-number", "outline-level-style"):
        return None
    return _Form(
        get(level, "num-prefix"),
        get(level, "num-format"),
        get(level, "num-suffix"),
        parse_whole(get(level, "start-value"), 1),
        parse_whole(get(level, "display-levels"), 1),
        get(level, "num-list-format"),
    )
