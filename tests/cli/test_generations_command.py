"""Holding a generation, taking one by a short id, and a list that fits; the last success."""

import json

import pytest
import word_bag as bag
from hostile_workspace import LOOKS, run

from docproc.store.runs.reports import runs

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = bag.make_workspace(tmp_path / "workspace")
    assert run(monkeypatch, root, "index")[0] == 0
    bag.write_letter(root, "mill", "Vera Orlova", "The mill by the weir burned down at night.")
    assert run(monkeypatch, root, "index")[0] == 0
    return root


def test_a_held_generation_is_not_published_over(root, monkeypatch):
    first, second = bag.application(root).generations.ids()
    code, _, err = run(monkeypatch, root, "generations", "rollback")
    assert (code, "generations hold" in err) == (0, True)
    assert run(monkeypatch, root, "generations", "hold")[0] == 0
    for command in ("index", "reembed"):
        code, _, err = run(monkeypatch, root, command)
        assert code == 75, err
        assert first in err
        assert "hold --release" in err
    assert bag.current(root).id == first
    assert "held: yes" in run(monkeypatch, root, "status")[1]
    listed = json.loads(run(monkeypatch, root, "generations", "list", "--json")[1])["generations"]
    assert [row["held"] for row in listed] == [True, False]
    assert run(monkeypatch, root, "generations", "use", second)[0] == 0
    assert run(monkeypatch, root, "generations", "hold", "--release")[0] == 0
    assert run(monkeypatch, root, "index")[0] == 0


def test_a_generation_is_taken_by_what_follows_its_dash(root, monkeypatch):
    first, _ = bag.application(root).generations.ids()
    assert run(monkeypatch, root, "generations", "use", first.partition("-")[2][:6])[0] == 0
    assert bag.current(root).id == first


def test_the_list_shows_each_id_whole_at_80_columns(root, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = run(monkeypatch, root, "generations", "list", tty=True)
    lines = LOOKS.sub("", out).splitlines()
    for name in bag.application(root).generations.ids():
        assert sum(name in line for line in lines) == 1
    for heading in ("generation", "documents", "passages", "MB", "model"):
        assert heading in lines[0] + lines[1]
    assert max(map(len, lines)) <= 80


def test_reports_and_status_tell_since_when_no_run_has_succeeded(root, monkeypatch):
    status = json.loads(run(monkeypatch, root, "status", "--json")[1])
    assert status["last success"]["began"] == status["last run"]["began"]
    assert status["model"]["embedder"] == "bag"
    succeeded = runs(bag.application(root).generations.layout)[-1]
    (root / "seeds" / "bad.docx").write_text("x")
    assert run(monkeypatch, root, "index")[0] == 5
    report = runs(bag.application(root).generations.layout)[-1]
    assert report["exit code"] == 5
    assert report["last success"]["began"] == succeeded["began"]
    assert report["last success"]["seconds ago"] >= 0
    status = json.loads(run(monkeypatch, root, "status", "--json")[1])
    assert status["last success"]["began"] == succeeded["began"]


def test_a_source_that_was_renamed_is_told_as_such(root, monkeypatch):
    (root / "seeds" / "mill.txt").rename(root / "seeds" / "weir.txt")
    report = json.loads(run(monkeypatch, root, "index", "--json")[1])
    assert report["renamed"] == [{"from": "seeds/mill.txt", "to": "seeds/weir.txt"}]
