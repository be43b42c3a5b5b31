"""The network of correspondents as a drawing: persons on a circle, letters as lines between them.

Every person and every line is a link into the list.  The table beside it says the same in words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from docproc.browsing.correspondence import Correspondence
from docproc.dataclass_on_use import dataclass
from docproc.text.output import clip
from docproc.text.words import count_phrase

MOST = 28
"""How many persons are drawn: those who wrote and received most."""
WIDTH, HEIGHT, _ACROSS, _DOWN = 900, 620, 230, 250
"""The drawing, and the circle's radii, in its own units."""
_BEND = 0.35
"""How far a line bends towards the middle."""
_APART = 0.12
"""How far, of its length, a line bends aside, so that both ways between two are seen."""


@dataclass(frozen=True, slots=True)
class Node:
    """A person: where the dot stands, its size, its name and on which side, and the list."""

    x: float
    y: float
    radius: float
    name: str
    words: str
    anchor: str
    label_x: float
    label_y: float
    link: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The letters of one to another: a curve, its width, what it says, and the list."""

    curve: str
    width: float
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing; ``left`` persons are not in it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left: int


def network(
    pairs: Sequence[Correspondence],
    to_person: Callable[[str], str],
    to_pair: Callable[[str, str], str],
) -> Network:
    """*pairs* as a drawing; *to_person* and *to_pair* give the addresses of the lists."""
    letters: Counter[str] = Counter()
    for each in pairs:
        letters[each.sender] += each.documents
        letters[each.recipient] += each.documents
    ranked = sorted(letters, key=lambda name: (-letters[name], name))
    shown = sorted(ranked[:MOST])
    places = {name: _place(number, len(shown)) for number, name in enumerate(shown)}
    most = max((each.documents for each in pairs), default=1)
    edges = [
        Edge(
            _curve(places[each.sender], places[each.recipient]),
            round(1 + 7 * math.sqrt(each.documents / most), 1),
            f"{clip(each.sender, 60)} to {clip(each.recipient, 60)}: "
            f"{count_phrase(each.documents, 'document')}{', ' if each.years else ''}{each.years}",
            to_pair(each.sender, each.recipient),
        )
        for each in pairs
        if each.sender in places and each.recipient in places and each.sender != each.recipient
    ]
    top = max(letters.values(), default=1)
    nodes = [_node(name, places[name], letters[name], top, to_person(name)) for name in shown]
    return Network(tuple(nodes), tuple(edges), max(0, len(ranked) - MOST))


def _place(number: int, of: int) -> tuple[float, float]:
    angle = 2 * math.pi * (number + 0.5) / max(of, 1) - math.pi / 2
    return WIDTH / 2 + _ACROSS * math.cos(angle), HEIGHT / 2 + _DOWN * math.sin(angle)


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve bent to the right of its way, so that the way back is another line."""
    (x, y), (to_x, to_y) = start, end
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    bend_x = middle_x + _BEND * (WIDTH / 2 - middle_x) - _APART * (to_y - y)
    bend_y = middle_y + _BEND * (HEIGHT / 2 - middle_y) + _APART * (to_x - x)
    return f"M{x:.0f} {y:.0f}Q{bend_x:.0f} {bend_y:.0f} {to_x:.0f} {to_y:.0f}"


def _node(name: str, place: tuple[float, float], letters: int, top: int, link: str) -> Node:
    x, y = place
    radius = round(4 + 10 * math.sqrt(letters / top), 1)
    right = x >= WIDTH / 2
    return Node(
        round(x),
        round(y),
        radius,
        clip(name, 26),
        f"{clip(name, 80)}: {count_phrase(letters, 'document')}",
        "start" if right else "end",
        round(x + (radius + 6) * (1 if right else -1)),
        round(y + 5),
        link,
    )
