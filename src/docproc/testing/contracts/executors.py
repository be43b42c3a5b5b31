"""The conformance class of executors: every task done once at least, results in their places."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest

from docproc.errors import SourceError
from docproc.hooks.execution import Executor, HostsReaders
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.contract import break_promise, check
from docproc.testing.processes import tasks

_MAP = "docproc.hooks.execution.Executor.map"
_HOST = "docproc.hooks.execution.HostsReaders.host"


class ExecutorContract(ImportingContract):
    """What holds of every executor: inherit, and give ``plugin``."""

    product: ClassVar[type] = Executor

    @check(_MAP)
    def test_each_result_comes_with_the_number_of_its_task(self, plugin: Executor) -> None:
        """Yield the number of each of the tasks and what the work makes of it."""
        given = [bytes([number]) * number for number in range(5)]
        found = dict(plugin.map(tasks.reversed_upper, given))
        wanted = {number: tasks.reversed_upper(task) for number, task in enumerate(given)}
        if found != wanted:
            break_promise(f"map gave {found!r} where {wanted!r} was expected")

    @check(_MAP)
    def test_of_no_tasks_comes_nothing(self, plugin: Executor) -> None:
        """Yield nothing where there are no tasks."""
        if found := list(plugin.map(tasks.reversed_upper, [])):
            break_promise(f"map gave {found!r} of no tasks")

    @check(_MAP)
    def test_what_the_work_raises_is_raised(self, plugin: Executor) -> None:
        """What the work raises is raised here, of the same class and with the same message."""
        with pytest.raises(SourceError, match="cannot be read: two"):
            list(plugin.map(tasks.refuse_two, [b"one", b"two", b"three"]))

    @check(_MAP)
    def test_it_can_be_left_before_the_end(self, plugin: Executor) -> None:
        """When the iterator is closed, nothing of the tasks goes on, and more can be mapped."""
        some = iter(plugin.map(tasks.reversed_upper, [b"a", b"b", b"c"]))
        next(some)
        getattr(some, "close", lambda: None)()
        if dict(plugin.map(tasks.reversed_upper, [b"z"])) != {0: b"Z"}:
            break_promise("map does not work again after it was left")

    @check(_HOST)
    def test_a_reader_answers_from_what_it_opened(self, plugin: Executor) -> None:
        """Keep what the opening makes of the task; return what asks it, from several threads."""
        if not isinstance(plugin, HostsReaders):
            return
        ask = plugin.host("kit-reader", tasks.open_echo, b"first")
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(ask, [b"a", b"b", b"c", b"d"]))
        if found != [b"first:a", b"first:b", b"first:c", b"first:d"]:
            break_promise(f"the reader answered {found!r}")

    @check(_HOST)
    def test_a_reader_of_another_task_takes_its_place(self, plugin: Executor) -> None:
        """What is kept under the name is replaced where it was made of another task."""
        if not isinstance(plugin, HostsReaders):
            return
        for task in (b"first", b"second", b"second"):
            if (found := plugin.host("kit-replaced", tasks.open_echo, task)(b"x")) != task + b":x":
                break_promise(f"the reader of {task!r} answered {found!r}")
