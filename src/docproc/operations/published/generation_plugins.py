"""The plugins that a published generation was made with, made again to ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError
from docproc.hooks.ranking import PreparesReranker, Reranker
from docproc.hooks.specs import ENCODE_QUERY, RERANK, Stage
from docproc.plugins.guards.guarded_stages import guard_indexer, guard_opener
from docproc.plugins.registry import Offer
from docproc.plugins.selection.selection import PluginSelection
from docproc.store.layout import RERANKER_MODEL, RERANKER_PASSAGES
from docproc.store.manifest import Manifest, PluginUse, reranker_fingerprint


@dataclass(frozen=True, slots=True)
class GenerationPlugins:
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

    def reranker(self, use: PluginUse, folder: Path) -> Reranker:
        """The re-ranker that *use* describes, guarded, with what it left in *folder*."""
        from docproc.plugins.guards.guarded_ranking import fingerprint_of, guard_reranker

        offer = self._offer(RERANK, use)
        made = self.plugins.make_again(RERANK, use.name, **self._settings_then(offer, use))
        guarded = guard_reranker(offer, made)
        if isinstance(guarded, PreparesReranker):
            model, kept = folder / RERANKER_MODEL, folder / RERANKER_PASSAGES
            opened: Reranker = guarded.open_reranker(model, kept)
            return opened
        now, then = fingerprint_of(offer, guarded), reranker_fingerprint(self.manifest)
        if now != then:
            raise PluginError(
                f"the re-ranker {use.name!r} ({use.origin}) has changed since generation "
                f"{self.manifest.id} was calibrated with it: `docproc index` measures it again, "
                f"and `docproc --without {use.name}` asks without it"
            )
        asked: Reranker = guarded
        return asked

    def _settings_then(self, offer: Offer, use: PluginUse) -> dict[str, Any]:
        """The settings that *use* had, of those that are still declared and are no secrets."""
        plain = {s.name for s in offer.registration.settings if not s.secret}
        return {name: value for name, value in use.settings.items() if name in plain}

    def _offer(self, stage: Stage[Any], use: PluginUse, name: str | None = None) -> Offer:
        name = name or use.name
        try:
            return self.plugins.registry.offer(stage, name)
        except PluginError as error:
            from docproc.plugins.selection.missing_plugins import describe_way_back

            version = f", version {use.version}" if use.version else ""
            raise type(error)(
                f"generation {self.manifest.id} was made with the {stage} plugin {name!r} "
                f"({use.origin}{version}), which cannot be used now: {error}. "
                f"Either {describe_way_back(use.origin)}, or make a generation without it: "
                "`docproc index`, once config.toml names another one or none"
            ) from None
