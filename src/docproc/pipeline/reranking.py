"""What a re-ranker needs of a generation to be asked: its model, and what it keeps of passages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError
from docproc.hooks.indexes import TextEntry
from docproc.hooks.ranking import PreparesReranker, Reranker
from docproc.pipeline.progress import Progress
from docproc.store import encoders
from docproc.store.catalog import Catalog, each_document
from docproc.store.draft import DraftGeneration
from docproc.store.durable import make_folder
from docproc.store.generation import Generation
from docproc.store.layout import RERANKER_MODEL, RERANKER_PASSAGES, Layout
from docproc.store.manifest import reranker_fingerprint
from docproc.store.shared_encoders import SharedEncoders


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
        encoders.take(self._export(self.product, layout, progress), model)
        before = None
        if parent is not None and reranker_fingerprint(parent.manifest) == self.fingerprint:
            before = parent.folder / RERANKER_PASSAGES if parent.sound(RERANKER_PASSAGES) else None
        progress.start("keeping", catalog.counts.passages)
        entries = _count(entries_of(catalog), progress)
        facts = self.product.keep_passages(entries, model, folder, before)
        try:
            found |= json.loads(json.dumps(facts)) | found
        except (TypeError, ValueError) as error:
            raise PluginError(
                f"the re-ranker {self.name!r} gave facts that are no JSON: {error}"
            ) from None
        return found

    def _export(self, product: PreparesReranker, layout: Layout, progress: Progress) -> Path:
        """The folder of the exported model, made if it is not there, or is damaged."""
        folder = layout.encoder(self.fingerprint)

        def export(into: Path) -> str:
            progress.start("exporting", 1)
            product.export_reranker(into)
            progress.advance()
            return self.name

        def provide(into: Path) -> str:
            shared = self.shared
            return shared.provide(self.fingerprint, into, export) if shared else export(into)

        if not encoders.sound(folder):
            encoders.make(folder, provide)
        return folder


def entries_of(catalog: Catalog) -> Iterator[TextEntry]:
    """Each passage of *catalog*, in the order of the rows."""
    for row, passages in each_document(catalog):
        for number, passage in enumerate(passages, row.first_row):
            language = passage.language or row.language
            yield TextEntry(number, passage.search_text, passage.context, language)


def _count(entries: Iterator[TextEntry], progress: Progress) -> Iterator[TextEntry]:
    for entry in entries:
        yield entry
        progress.advance()
