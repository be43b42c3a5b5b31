"""docproc sends nothing: no connection is tried, and no library leaves a queue of events."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

import pytest

import docproc
from docproc import NO_TELEMETRY

pytestmark = pytest.mark.slow

QUESTION = "How many rifles did Stalin want to send?"


def test_the_switches_are_set_in_each_process_that_imports_docproc_and_in_those_it_starts():
    program = (
        "import os, sys; os.environ['ORT_DISABLE_TELEMETRY'] = '0'; import docproc\n"
        "import subprocess; show = 'import os; print(os.environ[\"ORT_DISABLE_TELEMETRY\"])'\n"
        "print(os.environ['ORT_DISABLE_TELEMETRY'], flush=True)\n"
        "subprocess.run([sys.executable, '-c', show], check=True)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["1", "1"], done.stderr
    assert all(os.environ[name] == value for name, value in NO_TELEMETRY.items())


def test_nothing_else_is_imported_with_docproc_itself():
    program = "import sys; import docproc; print(*[m for m in sys.modules if 'docproc' in m])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    ours = [name for name in done.stdout.split() if not name.startswith("_")]
    assert sorted(ours) == ["docproc"]


WATCHING = """
import os, sys

def heard(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        with open(os.environ["HEARD"], "a") as log:
            print("AF_INET", event, *map(str, given[-1:]), file=log)

sys.addaudithook(heard)
"""
"""What Python itself is heard to do, where no program can be traced; a library in C++ is not."""


def tracing(tmp_path):
    """The command that runs another without a network, under strace; ``None`` where none can."""
    if not (sys.platform == "linux" and shutil.which("strace") and shutil.which("unshare")):
        return None
    apart = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    probe = ["strace", "-f", "-o", str(tmp_path / "probe"), "true"]
    if subprocess.run([*apart, *probe], capture_output=True).returncode:
        return None
    calls = ["-e", "trace=connect,sendto,sendmsg", "-o", str(tmp_path / "calls")]
    return [*apart, "strace", "-f", "--seccomp-bpf", *calls]


@pytest.fixture
def heard(tmp_path):
    """Runs a command with Python's own audit hooks; returns it, its connections, its files."""
    return running(tmp_path, [])


@pytest.fixture
def traced(tmp_path):
    """Runs a command without a network, under strace; or else as ``heard`` does.

    Either way the files that it leaves in the user's folders are looked at, by which telemetry in
    a library of C++ shows.
    """
    return running(tmp_path, tracing(tmp_path) or [])


def running(tmp_path, before):
    home, log = tmp_path / "home", tmp_path / "calls"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if k not in NO_TELEMETRY} | {
        "HOME": str(home)
    }
    environment.pop("XDG_CACHE_HOME", None)
    if not before:
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        (hooks / "sitecustomize.py").write_text(WATCHING, "utf-8")
        environment |= {"PYTHONPATH": str(hooks), "HEARD": str(log)}

    def run(*command, folder=tmp_path, said=""):
        log.write_bytes(b"")
        done = subprocess.run(
            [*before, *command],
            cwd=folder, env=environment, input=said, capture_output=True, text=True,
        )  # fmt: skip
        calls = [
            line for line in log.read_text("utf-8", "replace").splitlines() if "AF_INET" in line
        ]
        return done, calls, [path for path in home.rglob("*") if path.is_file()]

    return run


@pytest.mark.parametrize("how", ["traced", "heard"])
def test_a_connection_would_be_seen(request, how):
    program = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('192.0.2.1', 80))"
    _, calls, _ = request.getfixturevalue(how)(sys.executable, "-c", program)
    assert len(calls) == 1


def test_no_command_tries_a_connection_or_leaves_anything_in_the_users_cache(traced, workspace):
    def docproc(*arguments, said=""):
        done, calls, files = traced(
            sys.executable, "-P", "-m", "docproc", *arguments, folder=workspace, said=said
        )
        assert calls == [], (arguments, calls)
        strange = [path for path in files if "Microsoft" in path.parts or path.suffix == ".db"]
        assert strange == [], arguments
        return done

    letter = "Anna to Oleg\n\n3 May 1920\n\nThe ferry was sold to a firm in Narva.\n"
    (workspace / "seeds" / "ferry.txt").write_text(letter, "utf-8")
    assert docproc("index").returncode == 0
    assert docproc("ask", QUESTION).returncode == 0
    assert docproc("chat", said=f"{QUESTION}\n/why\n").returncode == 0
    for command in ("status", "documents", "verify"):
        assert docproc(command).returncode in (0, 5, 9)


COUNTERS = (
    b"events.data.microsoft.com", b"app.posthog.com", b"api.segment.io", b"api.mixpanel.com",
    b"google-analytics.com", b"ingest.sentry.io", b"api.amplitude.com", b"scarf.sh",
    b"/api/telemetry",
)  # fmt: skip
"""Where libraries send what they count."""
KNOWN = {"onnxruntime": "ORT_DISABLE_TELEMETRY", "huggingface-hub": "HF_HUB_DISABLE_TELEMETRY"}
"""The libraries that do, and what switches it off."""


@pytest.mark.slow
def test_no_other_library_that_docproc_needs_names_a_place_that_counts_uses():
    """Fails with the upgrade that brings telemetry: find its switch, and add both."""
    found = {}
    for name in sorted(needed()):
        for file in distribution(name).files or ():
            path = Path(str(file.locate()))
            if path.suffix in (".py", ".so", ".pyd", ".dylib") and path.is_file():
                if name == "torch" and path.stat().st_size > 50_000_000:
                    continue
                data = path.read_bytes()
                if places := [place for place in COUNTERS if place in data]:
                    found.setdefault(name, set()).update(places)
    assert found.keys() <= KNOWN.keys(), found
    assert KNOWN["onnxruntime"] in NO_TELEMETRY


def needed():
    """The installed distributions that docproc needs, and those that they need."""
    from packaging.requirements import Requirement

    found, waiting = set(), ["docproc"]
    while waiting:
        name = waiting.pop()
        for line in requires(name) or ():
            wanted = Requirement(line)
            if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
                continue
            other = wanted.name.lower().replace("_", "-")
            try:
                distribution(other)
            except PackageNotFoundError:
                continue
            if other not in found:
                found.add(other)
                waiting.append(other)
    assert docproc.__version__
    return found
