"""Loading: what every plugin offers, each imported only when it is looked for, each guarded.

A plugin is looked for among the built-ins, then where a distribution or a file is called like
it, then everywhere else, and nothing is imported past where it is found.  Nothing here raises
because a plugin is broken.  A broken one becomes a :class:`Fault`; it is an error only when
something that the configuration names cannot be had for it (see :meth:`Registry.offer`).
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError, interrupts, nearest
from docproc.hooks.markers import API_VERSION, OLDEST_API_VERSION, PROJECT, ApiDeprecation
from docproc.hooks.registration import Registration
from docproc.hooks.specs import CITE, OUTPUT_FORMAT, STAGES, Specs, Stage, find_stage
from docproc.plugins.loading.drop_ins import DropIns, read_drop_ins
from docproc.plugins.loading.origins import (
    PluginOrigin,
    PluginSource,
    built_in_source,
    drop_in,
    installed_sources,
)

__all__ = ["load"]
"""Plugin authors may rely on: it gets a plugin by its name, in a test or for its product."""

_PREFIX = PROJECT + "_"
API_NAME = "DOCPROC_API_VERSION"
"""What a plugin module may call the version of the hooks that it is written for."""


_SWITCHED_OFF = "it is switched off (`enabled = false`, or --without)"


class Unavailable(PluginError):
    """A plugin is, or may be, there, but cannot be loaded: no misspelt name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a plugin, or one of its hooks, was left out; ``plugin`` is its name where known."""

    origin: PluginOrigin
    cause: str
    hook: str | None = None
    plugin: str | None = None
    wanted: bool = False
    """Whether it is left out because the user wants it so."""

    def __str__(self) -> str:
        where = f", hook {self.hook}" if self.hook else ""
        return f"{self.origin}{where}: {self.cause}"


@dataclass(frozen=True, slots=True)
class Offer:
    """One registration, with its stage and its origin."""

    stage: Stage[Any]
    registration: Registration
    origin: PluginOrigin
    module: str = ""

    @property
    def name(self) -> str:
        return self.registration.name

    @property
    def version(self) -> str:
        """The registration's own version, or else its origin's; then those of its libraries."""
        own = self.registration.version or self.origin.version
        return "+".join((own, *map(_installed_version, self.registration.libraries)))


@cache
def _installed_version(distribution: str) -> str:
    """Its version as it is installed; what this process has imported of it stays that."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{distribution}-{version(distribution)}"
    except PackageNotFoundError:
        return f"no-{distribution}"


class Registry:
    """What is on offer, found as it is asked for.

    *sources* are in the order in which they win where two offer one name.  *withheld* says of
    a source why it must not be imported, or ``None``; it is asked before each import.  *off* are
    the names of plugins that are switched off, with all of a file or a distribution called so.
    """

    def __init__(
        self,
        sources: Sequence[PluginSource],
        withheld: Callable[[PluginSource], str | None] = lambda _: None,
        specs: type = Specs,
        off: frozenset[str] = frozenset(),
    ) -> None:
        self._waiting = list(sources)
        self._code = {id(source.origin): source.code for source in sources}
        self._rank = {id(source.origin): rank for rank, source in enumerate(sources)}
        self._withheld = withheld
        self._specs = specs
        self._off = off
        self._offers: list[Offer] = []
        self._faults: list[Fault] = []
        self.notices: list[str] = []
        """What still works but will not for long, one line each."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Every plugin on offer, by stage and name; imports every source."""
        self._load_all()
        stages = {stage: number for number, stage in enumerate(STAGES)}
        kept = {(o.stage, o.name): o for o in sorted(self._offers, key=self._place, reverse=True)}
        return tuple(sorted(kept.values(), key=lambda o: (stages[o.stage], o.name)))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that went wrong; imports every source."""
        self._load_all()
        return (*self._faults, *self._clashes())

    @property
    def sources(self) -> tuple[PluginSource, ...]:
        """The sources that nothing has been asked of yet."""
        return tuple(self._waiting)

    def names(self, stage: Stage[Any]) -> list[str]:
        """The names on offer for *stage*, in order; imports every source."""
        return [offer.name for offer in self.offers if offer.stage == stage]

    def knows(self, name: str) -> bool:
        """Whether a plugin of any stage is called so, or is said to be by something broken."""
        for _ in self._looking(name):
            if any(offer.name == name for offer in self._offers):
                return True
        return any(self.may_be(name, fault) for fault in self._faults)

    def offers_called(self, name: str) -> list[Offer]:
        """Every offer called *name*, of whatever stage; imports every source."""
        return [offer for offer in self.offers if offer.name == name]

    def first(self, name: str, stages: Sequence[Stage[Any]]) -> Offer | None:
        """The offer called *name*, of the first of *stages* that has one; ``None`` if none has."""
        for _ in self._looking(name):
            found = [o for o in self._offers if o.name == name and o.stage in stages]
            if found:
                return min(found, key=lambda o: (stages.index(o.stage), self._place(o)))
        return None

    def code_of(self, offer: Offer) -> bytes:
        """The source of the module that *offer* comes from; empty where it cannot be read."""
        return self._code[id(offer.origin)]()

    def left_out(self, name: str) -> bool:
        """Whether something that could not be loaded is called *name*, or has it in its source."""
        quoted = _quote(name)
        return any(
            self.may_be(name, fault)
            or any(each in self._code.get(id(fault.origin), bytes)() for each in quoted)
            for fault in self.faults
        )

    def offer(self, stage: Stage[Any] | str, name: str) -> Offer:
        """The offer called *name* of *stage*.  Raises ``PluginError``, saying why there is none."""
        stage = find_stage(stage) if isinstance(stage, str) else stage
        for _ in self._looking(name):
            found = [o for o in self._offers if o.name == name and o.stage == stage]
            if found:
                return min(found, key=self._place)
        culprits = [fault for fault in self._faults if self.may_be(name, fault)]
        if culprits:
            listed = "\n".join(f"  {fault}" for fault in culprits)
            raise Unavailable(f"the {stage} plugin {name!r} cannot be used:\n{listed}")
        message = f"no {stage} plugin is called {name!r}{nearest(name, self.names(stage))}"
        if self._faults:
            message += "; these plugins could not be loaded:\n" + "\n".join(
                f"  {fault}" for fault in self._faults
            )
            raise Unavailable(message)
        message += f"; there are: {', '.join(self.names(stage)) or 'none'}"
        raise PluginError(message)

    def _looking(self, name: str) -> Iterator[None]:
        """Import what may offer *name*, the likeliest first, a step at each turn."""
        for source in [s for s in self._waiting if s.origin.kind == "built-in"]:
            self.load(source)
        yield
        for source in [s for s in self._waiting if s.origin.is_called(name)]:
            self.load(source)
        yield
        quoted = _quote(name)
        for source in [s for s in self._waiting if any(q in s.code() for q in quoted)]:
            self.load(source)
        yield
        while self._waiting:
            self.load(self._waiting[0])
            yield

    def may_be(self, name: str, fault: Fault) -> bool:
        """Whether *fault* is, or may be, why no plugin is called *name*."""
        return fault.origin.is_called(name) if fault.plugin is None else fault.plugin == name

    def _place(self, offer: Offer) -> tuple[bool, bool, int]:
        """Built-ins win, then what is called like its plugin, then the order of the sources."""
        return (
            offer.origin.kind != "built-in",
            not offer.origin.is_called(offer.name),
            self._rank[id(offer.origin)],
        )

    def _clashes(self) -> Iterator[Fault]:
        """Of each name that two sources offer, those that are not kept."""
        for offer in self._offers:
            same = [o for o in self._offers if o.name == offer.name and o.stage == offer.stage]
            first = min(same, key=self._place)
            if first is not offer:
                cause = (
                    f"the {offer.stage} plugin {offer.name!r} is already offered by "
                    f"{first.origin}; that one is kept"
                )
                yield Fault(offer.origin, cause, offer.stage.hook, offer.name)
            elif offer.stage == OUTPUT_FORMAT and any(  # `ask --format` takes either
                o.name == offer.name and o.stage == CITE for o in self._offers
            ):
                cause = f"a citation style is called {offer.name!r} too; `ask --format` means that"
                yield Fault(offer.origin, cause, offer.stage.hook, offer.name)

    def _load_all(self) -> None:
        while self._waiting:
            self.load(self._waiting[0])

    def load(self, source: PluginSource) -> None:
        """Import *source*, which nothing has been asked of yet, and keep what it offers."""
        self._waiting.remove(source)
        reason = self._withheld(source)
        if reason is not None:
            self._faults.append(Fault(source.origin, reason))
            return
        if source.origin.kind != "built-in" and any(map(source.origin.is_called, self._off)):
            self._faults.append(Fault(source.origin, _SWITCHED_OFF, wanted=True))
            return
        try:
            with _aside(), warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always", DeprecationWarning)
                module = source.find()
                fault = _misfit(module, source.origin, self._specs)
                if fault is None:
                    # what a plugin's own imports warn of otherwise is no business of ours
                    warned[:] = [w for w in warned if issubclass(w.category, ApiDeprecation)]
                    manager = pluggy.PluginManager(PROJECT)
                    manager.add_hookspecs(self._specs)
                    manager.register(module, name=str(source.origin))
        except BaseException as error:  # a plugin may do anything, even sys.exit()
            if interrupts(error):
                raise
            fault = Fault(source.origin, describe_failure(error))
        if fault:
            self._faults.append(fault)
            return
        said = dict.fromkeys(f"{source.origin}: {warning.message}" for warning in warned)
        self.notices += said
        for stage in STAGES:
            self._collect(stage, manager, source.origin, module.__name__)

    def _collect(
        self, stage: Stage[Any], manager: pluggy.PluginManager, origin: PluginOrigin, module: str
    ) -> None:
        if not getattr(manager.hook, stage.hook).get_hookimpls():
            return
        try:
            with _aside():
                given = getattr(manager.hook, stage.hook)()
            for registrations in given:
                for registration in registrations:
                    _check(registration)
                    name = registration.name
                    if name in self._off and origin.kind != "built-in":
                        fault = Fault(origin, f"{name!r}: {_SWITCHED_OFF}", stage.hook, name, True)
                        self._faults.append(fault)
                    elif name in stage.reserved:
                        self._faults.append(_fault_of_taken_name(stage, registration.name, origin))
                    else:
                        self._offers.append(Offer(stage, registration, origin, module))
        except BaseException as error:
            if interrupts(error):
                raise
            self._faults.append(Fault(origin, describe_failure(error), stage.hook))


def load(
    built_ins: Sequence[str] = (),
    drop_ins: Path | DropIns | None = None,
    withheld: Callable[[PluginSource], str | None] = lambda _: None,
    off: frozenset[str] = frozenset(),
) -> Registry:
    """The registry of built-ins, distributions and drop-ins, without the plugins named *off*."""
    found = drop_ins if isinstance(drop_ins, DropIns) else read_drop_ins(drop_ins)
    sources = [
        *map(built_in_source, built_ins),
        *installed_sources(),
        *(drop_in(path, found) for path in found.paths()),
    ]
    return Registry(sources, withheld, off=off)


def _quote(name: str) -> tuple[bytes, bytes]:
    """How *name* stands in the source of a plugin that registers it."""
    return f'"{name}"'.encode(), f"'{name}'".encode()


def _fault_of_taken_name(stage: Stage[Any], name: str, origin: PluginOrigin) -> Fault:
    """The fault of a plugin that is called as docproc's own commands are."""
    cause = f"the {stage.name} {name!r} is docproc's own; it needs another name"
    return Fault(origin, cause, stage.hook, name)


def _aside() -> contextlib.AbstractContextManager[object]:
    """What a plugin prints while it is loaded is no result of the command."""
    return contextlib.redirect_stdout(sys.stderr)


def _misfit(module: ModuleType, origin: PluginOrigin, specs: type) -> Fault | None:
    """A fault if *module* is for other hooks than these: another version, an unknown name."""
    wanted = getattr(module, API_NAME, API_VERSION)
    if not isinstance(wanted, int) or not OLDEST_API_VERSION <= wanted <= API_VERSION:
        newer = isinstance(wanted, int) and wanted > API_VERSION
        advice = "update docproc" if newer else "update the plugin"
        return Fault(
            origin,
            f"it needs version {wanted} of the hooks, and this docproc has "
            f"{_versions(OLDEST_API_VERSION, API_VERSION)}; {advice}",
        )
    known = [name for name in vars(specs) if name.startswith(_PREFIX)]
    hooks = 0
    for name, value in vars(module).items():
        marked = getattr(value, PROJECT + "_impl", None)
        if isinstance(marked, dict):
            hooks += 1
            if (marked.get("specname") or name) not in known:
                return Fault(origin, f"there is no such hook{nearest(name, known)}", name)
    if not hooks:
        unmarked = [name for name in known if callable(getattr(module, name, None))]
        what = f"{unmarked[0]} is not marked @hookimpl" if unmarked else "it has no @hookimpl"
        return Fault(origin, f"it offers nothing: {what}")
    return None


def _versions(oldest: int, newest: int) -> str:
    return f"version {newest}" if oldest == newest else f"versions {oldest} to {newest}"


def _check(registration: object) -> None:
    """Raise ``TypeError`` or ``ValueError`` where *registration* is not one that can be used."""
    if not isinstance(registration, Registration):
        kind = type(registration).__name__
        raise TypeError(f"it must return Registration objects, not {kind}")
    registration.check()


def describe_failure(error: BaseException) -> str:
    """The error, with the last line of the plugin's own code that it came through."""
    trace = error.__traceback__
    line = None
    while trace:
        filename = trace.tb_frame.f_code.co_filename
        ours = ("docproc/hooks/", "/pluggy/")
        if not filename.startswith("<") and not any(
            part in filename.replace("\\", "/") for part in ours
        ):
            line = f"{Path(filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    if isinstance(error, pluggy.PluginValidationError):
        lines = str(error).splitlines()
        return f"its hook has the wrong signature: {lines[-1].strip()}" if lines else str(error)
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, ImportError) and (error.name or "").split(".")[0] == PROJECT:
        text += f"; it may need another docproc: this one has version {API_VERSION} of the hooks"
    return f"{text} ({line})" if line else text
