"""Where a product keeps what it builds, if that is not the folder that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docproc.dataclass_on_use import dataclass
from docproc.hooks.vector_rows import KeepsElsewhere
from docproc.testing.contract import break_promise

_OF_ITS_OWN = (("127.0.0.1", 0), ("::1", 0))
"""A library may serve itself on this machine, at a port that is free: not ask what is there."""


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """The ``folders`` and ``(host, port)`` pairs of a product; port 0: one that it opens itself."""

    folders: tuple[Path, ...] = ()
    hosts: tuple[tuple[str, int | None], ...] = ()


def place_of(plugin: Any, folder: Path, kept: Sequence[Path] = ()) -> KeptPlace:
    """Where *plugin* says that it keeps what it builds; fails where that is none of its own."""
    if not isinstance(plugin, KeepsElsewhere):
        return KeptPlace()
    said = plugin.place(folder)
    if not isinstance(said, str) or not said:
        break_promise(f"its place is {said!r}: neither a path nor an address")
    if "://" in said:
        address = urlsplit(said)
        if not address.hostname:
            break_promise(f"its place, {said!r}, names no host")
        return KeptPlace(hosts=(*_OF_ITS_OWN, (address.hostname, address.port)))
    if not Path(said).is_absolute():
        break_promise(f"its place, {said!r}, is no absolute path")
    path = Path(said).resolve()
    for other in (folder, *kept, Path.home(), Path(__file__)):
        if other.resolve().is_relative_to(path):
            break_promise(f"its place, {said!r}, holds more than what it built: {str(other)!r}")
    if any(path.is_relative_to(other.resolve()) for other in (folder, *kept)):
        break_promise(f"its place, {said!r}, lies in what it is given: then it needs none")
    return KeptPlace((path,), _OF_ITS_OWN)
