"""The entry points of installed distributions, at little cost where none offers a plugin.

``importlib.metadata`` reads the facts of every distribution, by way of the standard library's
parser of e-mail: to import it and to ask it takes a twentieth of ``docproc ask``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_FACTS = (".dist-info", ".egg-info")


def entry_points(group: str) -> Iterable[EntryPoint]:
    """What ``importlib.metadata.entry_points`` finds of *group*; asked only if there may be any."""
    if not may_have(group):
        return ()
    from importlib.metadata import entry_points as find

    return find(group=group)


def may_have(group: str) -> bool:
    """Whether a distribution on the path may have entry points of *group*.

    They stand under ``[group]`` in a file beside the distribution.  What is not a plain folder,
    or is found by another finder than Python's own, may have some.
    """
    if any(_finds_others(finder) for finder in sys.meta_path):
        return True
    heading = f"[{group}]".encode()
    return any(_may_hold(place or os.curdir, heading) for place in sys.path)


def _finds_others(finder: object) -> bool:
    return finder is not PathFinder and hasattr(finder, "find_distributions")


def _may_hold(place: str, heading: bytes) -> bool:
    if place.endswith(".egg"):
        return True
    try:
        with os.scandir(place) as found:
            facts = [each.path for each in found if each.name.lower().endswith(_FACTS)]
    except NotADirectoryError:  # an archive
        return True
    except OSError:  # there is nothing, as in most paths of the standard library
        return False
    return any(heading in _read(each) for each in facts)


def _read(facts: str) -> bytes:
    try:
        return Path(facts, "entry_points.txt").read_bytes()
    except OSError:
        return b""
