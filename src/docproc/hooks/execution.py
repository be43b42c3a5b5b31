"""The contracts of executors: how the shards of a run are mapped, and who keeps readers of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

Work: TypeAlias = Callable[[bytes], bytes]
"""A function of a module: another process finds it there by its name."""

Opening: TypeAlias = Callable[[bytes], Work]
"""A function of a module that opens what a task describes, and returns what answers from it."""


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


@runtime_checkable
class HostsReaders(Protocol):
    """An executor that can also keep readers: what was opened once, and is asked many times.

    ``[scale] readers`` names one: the shards are then opened in its processes, on whatever
    machines, and not in the one that asks.
    """

    def host(self, name: str, opening: Opening, task: bytes) -> Work:
        """Keep what *opening* makes of *task* under *name*; return what asks it.

        What is kept under *name* already is used again if it was made of the same *task*, else
        replaced.  Several threads may ask at once.  Asking raises ``IndexSilent`` where the reader
        does not answer in time, or died: it must be back, or be started again, by itself or
        when it is asked next.  Asking anything twice does no harm.
        """
        ...
