"""Loading: find plugins, guard against each of them, and say what each one offers.

Nothing here raises because a plugin is broken.  A broken plugin becomes a :class:`Fault`;
it is an error only when something that the configuration names cannot be had for it
(see :meth:`Registry.offer`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from docproc import __version__
from docproc.errors import PluginError, nearest
from docproc.hooks.markers import PROJECT
from docproc.hooks.registration import Registration
from docproc.hooks.specs import STAGES, Specs

_PREFIX = PROJECT + "_"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a plugin module comes from.

    ``kind`` is ``"built-in"``, ``"distribution"`` or ``"drop-in"``; ``name`` the module's,
    the distribution's with its entry point, or the file's; ``version`` as the origin states it.
    """

    kind: str
    name: str
    version: str

    def __str__(self) -> str:
        return self.name if self.kind == "built-in" else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a plugin, or one of its hooks, was left out."""

    origin: Origin
    cause: str
    hook: str | None = None

    def __str__(self) -> str:
        where = f", hook {self.hook}" if self.hook else ""
        return f"{self.origin}{where}: {self.cause}"


@dataclass(frozen=True, slots=True)
class Offer:
    """One registration, with its stage and its origin."""

    stage: str
    registration: Registration
    origin: Origin

    @property
    def name(self) -> str:
        return self.registration.name

    @property
    def version(self) -> str:
        """The registration's own version, or else its origin's; then those of its libraries."""
        own = self.registration.version or self.origin.version
        return "+".join((own, *map(_installed_version, self.registration.libraries)))


def _installed_version(distribution: str) -> str:
    try:
        return f"{distribution}-{version(distribution)}"
    except PackageNotFoundError:
        return f"no-{distribution}"


@dataclass(frozen=True, slots=True)
class Registry:
    """All that is on offer, and all that went wrong on the way."""

    offers: tuple[Offer, ...]
    faults: tuple[Fault, ...]

    def names(self, stage: str) -> list[str]:
        """The names on offer for *stage*, in order."""
        return sorted(offer.name for offer in self.offers if offer.stage == stage)

    def offer(self, stage: str, name: str) -> Offer:
        """The offer that the configuration names; raises ``PluginError``, saying why not."""
        for offer in self.offers:
            if offer.stage == stage and offer.name == name:
                return offer
        message = f"no {stage} plugin is called {name!r}{nearest(name, self.names(stage))}"
        if self.faults:
            message += "; these plugins could not be loaded:\n" + "\n".join(
                f"  {fault}" for fault in self.faults
            )
        else:
            message += f"; there are: {', '.join(self.names(stage)) or 'none'}"
        raise PluginError(message)


def load(built_ins: Sequence[str] = (), drop_ins: Path | None = None) -> Registry:
    """Load built-in modules by name, installed distributions, and the drop-ins of a folder."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Specs)
    faults: list[Fault] = []
    origins: dict[int, Origin] = {}
    for origin, find in [
        *(_built_in(name) for name in built_ins),
        *(_installed(point) for point in sorted(entry_points(group=PROJECT), key=lambda p: p.name)),
        *(_drop_in(path) for path in _drop_in_paths(drop_ins)),
    ]:
        try:
            module = find()
            fault = _misnamed(module, origin)
            if fault:
                faults.append(fault)
                continue
            manager.register(module, name=str(origin))
            origins[id(module)] = origin
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may do anything, even sys.exit()
            faults.append(Fault(origin, _describe(error)))
    return _collect(manager, origins, faults)


def _collect(
    manager: pluggy.PluginManager, origins: dict[int, Origin], faults: list[Fault]
) -> Registry:
    offers: dict[tuple[str, str], Offer] = {}
    for stage in STAGES:
        for implementation in getattr(manager.hook, stage.hook).get_hookimpls():
            origin = origins[id(implementation.plugin)]
            try:
                for registration in implementation.function():
                    if not isinstance(registration, Registration):
                        kind = type(registration).__name__
                        raise TypeError(f"it must return Registration objects, not {kind}")
                    key = (stage.name, registration.name)
                    other = offers.setdefault(key, Offer(stage.name, registration, origin))
                    if other.registration is not registration:
                        faults.append(
                            Fault(
                                origin,
                                f"the {stage.name} plugin {registration.name!r} is already "
                                f"offered by {other.origin}; that one is kept",
                                stage.hook,
                            )
                        )
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                faults.append(Fault(origin, _describe(error), stage.hook))
    rank = {stage.name: number for number, stage in enumerate(STAGES)}
    ordered = sorted(offers.values(), key=lambda offer: (rank[offer.stage], offer.name))
    return Registry(tuple(ordered), tuple(faults))


def _misnamed(module: ModuleType, origin: Origin) -> Fault | None:
    """A fault if *module* implements a hook that does not exist."""
    known = [name for name in vars(Specs) if name.startswith(_PREFIX)]
    for name, value in vars(module).items():
        marked = getattr(value, PROJECT + "_impl", None)
        if marked and (marked.get("specname") or name) not in known:
            return Fault(origin, f"there is no such hook{nearest(name, known)}", name)
    return None


def _describe(error: BaseException) -> str:
    """The error, with the last line of the plugin's own code that it came through."""
    trace = error.__traceback__
    line = None
    while trace:
        filename = trace.tb_frame.f_code.co_filename
        if not filename.startswith("<") and "docproc/hooks/" not in filename.replace("\\", "/"):
            line = f"{Path(filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"{text} ({line})" if line else text


def _built_in(name: str) -> tuple[Origin, Any]:
    return Origin("built-in", "docproc", __version__), lambda: importlib.import_module(name)


def _installed(point: EntryPoint) -> tuple[Origin, Any]:
    distribution = point.dist
    name = f"{distribution.name} ({point.name})" if distribution else point.name
    version = distribution.version if distribution else ""
    return Origin("distribution", name, version), point.load


def _drop_in(path: Path) -> tuple[Origin, Any]:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(path.parent).as_posix().encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    origin = Origin("drop-in", f"plugins/{path.name}", digest.hexdigest()[:12])
    return origin, lambda: _import_file(path)


def _drop_in_paths(folder: Path | None) -> Iterable[Path]:
    """Modules and packages directly in *folder*; not tests, not distributions, not hidden."""
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".", "test_")):
            continue
        if path.suffix == ".py" or (path / "__init__.py").is_file():
            yield path


def _import_file(path: Path) -> ModuleType:
    """Import a module or package from *path* under a name of its own."""
    name = f"docproc_drop_in_{path.stem}"
    init = path / "__init__.py" if path.is_dir() else path
    where = [str(path)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(name, init, submodule_search_locations=where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module
