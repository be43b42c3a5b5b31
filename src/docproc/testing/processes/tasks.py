"""What products are asked to do in another process; imports no test library there."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docproc.errors import SourceError
from docproc.hooks.vector_rows import ArrayRows, ask_by_scope
from docproc.records import Child, Document, SourceFile, Unread
from docproc.testing.processes.other_process import import_from

HEAVY = (
    "torch", "sentence_transformers", "transformers", "tensorflow", "jax", "onnxruntime", "faiss",
    "tantivy", "sklearn", "scipy", "pandas", "spacy", "matplotlib", "pymilvus", "lxml", "PIL",
    "pypdf", "pypdfium2", "docx", "cv2",
)  # fmt: skip
"""Libraries that take their time to import, or belong to one stage alone."""


def parse(parser: Any, source: SourceFile, data: bytes) -> list[Document | Child | Unread] | str:
    """All that *source* yields; or, in words, why its bytes cannot be read."""
    try:
        return list(parser.parse(source, data))
    except SourceError as error:
        return f"SourceError: {error}"


def parse_each(
    parser: Any, files: Sequence[tuple[SourceFile, bytes]]
) -> list[list[Document | Child | Unread] | str]:
    """``parse`` for each of *files*, in order."""
    return [parse(parser, source, data) for source, data in files]


def normalize_each(normalizer: Any, documents: Sequence[Document]) -> list[Document]:
    """Each of *documents*, normalized."""
    return [normalizer.normalize(document) for document in documents]


def segment_each(segmenter: Any, documents: Sequence[Document]) -> list[list[Any]]:
    """The passages of each of *documents*."""
    return [list(segmenter.segment(document)) for document in documents]


def embed(embedder: Any, texts: Sequence[str]) -> tuple[str, int, Any, Any]:
    """Fingerprint, dimension, the vectors of *texts*, and that of the first as a question."""
    vectors, question = embedder.encode_passages(list(texts)), embedder.encode_query(texts[0])
    return embedder.fingerprint, embedder.dimension, vectors, question


def search_vectors(
    indexer: Any, folder: Path, array: Path, questions: Any, k: int
) -> list[tuple[list[int], list[float]]]:
    """The rows and scores that the index in *folder* over *array* has for each question."""
    import numpy as np

    rows = ArrayRows(np.load(array, mmap_mode="r"))
    index = ask_by_scope(indexer).open(folder, rows)
    found = [index.search(question, k, None) for question in questions]
    return [(hits.rows.tolist(), hits.scores.tolist()) for hits in found]


def search_words(
    indexer: Any, folder: Path, questions: Sequence[str], k: int
) -> list[tuple[list[int], list[float]]]:
    """The rows and scores that the text index in *folder* has for each question."""
    index = indexer.open(folder)
    found = [index.search(question, k, None) for question in questions]
    return [(hits.rows.tolist(), hits.scores.tolist()) for hits in found]


def reversed_upper(task: bytes) -> bytes:
    """*task* the other way round, in capitals: work for an executor."""
    return task[::-1].upper()


def open_echo(task: bytes) -> Callable[[bytes], bytes]:
    """A reader that answers with *task* and what it is asked."""
    return lambda request: task + b":" + request


def refuse_two(task: bytes) -> bytes:
    """*task*, unless it is ``b"two"``: work that fails, for an executor."""
    if task == b"two":
        raise SourceError("cannot be read: two")
    return task


def find_in_each(grammar: Any, texts: Sequence[str]) -> list[list[Any]]:
    """The references that *grammar* finds in each of *texts*."""
    return [list(grammar.find(text, 0, len(text), False)) for text in texts]


def render(style: Any, citations: Sequence[Any]) -> str:
    """*citations* in the style."""
    text: str = style.render(citations)
    return text


def embed_apart(embedder: Any, texts: Sequence[str]) -> Any:
    """The vectors of *texts*."""
    return embedder.encode_passages(list(texts))


def fit(embedder: Any, texts: Sequence[str]) -> bytes:
    """What *embedder* learns of *texts*."""
    learned: bytes = embedder.fit(list(texts))
    return learned


def build_vectors(indexer: Any, array: Path, folder: Path) -> list[str]:
    """The names of the files of the index over *array* that is built in *folder*."""
    import numpy as np

    ask_by_scope(indexer).build(ArrayRows(np.load(array, mmap_mode="r")), folder)
    return sorted(path.name for path in folder.iterdir())


def build_words(indexer: Any, entries: Sequence[Any], folder: Path) -> None:
    """Build the text index of *entries* in *folder*."""
    indexer.build(iter(entries), folder)


def score_each(signal: Any, question: str, candidates: Sequence[Any]) -> list[float]:
    """What *signal* gives for each of *candidates*."""
    return [float(each) for each in signal.score(question, tuple(candidates))]


def object_to_each(veto: Any, drafts: Sequence[Any]) -> list[str | None]:
    """What *veto* says to each of *drafts*."""
    return [veto.objection(draft) for draft in drafts]


def close_each(rule: Any, rows: Sequence[Any], days: Sequence[Any]) -> list[Any]:
    """What *rule* says of each of *rows* on each of *days*, in words."""
    found = [[rule.closed(row, day) for day in days] for row in rows]
    return [[each and (each.why, str(each.until)) for each in said] for said in found]


def write_each(writer: Any, questions: Sequence[str], sentences: Sequence[Any]) -> list[Any]:
    """What *writer* makes of *sentences* for each of *questions*."""
    return [list(writer.write(question, tuple(sentences))) for question in questions]


def list_items(source: Any, answers: dict[str, bytes], *_: Any) -> list[tuple[str, ...]]:
    """What *source* names where the network gives *answers*, in words."""
    from docproc.hooks.fetching import Item
    from docproc.testing.sources import CannedVisit

    return [
        (each.key, each.name, each.address, each.version, *map(str, each.about))
        if isinstance(each, Item)
        else (repr(each),)
        for each in source.items(CannedVisit(answers))
    ]


def render_each(form: Any, answers: Sequence[Any]) -> list[str]:
    """Each of *answers* in the format."""
    return [form.render(answer) for answer in answers]


def encode_each(opener: Any, folder: Path, texts: Sequence[str]) -> list[list[float]]:
    """The vectors that the query encoder in *folder* has for *texts*."""
    encoder = opener.open(folder)
    return [encoder.encode_query(text).tolist() for text in texts]


def cost_of_importing(name: str, file: str | None) -> tuple[list[str], float]:
    """The heavy libraries that importing the module brings, and what it costs beside docproc.

    The cost is the processor time of importing it over that of importing what every plugin
    needs of docproc, both in this process; that counts as 50 ms at least, so that NumPy may be
    imported.  *file* is given where *name* is not on the path.
    """
    begun = time.process_time()
    importlib.import_module("docproc.hooks")
    importlib.import_module("docproc.records")
    own = time.process_time() - begun
    begun = time.process_time()
    if file is None:
        importlib.import_module(name)
    else:
        import_from(name, Path(file))
    spent = time.process_time() - begun
    return sorted(set(HEAVY) & set(sys.modules)), spent / max(own, 0.05)


def rerank_each(reranker: Any, question: str, passages: Sequence[Any]) -> list[float]:
    """The number of each of *passages*."""
    return [float(each) for each in reranker.rerank(question, tuple(passages))]


def open_and_rerank(
    plugin: Any, model: Path, folder: Path, question: str, passages: Sequence[Any]
) -> list[float]:
    """The same, by what the re-ranker left in *model* and *folder*."""
    return rerank_each(plugin.open_reranker(model, folder), question, passages)


def rewrite_each(rewriter: Any, questions: Sequence[str]) -> list[Any]:
    """What each of *questions* may be asked by as well."""
    return [rewriter.rewrite(question) for question in questions]
