"""The hold on publishing: while it is on, no run publishes over the current generation."""

from __future__ import annotations

from collections.abc import Callable

from docproc.errors import TryLater, UsageError
from docproc.store.durable import remove_file, write_atomically
from docproc.store.layout import Layout


class Hold:
    """The hold of one workspace; *current* gives the id of the published generation."""

    def __init__(self, layout: Layout, current: Callable[[], str | None]) -> None:
        self._file = layout.held
        self._current = current

    @property
    def is_on(self) -> bool:
        """Whether the current generation is held: no run publishes another one."""
        return self._file.exists()

    def put(self) -> str:
        """Hold the current generation; return its id.  Raises ``UsageError`` if there is none."""
        name = self._current()
        if name is None:
            raise UsageError("nothing is published that could be held: `docproc index` first")
        write_atomically(self._file, name.encode() + b"\n")
        return name

    def release(self) -> bool:
        """Let runs publish again; whether they were kept from it."""
        return remove_file(self._file)

    def check(self) -> None:
        """Raise ``TryLater`` where it is on: a run would publish over what is held."""
        if self.is_on:
            raise TryLater(
                f"generation {self._current()} is held, and nothing was indexed; "
                "`docproc generations hold --release` lets runs publish again"
            )
