"""The entry point: run a command, and turn what it raises into a message and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from docproc.errors import DocprocError, ExitCode
from docproc.text.output import ClosedPipe, indent, install_safe_streams

_OBJECTS = 50_000
"""So many objects more than were there before are made until Python looks for unreachable ones.

By itself it looks each 700, which is a tenth of the time to a first answer.
"""
_INTERRUPTED = "interrupted; what was published stands, and what was embedded is kept"


def run() -> NoReturn:
    """Be the process of one command: ``main``, and then the end of the process at once.

    Everything that asks to be told of the end is told, and what was printed is written; but
    modules and objects are not taken apart one by one, which takes an eighth of the time of
    ``docproc ask``.  Where a debugger or profiler looks on, the process ends as any other.
    """
    import gc

    gc.set_threshold(_OBJECTS, 20, 20)
    try:
        main()
    except SystemExit as ended:
        if sys.flags.inspect or sys.gettrace() or sys.getprofile():
            raise
        _end(ended.code if isinstance(ended.code, int) else ExitCode.DONE)
    raise AssertionError("main() returns")


def _end(code: int) -> NoReturn:
    """Do all that Python does at the end of a process, except for freeing what it holds."""
    import atexit
    import threading

    try:
        for finish in (getattr(threading, "_shutdown", None), atexit._run_exitfuncs):
            with contextlib.suppress(Exception):
                if finish:
                    finish()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):  # what could not be written has been said
                stream.flush()
    finally:
        os._exit(code)


def main() -> NoReturn:
    """Run the command line of this process; never returns.

    A command returns its exit code.  A foreseen error is one message on standard error and
    the code of its class; an unforeseen one says how to see more (``DOCPROC_TRACEBACK=1``).
    Both standard streams are made safe first: see ``docproc.text.output``.
    """
    alone = sys.stdout is sys.__stdout__  # no test and no notebook that calls this
    install_safe_streams()
    try:
        from docproc.cli.app import app
        from docproc.cli.options import shared_options
        from docproc.cli.options.arguments import replace_undecodable

        shared_options.alone = alone
        if (
            "_DOCPROC_COMPLETE" in os.environ
        ):  # a shell's completion that did not say what was typed
            os.environ.setdefault("COMP_WORDS", "")
            os.environ.setdefault("COMP_CWORD", "0")
        sys.argv[1:] = map(replace_undecodable, sys.argv[1:])
        code = int(app(standalone_mode=False) or 0)
        if code == ExitCode.INTERRUPTED:  # typer keeps the exception, and leaves its code
            code = _report(_INTERRUPTED, None, ExitCode.INTERRUPTED)
        sys.stdout.flush()
    except DocprocError as error:
        code = _report(str(error), error, error.exit_code)
    except KeyboardInterrupt:
        code = _report(_INTERRUPTED, None, ExitCode.INTERRUPTED)
    except ClosedPipe:  # as `head` does
        code = ExitCode.DONE
    except Exception as error:  # the last resort
        code = _unforeseen(error)
    sys.exit(code)


def _unforeseen(error: Exception) -> int:
    """Typer's own complaints say what is wrong with the command line; others are ours."""
    show, own_code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show) and isinstance(own_code, int):
        show()
        return own_code
    if type(error).__name__ == "Abort":
        return _report(_INTERRUPTED, None, ExitCode.INTERRUPTED)
    if isinstance(error, MemoryError):
        what = f": {error}" if str(error) else ""
        return _report(
            f"there was not enough memory{what}. What was published stands; it may do with "
            "--threads 1, or less at once (batch_tokens of the embedder)",
            error,
            ExitCode.UNEXPECTED,
        )
    watch = sys.modules.get("docproc.workspace.watch")
    if watch is not None and (path := watch.last_read()):
        return _report(
            f"{path}: cannot be understood: {type(error).__name__}: {error}. This workspace "
            "came from elsewhere, and the file is damaged, or was made to do that; without "
            "embeddings/, `docproc index` makes everything again from the sources. If that changes "
            "nothing, please report it (DOCPROC_TRACEBACK=1 shows where)",
            error,
            ExitCode.STORE,
        )
    return _report(
        f"an unexpected error: {type(error).__name__}: {error}\n"
        "Set DOCPROC_TRACEBACK=1 to see where, and please report it.",
        error,
        ExitCode.UNEXPECTED,
    )


def _report(message: str, error: Exception | None, code: ExitCode) -> int:
    if error is not None and os.environ.get("DOCPROC_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    if not getattr(error, "told", False):
        print(f"docproc: {indent(message)}", file=sys.stderr)
    return code
