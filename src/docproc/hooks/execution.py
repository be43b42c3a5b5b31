"""The contract of executors: how the shards of a run are mapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

Work: TypeAlias = Callable[[bytes], bytes]
"""A function of a module: another process finds it there by its name."""


@runtime_checkable
class Executor(Protocol):
    """Execute: how the shards of a run are mapped, in this process, in others, on other machines.

    Other machines must see the workspace under the same path.
    """

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it, as they are done.

        A task may be done more than once, if what did it died: it begins again, and costs
        nothing twice that it has finished.  What *work* raises is raised here, and then, or
        when the iterator is closed, nothing of *tasks* goes on running.
        """
        ...
