"""What a command imports: nothing heavy, measured in a fresh interpreter."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HEAVY = {"torch", "sentence_transformers", "transformers", "scipy", "sklearn", "onnx", "onnxscript"}
FOR_ASKING = {"faiss", "tantivy", "onnxruntime", "numpy", "tokenizers", "rich", "prompt_toolkit"}
FOR_SERVING = {"starlette", "uvicorn", "jinja2", "mcp", "mcp_types", "pydantic", "anyio"}


def imported(folder, *arguments):
    """The top-level modules that are loaded when the command has ended."""
    return {name.partition(".")[0] for name in modules(folder, *arguments)}


def modules(folder, *arguments):
    """All modules that are loaded when the command has ended."""
    code = (
        "import sys\n"
        f"sys.argv = ['docproc', *{list(arguments)!r}]\n"
        "from docproc.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_what_commands_are_called_and_not_what_they_do():
    code = (
        "import sys, docproc.cli.app\n"
        "print(*sorted({'.'.join(name.split('.')[:2]) for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name for name in done.stdout.split() if name.startswith("docproc.")}
    work = {"library", "operations", "retrieval", "pipeline", "stages", "references", "records"}
    assert not rooms & {f"docproc.{name}" for name in work}


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"]])
def test_help_imports_no_library_that_works(letter_workspace, arguments):
    assert not imported(letter_workspace, *arguments) & (HEAVY | FOR_ASKING | FOR_SERVING)


def test_asking_imports_neither_torch_nor_sentence_transformers(letter_workspace):
    loaded = imported(letter_workspace, "ask", "How many rifles did Stalin want to send?")
    assert not loaded & (HEAVY | FOR_SERVING)
    assert {"tantivy", "onnxruntime"} <= loaded
    assert "prompt_toolkit" not in loaded
    assert not loaded & {"lxml", "markdown_it", "pypdfium2", "PIL"}  # verifying parses a text only


@pytest.mark.parametrize("command", ["status", "show", "verify", "index"])
def test_commands_that_embed_nothing_import_no_model_library(letter_workspace, command):
    arguments = [command, *(["000_4441ad6d2b05a5a5.txt"] if command == "show" else [])]
    assert not imported(letter_workspace, *arguments) & HEAVY


def test_one_question_imports_what_it_needs_and_little_else(letter_workspace):
    """Half of the time to a first answer is imports, a quarter of a millisecond each."""
    loaded = modules(letter_workspace, "ask", "How many rifles did Stalin want to send?")
    costly = {
        "importlib.metadata",
        "email.message",
        "numpy.ma",
        "multiprocessing",
        "rich.console",
        "docproc.formats.xml",
        "docproc.stages.parse.web.html",
    }
    assert not loaded & costly
    assert len(loaded) <= 730


def test_the_list_of_commands_imports_few_modules(letter_workspace):
    loaded = modules(letter_workspace, "--help")
    assert not loaded & {"importlib.metadata", "rich", "sqlite3", "docproc.library"}
    assert len(loaded) <= 300
