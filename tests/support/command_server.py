"""Runs commands of docproc in processes that it forks, so that Python and NumPy are loaded once.

Reads lines of JSON on standard input: ``arguments``, ``folder``, ``environment``, and ``streams``,
the files that are the three standard streams.  Answers each with how it ended.
"""

import atexit
import json
import os
import sys

import numpy  # noqa: F401 - what most commands import
import onnxruntime  # noqa: F401
import tantivy  # noqa: F401
import tokenizers  # noqa: F401

import docproc.cli.app
import docproc.library
import docproc.operations.application
import docproc.pipeline.runs.run
import docproc.retrieval.search.search
import docproc.stages  # noqa: F401
from docproc.cli import entry
from docproc.stages.embed import models

_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_HOW = (os.O_RDONLY, _WRITING, _WRITING)


def become(asked: dict) -> None:
    """Be as if the command had been started so."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, (path, how) in enumerate(zip(asked["streams"], _HOW, strict=True)):
        os.dup2(os.open(path, how), number)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.argv = ["docproc", *asked["arguments"]]


def serve() -> dict:
    """Answer what is asked; in a child, return what was."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            return json.loads(line)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    raise SystemExit(0)


if __name__ == "__main__":
    models.fingerprint(models.find_model(models.BUNDLED))  # each child knows it, if it is as it was
    become(serve())
    try:
        entry.main()
    except SystemExit as end:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(int(end.code or 0))  # a lock that a thread of the server held would never be free
