"""Index words with tantivy: BM25 over the terms of ``docproc.text.terms``.

The index holds ready terms between spaces and is asked with term queries, never through a
query language, so that a question's quotes, signs and colons mean nothing to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import tantivy
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks.protocols import TextEntry, TextHits
from docproc.text import terms as analysis

Rows: TypeAlias = NDArray[np.int64]

DESCRIPTION = "index.json"
FORMAT = 1
_ROW, _BODY, _CONTEXT = "row", "body", "context"

# One thread keeps the documents in the order of their rows; tantivy is not what takes the
# time (a sixth of it: the rest is the analysis).  A segment is written when the heap is full.
_WRITER_THREADS = 1
_WRITER_HEAP_BYTES = 1_000_000_000
_SPARE = 16  # hits beyond k, among which ties are put in order
_MOST_TERMS = 256  # of a question: whoever pastes a whole letter is answered by its beginning
_MOST_RANGES = 64
_MOST_LISTED_ROWS = 4096


class TantivyIndexer:
    """Builds and opens the text index of one generation.

    A word of the question counts *context_weight* times as much in the context as in the body.
    """

    def __init__(self, context_weight: float = 0.3) -> None:
        self._context_weight = context_weight

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the empty *folder*; return how many rows, and their languages."""
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(_WRITER_HEAP_BYTES, _WRITER_THREADS)
        rows = 0
        languages: dict[str | None, int] = {}
        for entry in entries:
            language = analysis.stemmed_language(entry.language)
            document = tantivy.Document()
            document.add_integer(_ROW, entry.row)
            document.add_text(_BODY, analysis.joined_terms(entry.body, language))
            document.add_text(_CONTEXT, analysis.joined_terms(entry.context, language))
            writer.add_document(document)
            languages[language] = languages.get(language, 0) + 1
            rows += 1
        writer.commit()
        writer.wait_merging_threads()
        facts = {
            "format": FORMAT,
            "analysis": analysis.VERSION,
            "rows": rows,
            "languages": {x or "": n for x, n in sorted(languages.items(), key=lambda i: -i[1])},
        }
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (folder / DESCRIPTION).write_text(text + "\n", "utf-8")
        return facts

    def open(self, folder: Path) -> TantivyIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold such an index."""
        where = folder / DESCRIPTION
        try:
            facts = json.loads(where.read_text("utf-8"))
            found = (facts["format"], facts["analysis"])
            if found != (FORMAT, analysis.VERSION):
                raise StoreError(
                    f"{where}: format and analysis {found[0]}, {found[1]}; expected {FORMAT}, "
                    f"{analysis.VERSION}: made by another version of docproc, so index again"
                )
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")  # what is published never changes: nothing to watch
            searcher = index.searcher()
            if searcher.num_docs != facts["rows"]:
                raise StoreError(
                    f"{folder}: {searcher.num_docs} rows in the text index, not {facts['rows']}"
                )
            languages = [x or None for x in facts["languages"]]
            return TantivyIndex(index.schema, searcher, languages, self._context_weight)
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except (KeyError, TypeError) as error:
            raise StoreError(f"{where}: not a description of a text index: {error!r}") from None
        except ValueError as error:  # JSON's kind, and tantivy's
            raise StoreError(f"{folder}: the text index cannot be opened: {error}") from None


class TantivyIndex:
    """An opened index.  Scores are BM25's (k1 = 1.2, b = 0.75), of body and context added up."""

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        languages: Sequence[str | None],
        context_weight: float,
    ) -> None:
        self.languages = tuple(languages)
        """Of the passages, the commonest first; ``None`` for no language that is stemmed."""
        self._schema = schema
        self._searcher = searcher
        self._context_weight = context_weight

    @property
    def rows(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher.num_docs)

    def question_terms(self, question: str) -> list[tuple[str, ...]]:
        """The content words of *question*, each as the terms it may be found under here."""
        return analysis.question_terms(question, self.languages)[:_MOST_TERMS]

    def document_frequency(self, term: str) -> int:
        """How many passages have *term* in their body."""
        return int(self._searcher.doc_freq(_BODY, term))

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        """The *k* best rows for the words of *question*, among the sorted rows *allowed*.

        The question's words are data: no sign in them is syntax.
        """
        words = [self._word(variants) for variants in self.question_terms(question)]
        k = min(k, self.rows if allowed is None else len(allowed))
        if not words or k <= 0:
            return TextHits(np.empty(0, np.float32), np.empty(0, np.int64))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        if allowed is None:
            return _best(*self._hits(query, k + _SPARE), k)
        rows_only = self._rows_only(allowed)
        if rows_only is not None:
            both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, rows_only)]
            return _best(*self._hits(tantivy.Query.boolean_query(both), k + _SPARE), k)
        return self._search_widening(query, k, allowed)

    def _word(self, variants: tuple[str, ...]) -> tantivy.Query:
        """A word is worth what its best variant is, in the body and, less, in the context."""
        body = self._any(_BODY, variants)
        if not self._context_weight:
            return body
        context = tantivy.Query.boost_query(self._any(_CONTEXT, variants), self._context_weight)
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, body), (tantivy.Occur.Should, context)]
        )

    def _any(self, field: str, variants: tuple[str, ...]) -> tantivy.Query:
        queries = [tantivy.Query.term_query(self._schema, field, x, "freq") for x in variants]
        return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)

    def _rows_only(self, allowed: Rows) -> tantivy.Query | None:
        """A filter that adds nothing to the score; ``None`` where it would cost too much."""
        query: tantivy.Query | None = None
        starts = np.flatnonzero(np.diff(allowed, prepend=allowed[0] - 2) != 1)
        if len(starts) <= _MOST_RANGES:  # the passages of a document are neighbours
            ends = np.append(starts[1:], len(allowed)) - 1
            query = tantivy.Query.boolean_query(
                [
                    (
                        tantivy.Occur.Should,
                        tantivy.Query.range_query(
                            self._schema,
                            _ROW,
                            tantivy.FieldType.Integer,
                            int(allowed[start]),
                            int(allowed[end]),
                        ),
                    )
                    for start, end in zip(starts, ends, strict=True)
                ]
            )
        elif len(allowed) <= _MOST_LISTED_ROWS:
            query = tantivy.Query.term_set_query(self._schema, _ROW, allowed.tolist())
        return None if query is None else tantivy.Query.const_score_query(query, 0.0)

    def _search_widening(self, query: tantivy.Query, k: int, allowed: Rows) -> TextHits:
        """Rank all rows and keep those allowed, deeper and deeper until *k* are found.

        What it finds is what a filter before the ranking finds, for the ranking is the same.
        """
        depth = max(4 * (k + _SPARE) * self.rows // len(allowed), 1024)
        while True:
            scores, rows = self._hits(query, depth)
            place = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
            kept = allowed[place] == rows
            if len(rows) < depth or np.count_nonzero(kept) >= k + _SPARE:
                return _best(scores[kept], rows[kept], k)
            depth *= 4

    def _hits(self, query: tantivy.Query, limit: int) -> tuple[NDArray[np.float32], Rows]:
        found = self._searcher.search(query, min(limit, self.rows), count=False).hits
        scores = np.array([score for score, _ in found], dtype=np.float32)
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in found])
        return scores, np.array(rows, dtype=np.int64)


def _best(scores: NDArray[np.float32], rows: Rows, k: int) -> TextHits:
    """The *k* best, ties by row."""
    order = np.lexsort((rows, -scores))[:k]
    return TextHits(scores[order], rows[order])


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_ROW, indexed=True, fast=True)
    for field in (_BODY, _CONTEXT):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def make(settings: Mapping[str, Any]) -> TantivyIndexer:
    """The factory; the settings are those of the registration."""
    return TantivyIndexer(settings["context_weight"])
