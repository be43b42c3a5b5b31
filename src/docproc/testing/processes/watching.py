"""Watching what a product does beside its work: files, network, standard output, the clock."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.workspace.user_folders import user_cache

_SECONDS = 14_000 * 86_400
"""By how much the clock of another day goes on."""

_SYSTEM = (
    "/bin", "/dev/fd", "/dev/null", "/dev/random", "/dev/tty", "/dev/urandom", "/etc", "/lib",
    "/lib64", "/nix", "/opt", "/proc", "/sbin", "/sys", "/usr", "/System", "/Library",
    "C:\\Windows",
)  # fmt: skip
NETWORK = "it asks the network"
_ASKS = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind",
    "socket.sendto", "socket.sendmsg",
)  # fmt: skip
_WRITES = (
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "shutil.move", "shutil.rmtree",
)  # fmt: skip
_RELATIVE_TO = {
    "os.remove": (1, 0), "os.rmdir": (1, 0), "os.mkdir": (2, 0), "os.rename": (2, 3),
    "os.link": (2, 3), "os.symlink": (0, 2),
}  # fmt: skip
"""Where the arguments of an event have the descriptors of its paths' folders; 0: nowhere."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Watched:
    """What a task returned, what it did beside, one line each, and what it printed."""

    result: Any
    seen: tuple[str, ...]
    printed: str


def watch(
    task: Callable[..., Any],
    product: Any,
    given: Sequence[Any],
    folders: Sequence[Path] = (),
    files: Sequence[Path] = (),
    hosts: Sequence[tuple[str, int | None]] = (),
) -> Watched:
    """Call ``task(product, *given)`` on another day, in a process that is thrown away afterwards.

    It may read *files*, write into *folders*, and into the temporary folder so long as it tidies
    up; what belongs to Python and to the system may be read by anyone.  Of *hosts* it may ask.
    """
    temporary = Path(tempfile.mkdtemp(prefix="watched-"))
    tempfile.tempdir = str(temporary)
    os.environ.update(TMPDIR=str(temporary), TMP=str(temporary), TEMP=str(temporary))
    compiled = Path(tempfile.mkdtemp(prefix="compiled-", dir=temporary.parent))
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(compiled)  # torch makes it when it is imported
    watcher = _Watcher([*folders, temporary, compiled], files, hosts)
    sys.addaudithook(watcher)
    before, sys.stdout = sys.stdout, io.StringIO()
    with _past_python() as past:
        watcher.on = True
        try:
            result = task(product, *given)
        finally:
            watcher.on = False
            printed, sys.stdout = sys.stdout.getvalue(), before
    printed += past.said
    shutil.rmtree(compiled, ignore_errors=True)
    left = sorted(path.name for path in temporary.iterdir())
    seen = [*dict.fromkeys(watcher.seen), *(f"it leaves {name!r} behind" for name in left)]
    return Watched(result, tuple(seen), printed)


@dataclass(slots=True)
class _Said:
    """What was written to the descriptor of standard output, past ``sys.stdout``."""

    said: str = ""


@contextmanager
def _past_python() -> Iterator[_Said]:
    found = _Said()
    own = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        try:
            yield found
        finally:
            os.dup2(own, 1)
            os.close(own)
            file.seek(0)
            found.said = file.read().decode("utf-8", "replace")


class _Watcher:
    """An audit hook: keeps what is read or written where nobody asked for it."""

    def __init__(
        self,
        folders: Sequence[Path],
        files: Sequence[Path],
        hosts: Sequence[tuple[str, int | None]],
    ) -> None:
        self.on = False
        self._hosts = hosts
        self._known: dict[str, set[str]] = {}
        self.seen: list[str] = []
        self._written = tuple(os.path.realpath(folder) for folder in folders)
        modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        python = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable, *sys.path)
        own = [str(Path(file).parent) for file in modules if file]
        cache = str(user_cache(""))  # of docproc, whose own helpers keep what they unpack
        self._written += (os.path.realpath(cache),)
        readable = {*filter(None, python), *own, *map(str, files), *_SYSTEM}
        self._read = (*map(os.path.realpath, readable), *self._written)

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in _ASKS:
            self.on = False
            if not self._may_ask(event, given):
                self.seen.append(f"{NETWORK} ({event})")
            self.on = True
        elif event == "open" and isinstance(given[0], str | bytes | os.PathLike):
            mode, flags = given[1], given[2]
            writes = any(c in mode for c in "wax+") if mode else bool((flags or 0) & _WRITING)
            self._look(given[0], writes)
        elif event == "shutil.copyfile":
            self._look(given[0], False)
            self._look(given[1], True)
        elif event in ("os.listdir", "os.scandir") and isinstance(given[0], str | bytes | Path):
            self._look(given[0], False)
        elif event == "sqlite3.connect" and isinstance(given[0], str | bytes | Path):
            name = os.fsdecode(given[0])
            if name and ":memory:" not in name and not name.startswith("file:"):
                self._look(name, True)
        elif event in _WRITES:
            for path, folder in zip(given[:2], _folders(event, given), strict=False):
                if isinstance(path, str | bytes | os.PathLike):
                    named = Path(folder, os.fsdecode(path))
                    self._look(named, True, making=event == "os.mkdir")

    def _may_ask(self, event: str, given: tuple[Any, ...]) -> bool:
        """Whether one of the hosts is asked, or what it is called in numbers."""
        if event in ("socket.connect", "socket.sendto"):
            address = given[1]
            if not isinstance(address, tuple):
                return False
            return any(
                address[0] in self._numbers(host) and port in (None, address[1])
                for host, port in self._hosts
            )
        if event == "socket.bind":
            return isinstance(given[1], tuple) and given[1][:2] in self._hosts
        return event.startswith("socket.get") and given[0] in {host for host, _ in self._hosts}

    def _numbers(self, host: str) -> set[str]:
        """*host*, and the addresses that it has."""
        if host not in self._known:
            try:
                found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)}
            except OSError:
                found = set()
            self._known[host] = {host, *found}
        return self._known[host]

    def _look(self, given: Any, writes: bool, *, making: bool = False) -> None:
        self.on = False  # what is done here is not the product's
        try:
            path = os.path.realpath(os.fsdecode(given))
            roots = self._written if writes else self._read
            if writes and (path == os.devnull or "__pycache__" in Path(path).parts):
                return
            if making and any(root.startswith(path + os.sep) for root in roots):
                return  # on the way to one of its own
            if not any(path == root or path.startswith(root + os.sep) for root in roots):
                self.seen.append(f"it {'writes' if writes else 'reads'} {os.fsdecode(given)!r}")
        finally:
            self.on = True


def _folders(event: str, given: Sequence[Any]) -> tuple[str, str]:
    """The open folders that the two paths of *event* are relative to; ``""`` for none."""
    first, second = _RELATIVE_TO.get(event, (0, 0))
    return _folder(given, first), _folder(given, second)


def _folder(given: Sequence[Any], place: int) -> str:
    number = given[place] if 0 < place < len(given) else -1
    if not isinstance(number, int) or number < 0:
        return ""
    try:
        return str(Path("/proc/self/fd", str(number)).readlink())
    except OSError:  # another system
        return tempfile.gettempdir()


def on_another_day() -> None:
    """Let the clock of this process go on by many years; called before products are loaded."""
    real_time, real_ns, local, gmt = time.time, time.time_ns, time.localtime, time.gmtime
    real_ctime, real_strftime = time.ctime, time.strftime
    time.time = lambda: real_time() + _SECONDS
    time.time_ns = lambda: real_ns() + _SECONDS * 10**9
    time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: gmt(time.time() if seconds is None else seconds)
    time.ctime = lambda seconds=None: real_ctime(time.time() if seconds is None else seconds)
    time.strftime = lambda form, when=None: real_strftime(form, when or time.localtime())
    datetime.date = _date()  # type: ignore[misc]
    datetime.datetime = _datetime()  # type: ignore[misc]


def _kind_of(real: type) -> Any:
    class Kind(type):
        def __instancecheck__(cls, given: object) -> bool:
            return isinstance(given, real)

    return Kind


def _date() -> Any:
    real = datetime.date
    today = classmethod(lambda _: real.fromtimestamp(time.time()))
    return _kind_of(real)("date", (real,), {"today": today})


def _datetime() -> Any:
    real = datetime.datetime

    def now(_: Any, tz: Any = None) -> Any:
        return real.fromtimestamp(time.time(), tz)

    def utcnow(_: Any) -> Any:
        return real.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

    own = {"now": classmethod(now), "today": classmethod(now), "utcnow": classmethod(utcnow)}
    return _kind_of(real)("datetime", (real,), own)
