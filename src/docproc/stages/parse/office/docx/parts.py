"""The parts of a DOCX, by their relations; what its numbering and its properties say."""

from __future__ import annotations

import posixpath
import re
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.package import Package, parse_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "/officeDocument"


def attribute(element: Any, name: str, default: str = "") -> str:
    """The attribute *name* of WordprocessingML."""
    value = element.get(W + name) if element is not None else None
    return default if value is None else str(value)


def first(element: Any, tag: str) -> Any:
    """The first child of *element* that has the *tag*; a third of the time that ``find`` takes."""
    if element is not None:
        for child in element:
            if child.tag == tag:
                return child
    return None


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
    _targets: dict[str, str] = field(default_factory=dict)

    def open(self) -> Any:
        """The root of the main part; finds the others by their relations."""
        for _, kind, target in self._relations(""):
            if kind.endswith(_OFFICE):
                self.main = target
        for key, kind, target in self._relations(self.main):
            self._related.setdefault(kind.rpartition("/")[2], target)
            self._targets[key] = target
        return parse_part(self._usual(self.main), self.main)

    def read_related(self, kind: str, holding: bytes = b"") -> Any:
        """The root of the part related as *kind* (``"footnotes"``), or ``None``.

        With *holding*, it is ``None`` too where those bytes do not stand in the part, and so
        nothing that is sought there.
        """
        data, name = self.read_part(kind)
        if data is None:
            return None
        if holding not in data and b"\0" not in data[:4]:  # a zero: UTF-16, whose bytes are others
            return None
        return parse_part(data, name)

    def read_part(self, kind: str, most: int | None = None) -> tuple[bytes | None, str]:
        """The bytes of the part related as *kind*, ``None`` where there is none, and its name.

        With *most*, the first bytes, as many as that.
        """
        name = self._related.get(kind, "")
        return (self._usual(name, most) if name in self.package else None), name

    def part(self, key: str) -> tuple[str, bytes] | None:
        """The name and the bytes of the part that the main one relates to by the id *key*."""
        name = self._targets.get(key, "")
        return (name, self._usual(name)) if name in self.package else None

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

    def _usual(self, name: str, most: int | None = None) -> bytes:
        """The part called *name*, in the usual namespace if it is written in the strict one."""
        return self.package.read(name, most).replace(_STRICT, _TRANSITIONAL)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Id, kind and target of each relation of *part* to another part."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", name + ".rels")
        if path not in self.package:
            return []
        found = []
        for relation in self.package.xml(path).iter(_R + "Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            path = relation.get("Target") or ""
            if path.startswith("/") or "." in path[:1] or "/." in path or "//" in path or not path:
                path = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
            elif folder:
                path = f"{folder}/{path}"
            found.append((relation.get("Id") or "", relation.get("Type") or "", path))
        return found
