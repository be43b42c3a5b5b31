"""Plugins: found, guarded, named; a broken one costs only itself."""

import sys
import textwrap
from importlib.metadata import EntryPoint

import pytest

from docproc.errors import PluginError
from docproc.hooks.specs import NORMALIZE
from docproc.plugins.loading import declared_commands as declared
from docproc.plugins.registry import load

GOOD = """
from docproc.hooks import Registration, hookimpl

@hookimpl
def docproc_normalizers():
    return [Registration("quiet", lambda settings: None, summary="does nothing")]
"""


@pytest.fixture
def drop_ins(tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()

    def write(name, text):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
        return folder

    return write


def test_a_drop_in_module_is_found_with_its_origin_and_a_version_of_its_own(drop_ins):
    registry = load(drop_ins=drop_ins("good.py", GOOD))
    (offer,) = registry.offers
    assert (offer.stage.name, offer.name, str(offer.origin)) == (
        "normalize",
        "quiet",
        "drop-in plugins/good.py",
    )
    before = offer.version
    assert len(before) == 12
    (again,) = load(drop_ins=drop_ins("good.py", GOOD + "\n# changed\n")).offers
    assert again.version != before


def test_a_drop_in_package_is_found_and_a_test_or_a_distribution_is_not(drop_ins):
    drop_ins("pack/__init__.py", "from docproc_drop_in_pack.part import *")
    drop_ins("pack/part.py", GOOD)
    drop_ins("test_pack.py", "raise SystemExit")
    folder = drop_ins("distribution/pyproject.toml", "")
    registry = load(drop_ins=folder)
    assert registry.names(NORMALIZE) == ["quiet"]
    assert not registry.faults


BROKEN = {
    "raises.py": ("1 / 0", "ZeroDivisionError: division by zero (raises.py:1)"),
    "leaves.py": ("import sys\nsys.exit(3)", "SystemExit: 3 (leaves.py:2)"),
    "syntax.py": ("def (", "SyntaxError"),
    "imports.py": ("import no_such_module", "No module named 'no_such_module' (imports.py:1)"),
    "misnamed.py": (
        GOOD.replace("docproc_normalizers", "docproc_normalisers"),
        "hook docproc_normalisers: there is no such hook (did you mean 'docproc_normalizers'?)",
    ),
    "signature.py": (GOOD.replace("normalizers()", "normalizers(documents)"), "documents"),
    "newer.py": (
        GOOD + "\nDOCPROC_API_VERSION = 99\n",
        "it needs version 99 of the hooks, and this docproc has version 1; update docproc",
    ),
    "older.py": (GOOD + "\nDOCPROC_API_VERSION = 0\n", "has version 1; update the plugin"),
    "later_docproc.py": (
        "from docproc.hooks import Something",
        "it may need another docproc: this one has version 1 of the hooks (later_docproc.py:1)",
    ),
    "unmarked.py": (
        "def docproc_parsers(): return []",
        "it offers nothing: docproc_parsers is not marked @hookimpl",
    ),
    "named.py": (GOOD.replace('"quiet"', '"two words"'), "a plugin's name is one word"),
    "made.py": (GOOD.replace("lambda settings: None", "7"), "the factory of 'quiet' must be"),
    "late.py": (GOOD.replace("return [", "return 1 / 0, ["), "hook docproc_normalizers: Zero"),
    "kind.py": (
        GOOD.replace("return [", "return 'x' or ["),
        "it must return Registration objects, not str",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_drop_in_is_a_fault_that_names_file_hook_and_cause_and_costs_only_itself(
    drop_ins, name
):
    text, said = BROKEN[name]
    drop_ins("a_good.py", GOOD)
    registry = load(drop_ins=drop_ins(name, text))
    assert registry.names(NORMALIZE) == ["quiet"]
    (fault,) = registry.faults
    assert f"plugins/{name}" in str(fault)
    assert said in str(fault)


def test_two_plugins_of_one_name_are_told_apart_and_the_first_is_kept(drop_ins):
    drop_ins("a.py", GOOD)
    registry = load(drop_ins=drop_ins("b.py", GOOD))
    assert [str(offer.origin) for offer in registry.offers] == ["drop-in plugins/a.py"]
    assert "already offered by drop-in plugins/a.py" in str(registry.faults[0])


def test_the_order_of_the_offers_does_not_depend_on_the_order_of_loading(drop_ins):
    drop_ins("a.py", GOOD.replace("quiet", "z"))
    registry = load(drop_ins=drop_ins("b.py", GOOD.replace("quiet", "b")))
    assert registry.names(NORMALIZE) == ["b", "z"]
    assert [offer.name for offer in registry.offers] == ["b", "z"]


def test_a_name_that_nobody_offers_is_an_error_with_the_nearest_and_the_faults(drop_ins):
    drop_ins("a.py", GOOD)
    registry = load(drop_ins=drop_ins("broken.py", "1 / 0"))
    assert registry.offer(NORMALIZE, "quiet").name == "quiet"
    with pytest.raises(PluginError) as caught:
        registry.offer(NORMALIZE, "quite")
    assert "did you mean 'quiet'" in str(caught.value)
    assert "plugins/broken.py: ZeroDivisionError" in str(caught.value)


def test_an_installed_plugin_is_named_by_its_distribution(monkeypatch, tmp_path):
    (tmp_path / "some_plugin.py").write_text(GOOD, "utf-8")
    (tmp_path / "other_plugin.py").write_text("raise RuntimeError('no')", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    points = [
        EntryPoint("some", "some_plugin", "docproc"),
        EntryPoint("other", "other_plugin", "docproc"),
    ]
    monkeypatch.setattr(declared, "entry_points", lambda group: points)
    registry = load()
    assert registry.names(NORMALIZE) == ["quiet"]
    assert "distribution other: RuntimeError: no (other_plugin.py:1)" in str(registry.faults[0])
    sys.modules.pop("some_plugin")


def test_a_factory_named_by_its_address_is_imported_only_when_made(tmp_path, monkeypatch):
    from docproc.hooks import Registration

    (tmp_path / "heavy_plugin.py").write_text("def make(settings): return settings", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    registration = Registration("heavy", "heavy_plugin:make")
    assert "heavy_plugin" not in sys.modules
    assert registration.make({"a": 1}) == {"a": 1}
    sys.modules.pop("heavy_plugin")


def test_the_built_ins_come_through_the_same_door_without_a_fault():
    from docproc.operations.application import BUILT_INS

    registry = load(BUILT_INS)
    assert not registry.faults
    assert {offer.origin.kind for offer in registry.offers} == {"built-in"}


HEAVY = GOOD.replace("quiet", "NAME") + "\nfrom pathlib import Path\nPath(MARK, 'NAME').touch()\n"


@pytest.fixture
def heavy(drop_ins, tmp_path):
    """Plugins that leave a mark when they are imported."""
    marks = tmp_path / "marks"
    marks.mkdir()

    def write(file, plugin):
        text = HEAVY.replace("NAME", plugin).replace("MARK", repr(str(marks)))
        return drop_ins(file, text)

    return write, lambda: sorted(path.name for path in marks.iterdir())


def test_nothing_is_imported_before_something_is_looked_for(heavy):
    write, imported = heavy
    registry = load(("docproc.stages",), write("other.py", "other"))
    assert imported() == []
    assert registry.offer(NORMALIZE, "letter").origin.kind == "built-in"
    assert imported() == []


def test_a_plugin_that_its_file_is_called_like_is_found_without_importing_another(heavy):
    write, imported = heavy
    write("a.py", "other")
    registry = load(drop_ins=write("my_rule.py", "my-rule"))
    assert registry.offer(NORMALIZE, "my-rule").name == "my-rule"
    assert imported() == ["my-rule"]


def test_a_plugin_in_a_file_of_another_name_is_found_too(heavy):
    write, _ = heavy
    write("a.py", "other")
    registry = load(drop_ins=write("b.py", "wanted"))
    assert registry.offer(NORMALIZE, "wanted").name == "wanted"


def test_which_of_two_is_kept_does_not_depend_on_which_is_looked_for_first(drop_ins):
    drop_ins("a.py", GOOD)
    folder = drop_ins("quiet.py", GOOD)
    late, early = load(drop_ins=folder), load(drop_ins=folder)
    early.names(NORMALIZE)
    assert str(late.offer(NORMALIZE, "quiet").origin) == "drop-in plugins/quiet.py"
    assert str(early.offer(NORMALIZE, "quiet").origin) == "drop-in plugins/quiet.py"
    assert [str(offer.origin) for offer in early.offers] == ["drop-in plugins/quiet.py"]


def test_a_broken_plugin_that_is_relied_on_is_the_whole_of_the_message(drop_ins):
    drop_ins("other.py", "import gone")
    registry = load(drop_ins=drop_ins("wanted.py", "1 / 0"))
    with pytest.raises(PluginError) as caught:
        registry.offer(NORMALIZE, "wanted")
    assert str(caught.value) == (
        "the normalize plugin 'wanted' cannot be used:\n"
        "  drop-in plugins/wanted.py: ZeroDivisionError: division by zero (wanted.py:1)"
    )


def test_what_a_plugin_prints_while_it_is_loaded_is_no_result(drop_ins, capsys):
    folder = drop_ins("loud.py", GOOD.replace("return [", "print('hook'); return [") + "print(1)")
    load(drop_ins=folder).names(NORMALIZE)
    assert capsys.readouterr().out == ""
