"""The composition root: the one place that knows which parts meet.

Every import that costs time is made by the function that needs it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docproc.errors import ConfigError, SourceError, StoreError
from docproc.operations.embedder_choice import (
    CONFIGURED,
    as_published,
    as_told,
    described,
    embedder_of,
    printed,
)
from docproc.plugins.extensions import Extended
from docproc.plugins.selection import BUILT_INS
from docproc.store.generations import Generation, Generations
from docproc.store.layout import ENCODER, Layout
from docproc.store.manifest import Manifest
from docproc.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.pipeline.build import Builder
    from docproc.pipeline.isolation import Readings
    from docproc.pipeline.progress import Progress
    from docproc.pipeline.publish import Gate, Publisher
    from docproc.pipeline.read import Reader
    from docproc.pipeline.reembed import Reembedder
    from docproc.pipeline.run import Indexer
    from docproc.records import Document, DrawnPage, Passage, SourceFile, Span
    from docproc.retrieval import ReadingRoom
    from docproc.retrieval.open_generation import Holdings
    from docproc.verification.checks import Check

__all__ = ["BUILT_INS", "Wiring", "reader_at"]


class Wiring(Extended):
    """One workspace put together: its plugins, its pipeline, its reading room."""

    def reader(self) -> Reader:
        """The parse and normalize stages, ready to read files."""
        from docproc.pipeline.read import Reader

        pipeline = self.workspace.config.pipeline
        return Reader(
            parsers=[(name, self.make("parse", name)) for name in pipeline.parsers],
            normalizers=[(name, self.make("normalize", name)) for name in pipeline.normalizers],
            segmenter=(pipeline.segmenter, self.make("segment", pipeline.segmenter)),
            limits=self.workspace.config.limits,
        )

    def readings(self) -> Readings:
        """What reads files, in this process or in workers; to be closed."""
        from docproc.pipeline.isolation import Readings
        from docproc.pipeline.workers import Workers

        root, limits = str(self.workspace.root), self.workspace.config.limits
        return Readings(
            self.reader, lambda: Workers("docproc.operations.application:reader_at", root, limits)
        )

    def indexer(
        self,
        progress: Progress,
        *,
        gate: Gate | None = None,
        wait: float = 0,
        retry_failed: bool = False,
    ) -> Indexer:
        """A run over this workspace, told to *progress*; *wait* for the lock, in seconds."""
        from docproc.pipeline.run import Indexer

        def publisher(parent: Generation | None) -> Publisher:
            manifest = parent.manifest if parent else None
            return as_published(self, manifest).publisher(progress, gate, self)

        return Indexer(
            workspace=self.workspace,
            generations=self.generations,
            publisher=publisher,
            readings=self.readings,
            wait=wait,
            retry_failed=retry_failed,
            say=progress.say,
            observers=self.observers(progress.say),
        )

    def reembedder(
        self,
        progress: Progress,
        *,
        model: str | None = None,
        precision: str | None = None,
        gate: Gate | None = None,
        wait: float = 0,
    ) -> Reembedder:
        """A re-embedding of what is published; without *model*, with what config.toml names."""
        from docproc.pipeline.reembed import Reembedder

        told = as_told(self, model, precision)
        publisher = told.publisher(progress, gate, self)
        return Reembedder(publisher, printed(publisher.recipe.embedder), wait)

    def publisher(self, progress: Progress, gate: Gate | None, configured: Wiring) -> Publisher:
        """The second half of a run; *configured* is the wiring as config.toml has it."""
        from docproc.pipeline.publish import Publisher, Retention

        keep = self.workspace.config.retention
        recipe = self.recipe()
        facts = {}
        if described(recipe.embedder) != (own := described(configured.recipe().embedder)):
            facts = {CONFIGURED: own}
        return Publisher(
            generations=self.generations,
            recipe=recipe,
            builder=lambda: self._builder(progress),
            fingerprint=lambda: self.make("embed", recipe.embedder.name).fingerprint,
            calibrate=self._calibrate,
            gate=gate,
            facts=facts,
            retention=Retention(keep.generations, timedelta(days=keep.days)),
            opens=self.opens,
            observers=configured.observers(progress.say),
        )

    def over(self, workspace: Workspace) -> Wiring:
        """The same plugins over *workspace*, which may choose another embedder."""
        made = {key: product for key, product in self._made.items() if key[0] != "embed"}
        other = Wiring(workspace, self.device, made)
        other.registry = self.registry
        return other

    def reading_room(self) -> ReadingRoom | None:
        """The published generation, opened for questions; ``None`` if there is none.

        Whether sources have changed since is looked into meanwhile: over 100,000 files that
        takes as long as an answer.
        """
        from concurrent.futures import ThreadPoolExecutor

        from docproc.retrieval.room import ReadingRoom
        from docproc.retrieval.signals import Preferences
        from docproc.verification.cite import Verifier

        generation = self.generations.current()
        if generation is None:
            return None
        beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="looking")
        looking = beside.submit(self.stale, generation)
        beside.shutdown(wait=False)
        return ReadingRoom(
            holdings=self.holdings(generation.folder, generation.manifest),
            verifier=lambda: Verifier(self.workspace.root, self.reparse),
            notice=looking.result,
            grammars=self.grammars,
            preferences=Preferences(self.signals, self.warn),
        )

    def stale(self, generation: Generation) -> str | None:
        """One line on what has changed since *generation* was published; ``None`` if nothing."""
        if since := self.changes(generation):
            return f"Sources have changed since indexing ({since}); `docproc index` brings them in."
        return None

    def changes(self, generation: Generation) -> str:
        """What has changed of the sources since, in a few words; ``""`` if nothing."""
        from docproc.pipeline.plan import plan
        from docproc.pipeline.scan import glance, scan
        from docproc.store.catalog import Catalog

        with Catalog(generation.catalog) as catalog:
            if glance(self.workspace) == catalog.looks():
                return ""
            return plan(
                scan(self.workspace),
                catalog.sources(),
                catalog.failures(),
            ).words()

    def verified(self, file: Path | None) -> list[Check]:
        """Check the citations in *file*, or every passage of what is published."""
        from docproc.store.catalog import Catalog
        from docproc.verification.checks import check_all, check_citations, read_citations
        from docproc.verification.cite import Verifier

        if file is not None:
            from docproc.verification.moved_sources import Following

            following = Following(self.workspace, self.generations)
            return list(check_citations(read_citations(file), self._reread, following))
        generation = self.generations.current()
        if generation is None:
            raise ConfigError("nothing is indexed here yet: `docproc index`")
        with Catalog(generation.catalog) as catalog:
            return list(check_all(catalog, lambda: Verifier(self.workspace.root, self.reparse)))

    def drawn(self, document: Document, span: Span) -> tuple[tuple[DrawnPage, ...], bool]:
        """The pages that *span* of *document* touches, with it marked; whether there are more.

        They are drawn in a worker, as sources are read.  Raises ``SourceError`` where the source
        has changed, or has no pages that can be drawn.
        """
        from docproc.pipeline.exchange import Drawing
        from docproc.pipeline.read import load
        from docproc.pipeline.scan import Found
        from docproc.verification.checks import path_of

        path, root = document.source.path, self.workspace.root
        where = f"{path} ({document.member})" if document.member else path
        file = path_of(root, path)
        try:
            state = file.stat()
            source, data = load(Found(path, file, state.st_size, state.st_mtime_ns))
            if source.sha256 != document.source.sha256:
                raise SourceError("it has changed since it was indexed; `docproc index` first")
            drawing = Drawing(member=document.member, span=span, file=str(file), root=str(root))
            return self._verifying.draw(source, data, drawing)
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror or error}") from None
        except SourceError as error:
            raise SourceError(f"{where}: {error}") from None

    def _reread(self, path: str) -> tuple[SourceFile, list[tuple[Document, tuple[Passage, ...]]]]:
        from docproc.pipeline.scan import Found
        from docproc.verification.checks import path_of

        file = path_of(self.workspace.root, path)
        try:
            state = file.stat()
        except OSError as error:
            raise SourceError(error.strerror or str(error)) from None
        reading = self._verifying.one(Found(path, file, state.st_size, state.st_mtime_ns))
        if isinstance(reading, SourceError):
            raise reading
        return reading.source, list(reading.documents)

    @cached_property
    def generations(self) -> Generations:
        """The generations of this workspace."""
        return Generations(Layout(self.workspace.embeddings))

    def _builder(self, progress: Progress) -> Builder:
        from docproc.pipeline.build import Builder

        pipeline = self.workspace.config.pipeline
        return Builder(
            layout=self.generations.layout,
            embedder=self.make("embed", pipeline.embedder),
            vector_indexer=self.make("vector index", pipeline.vector_index),
            text_indexer=self.make("text index", pipeline.text_index),
            progress=progress,
        )

    def holdings(self, folder: Path, manifest: Manifest) -> Holdings:
        """Open what *manifest* describes, with the plugins that it names."""
        from docproc.retrieval.open_generation import Holdings

        recipe, opener = manifest.recipe, manifest.model.query_encoder
        return Holdings(
            folder=folder,
            manifest=manifest,
            vector_indexer=self.make("vector index", recipe.vector_index.name),
            text_indexer=self.make("text index", recipe.text_index.name),
            open_encoder=(
                (lambda: self.make("encode query", opener).open(folder / ENCODER))
                if opener
                else (lambda: embedder_of(self, manifest))
            ),
        )

    def opens(self, generation: Generation) -> bool:
        """Whether the indexes of *generation* are of the versions that are installed now."""
        try:
            self.holdings(generation.folder, generation.manifest).open_indexes()
        except StoreError:
            return False
        return True

    def _calibrate(self, folder: Path, manifest: Manifest, progress: Progress) -> dict[str, Any]:
        from docproc.retrieval.measure import calibrate

        progress.start("calibrating", 1)
        measured = calibrate(self.holdings(folder, manifest)).as_json()
        progress.advance()
        return measured

    def reparse(self, source: SourceFile, data: bytes) -> list[Document]:
        """Parse *source* again, with the parser that read it before if it is still in use.

        Of the others nothing need be imported then.  Raises ``SourceError``.
        """
        from docproc.pipeline.isolation import is_harmless
        from docproc.pipeline.parse import HEAD_BYTES
        from docproc.pipeline.read import Reader

        name = self._read_by(source.path)
        if name is None or name not in self.workspace.config.pipeline.parsers:
            return self._verifying.parse(source, data)
        parser = self.make("parse", name)
        if not is_harmless(parser, data):
            return self._verifying.parse_apart(source, data)
        if parser.confidence(source, data[:HEAD_BYTES]) <= 0:
            return self._verifying.parse(source, data)
        reader = Reader([(name, parser)], limits=self.workspace.config.limits)
        return reader.parse(source, data)[1]

    def _read_by(self, path: str) -> str | None:
        """The parser that read the source at *path* when it was indexed."""
        from docproc.store.catalog import Catalog

        generation = self.generations.current()
        if generation is None:
            return None
        with Catalog(generation.catalog) as catalog:
            found = catalog.read_by(path)
        return found[0] if found else None

    @cached_property
    def _verifying(self) -> Readings:
        """What parses sources again; its workers, if it has any, end with this process."""
        import atexit

        readings = self.readings()
        atexit.register(readings.close)
        return readings


def reader_at(root: str) -> Reader:
    """The reader of the workspace at *root*: what a worker process makes for itself."""
    from pathlib import Path

    from docproc.workspace import find_workspace

    return Wiring(find_workspace(Path(root), Path(root))).reader()
