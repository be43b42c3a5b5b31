"""``docproc mcp``: the library for an assistant that speaks the Model Context Protocol."""

from __future__ import annotations

from docproc.cli.options.shared_options import WorkspaceOption
from docproc.errors import ExitCode, UsageError


def mcp(workspace: WorkspaceOption = None) -> int:
    """Serve the documents to an assistant over standard input and output (MCP).

    Read-only: it asks, searches, reads, checks quotations, cites and lists. Have the
    assistant run `docproc mcp --workspace DIR`; `docproc read` serves the same at /mcp. Needs
    `pip install 'docproc[mcp]'`.
    """
    try:
        import anyio

        from docproc.serving.interfaces.mcp_server import over_stdio
    except ImportError as error:
        raise UsageError(f"the MCP server needs {error.name}: pip install 'docproc[mcp]'") from None
    from docproc.cli.open_library import library_of

    anyio.run(over_stdio, library_of(workspace, index_first=False))
    return ExitCode.DONE
