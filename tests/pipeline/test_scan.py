"""Scanning: which files count, and which are reported unopened."""

import os
import sys

import pytest

from docproc.pipeline.scan import glance, glance_at_some, scan
from docproc.workspace import find_workspace


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "seeds" / "1921").mkdir(parents=True)
    (tmp_path / "config.toml").write_text("", "utf-8")
    (tmp_path / "seeds" / "b.txt").write_text("b", "utf-8")
    (tmp_path / "seeds" / "1921" / "a.txt").write_text("aa", "utf-8")
    (tmp_path / "seeds" / ".hidden").write_text("x", "utf-8")

    def configured(text=""):
        (tmp_path / "config.toml").write_text(text, "utf-8")
        return find_workspace(tmp_path)

    return configured


def paths(workspace):
    return [found.path for found in scan(workspace)]


def test_files_at_any_depth_are_found_in_the_order_of_their_paths_and_hidden_ones_are_not(
    workspace,
):
    found = list(scan(workspace()))
    assert [(f.path, f.size, f.obstacle) for f in found] == [
        ("seeds/1921/a.txt", 2, None),
        ("seeds/b.txt", 1, None),
    ]


def test_include_and_exclude_are_patterns_of_gitignore(workspace):
    assert paths(workspace('[sources]\ninclude = ["1921/"]')) == ["seeds/1921/a.txt"]
    assert paths(workspace('[sources]\nexclude = ["*.txt", "!b.txt"]')) == ["seeds/b.txt"]


def write_large(workspace):
    """Write a source of a byte more than the least limit that may be set."""
    (workspace.sources / "1921" / "a.txt").write_bytes(b"a" * 1001)


def test_a_file_over_the_limit_is_named_with_the_limit_and_not_opened(workspace):
    space = workspace("[sources]\nmax_megabytes = 0.001")
    write_large(space)
    (large, small) = scan(space)
    assert "over the limit of 0.001 MB (sources.max_megabytes)" in large.obstacle
    assert small.obstacle is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and named pipes")
def test_what_is_no_file_and_what_leads_out_of_the_workspace_is_reported(
    workspace, tmp_path_factory
):
    space = workspace()
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("secret", "utf-8")
    (space.sources / "link.txt").symlink_to(outside)
    (space.sources / "inside.txt").symlink_to(space.sources / "b.txt")
    (space.sources / "dangling.txt").symlink_to(space.sources / "nothing")
    (space.sources / "folder").symlink_to(outside.parent, target_is_directory=True)
    os.mkfifo(space.sources / "pipe.txt")
    obstacles = {f.path: f.obstacle for f in scan(space)}
    assert "leads out of the workspace" in obstacles["seeds/link.txt"]
    assert "leads out of the workspace" in obstacles["seeds/folder"]
    assert obstacles["seeds/pipe.txt"] == "not a regular file"
    assert obstacles["seeds/dangling.txt"] == "no such file or directory"
    assert obstacles["seeds/inside.txt"] is None


def test_a_missing_folder_is_reported(workspace):
    (found,) = scan(workspace('[sources]\nfolder = "letters"'))
    assert (found.path, found.obstacle) == ("letters", "no such file or directory")


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[sources]\ninclude = ["1921/"]',
        '[sources]\nexclude = ["*.txt", "!b.txt"]',
        '[sources]\nfolder = "seeds/1921"',
    ],
)
def test_a_glance_sees_the_files_that_a_scan_finds(workspace, text):
    space = workspace(text)
    found = {f.path: (f.size, f.mtime_ns) for f in scan(space)}
    assert found
    assert glance(space) == found


def test_a_glance_does_not_judge_what_is_no_plain_file(workspace):
    space = workspace("[sources]\nmax_megabytes = 0.001")
    assert glance(space) is not None
    write_large(space)
    assert glance(space) is None
    assert glance(workspace('[sources]\nfolder = "letters"')) is None


def test_a_glance_at_some_sees_that_files_came_or_went_and_which_of_those_known_changed(workspace):
    space = workspace()
    every = glance(space)
    known = {"seeds/b.txt": every["seeds/b.txt"]}
    assert glance_at_some(space, known, len(every))
    (space.sources / "1921" / "a.txt").write_text("changed, and not looked at", "utf-8")
    assert glance_at_some(space, known, len(every))
    (space.sources / "c.txt").write_text("c", "utf-8")
    assert not glance_at_some(space, known, len(every))
    (space.sources / "1921" / "a.txt").unlink()
    assert glance_at_some(space, known, len(every))  # as many as there were
    (space.sources / "b.txt").write_text("longer", "utf-8")
    assert not glance_at_some(space, known, len(every))
    (space.sources / "b.txt").unlink()
    assert not glance_at_some(space, known, len(every) - 1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_glance_does_not_judge_links(workspace):
    space = workspace()
    (space.sources / "inside.txt").symlink_to(space.sources / "b.txt")
    assert glance(space) is None


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of any bytes")
def test_a_name_that_cannot_be_shown_or_stored_is_escaped_and_told(workspace):
    space = workspace()
    for name in (b"half \xff.txt", b"two\nlines.txt", b"red \x1b[31m.txt"):
        (space.sources / os.fsdecode(name)).write_text("x", "utf-8")
    odd = {found.path for found in scan(space) if "rename it" in (found.obstacle or "")}
    assert odd == {
        r"seeds/half \udcff.txt",
        r"seeds/two\nlines.txt",
        r"seeds/red \x1b[31m.txt",
    }
