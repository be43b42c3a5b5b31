"""Another process: where a product must do the same as here, whatever that process is like."""

from __future__ import annotations

import atexit
import importlib.util
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.testing.processes.watching import on_another_day

_CHILD = """
import sys
sys.path[:], sys.argv[1:] = sys.argv[1:], ()
from docproc.testing.processes.other_process import serve
serve()
"""
_SERVER = _CHILD.replace("serve", "fork_when_asked")
_SERVER_WITH_TESTS = _SERVER.replace("from", "import docproc.testing.contract\nfrom", 1)
"""For products that stand in a module of tests, which brings pytest and hypothesis along."""
_OTHER_CIRCUMSTANCES = {"PYTHONHASHSEED": "1921", "TZ": "Asia/Tashkent", "LC_ALL": "C"}
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class ChildResult:
    """How it went: the ``result``, or the ``failure`` in words."""

    result: Any = None
    failure: str | None = None


def run_elsewhere(
    task: Callable[..., Any],
    *given: Any,
    bare: bool = False,
    day: bool = False,
    named: Sequence[Path] = (),
) -> ChildResult:
    """Call *task* (a function of a module) with *given* in a new process; never raises.

    Unless *bare*, modules that are not on the path, as drop-ins are not, are loaded there first.
    With *day* it is another day there.  *named* are paths that the product knows.
    """
    try:
        packed = pickle.dumps((task, given))
    except Exception as error:  # pickle raises whatever the object's own methods raise
        return ChildResult(failure=f"it cannot be pickled: {type(error).__name__}: {error}")
    sources = [] if bare else _sources(packed)
    modules = [each for each in sources if not importable(each[0])]
    code = _SERVER_WITH_TESTS if any(_has_tests(name) for name, _ in sources) else _SERVER
    encoding = {"PYTHONUTF8": _utf8([*modules, *given, *named])}
    environment = os.environ | _OTHER_CIRCUMSTANCES | encoding
    with tempfile.TemporaryDirectory() as folder:
        # a process for which names are ASCII takes others as the bytes that they are
        known = [(os.fsencode(key), os.fsencode(value)) for key, value in environment.items()]
        around = pickle.dumps((sys.path, known, folder, day))
        given_ = around + pickle.dumps(modules) + packed
        forks = sys.platform == "linux"
        try:
            done = _fork(code, given_, environment) if forks else _start(given_, environment)
        except OSError as error:
            return ChildResult(failure=str(error))
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return ChildResult(
            failure=said[-1] if said else f"the process ended with {done.returncode}"
        )
    return ChildResult(result=pickle.loads(done.stdout))


def _start(given: bytes, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Let a new process serve what is *given*."""
    return subprocess.run(
        [sys.executable, "-c", _CHILD, *sys.path],
        input=given,
        capture_output=True,
        env=environment,
        timeout=_SECONDS,
        check=False,
    )


def _fork(
    code: str, given: bytes, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """The same, by a process that has started with *code*, and is as far as to serve."""
    at_start = sorted(each for each in environment.items() if each[0].startswith("PYTHON"))
    key = (os.getpid(), code, sys.executable, *at_start)
    if key not in _servers:
        _servers[key] = _Server(code, environment)
    with ExitStack() as stack:
        streams = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(given)
        streams[0].seek(0)
        try:
            ended = _servers[key].fork([stream.fileno() for stream in streams])
        except BaseException:
            _servers.pop(key).end()
            raise
        for stream in streams:
            stream.seek(0)
        said, faults = streams[1].read(), streams[2].read()
    return subprocess.CompletedProcess(code, ended, said, faults)


class _Server:
    """A process that has imported this module, and nothing after it; and forks."""

    def __init__(self, code: str, environment: dict[str, str]) -> None:
        self._asked, asked = socket.socketpair()
        self._asked.settimeout(_SECONDS)
        with asked:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code, *sys.path],
                stdin=asked.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )

    def fork(self, streams: list[int]) -> int:
        """How a fork ended that had these standard *streams*."""
        socket.send_fds(self._asked, [b"?"], streams)
        if not (code := self._asked.recv(16)):
            raise ChildProcessError("the process that forks has ended")
        return int(code)

    def end(self) -> None:
        """End it, and what it has forked."""
        self._asked.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


_servers: dict[tuple[object, ...], _Server] = {}
"""By who started them, and what a Python reads when it starts."""


@atexit.register
def _end_servers() -> None:
    for key, server in _servers.items():
        if key[0] == os.getpid():
            server.end()


def fork_when_asked() -> None:
    """The other end of ``_Server.fork``: returns in each fork, and ends with who asks."""
    with socket.socket(fileno=os.dup(0)) as asked:
        while True:
            message, streams, *_ = socket.recv_fds(asked, 1, 3)
            if not message:
                sys.exit()
            if not (child := os.fork()):
                break
            for stream in streams:
                os.close(stream)
            asked.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    serve()


def _utf8(named: list[Any]) -> str:
    """Whether the child takes UTF-8 for its encoding: ``"1"`` or ``"0"``.

    Not, for plugins must name theirs when they open a file; unless a path that the child needs
    is not ASCII, which Python itself cannot open then.  *named* may hold such paths.
    """
    home = Path.home()
    paths = [sys.executable, sys.prefix, home, tempfile.gettempdir(), *sys.path]
    for each in named:
        paths += each if isinstance(each, tuple | list) else [each]
    plain = all(str(path).isascii() for path in paths if isinstance(path, str | Path))
    return "0" if plain and all(map(_editable_in_ascii, sys.path)) else "1"


def _editable_in_ascii(folder: str) -> bool:
    """Whether all that *folder*, of the path, adds to the path at a start is ASCII."""
    files = [*Path(folder).glob("*.pth"), *Path(folder).glob("__editable__*.py")]
    return all(file.read_bytes().isascii() for file in files if folder)


def serve() -> None:
    """The other end: read a task, do it, write what it returns."""
    sys.path[:], environment, folder, day = pickle.load(sys.stdin.buffer)
    os.environ.clear()
    if os.supports_bytes_environ:
        os.environb.update(environment)
    else:
        os.environ.update((os.fsdecode(key), os.fsdecode(value)) for key, value in environment)
    os.chdir(folder)
    if day:
        on_another_day()
    stdin, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a plugin prints is no answer, past Python too
    sys.stdout = sys.stderr
    for name, file in pickle.load(stdin):
        import_from(name, Path(file))
    task, given = pickle.load(stdin)
    try:
        found = task(*given)
    except (
        SystemExit,
        GeneratorExit,
        KeyboardInterrupt,
    ) as error:  # which would end this process without a word
        raise RuntimeError(f"{type(error).__name__}: {error}") from error
    answers.write(pickle.dumps(found))
    answers.close()


def _sources(packed: bytes) -> list[tuple[str, str]]:
    """The modules loaded here that *packed* names, with their files."""
    return [
        (name, file)
        for name, module in list(sys.modules.items())
        if (file := getattr(module, "__file__", None)) and name.encode() in packed
    ]


def _has_tests(name: str) -> bool:
    """Whether there is a conformance class in the module."""
    if not (contract := sys.modules.get("docproc.testing.contract")):
        return False
    values = vars(sys.modules[name]).values()
    return any(isinstance(each, type) and issubclass(each, contract.Contract) for each in values)


def importable(name: str) -> bool:
    """Whether *name* is found on the path, as a drop-in, loaded from its file, is not."""
    top = name.partition(".")[0]
    return top == "__main__" or PathFinder.find_spec(top) is not None


def import_from(name: str, file: Path) -> None:
    """Import the module or package at *file* under *name*."""
    where = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
