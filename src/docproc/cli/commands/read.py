"""``docproc read``: the reading room in the browser."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from docproc.cli.options.shared_options import WorkspaceOption
from docproc.errors import ExitCode, UsageError

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def read(
    workspace: WorkspaceOption = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The port; by default 7315, or any that is free."),
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on; by default this machine alone.")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Let others read too: read-only, behind a password.")
    ] = False,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another name of this machine.")
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="How many processes answer; by default 1, with --share a core each."
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
) -> int:
    """Open the reading room in the browser: ask, read, browse, cite. Ctrl-C ends it.

    It listens to this machine alone, and lets in the browser that opens the address it prints.
    With --share it listens to the network, asks for a password (DOCPROC_PASSWORD, or typed), and
    shows all that is indexed here to those who have it. Needs `pip install 'docproc[web]'`.
    """
    from docproc.cli.open_library import library_of

    if host is not None and host not in _LOOPBACK and not share:
        raise UsageError(
            f"--host {host} lets others in: give --share too, which asks for a password"
        )
    try:
        import jinja2  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"the reading room needs {error.name}: pip install 'docproc[web]'"
        ) from None
    library = library_of(workspace)
    if library.application.generations.current_id() is None:
        _ = library.room  # indexes first, here where its progress is seen
    for name in _THREADS:  # many readers keep every core busy without
        os.environ.setdefault(name, "1")
    from docproc.serving.process.running import serve

    password = None
    if share:
        password = os.environ.get("DOCPROC_PASSWORD") or typer.prompt(
            "A password for those who may read", hide_input=True, confirmation_prompt=True, err=True
        )
        if len(password) < 8:
            raise UsageError("a password for sharing needs eight characters or more")
        shown = library.room.opened.shown_documents
        typer.echo(
            f"Sharing, to be read by anyone on the network with the password: all "
            f"{shown:,} documents of {library.workspace}, their texts and page images. "
            "Not shared: source files, dossiers, what could not be read. The connection is not "
            "encrypted: put it behind a proxy with TLS where others could listen.",
            err=True,
        )
    serve(
        library,
        host=host or ("0.0.0.0" if share else "127.0.0.1"),  # noqa: S104 - asked for by --share
        port=port,
        allowed=allow_host or (),
        password=password,
        browser=not no_browser,
        processes=processes or (_cores() if share else 1),
        say=lambda address: typer.echo(f"The reading room: {address}   (Ctrl-C ends it)"),
    )
    return ExitCode.DONE


def _cores() -> int:
    """The cores that this process may use, four at most; 1 where it cannot be several."""
    if not hasattr(os, "fork"):
        return 1
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
