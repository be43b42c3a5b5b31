"""A command of docproc in a process of its own, which begins where Python has loaded docproc."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path


def docproc(
    *arguments: str,
    folder: Path,
    stdin: str | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``docproc ARGUMENTS`` in *folder*, with *environment* in place of this process's.

    What it does and prints is what ``python -m docproc`` does, in two thirds of a second less:
    a server forks the process.  Not for tests of the start itself, of what is imported, of
    encodings or of closed streams.
    """
    environment = dict(os.environ) if environment is None else environment
    if not hasattr(os, "fork"):
        return subprocess.run(
            [sys.executable, "-m", "docproc", *arguments], cwd=folder, env=environment,
            input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        streams = [Path(made, name) for name in ("in", "out", "err")]
        streams[0].write_text(stdin or "", "utf-8")
        asked = {
            "arguments": [str(each) for each in arguments],
            "folder": str(folder),
            "environment": environment,
            "streams": [str(path) for path in streams],
        }
        server = _server()
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        said = [path.read_bytes().decode("utf-8") for path in streams[1:]]
    return subprocess.CompletedProcess(["docproc", *arguments], code, *said)


@cache
def _server() -> subprocess.Popen[str]:
    script = Path(__file__).with_name("command_server.py")
    server = subprocess.Popen(
        [sys.executable, "-P", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)
    return server
