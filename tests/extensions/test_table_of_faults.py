"""Every row of docs/exit-codes.md, done: what is said, and with which exit code."""

from __future__ import annotations

import pytest
from beyond import QUESTION, beyond, wired, write
from plugin_faults import FAULTS

from docproc.cli.app import app
from docproc.errors import DocprocError
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust

pytestmark = pytest.mark.slow

B = "The boats of Herr Weiss lie at Riga; stop there.\n"
LIST = (*FAULTS,)


def run(capsys, *words):
    """What the command says, and its exit code, as the process would end."""
    try:
        code = app(list(words), standalone_mode=False) or 0
        error = ""
    except DocprocError as raised:
        code, error = int(raised.exit_code), str(raised)
    except SystemExit as left:
        code, error = int(left.code or 0), ""
    said = capsys.readouterr()
    return code, said.out + said.err + error


@pytest.mark.parametrize("fault", LIST, ids=lambda each: f"{each.kind}: {each.does}")
def test_a_fault_is_that_plugins_by_name(fault, tmp_path, capsys):
    root = beyond(tmp_path / "w")
    (root / "seeds" / ("b.x" if "parsers" in fault.config else "b.txt")).write_text(B, "utf-8")
    config = (root / "config.toml").read_text("utf-8")
    if fault.asks and "vector_index" not in fault.config:
        prepare_index(wired(root), Silent()).run()
    elif fault.asks:
        steps = ("import nosuchlibrary", 'raise ValueError("odd")', "return None\n")
        sound = fault.plugin
        for step in steps:
            sound = sound.replace(step, "pass\n")
        sound = sound.replace("return scores[best], rows[best]", "pass")
        sound = sound.replace(
            "return VectorHits(np.ones(1, np.float32), np.array([10**6]))", "pass"
        )
        write(root, "mine.py", sound)
        configured(root, config, fault)
        prepare_index(wired(root), Silent()).run()
    write(root, "mine.py", fault.plugin)
    configured(root, config, fault)
    code, said = run(capsys, *command(fault, root))
    assert fault.said in said
    assert "mine" in said
    assert code == fault.code
    assert "unexpected error" not in said


def configured(root, config, fault):
    section, _, keys = fault.config.partition("\n")
    if section == "[pipeline]":
        own = config.replace('embedder = "tiny"\n', "") if "embedder" in keys else config
        text = own.replace("[pipeline]\n", f"[pipeline]\n{keys}")
    else:
        text = f"{config}\n{fault.config}"
    (root / "config.toml").write_text(text, "utf-8")
    trust(root, own=True)


def command(fault, root):
    if fault.kind == "command":
        return ("mine", "-w", str(root))
    if not fault.asks:
        return ("index", "-w", str(root))
    extra = {"output format": ["--format", "mine"], "writer": ["--write"]}.get(fault.kind, [])
    return ("ask", "-w", str(root), *extra, QUESTION)
