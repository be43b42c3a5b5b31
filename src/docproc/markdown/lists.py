"""Lists: which of Markdown's lists are lists to a reader, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(slots=True)
class List:
    """A list of Markdown's: the labels of its items, ``None`` for a bullet.

    ``kept`` is whether its items become blocks.
    """

    labels: list[str | None] = field(default_factory=list)
    kept: bool = True
    _at: int = -1

    def takes(self) -> bool:
        """Go on to the next item; whether it becomes a block.

        To Markdown ``513. Secret`` and the ``1.`` below it are one list; numbers that are no
        neighbours are none to a reader.  ``1. 1. 1.`` is how some let Markdown count.
        """
        self._at += 1
        label = self.labels[self._at]
        if not self.kept or label is None or len(self.labels) < 2:
            return self.kept
        beside = self.labels[max(0, self._at - 1) : self._at + 2]
        near = sum(other is not None and abs(int(other) - int(label)) <= 1 for other in beside)
        return near > 1


@dataclass(slots=True)
class ListItem:
    """An item that is being read; ``opened`` once its first block has been."""

    label: str | None
    kept: bool
    opened: bool = False


def lists_of(tokens: Sequence[Token]) -> dict[int, List]:
    """Every list of *tokens* by the place of the token that opens it."""
    found: dict[int, List] = {}
    open_: list[List] = []
    for number, token in enumerate(tokens):
        if token.type.endswith("_list_open"):
            open_.append(found.setdefault(number, List()))
        elif token.type.endswith("_list_close"):
            open_.pop()
        elif token.type == "list_item_open":
            open_[-1].labels.append(token.info or None)
    return found
