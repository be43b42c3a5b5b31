"""No character from a name, a record, an exception or an argument commands the terminal."""

import ast
import json
from pathlib import Path

import hostile_workspace as hostile
import pytest
import typer.main
from hostile_workspace import BAD, commanding, run

import docproc

pytestmark = pytest.mark.slow

QUESTION = "How many rifles did the consul receive?"

COMMANDS = {
    "ask": [
        ["ask", QUESTION],
        ["ask", QUESTION, "--explain"],
        ["ask", QUESTION, "--json"],
        ["ask", QUESTION, "--json", "--explain"],
        ["ask", QUESTION, "--format", "markdown"],
        ["ask", "zzz" + BAD, "--nearest"],
        ["ask", QUESTION, "--sender", "Lind" + BAD],
        ["ask", QUESTION, "--from", BAD],
        ["ask", QUESTION, "--format", BAD],
    ],
    "chat": [["chat"], ["chat", "--resume", "talk.json"]],
    "show": [
        ["show", "a.odd"],  # means two documents
        ["show", "seeds/a.odd/one" + BAD],
        ["show", "seeds/a.odd/one" + BAD, "--json"],
        ["show", "seeds/a.odd/one" + BAD, "--html", "out.html"],
        ["show", BAD],
    ],
    "cite": [
        ["cite", "seeds/a.odd/one" + BAD, "--style", style]
        for style in ("plain", "markdown", "chicago", "gost", "csl-json", "ris", "bibtex", "tei")
    ]
    + [["cite", "a.odd"], ["cite", "x", "-s", BAD]],
    "documents": [["documents"], ["documents", "--json"], ["documents", "--sort", BAD]],
    "mentions": [["mentions", "consul"], ["mentions", "consul", "--json"], ["mentions", BAD]],
    "check": [["check", "draft.md"], ["check", "draft.md", "--json"], ["check", "x" + BAD]],
    "mcp": [],
    "read": [["read", "--port", BAD]],
    "timeline": [["timeline"], ["timeline", "--json"], ["timeline", "--by", BAD]],
    "correspondents": [["correspondents"], ["correspondents", "--json"]],
    "withdraw": [["withdraw", "no" + BAD, "--why", BAD], ["withdraw", "nothing", "--restore"]],
    "verify": [["verify"], ["verify", "--all"], ["verify", "--json"], ["verify", "no" + BAD[:5]]],
    "eval": [
        ["eval", "golden.jsonl", "--results", "results.jsonl"],
        ["eval", "golden.jsonl", "--json"],
        ["eval", "no such file"],
    ],
    "status": [["status"], ["status", "--json"], ["status", "--failed"]],
    "doctor": [["doctor"], ["doctor", "--json"]],
    "fetch": [["fetch"], ["fetch", BAD], ["fetch", "--json"]],
    "index": [
        ["index", "--retry-failed"],
        ["index", "--retry-failed", "--json"],
        ["index", "--retry-failed", "--log-format", "json"],
    ],
    "reembed": [
        ["reembed", "--dry-run"],
        ["reembed", "--dry-run", "--json"],
        ["reembed", "--model", "model" + BAD],
        ["reembed"],
    ],
    "init": [["init", "new\x1b[2J\u202e"], ["init", "."]],
    "trust": [["trust"]],
    "schedule cron": [["schedule", "cron"], ["schedule", "cron", "--at", BAD]],
    "schedule systemd": [["schedule", "systemd"]],
    "schedule launchd": [["schedule", "launchd"]],
    "generations list": [["generations", "list"], ["generations", "list", "--json"]],
    "generations use": [["generations", "use", BAD]],
    "generations rollback": [["generations", "rollback"]],
    "generations hold": [["generations", "hold"], ["generations", "hold", "--release"]],
    "generations prune": [["generations", "prune"]],
    "generations push": [["generations", "push"]],
    "generations pull": [["generations", "pull"]],
    "plugins list": [
        ["plugins", "list"],
        ["plugins", "list", "--json"],
        ["plugins", "list", "--settings"],
    ],
    "plugins trace": [["plugins", "trace", "ask", QUESTION], ["plugins", "trace", "no" + BAD]],
    "plugins why": [["plugins", "why", "odd"], ["plugins", "why", BAD]],
    "plugins check": [["plugins", "check", "broken"]],
    "plugins new": [["plugins", "new", "x", "--stage", BAD]],
}
"""Every command: a new one has to be put here."""

CHAT = "\n".join(
    [
        QUESTION,
        "/open 1 all",
        "/why 1",
        "/cite 1",
        "/check",
        "/more",
        "/scope sender Lind" + BAD.replace("\r", ""),
        "/scope",
        "zzz" + BAD.replace("\r", ""),
        "/say x",
        "/nothing" + BAD.replace("\r", ""),
        "/save talk.json",
        "/save talk.md",
    ]
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = hostile.make(tmp_path_factory.mktemp("hostile") / "w")
    golden = {"question": QUESTION + BAD, "gold": ["a.odd"], "answerable": True}
    draft = f"He wrote {BAD} that “the consul received {BAD} 777 rifles at the weir”."
    (root / "draft.md").write_text(draft, "utf-8")
    (root / "golden.jsonl").write_text(json.dumps(golden) + "\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        code, *said = run(patch, root, "index")
    assert code == 5, said
    assert "2 could not be read" in said[1]
    assert "2 only in part" in said[1]
    assert [commanding(each) for each in said] == [[], []]
    return root


def leaves(command, path=()):
    inner = getattr(command, "commands", None)
    if not inner:
        return [" ".join(path)]
    return [leaf for name, each in inner.items() for leaf in leaves(each, (*path, name))]


def test_every_command_is_tried():
    from docproc.cli.app import app

    assert set(COMMANDS) == set(leaves(typer.main.get_command(app)))


@pytest.mark.parametrize("tty", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_lets_a_character_command_the_terminal(root, monkeypatch, name, tty):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    for arguments in COMMANDS[name]:
        stdin = CHAT.encode() if name == "chat" else b""
        code, out, err = run(monkeypatch, root, *arguments, tty=tty, stdin=stdin)
        assert commanding(out, looks=tty) == [], arguments
        assert commanding(err, looks=tty) == [], arguments
        assert code != 70, (arguments, err)
        if "--json" in arguments and code not in (2, 3):  # nothing is printed of what is wrong
            assert hostile.is_json(out), arguments
        for help_or_wrong in ("--help", "--no" + BAD):
            _, out, err = run(monkeypatch, root, *name.split(), help_or_wrong, tty=tty)
            assert commanding(out + err, looks=tty) == []


def test_no_file_that_is_written_holds_one(root, monkeypatch):
    run(monkeypatch, root, "chat", stdin=CHAT.encode())
    run(monkeypatch, root, "show", "seeds/a.odd/one" + BAD, "--html", "shown.html")
    run(monkeypatch, root, "eval", "golden.jsonl", "--results", "tried.jsonl")
    reports = list((root / "embeddings" / "runs").glob("*.json"))
    kept = list((root / "embeddings" / "chat").glob("*.json"))
    assert reports
    assert kept
    written = [root / name for name in ("shown.html", "tried.jsonl", "talk.json", "talk.md")]
    for path in [*reports, *kept, *written]:
        assert commanding(path.read_bytes().decode()) == [], path.name


def test_json_means_what_it_meant_before_it_was_escaped(root, monkeypatch):
    _, out, _ = run(monkeypatch, root, "show", "seeds/a.odd/one" + BAD, "--json")
    shown = json.loads(out)
    assert shown["sender"].endswith(BAD)
    assert shown["text"].count(BAD) == 3


SOURCE = Path(docproc.__file__).parent
OUTPUT = {"text/output.py", "rendering/terminal.py"}
ASK_WHAT_IT_IS = {
    "cli/entry.py": "whether standard output is the process's own",
    "testing/processes/watching.py": "what a plugin may write to",
    "workspace/watch.py": "whether this process is in the terminal's foreground",
}
"""Who names a stream or the terminal, and writes nothing to it."""
FILES_OF_OUR_OWN = {
    "stages/index/tantivy/indexer.py": "a description inside the index",
    "stages/embed/export.py": "a description inside the encoder",
    "stages/embed/bundled.py": "a description inside the encoder",
    "stages/parse/records/rows/json_records.py": "a value of a record as text",
    "pipeline/publishing/duplicates.py": "a file of the generation",
    "testing/fixtures.py": "TOML for a test",
}
"""Who writes JSON, letters as they are, that no terminal and no other program is shown."""


def test_there_is_no_other_way_to_a_terminal_and_none_to_json():
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name in OUTPUT:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            past = _goes_past(node, name) and name not in ASK_WHAT_IT_IS
            if _makes_a_console(node) or past:
                wrong.append(f"{name}:{node.lineno}")
            if _json_as_it_is(node) and name not in FILES_OF_OUR_OWN:
                wrong.append(f"{name}:{node.lineno}: docproc.text.output.json_text")
    assert wrong == []


def _called(node):
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", None) or getattr(function, "attr", None)


def _makes_a_console(node):
    return _called(node) == "Console"


def _goes_past(node, name):
    """The streams' own other sides, and the descriptors."""
    if isinstance(node, ast.Attribute):
        stream = node.value
        standard = getattr(stream, "attr", None) in ("stdout", "stderr")
        other_side = node.attr in ("buffer", "__stdout__", "__stderr__")
        testing = name.startswith("testing/")  # a child of a test, that answers in bytes
        return (node.attr.startswith("__std") or (standard and other_side)) and not testing
    if isinstance(node, ast.Constant):
        return node.value in ("/dev/tty", "/dev/stdout", "/dev/stderr")
    if _called(node) == "write" and isinstance(node.func, ast.Attribute):
        return getattr(node.func.value, "id", None) == "os" and "durable" not in name
    return _called(node) in ("StreamHandler", "basicConfig")


def _json_as_it_is(node):
    if _called(node) != "dumps":
        return False
    return any(word.arg == "ensure_ascii" for word in node.keywords)
