"""How many threads a run takes: what was asked for, what the group allows, what is free."""

import os

import pytest

from docproc.cli.runs import Run, RunOptions
from docproc.workspace import processors
from docproc.workspace.processors import quota_of_group, threads_of_environment

NAMES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def test_the_quota_of_the_group_and_of_those_above_it_is_known(tmp_path):
    groups, membership = tmp_path / "cgroup", tmp_path / "membership"
    inner = groups / "a" / "b"
    inner.mkdir(parents=True)
    membership.write_text("0::/a/b\n")
    assert quota_of_group(groups, membership) is None
    (inner / "cpu.max").write_text("max 100000\n")
    assert quota_of_group(groups, membership) is None
    (groups / "a" / "cpu.max").write_text("150000 100000\n")
    assert quota_of_group(groups, membership) == 1.5
    (inner / "cpu.max").write_text("50000 100000\n")
    assert quota_of_group(groups, membership) == 0.5


def test_the_quota_of_the_first_version_is_known_too(tmp_path):
    group = tmp_path / "cpu" / "box"
    group.mkdir(parents=True)
    (tmp_path / "membership").write_text("4:cpu,cpuacct:/box\n")
    (group / "cpu.cfs_quota_us").write_text("-1\n")
    (group / "cpu.cfs_period_us").write_text("100000\n")
    assert quota_of_group(tmp_path, tmp_path / "membership") is None
    (group / "cpu.cfs_quota_us").write_text("200000\n")
    assert quota_of_group(tmp_path, tmp_path / "membership") == 2.0


@pytest.mark.parametrize(
    ("load", "running", "free"),
    [
        (0.0, "9/80", 8),
        (2.6, "9/80", 5),
        (7.9, "12/80", 1),
        (40.0, "60/80", 1),
        (7.9, "1/80", 8),  # what kept them busy has just ended
        (7.9, "3/80", 6),
        (2.6, "?", 5),  # no such file, or another system's
    ],
)
def test_what_others_keep_busy_is_left_to_them(monkeypatch, tmp_path, load, running, free):
    (tmp_path / "loadavg").write_text(f"{load} 0.00 0.00 {running} 1206\n")
    monkeypatch.setattr(processors, "_LOAD", tmp_path / "loadavg")
    monkeypatch.setattr(processors, "usable_processors", lambda: 8)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    assert processors.free_processors() == free


@pytest.mark.parametrize(
    ("told", "threads"), [("3", 3), ("4,2", 4), ("", None), ("0", None), ("many", None)]
)
def test_the_variable_of_openmp_is_read(monkeypatch, told, threads):
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    assert threads_of_environment() == threads


def test_the_variable_is_honoured_by_every_library_and_the_option_wins(monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    Run("index", None).limit()
    assert [os.environ[name] for name in NAMES] == ["3"] * 3
    Run("index", None, RunOptions(threads=2)).limit()
    assert [os.environ[name] for name in NAMES] == ["2"] * 3


def test_without_one_a_run_takes_what_is_free(monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(processors, "free_processors", lambda: 5)
    Run("index", None).limit()
    assert [os.environ[name] for name in NAMES] == ["5"] * 3
