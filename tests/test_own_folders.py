"""The tests' own folders: what is there stays out of them, and they leave nothing."""

import os
import sys
import tempfile
import types
from pathlib import Path

import drop_ins
import pytest
from filelock import FileLock
from own_folders import refuse_a_workspace_above, remove_left_behind


def test_a_run_below_a_workspace_ends_at_once_and_names_it(tmp_path):
    (tmp_path / "config.toml").touch()
    with pytest.raises(pytest.exit.Exception, match="remove it, or set TMPDIR") as ended:
        refuse_a_workspace_above(tmp_path / "pytest" / "test_0")
    assert str(tmp_path / "config.toml") in str(ended.value)


@pytest.mark.parametrize("name", ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"])
def test_the_home_of_the_tests_is_nobodys(name):
    assert Path(os.environ[name]).is_relative_to(tempfile.gettempdir())


def test_what_a_killed_run_left_is_removed_and_that_of_one_that_runs_is_not(tmp_path):
    for name in ("dp-ended", "dp-running", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "held").touch()
    with FileLock(tmp_path / "dp-running" / "held"):
        remove_left_behind(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"dp-running", "other"}


def test_a_drop_in_of_the_repository_is_there_again_once_a_copy_of_it_is_gone(tmp_path):
    own = drop_ins.drop_in("lsa")
    drop_ins.remember_own()
    copy = types.ModuleType(own.__name__)
    copy.__file__ = str(tmp_path / "gone.py")
    sys.modules[own.__name__] = copy
    drop_ins.forget_removed()
    assert sys.modules[own.__name__] is own
