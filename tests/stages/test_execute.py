"""The executors that come with docproc."""

import pytest
from dying_work import dies, dies_once

from docproc.errors import PluginError
from docproc.stages.execute import InProcess, WorkerProcesses
from docproc.testing import ExecutorContract

pytestmark = pytest.mark.slow


class TestInProcess(ExecutorContract):
    hooks = "docproc.stages"

    @pytest.fixture
    def plugin(self):
        return InProcess()


class TestWorkerProcesses(ExecutorContract):
    hooks = "docproc.stages"

    @pytest.fixture
    def plugin(self):
        return WorkerProcesses(2)

    def test_a_task_whose_process_dies_is_done_again(self, tmp_path):
        tasks = [str(tmp_path / name).encode() for name in "ab"]
        assert dict(WorkerProcesses(1).map(dies_once, tasks)) == dict(enumerate(tasks))

    def test_one_that_always_dies_is_given_up(self):
        with pytest.raises(PluginError, match="died 3 times"):
            list(WorkerProcesses(1).map(dies, [b""]))
