"""Workspaces of any size over the invented corpus, built by the parts that `docproc index` uses.

Only parsing and embedding are left out: the letters are written to ``seeds/``, their records
made at once, and the vectors come with them.  Catalog, vectors, indexes, query encoder and
calibration are made, checked and published as ever.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

import docproc
from benchmarks.invented_corpus import BATCH, OF_A_DOCUMENT, OF_A_PASSAGE, Corpus, vocabulary
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.publishing import make_publisher
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.building.embedding import document_means
from docproc.pipeline.building.inheritance import with_calibration
from docproc.pipeline.building.units import Units, unit_texts
from docproc.pipeline.ingesting.reading_recipe import reading_recipe
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import (
    ArchivalReference,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    Passage,
    PassageKind,
    SourceFile,
    Span,
    StatedDate,
)
from docproc.store.catalog import Catalog, SourceState
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.generations.draft_folder import DraftFolder
from docproc.store.layout import DOCUMENT_VECTORS, UNIT_VECTORS
from docproc.store.manifest import Counts, Manifest, Recipe
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.cache import keys_of
from docproc.store.vectors.quantization import open_vectors, pack, row_bytes
from docproc.workspace import find_workspace

REPOSITORY = Path(__file__).parent.parent
SURNAMES = ("Petrov", "Orlova", "Dzhemal", "Karakhan", "Weiss")
PEOPLE = [f"{initial}. {name}" for initial in "AVNLKM" for name in SURNAMES]
FIRST_DAY = date(1917, 11, 7)


def letter_path(number: int) -> str:
    """The file of the letter of that *number*."""
    return f"seeds/{number // 1000:03}/letter-{number:06}.txt"


@dataclass
class Stopwatch(Silent):
    """Notes how long each step takes."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


def letter(root: Path) -> Path:
    """A workspace over the letter alone, indexed as a user's would be."""
    if not (root / "embeddings" / "CURRENT").exists():
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "config.toml", root / "config.toml")
        for name in ("seeds", "plugins"):
            shutil.copytree(REPOSITORY / name, root / name, dirs_exist_ok=True)
        prepare_index(Application(find_workspace(root)), Silent()).run()
    return root


def corpus(letter_root: Path) -> Corpus:
    """The invented corpus, its pool embedded by the query encoder of the letter's workspace."""
    room = open_reading_room(Application(find_workspace(letter_root)))
    assert room is not None
    (seed,) = (letter_root / "seeds").iterdir()
    (tokenizer,) = (letter_root / "embeddings" / "encoders").glob("*/tokenizer.json")
    return Corpus(vocabulary(tokenizer), seed.read_text("utf-8"), room.opened.encoder)


def build(root: Path, passages: int, invented: Corpus, encoders: Path) -> dict[str, float]:
    """Build a workspace of *passages* passages at *root*; return the seconds of each step."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / "config.toml").write_text("", "utf-8")
    shutil.copytree(encoders, root / "embeddings" / "encoders")
    application = Application(find_workspace(root))
    watch = Stopwatch()
    indexer = make_publisher(application, watch, None, application)
    builder = indexer.builder()
    documents = passages // OF_A_DOCUMENT
    with WriterLock(application.generations.layout), application.generations.begin() as draft:
        state = letter_state(indexer.recipe)
        counts = fill(root, draft, invented, documents, state)
        watch.lap("catalog and vectors")
        facts: dict[str, dict[str, Any]]
        with Catalog(draft.catalog) as catalog:
            facts = builder.index(catalog, draft)
        watch.lap("indexes")
        manifest = Manifest(
            docproc=docproc.__version__,
            recipe=indexer.recipe,
            model=builder.encoder(draft),
            counts=counts,
            facts=facts,
        )
        manifest = with_calibration(indexer.calibrate, draft.folder, manifest, None, Silent())
        watch.lap("calibration")
        draft.publish(manifest)
        watch.lap("publication")
    return watch.seconds


def letter_state(recipe: Recipe) -> SourceState:
    """What the catalog says of a letter's source, read by *recipe*."""
    parser = next(use for use in recipe.parsers if use.name == "text")
    source = SourceFile("", "text/plain", 0, "")
    return SourceState(source, 0, parser.name, parser.version, reading_recipe(recipe))


def fill(
    root: Path,
    draft: DraftFolder,
    invented: Corpus,
    documents: int,
    state: SourceState,
    first: int = 0,
    place: Callable[[int], str] = letter_path,
) -> Counts:
    """Write the letters, the catalog, and the vectors as the pipeline lays them.

    They are the *documents* letters from batch *first* on, each in the file that *place* names.
    """
    passages = documents * OF_A_DOCUMENT
    total = passages * (1 + OF_A_PASSAGE)
    vectors = np.lib.format.open_memmap(
        draft.vectors / UNIT_VECTORS, "w+", np.uint8, (total, row_bytes(invented.dimension))
    )
    keys = np.zeros((total, 32), np.uint8)
    row = 0
    with CatalogWriter(draft.catalog) as writer:
        for batch, start in enumerate(range(0, documents, BATCH), first):
            made = invented.batch(batch, min(BATCH, documents - start))
            numbers = range(batch * BATCH, batch * BATCH + len(made.documents))
            letters = zip(numbers, made.documents, strict=True)
            read = [_read(root, n, place(n), texts) for n, texts in letters]
            for document, own, mtime_ns in read:
                writer.replace_source(
                    replace(state, source=document.source, mtime_ns=mtime_ns), [(document, own)]
                )
                size, at = len(own), passages + row * OF_A_PASSAGE
                here = keys_of(unit_texts(document, own)[0])
                keys[row : row + size] = here[:size]
                keys[at : at + size * OF_A_PASSAGE] = here[size:]
                row += size
            begin = row - len(made.passages)
            vectors[begin:row] = pack(made.passages)
            at = passages + begin * OF_A_PASSAGE
            vectors[at : at + len(made.sentences)] = pack(made.sentences)
        counts = writer.finish()
    rows = np.arange(passages, dtype=np.int32)
    Units(keys, np.concatenate([rows, np.repeat(rows, OF_A_PASSAGE)]), passages).save(draft.vectors)
    vectors.flush()
    firsts = np.arange(documents + 1, dtype=np.int64) * OF_A_DOCUMENT
    means = open_vectors(draft.vectors / UNIT_VECTORS)
    document_means(means, firsts, draft.vectors / DOCUMENT_VECTORS)
    return counts


def _read(
    root: Path, number: int, path: str, texts: Sequence[Sequence[str]]
) -> tuple[Document, list[Passage], int]:
    """The letter of that *number*, written to *path*, and what would be read of it."""
    text = "\n\n".join(" ".join(sentences) for sentences in texts)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    file.write_bytes(data)
    sender = PEOPLE[number % len(PEOPLE)]
    recipient = PEOPLE[number // len(PEOPLE) % len(PEOPLE)]
    day = FIRST_DAY + timedelta(days=number % 3650)
    levels = (
        ("fond", str(1 + number // 5000)),
        ("opis", str(1 + number // 500 % 10)),
        ("delo", str(1 + number % 500)),
    )
    printed = "RGASPI. " + " ".join(f"{x[0].upper()}{x[1:2]}. {v}." for x, v in levels)
    reference = ArchivalReference(printed, "fond", levels, "RGASPI", "RGASPI")
    paragraphs = list(_paragraphs(texts))
    document = Document(
        SourceFile(path, "text/plain", len(data), hashlib.sha256(data).hexdigest()),
        text,
        blocks=tuple(Block(BlockKind.PARAGRAPH, span) for span, _ in paragraphs),
        metadata=Metadata(
            title=Mention(f"{sender} to {recipient}"),
            sender=Mention(sender),
            recipient=Mention(recipient),
            dates=(StatedDate(f"{day:%d %B %Y}", day.isoformat(), "metadata"),),
            kind="letter",
            language="en",
            encoding="utf-8",
        ),
        references=(reference,),
    )
    head = f"{sender} to {recipient}, {day:%d %B %Y}"
    passages = [
        Passage(
            document_id=document.id,
            span=span,
            text=span.of(text),
            kind=PassageKind.BODY,
            locator=f"paragraph {place}",
            embed_text=f"{head}\n{span.of(text)}",
            search_text=span.of(text),
            sentences=sentences,
            reference=reference,
            language="en",
        )
        for place, (span, sentences) in enumerate(paragraphs, 1)
    ]
    return document, passages, file.stat().st_mtime_ns


def _paragraphs(texts: Sequence[Sequence[str]]) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Where each paragraph and its sentences stand."""
    start = 0
    for sentences in texts:
        spans, at = [], start
        for sentence in sentences:
            spans.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        yield Span(start, at - 1), tuple(spans)
        start = at + 1
