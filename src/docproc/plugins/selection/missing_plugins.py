"""Plugins that are gone: what the published generation was made with, and is on offer no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.hooks.specs import (
    EMBED,
    KNOW,
    NORMALIZE,
    PARSE,
    REFERENCE,
    RERANK,
    SEGMENT,
    TEXT_INDEX,
    VECTOR_INDEX,
    Stage,
)
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.manifest import Manifest, PluginUse
from docproc.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PublishedPlugin:
    """A plugin that took part in the published generation, of which ``generation`` is the id."""

    stage: Stage[Any]
    use: PluginUse
    generation: str

    def __str__(self) -> str:
        version = f", version {self.use.version}" if self.use.version else ""
        return f"the {self.stage} plugin {self.use.name!r} ({self.use.origin}{version})"

    @property
    def back(self) -> str:
        """How it comes back, in words."""
        return describe_way_back(self.use.origin)


def find_published(workspace: Workspace, name: str) -> list[PublishedPlugin]:
    """Plugins called *name* that the published generation was made with; none if it is damaged."""
    manifest = _read_manifest(workspace)
    return [each for each in _uses(manifest) if each.use.name == name] if manifest else []


def query_encoder_in_use(workspace: Workspace) -> str | None:
    """The name of what opens the query encoder of the published generation; ``None``: nothing."""
    manifest = _read_manifest(workspace)
    return manifest.model.query_encoder if manifest else None


def _read_manifest(workspace: Workspace) -> Manifest | None:
    try:
        generation = Generations(Layout(workspace.embeddings)).current()
    except StoreError:
        return None
    return generation.manifest if generation else None


def _uses(manifest: Manifest) -> Iterator[PublishedPlugin]:
    recipe = manifest.recipe
    for stage, uses in (
        (PARSE, recipe.parsers),
        (NORMALIZE, recipe.normalizers),
        (SEGMENT, (recipe.segmenter,)),
        (EMBED, (recipe.embedder,)),
        (VECTOR_INDEX, (recipe.vector_index,)),
        (TEXT_INDEX, (recipe.text_index,)),
        (REFERENCE, recipe.references),
        (KNOW, recipe.knowledge),
        (RERANK, (recipe.reranker,) if recipe.reranker else ()),
    ):
        yield from (PublishedPlugin(stage, use, manifest.id) for use in uses)


def describe_way_back(origin: str) -> str:
    """How what came from *origin* comes back, in words."""
    kind, _, rest = origin.partition(" ")
    if kind == "distribution":
        return f"install it again (`pip install {rest.partition(' (')[0]}`)"
    return f"put {rest} back" if kind == "drop-in" else "install docproc again"
