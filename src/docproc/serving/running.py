"""Starting the reading room: the socket, the address, the browser, the server."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from threading import Timer
from typing import TYPE_CHECKING

import uvicorn

from docproc.errors import TryLater, UsageError
from docproc.serving.application import application
from docproc.serving.safety import Entry, hosts_of
from docproc.serving.service import Service

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
) -> None:
    """Serve *library* on *host* until Ctrl-C.

    *allowed* are names besides those of *host* that requests may use.  With a *password* it is
    shared: read-only.  *say* is told the address.  Raises ``UsageError`` where *host* is not
    one of this machine's, ``TryLater`` where *port* is taken.
    """
    listening = _listen(host, port)
    taken = int(listening.getsockname()[1])
    entry = Entry(hosts=hosts_of([*_names(host), *allowed]), password=password)
    service = Service(library, entry, library.workspace.name)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{taken}/"
    if password is None:
        address += f"?token={entry.token}"
    say(address)
    if browser:
        Timer(0.2, webbrowser.open, (address,)).start()
    config = uvicorn.Config(
        application(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
        limit_concurrency=500,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on *host*: on *port*, or else on ``PORT``, or on any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port,) if port is not None else (PORT, 0):
        made = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would share the port with another program
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, wanted))
            made.listen(128)  # the browser may come before the server is ready, and waits
        except socket.gaierror as error:
            made.close()
            raise UsageError(f"--host {host}: {error.strerror}") from None
        except OSError as error:
            made.close()
            if wanted == port:
                raise TryLater(
                    f"port {port} of {host} cannot be had: {error.strerror}; give another --port"
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
