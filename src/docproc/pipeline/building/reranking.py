"""What a re-ranker needs of a generation to be asked: its model, and what it keeps of passages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError
from docproc.hooks.indexes import TextEntry
from docproc.hooks.ranking import PreparesReranker, Reranker
from docproc.pipeline.monitoring.progress import Progress
from docproc.store.catalog import Catalog, each_document
from docproc.store.encoders import encoder_folder
from docproc.store.encoders.shared_encoders import SharedEncoders
from docproc.store.files.durable import make_folder
from docproc.store.generations.draft import DraftGeneration
from docproc.store.generations.generation import Generation
from docproc.store.layout import RERANKER_MODEL, RERANKER_PASSAGES, Layout
from docproc.store.manifest import reranker_fingerprint


@dataclass(frozen=True, slots=True)
class ChosenReranker:
    """The re-ranker of a run, its name and fingerprint; ``shared`` are this machine's exports."""

    name: str
    fingerprint: str
    product: Reranker
    shared: SharedEncoders | None = None

    def prepare(
        self,
        catalog: Catalog,
        draft: DraftGeneration,
        parent: Generation | None,
        layout: Layout,
        progress: Progress,
    ) -> dict[str, Any]:
        """Prepare *draft* for the re-ranker; its facts.  Raises ``ModelError``, ``PluginError``."""
        found: dict[str, Any] = {"fingerprint": self.fingerprint}
        if not isinstance(self.product, PreparesReranker):
            return found
        model, folder = draft.folder / RERANKER_MODEL, draft.folder / RERANKER_PASSAGES
        make_folder(model)
        make_folder(folder)
        encoder_folder.copy_encoder(self._export(self.product, layout, progress), model)
        before = None
        if parent is not None and reranker_fingerprint(parent.manifest) == self.fingerprint:
            before = parent.folder / RERANKER_PASSAGES if parent.sound(RERANKER_PASSAGES) else None
        progress.start("keeping", catalog.counts.passages)
        entries = _count(entries_of(catalog), progress)
        facts = self.product.keep_passages(entries, model, folder, before)
        found |= plain_facts("re-rank", facts) | found
        return found

    def _export(self, product: PreparesReranker, layout: Layout, progress: Progress) -> Path:
        """The folder of the exported model, made if it is not there, or is damaged."""

        def export(into: Path) -> str:
            product.export_reranker(into)
            return self.name

        folder = layout.encoder(self.fingerprint)
        return export_once(folder, self.fingerprint, export, self.shared, progress)


def export_once(
    folder: Path,
    fingerprint: str,
    export: Callable[[Path], str],
    shared: SharedEncoders | None,
    progress: Progress,
) -> Path:
    """*folder*, into which *export* writes the model unless it is there and sound."""

    def told(into: Path) -> str:
        progress.start("exporting", 1)
        opener = export(into)
        progress.advance()
        return opener

    def provide(into: Path) -> str:
        return shared.provide(fingerprint, into, told) if shared else told(into)

    if not encoder_folder.is_intact(folder):
        encoder_folder.make(folder, provide)
    return folder


def plain_facts(stage: str, facts: dict[str, Any]) -> dict[str, Any]:
    """*facts* as JSON holds them.  Raises ``PluginError`` for what is no JSON."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(facts))
    except (TypeError, ValueError) as error:
        raise PluginError(f"the {stage} plugin gave facts that are not JSON: {error}") from None
    return plain


def entries_of(catalog: Catalog, start: int = 0) -> Iterator[TextEntry]:
    """Each passage of *catalog* from document *start* on, in the order of the rows."""
    for row, passages in each_document(catalog, start):
        for number, passage in enumerate(passages, row.first_row):
            language = passage.language or row.language
            yield TextEntry(number, passage.search_text, passage.context, language)


def _count(entries: Iterator[TextEntry], progress: Progress) -> Iterator[TextEntry]:
    for entry in entries:
        yield entry
        progress.advance()
