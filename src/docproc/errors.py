"""Every error docproc raises on purpose, and the exit code of each class.

The tree::

    DocprocError
    ├── UsageError            a question or an option that cannot be understood      2
    ├── ConfigError           config.toml, or the workspace itself                    3
    ├── PluginError           a plugin cannot be loaded, or broke its contract        4
    ├── SourceError           one source file cannot be read (reported, not raised    5
    │   └── Encrypted         out of a run: the run goes on and ends as partial)
    ├── ModelError            the embedding model is missing, altered or unfit        6
    ├── StoreError            a generation is damaged or incomplete                   7
    │   ├── IndexSilent       an index elsewhere does not answer just now            12
    │   └── ShardsSilent      readers of shards do not answer just now               12
    ├── GateFailed            a new generation answers the golden questions worse     8
    ├── OutputError           standard output cannot be written: closed, or a full disk 74
    ├── RemovalsRefused       more sources are gone than may go unasked              11
    ├── TryLater              locked, or out of budget with the progress kept        75
    └── Interrupted           a run stopped by Ctrl-C; what was published stands    130

A message says what was wrong, where, and what to do.  ``EXIT_CODES`` is the one
table of codes; the documentation's copy is generated from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to its caller; one code a class of outcome."""

    DONE = 0
    NOT_FOUND = 1
    USAGE = 2
    CONFIG = 3
    PLUGIN = 4
    PARTIAL = 5
    MODEL = 6
    STORE = 7
    GATE = 8
    STALE = 9
    UNPUBLISHED = 10
    REMOVALS = 11
    SHARDS = 12
    UNEXPECTED = 70
    OUTPUT = 74
    TRY_LATER = 75
    INTERRUPTED = 130


EXIT_CODES: dict[ExitCode, str] = {
    ExitCode.DONE: "done: answered, indexed, or nothing to do; `status`: all is well",
    ExitCode.NOT_FOUND: "the documents hold no answer; `verify`: a quotation does not stand",
    ExitCode.USAGE: "the command line cannot be understood",
    ExitCode.CONFIG: "`config.toml` or the workspace is wrong or missing",
    ExitCode.PLUGIN: "a plugin that the configuration relies on failed",
    ExitCode.PARTIAL: "done, but some source files could not be read; each is named; `status`: "
    "such files are in quarantine, and all else is well",
    ExitCode.MODEL: "the embedding model is missing, altered or unfit",
    ExitCode.STORE: "a published generation is damaged or incomplete; `verify --all`, `status`: "
    "each damaged file is named, with the command that fixes it",
    ExitCode.GATE: "the gate: a new generation answers the golden questions worse, and was not "
    "published",
    ExitCode.STALE: "`status`: what is published is not as it would be made now; the command that "
    "fixes it is named",
    ExitCode.UNPUBLISHED: "`status`: nothing is published yet",
    ExitCode.REMOVALS: "the sources are empty, or more of them are gone at once than "
    "`sources.max_removed` allows; nothing has changed until `--allow-removals`",
    ExitCode.SHARDS: "`ask`: answered, or refused, from a part of what is published: some shards "
    "cannot be read, or a vector index elsewhere does not answer; what was searched is said",
    ExitCode.UNEXPECTED: "an error that docproc did not foresee; please report it",
    ExitCode.OUTPUT: "standard output cannot be written: it is closed, or its disk is full",
    ExitCode.TRY_LATER: "locked, out of budget or told to stop: try again later, "
    "the progress is kept",
    ExitCode.INTERRUPTED: "interrupted; what was published before stands, and the progress of a "
    "run is kept",
}


class DocprocError(Exception):
    """The root.  ``str(error)`` is a message for the person at the terminal."""

    exit_code = ExitCode.UNEXPECTED
    told = False
    """Whether it was said already, in a log that is for machines."""


class UsageError(DocprocError):
    """A question, an option or an argument that cannot be understood."""

    exit_code = ExitCode.USAGE


class ConfigError(DocprocError):
    """The configuration or the workspace is wrong; names the file and the key."""

    exit_code = ExitCode.CONFIG


class PluginError(DocprocError):
    """A plugin cannot be loaded or broke its contract; names it, its origin and the cause."""

    exit_code = ExitCode.PLUGIN


class SourceError(DocprocError):
    """One source file cannot be read; the message names the cause, never only the file."""

    exit_code = ExitCode.PARTIAL


class Encrypted(SourceError):
    """A source is encrypted, and no password that is known opens it."""


class ModelError(DocprocError):
    """The embedding model is missing, is not the one expected, or gives unusable vectors."""

    exit_code = ExitCode.MODEL


class StoreError(DocprocError):
    """A generation is damaged or incomplete; names the file and what was expected of it."""

    exit_code = ExitCode.STORE


class IndexSilent(StoreError):
    """An index that lies elsewhere does not answer; names it, and what it said.

    Where it is raised by a vector index while a question is asked, the question is answered from
    the words alone, and says so.
    """

    exit_code = ExitCode.SHARDS


class ShardsSilent(StoreError):
    """Readers of shards do not answer; names one, and what it said.

    ``shards`` are their numbers.  A question is answered from the other shards, and says so.
    """

    exit_code = ExitCode.SHARDS

    def __init__(self, message: str, shards: Iterable[int]) -> None:
        super().__init__(message)
        self.shards = frozenset(shards)


class GateFailed(DocprocError):
    """A new generation answers the golden questions worse; the published one stands.

    ``details`` are the figures and the questions lost, as plain values for the run's report.
    """

    exit_code = ExitCode.GATE

    def __init__(self, message: str, details: dict[str, object]) -> None:
        super().__init__(message)
        self.details = details


class OutputError(DocprocError):
    """Standard output cannot be written."""

    exit_code = ExitCode.OUTPUT


class RemovalsRefused(DocprocError):
    """More sources are gone than may go at once; what was published stands."""

    exit_code = ExitCode.REMOVALS


class TryLater(DocprocError):
    """Another writer holds the lock, or the budget is spent; a later run goes on."""

    exit_code = ExitCode.TRY_LATER


class Interrupted(DocprocError):
    """Ctrl-C stopped a run; what was published stands, and the message says what is kept."""

    exit_code = ExitCode.INTERRUPTED


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the closest of *known*, or ``""``."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def interrupts(error: BaseException) -> bool:
    """Whether *error* is a person's Ctrl-C, or a signal to stop, and none that a plugin raised.

    What a signal stands for is raised wherever the interpreter is just then, a plugin's own by
    its ``raise``; and nobody can press Ctrl-C where it is ignored, as in a worker.
    """
    if not isinstance(error, KeyboardInterrupt):
        return False
    if type(error) is not KeyboardInterrupt:  # what a signal to stop raises is a class of its own
        return True
    if error.__context__ is not None and interrupts(error.__context__):
        return True
    import signal
    from opcode import opmap

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return False
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_globals.get("__name__", "").startswith("asyncio."):
        return True
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] != opmap["RAISE_VARARGS"]
