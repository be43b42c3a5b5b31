"""Scan: which files the configuration means, and what a look at each folder tells of them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.store.files.mirror import is_record, record_digest
from docproc.text.patterns import compile_on_use
from docproc.workspace import Workspace

_UNSHOWN = compile_on_use(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls, and the halves of characters that stand for bytes of a name that is not Unicode."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    r"""One file of the corpus, not yet opened.

    ``path`` is relative to the workspace, with ``/`` on every platform, and what could not be
    shown or stored of it is written as ``\n`` or ``\udcff``; ``size`` in bytes.
    ``obstacle`` says why the file will not be opened at all, if it will not.  ``origin`` is a
    digest of the record beside it, where it was fetched from elsewhere.
    """

    path: str
    file: Path
    size: int
    mtime_ns: int
    obstacle: str | None = None
    origin: str = ""


def scan(workspace: Workspace) -> Iterator[FoundFile]:
    """Yield the files of the corpus in the order of their paths.

    Hidden files are passed over.  A symbolic link that leads out of the workspace, a file
    that is none (a socket, a device) and one over the size limit are yielded with their
    obstacle, so that they can be reported; so is a folder that may not be listed.
    """
    wanted = _make_filter(workspace)
    limit = int(workspace.config.sources.max_megabytes * 1_000_000)
    root = workspace.root.resolve()
    for file, error, fetched in _walk(workspace.sources):
        path = file.relative_to(workspace.root).as_posix()
        if error is None and not wanted(file.relative_to(workspace.sources).as_posix()):
            continue
        found = _look(path, file, root, limit, error)
        yield replace(found, origin=record_digest(file)) if fetched else found


def glance(workspace: Workspace) -> dict[str, tuple[int, int]] | None:
    """The size and the time of change (ns) of every file that ``scan`` would yield, by path.

    ``None`` where one of them has an obstacle or is a link.  At a tenth of what ``scan``
    costs, it is enough to see that nothing has changed: 100,000 files in a quarter of a second.
    """
    limit = int(workspace.config.sources.max_megabytes * 1_000_000)
    within = workspace.sources.relative_to(workspace.root).as_posix() + "/"
    found = {}
    try:
        for path, entry in _entries(workspace):
            status = entry.stat()
            plain = stat.S_ISREG(status.st_mode) and not entry.is_symlink()
            if not plain or status.st_size > limit:
                return None
            found[within + path] = (status.st_size, status.st_mtime_ns)
    except OSError:
        return None
    return found


def glance_at_some(workspace: Workspace, known: Mapping[str, tuple[int, int]], count: int) -> bool:
    """Whether there are *count* files, and those *known* look as they did; a fifth of a glance."""
    root = f"{workspace.root}/"
    try:
        if sum(1 for _ in _entries(workspace)) != count:
            return False
        for path, look in known.items():
            status = os.stat(root + path)  # noqa: PTH116 - a path object for each takes as long
            if (status.st_size, status.st_mtime_ns) != look:
                return False
    except OSError:
        return False
    return True


def _entries(workspace: Workspace) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What ``scan`` would yield, in no order, by the path below the sources' folder."""
    wanted = _make_filter(workspace)
    folders = [(str(workspace.sources), "")]
    while folders:
        folder, below = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = below + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, path + "/"))
                elif wanted(path):
                    yield path, entry


def _look(path: str, file: Path, root: Path, limit: int, error: OSError | None) -> FoundFile:
    size = mtime_ns = 0
    obstacle = None
    try:
        if error is not None:
            raise error
        status = file.stat()
        size, mtime_ns = status.st_size, status.st_mtime_ns
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            obstacle = "a symbolic link that leads out of the workspace"
        elif not stat.S_ISREG(status.st_mode):
            obstacle = "not a regular file"
        elif size > limit:
            obstacle = (
                f"{size / 1e6:,.1f} MB, over the limit of {limit / 1e6:g} MB "
                "(sources.max_megabytes)"
            )
    except OSError as failure:
        obstacle = describe_os_error(failure)
    shown = _UNSHOWN.sub(_escape, path)
    if shown != path:
        obstacle = "its name holds control characters or is not Unicode; rename it"
    return FoundFile(shown, file, size, mtime_ns, obstacle)


def _escape(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode()


def describe_os_error(error: OSError) -> str:
    """The system's own words for *error*, without the file's name, which stands beside it."""
    return (error.strerror or str(error)).lower()


def _walk(folder: Path) -> Iterator[tuple[Path, OSError | None, bool]]:
    """The files below *folder*, each with whether a record of a fetched file lies beside it."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, error, False
        return
    fetched = {is_record(entry.name) for entry in listed if entry.name.startswith(".")}
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path), None, entry.name in fetched


def _make_filter(workspace: Workspace) -> Callable[[str], bool]:
    """Whether a path below the sources' folder is included, and not excluded."""
    sources = workspace.config.sources
    if sources.include == ["*"] and not sources.exclude:
        return lambda _: True
    from pathspec import GitIgnoreSpec

    include = GitIgnoreSpec.from_lines(sources.include)
    exclude = GitIgnoreSpec.from_lines(sources.exclude)
    return lambda path: include.match_file(path) and not exclude.match_file(path)
