"""The nodes of LaTeX as pylatexenc parses them: their kinds, their arguments, what they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

SIGNS = {
    **{"S": "§", "P": "¶", "pounds": "£", "copyright": "©", "No": "№", "euro": "€"},
    **{"texteuro": "€", "EUR": "€", "og": "« ", "fg": " »"},
}
"""Macros that stand for a sign and that the library does not know."""


def kind_of(node: Any) -> str:
    """What *node* is: ``Macro``, ``Group``, ``Chars`` …"""
    return type(node).__name__.removeprefix("Latex").removesuffix("Node")


def body_of(nodes: Any) -> Any:
    """The ``document`` among *nodes*; ``None`` where there is none."""
    found = (node for node in nodes or () if kind_of(node) == "Environment")
    return next((node for node in found if node.environmentname == "document"), None)


def arguments_of(node: Any) -> list[Any]:
    """The arguments that the macro *node* was given, as far as the library knows them."""
    found = node.nodeargd.argnlist if node.nodeargd is not None else []
    return [each for each in found or () if each is not None]


class LatexSigns:
    """What the library shows for nodes; where it fails at one, what is within that."""

    def __init__(self, shown: Any) -> None:
        self._shown = shown

    def nodelist_to_text(self, nodes: Sequence[Any]) -> str:
        """The text of *nodes*."""
        try:
            return str(self._shown.nodelist_to_text(nodes))
        except Exception:  # the library takes macros for granted to have all their arguments
            if len(nodes) == 1:
                node = nodes[0]
                within = list(getattr(node, "nodelist", None) or ())
                within = within or (arguments_of(node)[-1:] if kind_of(node) == "Macro" else [])
                return self.nodelist_to_text(within) if within else ""
            return "".join(self.nodelist_to_text([each]) for each in _without_addresses(nodes))


def _without_addresses(nodes: Sequence[Any]) -> Iterator[Any]:
    """*nodes* without each link whose arguments stand after it, and its first: the address."""
    link = False
    for each in nodes:
        if link and kind_of(each) == "Group":
            link = False
            continue
        link = kind_of(each) == "Macro" and each.macroname == "href" and not arguments_of(each)
        if not link:
            yield each
