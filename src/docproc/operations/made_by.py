"""The plugins that a published generation was made with, made again to ask it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docproc.errors import PluginError
from docproc.hooks.specs import ENCODE_QUERY, Stage
from docproc.plugins.gone import way_back
from docproc.plugins.guarded_stages import guard_indexer, guard_opener
from docproc.plugins.registry import Offer
from docproc.plugins.selection import PluginSelection
from docproc.store.manifest import Manifest, PluginUse


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What *manifest* says that its generation needs, looked for among *plugins*.

    Every method raises ``PluginError`` where a plugin is no longer there: it names the
    generation, the plugin, where that came from, and the two ways back.
    """

    plugins: PluginSelection
    manifest: Manifest

    def check(self, stage: Stage[Any], use: PluginUse, name: str | None = None) -> None:
        """Raise unless the plugin *name*, of what *use* came from, is there; makes nothing."""
        self._offer(stage, use, name)

    def indexer(self, stage: Stage[Any], use: PluginUse) -> Any:
        """The indexer that *use* describes, guarded."""
        offer = self._offer(stage, use)
        return guard_indexer(offer, self.plugins.make(stage, use.name))

    def opener(self, name: str) -> Any:
        """What opens the query encoder that the embedder left, guarded."""
        offer = self._offer(ENCODE_QUERY, self.manifest.recipe.embedder, name)
        made = self.plugins.make(ENCODE_QUERY, name)
        return guard_opener(offer, made, self.manifest.model.dimension)

    def _offer(self, stage: Stage[Any], use: PluginUse, name: str | None = None) -> Offer:
        name = name or use.name
        try:
            return self.plugins.registry.offer(stage, name)
        except PluginError as error:
            version = f", version {use.version}" if use.version else ""
            raise type(error)(
                f"generation {self.manifest.id} was made with the {stage} plugin {name!r} "
                f"({use.origin}{version}), which cannot be used now: {error}. "
                f"Either {way_back(use.origin)}, or make a generation without it: `docproc index`, "
                "once config.toml names another one or none"
            ) from None
