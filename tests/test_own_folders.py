"""The tests' own folders: what is there stays out of them, and they leave nothing."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from own_folders import refuse_a_workspace_above, remove_left_behind


def test_a_run_below_a_workspace_ends_at_once_and_names_it(tmp_path):
    (tmp_path / "config.toml").touch()
    with pytest.raises(pytest.exit.Exception, match="remove it, or set TMPDIR") as ended:
        refuse_a_workspace_above(tmp_path / "pytest" / "test_0")
    assert str(tmp_path / "config.toml") in str(ended.value)


@pytest.mark.parametrize("name", ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"])
def test_the_home_of_the_tests_is_nobodys(name):
    assert Path(os.environ[name]).is_relative_to(tempfile.gettempdir())


@pytest.mark.skipif(sys.platform == "win32", reason="cannot be asked whether a process runs")
def test_what_a_killed_run_left_is_removed_and_that_of_one_that_runs_is_not(tmp_path):
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    for name in (f"dp-{ended.pid}-a", f"dp-{os.getpid()}-b", "dp-other", "else"):
        (tmp_path / name).mkdir()
    remove_left_behind(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"dp-{os.getpid()}-b", "dp-other", "else"}
