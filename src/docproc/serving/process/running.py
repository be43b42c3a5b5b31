"""Starting the reading room: the socket, the address, the browser, the server."""

from __future__ import annotations

import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread, Timer
from typing import TYPE_CHECKING

import uvicorn

from docproc.errors import TryLater, UsageError
from docproc.serving.application import application
from docproc.serving.service.safety import Admission, hosts_of
from docproc.serving.service.service import Service

if TYPE_CHECKING:
    from docproc.library import Library

PORT = 7315
"""Where the reading room is looked for first; where that is taken, any other port is."""


def serve(
    library: Library,
    *,
    host: str,
    port: int | None,
    allowed: Sequence[str],
    password: str | None,
    browser: bool,
    say: Callable[[str], None],
    processes: int = 1,
) -> None:
    """Serve *library* on *host* until Ctrl-C.

    *allowed* are names besides those of *host* that requests may use.  With a *password* it is
    shared: read-only.  *say* is told the address.  Several *processes* answer beside one another
    on several cores, each with a library of its own.  Raises ``UsageError`` where *host* is not
    one of this machine's, ``TryLater`` where *port* is taken.
    """
    if processes > 1 and not hasattr(os, "fork"):
        raise UsageError("--processes: this system has only one; leave it out")
    listening = _listen(host, port)
    taken = int(listening.getsockname()[1])
    entry = Admission(hosts=hosts_of([*_names(host), *allowed]), password=password)
    service = Service(library, entry, library.workspace.name)
    service.lasting = True
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{taken}/"
    if password is None:
        address += f"?token={entry.token}"
    say(address)
    others = _Others(processes - 1)  # before anything starts a thread
    if browser and others.is_first:
        Timer(0.2, webbrowser.open, (address,)).start()
    if not others.is_first:
        service.warm_up()  # the first waits until it has shown its first page
    config = uvicorn.Config(
        application(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
        limit_concurrency=500,
    )
    server = uvicorn.Server(config)
    if processes > 1:
        from docproc.serving.process.shared_socket import TakingTurnsServer

        server = TakingTurnsServer(config)
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()
        others.end()


class _Others:
    """The processes that serve beside the first, on the same socket; a pipe tells them its end."""

    def __init__(self, count: int) -> None:
        self.is_first = True
        self._running: list[int] = []
        if count < 1:
            return
        waiting, self._alive = os.pipe()
        sys.stdout.flush()
        for _ in range(count):
            process = os.fork()
            if not process:
                self.is_first, self._running = False, []
                os.close(self._alive)
                Thread(target=_end_after, args=(waiting,), daemon=True).start()
                return
            self._running.append(process)
        os.close(waiting)

    def end(self) -> None:
        """End the others; of those, this leaves at once."""
        if not self.is_first:
            os._exit(0)  # what called this is the first's to finish
        for process in self._running:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        for process in self._running:
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _end_after(pipe: int) -> None:
    """Wait until the other end of *pipe* is closed, then end this process in good order."""
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on *host*: on *port*, or else on ``PORT``, or on any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port,) if port is not None else (PORT, 0):
        made = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would share the port with another program
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, wanted))
            made.listen(512)  # the browser may come before the server is ready, and waits
        except socket.gaierror as error:
            made.close()
            raise UsageError(f"--host {host}: {error.strerror}") from None
        except OSError as error:
            made.close()
            if wanted == port:
                raise TryLater(
                    f"port {port} of {host} cannot be used: {error.strerror}; give another --port"
                ) from None
            continue
        return made
    raise TryLater(f"no port of {host} is free")


def _names(host: str) -> list[str]:
    """What requests may call this machine when it listens on *host*."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return [f"[{host}]" if ":" in host else host]
    names = [socket.gethostname(), f"{socket.gethostname()}.local"]
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return names
    addresses = {str(each[4][0]).partition("%")[0] for each in found}
    return names + [f"[{each}]" if ":" in each else each for each in addresses]
