"""Mistakes of an operator are told before they cost a night, each with its own exit code."""

import dataclasses
import json
import re

import pytest
import word_bag as bag
from hostile_workspace import run

from docproc.config import Config
from docproc.errors import ConfigError, UsageError
from docproc.operations.reports.status import describe_status
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

NUMBERS = [
    (section.name, key.name)
    for section in dataclasses.fields(Config)
    if dataclasses.is_dataclass(section.default_factory)
    for key in dataclasses.fields(section.default_factory)
    if type(key.default) in (int, float)
]


@pytest.fixture
def root(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    return root


def configure(root, more):
    config = root / "config.toml"
    config.write_text(config.read_text("utf-8") + more, "utf-8")


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "-0.5", "1e300"])
@pytest.mark.parametrize(("section", "key"), NUMBERS)
def test_every_number_of_the_configuration_has_a_range(tmp_path, section, key, value):
    default = getattr(getattr(Config(), section), key)
    if type(default) is int and value != "-1":
        value = str(-(10**30))
    (tmp_path / "config.toml").write_text(f"[{section}]\n{key} = {value}\n")
    with pytest.raises(ConfigError, match=f"line 2: {section}.{key}"):
        find_workspace(tmp_path, tmp_path)
    (tmp_path / "config.toml").write_text(f"[{section}]\n{key} = {default}\n")
    find_workspace(tmp_path, tmp_path)


def test_an_answer_of_no_passages_is_refused_as_the_option_is(root, monkeypatch):
    configure(root, "\n[ask]\nlimit = 0\n")
    code, _, err = run(monkeypatch, root, "ask", "Who needs rifles?")
    assert code == 3
    assert "ask.limit: 0 is out of its range, at least 1" in err


def test_a_byte_order_mark_is_read(root, monkeypatch):
    config = root / "config.toml"
    config.write_bytes(b"\xef\xbb\xbf" + config.read_bytes())
    golden = bag.golden(root / "golden.jsonl", {"question": "Who?", "gold": ["rifles.txt"]})
    golden.write_bytes(b"\xef\xbb\xbf" + golden.read_bytes())
    assert run(monkeypatch, root, "eval", "golden.jsonl")[0] == 0


def test_a_gate_whose_file_is_missing_is_told_by_status_and_before_the_run(root, monkeypatch):
    configure(root, '\n[gate]\nquestions = "nofile.jsonl"\n')
    code, out, _ = run(monkeypatch, root, "status")
    assert code == 9
    assert "gate.questions" in out
    assert "nofile.jsonl" in out
    code, _, err = run(monkeypatch, root, "index")
    assert code == 3
    assert "gate.questions" in err
    assert run(monkeypatch, root, "index", "--no-gate")[0] == 0


def test_a_gate_that_names_no_source_is_told_by_status_and_before_the_run(root, monkeypatch):
    configure(root, '\n[gate]\nquestions = "golden.jsonl"\n')
    bag.golden(root / "golden.jsonl", {"question": "Who?", "gold": ["gone.txt"]})
    assert run(monkeypatch, root, "status")[0] == 9
    code, _, err = run(monkeypatch, root, "index")
    assert code == 3
    assert "gone.txt" in err
    bag.golden(root / "golden.jsonl", {"question": "Who?", "gold": ["seeds/rifles.txt"]})
    assert run(monkeypatch, root, "status")[0] == 0
    bag.golden(root / "golden.jsonl", {"question": "Who?", "answerable": False})
    assert run(monkeypatch, root, "index")[0] == 0


def test_a_path_that_is_no_file_is_an_error_and_one_that_has_gone_is_not(root, monkeypatch):
    for wrong in ("nofile", "seeds/nofile.txt", "config.toml", "plugins"):
        code, _, err = run(monkeypatch, root, "index", wrong)
        assert code == 2, wrong
        assert wrong in err
    (root / "seeds" / "rifles.txt").unlink()
    code, _, err = run(monkeypatch, root, "index", "seeds/rifles.txt")
    assert code == 0
    assert "1 removed" in err
    assert run(monkeypatch, root, "index", ".", "seeds")[0] == 0


def test_what_could_not_be_read_is_not_counted_as_indexed(root, monkeypatch):
    (root / "seeds" / "bad.docx").write_text("x")
    code, _, err = run(monkeypatch, root, "index")
    assert code == 5
    assert "Indexed nothing new: " in err
    assert "; 1 could not be read." in err
    (root / "seeds" / "worse.docx").write_text("x")
    bag.write_letter(root, "mill", "Vera Orlova", "The mill by the weir burned down at night.")
    code, out, _ = run(monkeypatch, root, "index", "--json")
    report = json.loads(out)
    assert report["new"] == ["seeds/mill.txt"]
    assert [each["path"] for each in report["failed"]] == ["seeds/worse.docx", "seeds/bad.docx"]


def test_a_generation_that_is_not_there_is_a_mistake_of_usage(root, monkeypatch):
    code, _, err = run(monkeypatch, root, "generations", "use", "zzz")
    assert (code, "zzz" in err) == (2, True)
    code, _, err = run(monkeypatch, root, "generations", "rollback")
    assert (code, "no earlier generation" in err) == (2, True)


def test_a_workspace_that_cannot_be_made_is_a_mistake_of_usage(root, monkeypatch):
    for place in ("config.toml", "/proc/x", "config.toml/below"):
        code, _, err = run(monkeypatch, root, "init", place)
        assert code == 2, err
        assert "no workspace can be made" in err


def test_a_workspace_among_the_sources_of_another_is_refused(root, monkeypatch):
    code, _, _ = run(monkeypatch, root, "init", "seeds/inner")
    assert code == 3
    assert not (root / "seeds" / "inner").exists()
    (root / "seeds" / "inner").mkdir()
    (root / "seeds" / "inner" / "config.toml").write_text("")
    with pytest.raises(ConfigError, match="among the sources"):
        find_workspace(root / "seeds" / "inner")
    configure(root, '\n[sources]\nfolder = "."\n')
    with pytest.raises(ConfigError, match=r"sources\.folder"):
        find_workspace(root)


def test_the_gate_that_an_option_names_is_a_mistake_of_usage(root):
    from docproc.operations.writing.gate import make_gate

    with pytest.raises(UsageError):
        make_gate(bag.application(root), root / "nofile.jsonl")
    assert describe_status(bag.application(root))["state"] == "healthy"


def test_the_doctor_looks_at_everything_and_says_what_to_do(root, monkeypatch):
    code, out, _ = run(monkeypatch, root, "doctor")
    assert code == 0, out
    for check in ("libraries", "disk", "permissions", "plugins", "clock", "model", "published"):
        assert f"✓ {check}: " in out
    (root / "model.json").unlink()
    (root / "plugins" / "broken.py").write_text("1 / 0")
    code, out, _ = run(monkeypatch, root, "doctor", "--json")
    found = json.loads(out)
    assert (code, found["well"]) == (9, False)
    wrong = {each["check"] for each in found["findings"] if each["fix"]}
    assert {"model", "plugins"} <= wrong


def test_status_gives_sizes_in_units_and_what_only_programs_compare_to_json_alone(
    root, monkeypatch
):
    _, out, _ = run(monkeypatch, root, "status")
    assert re.search(r"^  bytes: [\d.]+ [kM]B$", out, re.MULTILINE)
    assert "floor: " in out
    assert "fingerprint: " in out
    _, printed, _ = run(monkeypatch, root, "status", "--json")
    for figure in ("spread", "readability", "vector index", "bytes for a character"):
        assert figure not in out
        assert figure in printed


def test_what_is_not_there_is_said_with_the_command_that_lists_what_is(root, monkeypatch):
    code, _, err = run(monkeypatch, root, "show", "nothing-of-the-kind")
    assert (code, "`docproc documents` lists" in err) == (2, True)
    code, _, err = run(monkeypatch, root, "plugins", "why", "nothing-of-the-kind")
    assert (code, "`docproc plugins list` lists" in err) == (2, True)
    code, _, err = run(monkeypatch, root, "index", "--shards", "x")
    assert (code, "'x' is not a valid number" in err) == (2, True)
