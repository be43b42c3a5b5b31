"""A new plugin works and passes at once, whatever its kind; a bad one is told what is broken."""

import os
import re
import subprocess
import sys
import tomllib

import commands
import pytest

from docproc import testing as kit
from docproc.errors import UsageError
from docproc.hooks import STAGES, find_stage
from docproc.plugins.registry import load
from docproc.plugins.scaffold import (
    KINDS,
    find_kind,
    usage_lines,
    write_distribution,
    write_drop_in,
)

pytestmark = pytest.mark.slow

PROPER = {
    "docproc-old-spelling/pyproject.toml",
    "docproc-old-spelling/README.md",
    "docproc-old-spelling/.github/workflows/test.yml",
    "docproc-old-spelling/src/docproc_old_spelling/__init__.py",
    "docproc-old-spelling/src/docproc_old_spelling/py.typed",
    "docproc-old-spelling/tests/test_old_spelling.py",
}


def pytest_over(*paths, folder, **environment):
    options = ["-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", os.devnull, *map(str, paths)],
        cwd=folder,
        env=os.environ | environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # they load long
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_kind_passes_its_conformance_class_as_it_is_written(tmp_path):
    tests = [
        write_drop_in(kind, f"my-{kind}", tmp_path)[-1]
        for kind in KINDS
        if find_stage(KINDS[kind].stage).contract in kit.__all__
    ]
    assert tests
    for kind in KINDS.keys() - {
        test.stem.removeprefix("test_my_").replace("_", "-") for test in tests
    }:
        write_drop_in(kind, f"my-{kind}", tmp_path)
    done = pytest_over(*tests, folder=tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    registry = load(drop_ins=tmp_path)
    assert registry.faults == ()
    assert {offer.name for offer in registry.offers} == {f"my-{kind}" for kind in KINDS}


def test_the_kinds_are_of_stages_and_are_used_by_keys_of_the_configuration():
    from docproc.config import Pipeline

    assert {kind.stage for kind in KINDS.values()} <= {stage.name for stage in STAGES}
    for kind in KINDS:
        for key in tomllib.loads(usage_lines(kind, "a")).get("pipeline", {}):
            assert hasattr(Pipeline(), key)


def test_every_kind_of_plugin_can_be_begun_by_any_name_that_it_has():
    from docproc.cli.commands.plugins import _KINDS

    named = re.findall(r"[a-z]+(?:-[a-z]+)*", _KINDS.replace(" or ", ", "))
    assert sorted(named) == sorted(KINDS)
    assert {kind.stage for kind in KINDS.values()} == {stage.name for stage in STAGES}
    for stage in STAGES:
        assert KINDS[find_kind(stage.name)].stage == stage.name


def test_a_distribution_is_found_by_its_entry_point_and_passes(tmp_path):
    folder = tmp_path / "docproc-old-spelling"
    written = write_distribution("normalize", "old-spelling", folder)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == PROPER
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    (point,) = project["entry-points"]["docproc"].items()
    installed = folder / "src" / "docproc_old_spelling-0.1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    (installed / "entry_points.txt").write_text("[docproc]\n{} = {}\n".format(*point), "utf-8")
    done = pytest_over("tests", folder=folder, PYTHONPATH=str(folder / "src"))
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("name", ["Old", "old_spelling", "-old", "1918", "a b", "a--b", "", "é"])
def test_what_is_no_name_is_refused_with_an_example(tmp_path, name):
    with pytest.raises(UsageError, match="such as old-spelling"):
        write_drop_in("normalize", name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "test_mine.py").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="is there already; nothing was written"):
        write_drop_in("parse", "mine", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["test_mine.py"]


@pytest.fixture
def docproc(tmp_path):
    def run(*arguments):
        return commands.docproc(*arguments, folder=tmp_path)

    (tmp_path / "config.toml").write_text("", "utf-8")
    return run


def test_a_new_plugin_runs_unasked_and_is_checked_by_command(docproc, tmp_path):
    made = docproc("plugins", "new", "harbour", "--stage", "normalize")
    assert made.returncode == 0
    assert '"harbour"]' in made.stderr
    good = docproc("plugins", "check", "harbour")
    assert "✓ harbour (normalize, drop-in plugins/harbour.py)" in good.stdout
    assert good.returncode == 0
    plugin = tmp_path / "plugins" / "harbour.py"
    text = plugin.read_text("utf-8")
    plugin.write_text(
        text.replace("return document\n", "return replace(document, text='')\n"), "utf-8"
    )
    (tmp_path / "plugins" / "broken.py").write_text("1 / 0", "utf-8")
    bad = docproc("plugins", "check")
    assert "✗ drop-in plugins/broken.py: ZeroDivisionError" in bad.stdout
    assert "✗ harbour" in bad.stdout
    assert "the contract:" in bad.stdout
    assert bad.returncode == 4


def test_a_kind_that_there_is_not_is_told_the_nearest(docproc):
    done = docproc("plugins", "new", "a", "--stage", "parser")
    assert "did you mean 'parse'?" in done.stderr
    assert done.returncode == 2
