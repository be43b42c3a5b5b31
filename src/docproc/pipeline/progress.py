"""Progress: what a run tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step of a run; the commands draw bars or print lines from it."""

    def start(self, step: str, total: int) -> None:
        """A step begins (``"reading"``, ``"embedding"``, …) that has *total* units."""
        ...

    def advance(self, units: int = 1) -> None:
        """So many more units of the step are done."""
        ...

    def failed(self, path: str, cause: str) -> None:
        """A source file could not be read."""
        ...

    def say(self, line: str) -> None:
        """Something worth a line."""
        ...


class Silent:
    """Tells nobody."""

    def start(self, step: str, total: int) -> None: ...
    def advance(self, units: int = 1) -> None: ...
    def failed(self, path: str, cause: str) -> None: ...
    def say(self, line: str) -> None: ...
