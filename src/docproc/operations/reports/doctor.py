"""The doctor: everything that a workspace stands on, looked at once, with what to do about each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError
from docproc.hooks.specs import EMBED
from docproc.store.maintenance.checkup import START, find_damage

if TYPE_CHECKING:
    from docproc.operations.application import Application

LEAST_FREE = 500_000_000
"""Bytes; with less a run is likely to end half way."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found; *fix* says what to do, and is empty where all is well."""

    check: str
    what: str
    fix: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing need be done."""
        return not self.fix


def run_checks(application: Application) -> list[CheckResult]:
    """The findings of every check, in order; a check that fails is a finding too."""
    found: list[CheckResult] = []
    for name, check in _CHECKS.items():
        try:
            found += check(application)
        except (DocprocError, OSError) as error:
            found.append(CheckResult(name, str(error), "see the message"))
    return found


def _libraries(_: Application) -> Iterator[CheckResult]:
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
        yield CheckResult("libraries", f"missing: {', '.join(missing)}", "pip install docproc")
    else:
        also = f"; optional and not installed: {', '.join(sorted(set(extras)))}"
        yield CheckResult("libraries", f"Python {python}, all installed{also if extras else ''}")


def _disk(application: Application) -> Iterator[CheckResult]:
    root = application.workspace.root
    free = shutil.disk_usage(root).free
    words = f"{free / 1e9:,.1f} GB free"
    yield CheckResult(
        "disk", words, "" if free >= LEAST_FREE else f"make room on the disk of {root}"
    )


def _permissions(application: Application) -> Iterator[CheckResult]:
    workspace = application.workspace
    wanted = (
        (workspace.sources, os.R_OK | os.X_OK, "read"),
        (workspace.embeddings, os.R_OK | os.W_OK | os.X_OK, "written"),
    )
    for folder, mode, word in wanted:
        if not folder.is_dir():
            yield CheckResult("permissions", f"{folder} is not there", f"mkdir {folder}")
        elif not os.access(folder, mode):
            yield CheckResult(
                "permissions", f"{folder} cannot be {word}", f"chown or chmod {folder}"
            )
        else:
            yield CheckResult("permissions", f"{folder} can be {word}")


def _trust(application: Application) -> Iterator[CheckResult]:
    faults = application.plugins.registry.faults
    if not faults:
        yield CheckResult("plugins", "every plugin loads")
    for fault in faults:
        yield CheckResult("plugins", str(fault), "docproc plugins list; docproc trust")


def _clock(application: Application) -> Iterator[CheckResult]:
    generation = application.generations.current()
    now = datetime.now(UTC)
    if generation and datetime.fromisoformat(generation.manifest.created) > now:
        yield CheckResult(
            "clock", f"generation {generation.id} is from the future", "set the machine's clock"
        )
    else:
        yield CheckResult("clock", now.isoformat(timespec="seconds"))


def _model(application: Application) -> Iterator[CheckResult]:
    name = application.workspace.config.pipeline.embedder
    fingerprint = application.plugins.make(EMBED, name).fingerprint
    yield CheckResult("model", f"{name}: {fingerprint[:40]}")


def _check_published(application: Application) -> Iterator[CheckResult]:
    damaged = find_damage(application.generations, quick=True)
    yield from (CheckResult("published", f"{each.path}: {each.what}", each.fix) for each in damaged)
    generation = None if damaged else application.generations.current()
    if generation is None:
        if not damaged:
            yield CheckResult("published", "nothing yet", "docproc index")
    elif obstacle := application.find_obstacle(generation):
        yield CheckResult("published", obstacle, "docproc index")
    elif silent := application.find_silent_index(generation):
        yield CheckResult("published", silent, START)
    else:
        yield CheckResult("published", f"{generation.id}, its indexes open")


_CHECKS: dict[str, Callable[[Application], Iterator[CheckResult]]] = {
    "libraries": _libraries,
    "disk": _disk,
    "permissions": _permissions,
    "plugins": _trust,
    "clock": _clock,
    "model": _model,
    "published": _check_published,
}
