"""Why a plugin is in use, or is not: in words, for ``docproc plugins why NAME``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docproc.errors import nearest
from docproc.hooks.specs import CHAT_COMMAND, COMMAND, SOURCE
from docproc.plugins.loading.declared_commands import read
from docproc.plugins.loading.drop_ins import explain_passed_over
from docproc.plugins.loading.origins import normalize_name
from docproc.plugins.registry import Offer
from docproc.plugins.selection.missing_plugins import find_published
from docproc.plugins.selection.selection import PluginSelection

READ_UNRUN = (COMMAND, CHAT_COMMAND)
"""The kinds whose registrations are read from the source, without running it."""


def explain_plugin(plugins: PluginSelection, name: str) -> list[str]:
    """A line for each thing known of what is called *name*; imports every plugin."""
    return [
        *_explain_offered(plugins, name),
        *_explain_gone(plugins, name),
        *_at_fault(plugins, name),
        *_explain_passed_over(plugins.workspace.plugins, name),
    ]


def explain_unknown(plugins: PluginSelection, name: str) -> str:
    """What to say when nothing is known of *name*."""
    known = sorted({offer.name for offer in plugins.registry.offers})
    return (
        f"nothing is called {name!r}{nearest(name, known)}: no installed distribution and no file "
        f"in {plugins.workspace.plugins} offers it; `docproc plugins list` lists all {len(known)}"
    )


def _explain_offered(plugins: PluginSelection, name: str) -> Iterator[str]:
    used = plugins.in_use()
    for offer in plugins.registry.offers:
        if offer.name != name and not offer.origin.is_called(name):
            continue
        what = f"{offer.name} ({offer.stage}, version {offer.version}, from {offer.origin})"
        key = offer.stage.place
        if offer.name in used.get(offer.stage, ()):
            key = "[sources.NAME] uses" if offer.stage == SOURCE else key
            where = f"{key} of {plugins.workspace.config_file}" if key else "what is published"
            yield f"{what} is in use: {where} names it."
        elif offer.stage in READ_UNRUN and not _written_out(plugins, offer):
            yield (
                f"{what} is not in use: its name is not written out as a plain string in the "
                f"function {offer.stage.hook}, so docproc cannot list it without running it."
            )
        elif not key:
            yield f"{what} can be used: {offer.stage.use}."
        else:
            chosen = ", ".join(used[offer.stage]) or "none"
            yield (
                f"{what} is not in use: {key} of {plugins.workspace.config_file} does not name it; "
                f"it chooses: {chosen}."
            )
        faults = [f for f in plugins.registry.faults if f.origin == offer.origin]
        yield from (f"  but {fault}" for fault in faults if fault.plugin is None)


def _explain_gone(plugins: PluginSelection, name: str) -> Iterator[str]:
    offered = {(offer.stage, offer.name) for offer in plugins.registry.offers}
    for each in find_published(plugins.workspace, name):
        if (each.stage, name) not in offered:
            yield (
                f"{each} is gone; generation {each.generation}, which is published, was made with "
                f"it: {each.back}, or let config.toml name another one and run `docproc index`."
            )


def _written_out(plugins: PluginSelection, offer: Offer) -> bool:
    code = plugins.registry.code_of(offer)
    return offer.name in [name for name, _ in read(code, offer.stage.hook)]


def _at_fault(plugins: PluginSelection, name: str) -> Iterator[str]:
    offering = {offer.origin for offer in plugins.registry.offers}
    for fault in plugins.registry.faults:
        if fault.plugin == name or (fault.origin.is_called(name) and fault.origin not in offering):
            yield f"left out: {fault}"


def _explain_passed_over(folder: Path, name: str) -> Iterator[str]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        reason = explain_passed_over(path)
        if reason and normalize_name(name) in (
            normalize_name(path.name),
            normalize_name(path.stem),
        ):
            yield f"plugins/{path.name} is not looked into: {reason}."
