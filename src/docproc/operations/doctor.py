"""The doctor: everything that a workspace stands on, looked at once, with what to do about each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from docproc.errors import DocprocError
from docproc.hooks.specs import EMBED
from docproc.store.checkup import damage

if TYPE_CHECKING:
    from docproc.operations.application import Application

LEAST_FREE = 500_000_000
"""Bytes; with less a run is likely to end half way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; *mend* says what to do, and is empty where all is well."""

    check: str
    what: str
    mend: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing need be done."""
        return not self.mend


def examine(application: Application) -> list[Finding]:
    """The findings of every check, in order; a check that fails is a finding too."""
    found: list[Finding] = []
    for name, check in _CHECKS.items():
        try:
            found += check(application)
        except (DocprocError, OSError) as error:
            found.append(Finding(name, str(error), "see the message"))
    return found


def _libraries(_: Application) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    missing: list[str] = []
    extras: list[str] = []
    for line in requires("docproc") or ():
        name, marker = line.partition(";")[::2]
        distribution = name.split("[")[0]
        for sign in "<>=!~ (":
            distribution = distribution.split(sign)[0]
        try:
            version(distribution)
        except PackageNotFoundError:
            (extras if "extra" in marker else missing).append(distribution)
    if missing:
        yield Finding("libraries", f"missing: {', '.join(missing)}", "pip install docproc")
    else:
        also = f"; not installed, and only for some: {', '.join(sorted(set(extras)))}"
        yield Finding("libraries", f"Python {python}, all there{also if extras else ''}")


def _disk(application: Application) -> Iterator[Finding]:
    root = application.workspace.root
    free = shutil.disk_usage(root).free
    words = f"{free / 1e9:,.1f} GB free"
    yield Finding("disk", words, "" if free >= LEAST_FREE else f"make room on the disk of {root}")


def _permissions(application: Application) -> Iterator[Finding]:
    workspace = application.workspace
    wanted = (
        (workspace.sources, os.R_OK | os.X_OK, "read"),
        (workspace.embeddings, os.R_OK | os.W_OK | os.X_OK, "written"),
    )
    for folder, mode, word in wanted:
        if not folder.is_dir():
            yield Finding("permissions", f"{folder} is not there", f"mkdir {folder}")
        elif not os.access(folder, mode):
            yield Finding("permissions", f"{folder} cannot be {word}", f"chown or chmod {folder}")
        else:
            yield Finding("permissions", f"{folder} can be {word}")


def _trust(application: Application) -> Iterator[Finding]:
    faults = application.plugins.registry.faults
    if not faults:
        yield Finding("plugins", "all that are here load")
    for fault in faults:
        yield Finding("plugins", str(fault), "docproc plugins list; docproc trust")


def _clock(application: Application) -> Iterator[Finding]:
    generation = application.generations.current()
    now = datetime.now(UTC)
    if generation and datetime.fromisoformat(generation.manifest.created) > now:
        yield Finding(
            "clock", f"generation {generation.id} is from the future", "set the machine's clock"
        )
    else:
        yield Finding("clock", now.isoformat(timespec="seconds"))


def _model(application: Application) -> Iterator[Finding]:
    name = application.workspace.config.pipeline.embedder
    fingerprint = application.plugins.make(EMBED, name).fingerprint
    yield Finding("model", f"{name}: {fingerprint[:40]}")


def _published(application: Application) -> Iterator[Finding]:
    damaged = damage(application.generations, quick=True)
    yield from (Finding("published", f"{each.path}: {each.what}", each.mend) for each in damaged)
    generation = None if damaged else application.generations.current()
    if generation is None:
        if not damaged:
            yield Finding("published", "nothing yet", "docproc index")
    elif obstacle := application.obstacle(generation):
        yield Finding("published", obstacle, "docproc index")
    else:
        yield Finding("published", f"{generation.id}, its indexes open")


_CHECKS: dict[str, Callable[[Application], Iterator[Finding]]] = {
    "libraries": _libraries,
    "disk": _disk,
    "permissions": _permissions,
    "plugins": _trust,
    "clock": _clock,
    "model": _model,
    "published": _published,
}
