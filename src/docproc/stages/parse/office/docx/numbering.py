"""The numbers of list points, counted as Word and LibreOffice count them: the text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any, NamedTuple

from docproc.dataclass_on_use import dataclass
from docproc.formats.numerals import numeral
from docproc.stages.parse.office.docx.parts import W, attribute, first, whole
from docproc.text.patterns import compile_on_use

_BULLETS = compile_on_use("[\uf000-\uf8ff\ue000-\uefff]")
_PLACES = compile_on_use(r"%(\d)")
_DEEPEST = 9
_OFF = ("0", "false", "off")


class Number(NamedTuple):
    """What a paragraph or its style says of its list; ``None`` what it leaves to others."""

    list_id: str | None
    level: int | None

    def over(self, other: Number | None) -> Number:
        """The same, with what *other* says where it says nothing."""
        if other is None:
            return self
        return Number(
            other.list_id if self.list_id is None else self.list_id,
            other.level if self.level is None else self.level,
        )


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    printed: str
    start: int
    restarts: int | None
    """The level (from 1) after which it begins again; 0 never, ``None`` any above it."""
    decimal: bool
    """Whether all numbers of its label are in figures."""


@dataclass(slots=True)
class _List:
    """One ``w:num``: the lists that count together, and what it has otherwise than they."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """Where a level begins again when this list first comes to it."""


@dataclass(slots=True)
class ListNumbering:
    """Counts the points of the lists as Word does; they are numbered nowhere in the text."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _styled: dict[str, dict[str, int]] = field(default_factory=dict)
    """Of each abstract list the level that a paragraph style has in it."""
    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any) -> ListNumbering:
        """The lists that the numbering part describes."""
        found = cls()
        if root is None:
            return found
        linked: dict[str, str] = {}
        styles: dict[str, str] = {}
        for abstract in root.iter(W + "abstractNum"):
            name = attribute(abstract, "abstractNumId")
            found._levels[name] = dict(_levels(abstract))
            found._styled[name] = {
                attribute(style, "val"): whole(level, "ilvl", 0)
                for level in abstract.iter(W + "lvl")
                if (style := first(level, W + "pStyle")) is not None
            }
            if (link := attribute(first(abstract, W + "numStyleLink"), "val")) and (
                not found._levels[name]
            ):
                linked[name] = link
            if style := attribute(first(abstract, W + "styleLink"), "val"):
                styles[style] = name
        for each in root.iter(W + "num"):
            name = attribute(first(each, W + "abstractNumId"), "val")
            name = styles.get(linked.get(name, ""), name)
            own = found._lists[attribute(each, "numId")] = _List(name)
            for override in each.iterchildren(W + "lvlOverride"):
                level = whole(override, "ilvl", 0)
                own.levels.update((level, other) for _, other in _levels(override))
                start = first(override, W + "startOverride")
                if start is not None:
                    own.starts[level] = whole(start, "val", 1)
        return found

    def next(self, number: Number, style: str = "") -> str | None:
        """The label of the next point at *number*, as Word prints it; ``None`` for no list.

        A paragraph of a *style* that belongs to a level of the list is of that level.
        """
        own = self._lists.get(number.list_id or "")
        if own is None:
            return None
        levels = self._levels.get(own.abstract, {})
        if own.levels:
            levels = {**levels, **own.levels}
        level = number.level
        if level is None:
            level = self._styled.get(own.abstract, {}).get(style, 0)
        if level not in levels:
            return None
        counts = self._counts.setdefault(own.abstract, {})
        if level in own.starts:
            counts[level] = own.starts.pop(level)
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            restarts = levels[deeper].restarts if deeper in levels else None
            if restarts is None or level < restarts:
                del counts[deeper]
        return self._label(levels, level, counts)

    def _label(self, levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str | None:
        own = levels[level]
        if own.form == "bullet":
            return _BULLETS.sub("•", own.printed) or "•"

        def count(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            known = levels.get(other)
            form = "decimal" if known is None or own.decimal else known.form
            value = counts.setdefault(other, known.start if known else 1)  # and counted on from
            return "" if form in ("none", "bullet") else numeral(value, form)

        return _PLACES.sub(count, own.printed).strip() or None


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren(W + "lvl"):
        decimal = first(level, W + "isLgl")
        restarts = first(level, W + "lvlRestart")
        yield (
            min(whole(level, "ilvl", 0), _DEEPEST),
            _Level(
                attribute(first(level, W + "numFmt"), "val", "decimal"),
                attribute(first(level, W + "lvlText"), "val"),
                whole(first(level, W + "start"), "val", 0),
                None if restarts is None else whole(restarts, "val", 0),
                decimal is not None and attribute(decimal, "val") not in _OFF,
            ),
        )
