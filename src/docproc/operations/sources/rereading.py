"""Reading sources again: to check quotations, and to draw the pages they stand on."""

from __future__ import annotations

import atexit
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from docproc.errors import ConfigError, SourceError
from docproc.formats.sniffing import head_of
from docproc.hooks.specs import PARSE
from docproc.pipeline.reading.isolation import Readings, is_harmless
from docproc.pipeline.reading.read import Reader, load
from docproc.pipeline.scan import FoundFile
from docproc.records import Document, DrawnPage, Passage, SourceFile, Span
from docproc.store.generations.open_catalog import open_catalog
from docproc.store.hidden import Hidden
from docproc.verification.checks import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.plugins.selection.selection import PluginSelection
    from docproc.store.catalog import Catalog
    from docproc.store.generations.generations import Generations
    from docproc.verification.checks import Check, Reread
    from docproc.workspace import Workspace


MOST_CHARACTERS = 20_000_000
"""How much text is remembered: some 40 MB."""

Parse = Callable[[SourceFile, bytes], list[Document]]


class ParsedSources:
    """Gives what *parse* gave for the same bytes at the same path, without parsing them again.

    Anyone who asks has read the bytes, so what is reported is still true of them.  Many threads
    may ask; they parse one after another.
    """

    def __init__(self, parse: Parse, most_characters: int = MOST_CHARACTERS) -> None:
        self._parse = parse
        self._most = most_characters
        self._known: OrderedDict[tuple[str, str], list[Document]] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def __call__(self, source: SourceFile, data: bytes) -> list[Document]:
        """The documents of *source*, which has these bytes.  Raises as *parse* does."""
        key = (source.path, source.sha256)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
            made = self._parse(source, data)
            size = _size(made)
            alone = all(each.source.sha256 == source.sha256 for each in made)
            if alone and size <= self._most // 4:  # files beside it may change, and it not
                self._known[key] = made
                self._held += size
            while self._held > self._most:
                _, forgotten = self._known.popitem(last=False)
                self._held -= _size(forgotten)
            return made


def _size(documents: list[Document]) -> int:
    return sum(len(each.text) + 1_000 for each in documents)


Reading = tuple[SourceFile, Sequence[tuple[Document, Sequence[Passage]]]]
"""A source, and its documents with their passages."""


class Rereader:
    """Reads the sources of one workspace again, as they are now.

    *readings* makes what reads files; the workers that it starts end with this process.
    *hidden* is what no reader is shown: nothing is said of that here either.
    """

    def __init__(
        self,
        workspace: Workspace,
        generations: Generations,
        plugins: PluginSelection,
        readings: Callable[[], Readings],
        hidden: Callable[[Catalog], Hidden] = lambda _: Hidden(),
    ) -> None:
        self._workspace = workspace
        self._generations = generations
        self._plugins = plugins
        self._make_readings = readings
        self._hidden_of = hidden
        self._parsed = ParsedSources(self._reparse)
        self._indexed: tuple[str, Catalog] | None = None
        """The published generation's id and its catalog, kept open between answers."""
        self._reading = Lock()  # the workers speak with one thread at a time

    def verify(self, file: Path | None) -> list[Check]:
        """Check the citations in *file*, or every passage of what is published."""
        from docproc.verification.checks import check_all, check_citations, read_citations
        from docproc.verification.cite import Verifier

        if file is not None:
            from docproc.verification.moved_sources import MovedSources

            moved = MovedSources(self._files, self._generations)
            reread = self._drop_hidden(self._hidden())
            return list(check_citations(read_citations(file), reread, moved))
        generation = self._generations.current()
        if generation is None:
            raise ConfigError("nothing is indexed here yet: `docproc index`")
        with open_catalog(generation) as catalog:
            hidden = self._hidden_of(catalog)
            shown = catalog
            if hidden:
                from docproc.store.catalog.views.without_hidden import RemainingCatalog

                shown = RemainingCatalog(catalog, hidden)
            return list(check_all(shown, lambda: Verifier(self._workspace.root, self.reparse)))

    def _hidden(self) -> Hidden:
        """What is hidden of what is published."""
        generation = self._generations.current()
        if generation is None:
            return Hidden()
        with open_catalog(generation) as catalog:
            return self._hidden_of(catalog)

    def _drop_hidden(self, hidden: Hidden) -> Reread:
        """``reread``, without what is *hidden*; it raises where that is all of a source."""

        def reread(path: str) -> Reading:
            source, documents = self.reread(path)
            shown = [each for each in documents if not hidden.has(each[0].id, path, each[0].member)]
            if documents and not shown:
                raise SourceError(f"withheld: {'; '.join(hidden.told) or 'it was withdrawn'}")
            return source, shown

        return reread

    def draw(self, document: Document, span: Span) -> tuple[tuple[DrawnPage, ...], bool]:
        """The pages that *span* of *document* touches, with it marked; whether there are more.

        They are drawn in a worker, as sources are read.  Raises ``SourceError`` where the source
        has changed, or has no pages that can be drawn.
        """
        from docproc.pipeline.reading.worker_messages import Drawing

        path, root = document.source.path, self._workspace.root
        where = f"{path} ({document.member})" if document.member else path
        file = path_of(root, path)
        try:
            state = file.stat()
            found = FoundFile(path, file, state.st_size, state.st_mtime_ns)
            source, data = load(found)
            known = document.source.sha256
            if source.sha256 != known and self._readings.digest(found) != known:
                raise SourceError("it has changed since it was indexed; `docproc index` first")
            drawing = Drawing(member=document.member, span=span, file=str(file), root=str(root))
            with self._reading:
                return self._readings.draw(source, data, drawing)
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror or error}") from None
        except SourceError as error:
            raise SourceError(f"{where}: {error}") from None

    def reparse(self, source: SourceFile, data: bytes) -> list[Document]:
        """Parse *source* again as it was, or recall what came of it.  Raises ``SourceError``."""
        return self._parsed(source, data)

    def _reparse(self, source: SourceFile, data: bytes) -> list[Document]:
        with self._reading:
            return self._reparse_now(source, data)

    def _reparse_now(self, source: SourceFile, data: bytes) -> list[Document]:
        name = self._read_by(source.path)
        config, file = self._workspace.config, self._workspace.root / source.path
        if name is None or name not in config.pipeline.parsers:
            return self._readings.parse(source, data, file)
        parser = self._plugins.make(PARSE, name)
        if not is_harmless(parser, data):
            return self._readings.parse_apart(source, data, file)
        if parser.confidence(source, head_of(data)) <= 0:
            return self._readings.parse(source, data, file)
        own = frozenset(filter(self._plugins.is_own_parser, [name]))
        reader = Reader([(name, parser)], limits=config.limits, own=own)
        return reader.parse(source, data, file)[1]

    def reread(self, path: str) -> Reading:
        """The source at *path* and its documents as they are now.  Raises ``SourceError``."""
        file = path_of(self._workspace.root, path)
        try:
            state = file.stat()
        except OSError as error:
            raise SourceError(error.strerror or str(error)) from None
        with self._reading:
            reading = self._readings.one(FoundFile(path, file, state.st_size, state.st_mtime_ns))
        if isinstance(reading, SourceError):
            raise reading
        return reading.source, list(reading.documents)

    def _files(self) -> list[tuple[str, Path]]:
        from docproc.pipeline.scan import scan

        return [(each.path, each.file) for each in scan(self._workspace) if not each.obstacle]

    def _read_by(self, path: str) -> str | None:
        """The parser that read the source at *path* when it was indexed."""
        published = self._generations.current_id()
        if self._indexed is None or self._indexed[0] != published:
            generation = self._generations.current()
            if self._indexed is not None:
                self._indexed[1].close()
            self._indexed = None
            if generation is None:
                return None
            self._indexed = generation.id, open_catalog(generation)
        found = self._indexed[1].readings.read_by(path)
        return found[0] if found else None

    @cached_property
    def _readings(self) -> Readings:
        readings = self._make_readings()
        atexit.register(readings.close)
        return readings
