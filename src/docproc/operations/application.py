"""The composition root: the one place that knows which parts meet.

Every import that costs time is made by the function that needs it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from docproc.config.switched_off import find_switched_off
from docproc.errors import IndexSilent, PluginError, StoreError
from docproc.hooks.specs import (
    EMBED,
    ENCODE_QUERY,
    NORMALIZE,
    PARSE,
    RERANK,
    SEGMENT,
    TEXT_INDEX,
    VECTOR_INDEX,
)
from docproc.operations.published.embedder_choice import load_embedder
from docproc.plugins.extensions import Extensions
from docproc.plugins.selection.selection import BUILT_INS, PluginSelection
from docproc.store.generations.generations import Generation, Generations
from docproc.store.layout import ENCODER, Layout
from docproc.store.manifest import Manifest
from docproc.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docproc.hooks.protocols import Embedder
    from docproc.operations.sources.rereading import Rereader
    from docproc.pipeline.reading.isolation import Readings
    from docproc.pipeline.reading.read import Reader
    from docproc.pipeline.reading.workers import Workers
    from docproc.retrieval.generation.open_generation import OpenGeneration
    from docproc.store.catalog import Catalog
    from docproc.store.hidden import Hidden, Withdrawals

__all__ = ["BUILT_INS", "Application", "make_reader"]


Hiding = tuple[tuple[int, int], date | None]
NOTHING_HIDDEN: Hiding = ((0, 0), None)


class Application:
    """One workspace put together: it has the plugins, and makes the pipeline and what answers."""

    def __init__(
        self, workspace: Workspace, device: str = "", plugins: PluginSelection | None = None
    ) -> None:
        self.workspace = workspace
        self.plugins = plugins or PluginSelection(workspace, device)
        self.extensions = Extensions(self.plugins)
        self.today: Callable[[], date] = date.today
        """The day on which something is asked."""

    @classmethod
    def probing(cls, workspace: Workspace) -> Application:
        """*workspace*, each of whose plugins is imported in a process of its own first."""
        return cls(workspace, plugins=PluginSelection(workspace, probing=True))

    def reader(self) -> Reader:
        """The parse and normalize stages, ready to read files."""
        from docproc.pipeline.reading.read import Reader

        self.plugins.learn()
        pipeline, make = self.workspace.config.pipeline, self.plugins.make
        return Reader(
            parsers=[(name, make(PARSE, name)) for name in pipeline.parsers],
            normalizers=[(name, make(NORMALIZE, name)) for name in pipeline.normalizers],
            segmenter=(pipeline.segmenter, make(SEGMENT, pipeline.segmenter)),
            limits=self.workspace.config.limits,
            own=frozenset(filter(self.plugins.is_own_parser, pipeline.parsers)),
            root=self.workspace.root,
            grammars=self.plugins.grammars,
        )

    def readings(self) -> Readings:
        """What reads files, in this process or in workers; to be closed."""
        from docproc.pipeline.reading.isolation import Readings

        return Readings(self.reader, self._workers)

    def _workers(self) -> Workers:
        from docproc.pipeline.reading.workers import Workers

        place = "docproc.operations.application:make_reader"
        return Workers(place, str(self.workspace.root), self.workspace.config.limits)

    def with_plugins(self, plugins: PluginSelection) -> Application:
        """The application with other *plugins*, as with another embedder."""
        if plugins is self.plugins:
            return self
        return Application(plugins.workspace, plugins=plugins)

    def hidden_in(self, catalog: Catalog) -> Hidden:
        """What of *catalog* no reader is shown now.  Raises ``PluginError`` where a rule fails."""
        from docproc.operations.access import find_hidden

        return find_hidden(catalog, self.plugins, self.withdrawals, self.today)

    @property
    def hiding(self) -> Hiding:
        """Changes whenever what is hidden may: what is withdrawn, and the day for rules."""
        day = self.today() if self.workspace.config.access.rules else None
        return self.withdrawals.stamp, day

    @cached_property
    def rereader(self) -> Rereader:
        """What reads sources again, to check quotations and draw pages."""
        from docproc.operations.sources.rereading import Rereader

        return Rereader(
            self.workspace, self.generations, self.plugins, self.readings, self.hidden_in
        )

    @cached_property
    def generations(self) -> Generations:
        """The generations of this workspace."""
        return Generations(Layout(self.workspace.embeddings))

    def open_generation(
        self, folder: Path, manifest: Manifest, lost: frozenset[int] = frozenset()
    ) -> OpenGeneration:
        """Open what *manifest* describes, except *lost* shards, with the plugins that it names."""
        from docproc.operations.published.generation_plugins import GenerationPlugins
        from docproc.retrieval.generation.open_generation import OpenGeneration

        recipe, opener = manifest.recipe, manifest.model.query_encoder
        made = GenerationPlugins(self.plugins, manifest)
        made.check(EMBED if opener is None else ENCODE_QUERY, recipe.embedder, opener)
        parts: dict[str, Any] = {
            "folder": folder,
            "manifest": manifest,
            "vector_indexer": made.indexer(VECTOR_INDEX, recipe.vector_index),
            "text_indexer": made.indexer(TEXT_INDEX, recipe.text_index),
            "open_encoder": (
                (lambda: made.opener(opener).open(folder / ENCODER))
                if opener
                else (lambda: self._embedder(manifest))
            ),
        }
        reranker = recipe.reranker
        if reranker and reranker.name not in find_switched_off(self.workspace.config):
            made.check(RERANK, reranker)
            parts["open_reranker"] = partial(made.reranker, reranker, folder)
        if manifest.shards:
            from docproc.retrieval.generation.sharded import ShardedGeneration

            return ShardedGeneration(**parts, lost=lost)
        return OpenGeneration(**parts)

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """The documents of this workspace that no reader shows."""
        from docproc.store.hidden import Withdrawals

        return Withdrawals(self.generations.layout)

    def _embedder(self, manifest: Manifest) -> Embedder:
        from docproc.plugins.guards.guarded_stages import guard_embedder

        offer = self.plugins.offer(EMBED, manifest.recipe.embedder.name)
        made: Embedder = guard_embedder(offer, load_embedder(self.plugins, manifest))
        return made

    def can_open(self, generation: Generation) -> bool:
        """Whether the indexes of *generation* can be opened with what is installed now."""
        return self.find_obstacle(generation) is None

    def find_silent_index(self, generation: Generation) -> str | None:
        """What a vector index of *generation* that does not answer says; ``None``: all answer."""
        try:
            held = self.open_generation(generation.folder, generation.manifest)
            held.check_answering()
        except IndexSilent as error:
            return str(error)
        except (PluginError, StoreError):
            return None  # an obstacle, or damage
        return None

    def find_obstacle(self, generation: Generation) -> str | None:
        """Why *generation* cannot be asked with the plugins that are installed now, in words."""
        try:
            self.open_generation(generation.folder, generation.manifest).open_indexes()
        except PluginError as error:
            return str(error)
        except StoreError:
            return "an index is of a version that is no longer installed"
        return None


def make_reader(root: str) -> Reader:
    """The reader of the workspace at *root*: what a worker process makes for itself."""
    from pathlib import Path

    from docproc.workspace import find_workspace

    return Application(find_workspace(Path(root), Path(root))).reader()
