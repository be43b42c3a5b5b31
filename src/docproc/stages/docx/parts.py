"""What the other parts of a DOCX say: styles, numbering, notes, comments, properties."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from docproc.formats.numerals import numeral
from docproc.formats.package import Package, xml_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_BULLETS = re.compile("[\uf000-\uf8ff\ue000-\uefff]")
_OFFICE = "/officeDocument"
_NUMBERED = W + "numPr"


def attribute(element: Any, name: str, default: str = "") -> str:
    """The attribute *name* of WordprocessingML."""
    value = element.get(W + name) if element is not None else None
    return default if value is None else str(value)


def whole(element: Any, name: str, default: int) -> int:
    """The attribute *name* as a number; *default* where it is none."""
    value = attribute(element, name)
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else default


@dataclass(slots=True)
class Parts:
    """The parts of one package, each opened when it is asked for."""

    package: Package
    main: str = "word/document.xml"
    _related: dict[str, str] = field(default_factory=dict)

    def open(self) -> Any:
        """The root of the main part; finds the others by their relations."""
        for kind, target in self._relations(""):
            if kind.endswith(_OFFICE):
                self.main = target
        for kind, target in self._relations(self.main):
            self._related.setdefault(kind.rpartition("/")[2], target)
        return self._parsed(self.package.read(self.main), self.main)

    def related(self, kind: str, holding: bytes = b"") -> Any:
        """The root of the part related as *kind* (``"footnotes"``), or ``None``.

        With *holding*, it is ``None`` too where those bytes do not stand in the part, and so
        nothing that is sought there.
        """
        target = self._related.get(kind)
        if not target or target not in self.package:
            return None
        data = self.package.read(target)
        if holding not in data and b"\0" not in data[:4]:  # a zero: UTF-16, whose bytes are others
            return None
        return self._parsed(data, target)

    def properties(self) -> tuple[tuple[str, str], ...]:
        """The title, author and so on that the file itself states."""
        if "docProps/core.xml" not in self.package:
            return ()
        root = self.package.xml("docProps/core.xml")
        found = []
        for element in root:
            name = str(element.tag).rpartition("}")[2]
            value = " ".join((element.text or "").split())
            if value and name in ("title", "creator", "subject", "created", "modified"):
                found.append((f"file's {name}", value))
        return tuple(found)

    def _parsed(self, data: bytes, name: str) -> Any:
        return xml_of(data.replace(_STRICT, _TRANSITIONAL), name)

    def _relations(self, part: str) -> list[tuple[str, str]]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", name + ".rels")
        if path not in self.package:
            return []
        found = []
        for relation in self.package.xml(path).iter(_R + "Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.join("/", folder, relation.get("Target") or "")
            found.append((relation.get("Type") or "", posixpath.normpath(target).lstrip("/")))
        return found


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters here."""

    level: int | None = None
    """A heading's depth, from 1."""
    number: tuple[str, int] | None = None
    """The list that its paragraphs belong to, and the level in it."""


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a file; each is read when a paragraph is of it."""

    _elements: dict[str, Any] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any) -> Styles:
        """The styles that the part *root* describes; none where there is no such part."""
        elements = root.iter(W + "style") if root is not None else ()
        return cls({attribute(each, "styleId"): each for each in elements})

    def called(self, name: str) -> Style:
        """The style *name*, with what it takes from those that it is based on."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._style(name)
        return known

    def _style(self, name: str) -> Style:
        level = number = None
        at, seen = name, set[str]()
        while at in self._elements and at not in seen:
            seen.add(at)
            style = self._elements[at]
            printed = attribute(style.find(W + "name"), "val")
            heading = _HEADING.fullmatch(printed)
            outline = whole(style.find(f"{W}pPr/{W}outlineLvl"), "val", 9)
            if level is None and (heading or printed.lower() == "title" or outline < 9):
                level = int(heading[1]) if heading else min(outline, 8) + 1 if outline < 9 else 1
            if number is None:
                number = number_of(style.find(W + "pPr"))
            at = attribute(style.find(W + "basedOn"), "val")
        return Style(level, number)


def number_of(properties: Any) -> tuple[str, int] | None:
    """The list and the level in it that paragraph *properties* name."""
    numbered = next(properties.iterchildren(_NUMBERED), None) if properties is not None else None
    if numbered is None:
        return None
    return (
        attribute(numbered.find(W + "numId"), "val", "0"),
        whole(numbered.find(W + "ilvl"), "val", 0),
    )


@dataclass(slots=True)
class Numbering:
    """Counts the points of the lists as Word does; they are numbered nowhere in the text."""

    _levels: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any) -> Numbering:
        """The lists that the numbering part describes."""
        found = cls()
        if root is None:
            return found
        for abstract in root.iter(W + "abstractNum"):
            levels = found._levels[attribute(abstract, "abstractNumId")] = {}
            for level in abstract.iter(W + "lvl"):
                levels[whole(level, "ilvl", 0)] = (
                    attribute(level.find(W + "numFmt"), "val", "decimal"),
                    attribute(level.find(W + "lvlText"), "val"),
                    whole(level.find(W + "start"), "val", 1),
                )
        for each in root.iter(W + "num"):
            abstract_id = attribute(each.find(W + "abstractNumId"), "val")
            found._lists[attribute(each, "numId")] = abstract_id
        return found

    def next(self, number: tuple[str, int]) -> str | None:
        """The label of the next point at *number*, as Word prints it; ``None`` for no list."""
        list_id, level = number
        abstract = self._lists.get(list_id)
        levels = self._levels.get(abstract or "")
        if abstract is None or not levels or level not in levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form, printed, _ = levels[level]
        if form == "bullet":
            return _BULLETS.sub("•", printed) or "•"
        if form == "none":
            return None

        def count(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form, _, start = levels.get(other, ("decimal", "", 1))
            return numeral(counts.get(other, start), form)

        return re.sub(r"%(\d)", count, printed) or None
