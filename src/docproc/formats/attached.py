"""Names of attachments: as the file has them, without whatever could lead out of a folder."""

from __future__ import annotations

from docproc.text.patterns import compile_on_use

OBJECT = "an object of another program: save it apart"
"""What is said of what is embedded in a form that only its own program knows."""
_UNSAFE = compile_on_use(r"[\x00-\x1f\x7f/\\\ud800-\udfff]+")


class AttachedNames:
    """Gives each attachment of one file its name, no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, given: str, number: int) -> str:
        """The name of the attachment of that *number*, which the file calls *given*."""
        name = _UNSAFE.sub("_", given).strip(". ")[:200] or f"attachment {number}"
        while name in self._taken:
            name = f"{number} {name}"
        self._taken.add(name)
        return name
