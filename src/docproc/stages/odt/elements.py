"""Elements of Open Document: their attributes, and which of them are not printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docproc.formats.xml import local

GONE = frozenset(
    (
        "tracked-changes", "sequence-decls", "forms", "desc", "title", "script", "annotation-end",
        "binary-data", "event-listeners", "variable-decls", "user-field-decls",
    )
)  # fmt: skip
"""What is not printed; ``tracked-changes`` holds the deletions."""
_NUMBER = re.compile(r"\d{1,6}")


def get(element: Any, name: str) -> str:
    """The attribute *name*, of whichever of the format's namespaces."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def whole(value: str, default: int) -> int:
    """*value* as a number; *default* where it is none."""
    return int(value) if _NUMBER.fullmatch(value) else default


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
