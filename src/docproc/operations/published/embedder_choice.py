"""Which embedder a run uses: what config.toml names, or what ``docproc reembed`` was told.

The last word counts.  ``reembed --model M`` is a later word than the configuration that it
found: the manifest keeps what that said, and ``docproc index`` goes on with M, so that a
nightly run never undoes it.  When the configuration says something else, that is later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.config import Pipeline
from docproc.errors import ModelError, UsageError
from docproc.hooks.specs import EMBED
from docproc.store.manifest import EMBEDDING, Manifest, PluginUse

if TYPE_CHECKING:
    from docproc.hooks.protocols import Embedder
    from docproc.plugins.selection.selection import PluginSelection

CONFIGURED = "configured"
_NOT_THE_VECTORS = ("device", "download")
"""Settings that say how to embed, and not what comes of it."""


def with_requested_embedder(
    plugins: PluginSelection, model: str | None, precision: str | None
) -> PluginSelection:
    """*plugins* with the embedder that *model* means: a registered name, or else a model.

    Raises ``UsageError`` where the embedder has no such setting, ``PluginError`` where *model* is
    that of a plugin which could not be loaded, as one that is not trusted.
    """
    name = plugins.workspace.config.pipeline.embedder
    settings: dict[str, Any] = {}
    if model is not None:
        if model in plugins.registry.names(EMBED):
            name = model
        elif plugins.registry.left_out(model) and not Path(model).exists():
            plugins.offer(EMBED, model)  # raises, saying why it was left out
        else:
            settings["model"] = _settle(model)
    if precision is not None:
        settings["precision"] = str(precision)
    declared = _find_declared(plugins, name)
    for key, value in settings.items():
        if key not in declared:
            raise UsageError(f"the embedder {name!r} has no {key} to choose; it cannot be {value}")
    given = plugins.workspace.config.plugins.get(name, {})
    return with_embedder(plugins, name, {**given, **settings})


def _find_declared(plugins: PluginSelection, name: str) -> set[str]:
    return {each.name for each in plugins.offer(EMBED, name).registration.settings}


def _settle(model: str) -> str:
    """*model*, a path made absolute: a later run may start elsewhere."""
    path = Path(model).expanduser()
    named_so = model.startswith((".", "~")) or len(path.parts) > 1
    return str(path.resolve()) if named_so and path.exists() else model


def with_published_embedder(plugins: PluginSelection, manifest: Manifest | None) -> PluginSelection:
    """*plugins* with the embedder of *manifest*, if ``reembed`` chose it and still holds."""
    if manifest is None or not was_chosen_by_reembed(plugins, manifest):
        return plugins
    use = manifest.recipe.embedder
    return with_embedder(plugins, use.name, use.settings)


def was_chosen_by_reembed(plugins: PluginSelection, manifest: Manifest) -> bool:
    """Whether the embedder of *manifest* is other than configured, by a word that is the last."""
    configured = describe_embedder(plugins.use(EMBED, plugins.workspace.config.pipeline.embedder))
    then = manifest.facts.get(EMBEDDING, {}).get(CONFIGURED)
    return then == configured and describe_embedder(manifest.recipe.embedder) != configured


def with_embedder(
    plugins: PluginSelection, name: str, settings: Mapping[str, Any]
) -> PluginSelection:
    """*plugins* with another embedder, by its name; settings that it lacks are left out."""
    config = plugins.workspace.config
    declared = _find_declared(plugins, name)
    known = {key: value for key, value in settings.items() if key in declared}
    pipeline = replace(config.pipeline, embedder=name)
    other = replace(config, pipeline=pipeline, plugins={**config.plugins, name: known})
    return plugins.for_workspace(replace(plugins.workspace, config=other))


def load_embedder(plugins: PluginSelection, manifest: Manifest) -> Embedder:
    """The embedder of *manifest*.  Raises ``ModelError`` where the model has changed since."""
    use = manifest.recipe.embedder
    configured = plugins.workspace.config.pipeline.embedder
    if use.name != configured or describe_embedder(
        plugins.use(EMBED, use.name)
    ) != describe_embedder(use):
        plugins = with_embedder(plugins, use.name, use.settings)
    embedder: Embedder = plugins.make(EMBED, use.name)
    if embedder.fingerprint != manifest.model.fingerprint:
        raise ModelError(
            f"the model {name_embedder(use)} has changed under its name since generation "
            f"{manifest.id} was embedded, which carries no encoder of its own: "
            "put the former one back, or `docproc reembed`"
        )
    return embedder


def describe_embedder(use: PluginUse) -> dict[str, Any]:
    """Name and settings of an embedder: what a person chose, without what decides no vector."""
    settings = {k: v for k, v in use.settings.items() if k not in _NOT_THE_VECTORS}
    return {"name": use.name, "settings": settings}


def name_embedder(use: PluginUse) -> str:
    """An embedder as a person calls it: name unless default, model, precision unless exact."""
    name = str(use.settings.get("model") or use.name)
    if use.name not in (name, Pipeline().embedder):
        name = f"{use.name} of {name}"
    precision = use.settings.get("precision")
    return f"{name} ({precision})" if precision and precision != "fp32" else name
