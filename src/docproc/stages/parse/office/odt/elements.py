"""Elements of Open Document: their attributes, and which of them are not printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docproc.formats.xml import local
from docproc.text.patterns import compile_on_use

GONE = frozenset(
    (
        "tracked-changes", "sequence-decls", "forms", "desc", "title", "script", "annotation-end",
        "binary-data", "event-listeners", "variable-decls", "user-field-decls",
    )
)  # fmt: skip
"""What is not printed; ``tracked-changes`` holds the deletions."""
BOXES = frozenset(
    (
        "text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "polyline", "path",
        "line", "connector", "caption", "regular-polygon",
    )
)  # fmt: skip
"""What has paragraphs of its own and stands beside those that it is anchored in."""
_QUOTES = compile_on_use(r"quot|цитат|zitat|^citation", re.IGNORECASE)


def get(element: Any, name: str) -> str:
    """The attribute *name*, of whichever of the format's namespaces."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def quoting(*roots: Any) -> frozenset[str]:
    """The names of the paragraph styles of *roots* that are for quotations, or based on one."""
    based: dict[str, list[str]] = {}
    found: list[str] = []
    for root in roots:
        for style in root.iter("{*}style") if root is not None else ():
            name = get(style, "name")
            based.setdefault(get(style, "parent-style-name"), []).append(name)
            if _QUOTES.search(get(style, "display-name") or name):
                found.append(name)
    known: set[str] = set()
    while found:
        name = found.pop()
        if name not in known:
            known.add(name)
            found += based.get(name, ())
    return frozenset(known)


def hidden(element: Any, name: str) -> bool:
    """Whether *element* is a section or words that are hidden, as it was when it was saved."""
    if name == "section":
        return get(element, "display") == "none"
    return name.startswith("hidden-") and get(element, "is-hidden") == "true"


def paragraphs(parent: Any) -> Iterator[Any]:
    """The paragraphs of a cell or a note; what stands within one is left to it."""
    for child in parent:
        name = local(child)
        if name in ("p", "h"):
            yield child
        elif name and name not in GONE and not hidden(child, name):
            yield from paragraphs(child)
