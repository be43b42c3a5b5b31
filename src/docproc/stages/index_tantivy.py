"""Index words with tantivy: BM25 over the terms of ``docproc.text.terms``.

The index holds ready terms between spaces and is asked with term queries, never through a
query language, so that a question's quotes, signs and colons mean nothing to it.

Beside single terms it holds pairs of neighbours, stop words left out, as terms of a field of
their own: words that stand together in the question count more where they stand together.
Measured over passages of 120 words, nDCG@10 without and with pairs: .969 and .971, .955 and
.957 on two sets of questions, .360 and .381 on a set of topics; pairs over one word between
add nothing to that.

A third field holds the keys of capitalised words (``docproc.text.names``).  A name of the
question that no text spells so is looked for by its keys in place of itself; one that some
texts do spell so, a little, so that its other spellings are candidates too.
"""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import tantivy
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks.protocols import TextEntry, TextHits
from docproc.text import names
from docproc.text import terms as analysis

Rows: TypeAlias = NDArray[np.int64]

DESCRIPTION = "index.json"
FORMAT = 3
_ROW, _BODY, _PAIRS, _CONTEXT, _NAMES = "row", "body", "pairs", "context", "names"
_VERSIONS = (FORMAT, analysis.VERSION, names.VERSION)

# One thread keeps the documents in the order of their rows; tantivy is not what takes the
# time (a sixth of it: the rest is the analysis).  A segment is written when the heap is full.
_WRITER_THREADS = 1
_WRITER_HEAP_BYTES = 1_000_000_000
_OF_A_NAME_SPELLED_SO = 0.1  # of the weight of names, where texts spell one as the question does
_SPARE = 16  # hits beyond k, among which ties are put in order
_MOST_TERMS = 256  # of a question: whoever pastes a whole letter is answered by its beginning

# What the two ways of searching among some rows cost, in microseconds, measured at 1,000,000
# passages on one core; they only decide which way is taken, never what is found.
_US_A_LISTED_RUN, _US_A_LISTED_ROW = 10.0, 1.0  # rows looked up one by one, by runs of neighbours
_US_A_RANGE, _US_A_RANGED_ROW = 80.0, 0.2  # a range of rows through the lexicon
_US_A_SCANNED_ROW = 0.004  # a range of rows by a scan of the column, over all rows
_US_A_HIT = 0.6  # ranking all rows, and keeping those allowed
_FIRST_DEPTH = 1024


@dataclass(frozen=True, slots=True)
class Weights:
    """What the context's words, pairs and names count, beside 1 for a word in the body."""

    context: float
    pairs: float
    names: float


class TantivyIndexer:
    """Builds and opens the text index of one generation.

    A word of the question counts *context_weight* times as much in the context as in the
    body, and a pair of its words *pair_weight* times as much as a word as rare.  A name that
    no body spells as the question does counts *name_weight* times as much under its keys.
    """

    def __init__(
        self, context_weight: float = 0.3, pair_weight: float = 0.3, name_weight: float = 0.8
    ) -> None:
        self._weights = Weights(context_weight, pair_weight, name_weight)

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the empty *folder*; return how many rows, and their languages."""
        index = tantivy.Index(_schema(), path=str(folder))
        return _write(index, entries, folder, 0, {})

    def extend(
        self, before: Path, entries: Iterable[TextEntry], folder: Path
    ) -> dict[str, Any] | None:
        """Link the segments in *before*, which never change, and add one of *entries*.

        BM25 counts over all segments, so scores are as if all had been built at once.
        """
        try:
            facts = _described(before)
            index = tantivy.Index.open(str(before))
            if index.searcher().num_docs != facts["rows"]:
                return None
        except (OSError, KeyError, TypeError, ValueError, StoreError):
            return None
        for file in sorted(before.iterdir()):
            if file.suffix != ".lock" and file.name != DESCRIPTION:
                _link(file, folder / file.name)
        index = tantivy.Index.open(str(folder))
        languages = {name or None: count for name, count in facts["languages"].items()}
        return _write(index, entries, folder, facts["rows"], languages)

    def open(self, folder: Path) -> TantivyIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold such an index."""
        where = folder / DESCRIPTION
        try:
            facts = _described(folder)
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")  # what is published never changes: nothing to watch
            searcher = index.searcher()
            if searcher.num_docs != facts["rows"]:
                raise StoreError(
                    f"{folder}: {searcher.num_docs} rows in the text index, not {facts['rows']}"
                )
            languages = [x or None for x in facts["languages"]]
            return TantivyIndex(index.schema, searcher, languages, self._weights)
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except (KeyError, TypeError) as error:
            raise StoreError(f"{where}: not a description of a text index: {error!r}") from None
        except ValueError as error:  # JSON's kind, and tantivy's
            raise StoreError(f"{folder}: the text index cannot be opened: {error}") from None


def _write(
    index: tantivy.Index,
    entries: Iterable[TextEntry],
    folder: Path,
    rows: int,
    languages: dict[str | None, int],
) -> dict[str, Any]:
    """Add *entries* to *index*, which has *rows* of those *languages*, and describe the whole."""
    writer = index.writer(_WRITER_HEAP_BYTES, _WRITER_THREADS)
    for entry in entries:
        language = analysis.stemmed_language(entry.language)
        document = tantivy.Document()
        document.add_integer(_ROW, entry.row)
        body = analysis.terms(entry.body, language)
        document.add_text(_BODY, " ".join(body))
        document.add_text(_PAIRS, " ".join(map(_pair, body, body[1:])))
        document.add_text(_CONTEXT, analysis.joined_terms(entry.context, language))
        document.add_text(_NAMES, " ".join(sorted(names.keys_in(entry.body))))
        writer.add_document(document)
        languages[language] = languages.get(language, 0) + 1
        rows += 1
    writer.commit()
    writer.wait_merging_threads()
    facts = {
        "format": FORMAT,
        "analysis": analysis.VERSION,
        "names": names.VERSION,
        "rows": rows,
        "languages": {x or "": n for x, n in sorted(languages.items(), key=lambda i: -i[1])},
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text + "\n", "utf-8")
    return facts


def _described(folder: Path) -> dict[str, Any]:
    """The description of the index in *folder*.  Raises ``StoreError`` for another version's."""
    where = folder / DESCRIPTION
    facts: dict[str, Any] = json.loads(where.read_text("utf-8"))
    found = (facts["format"], facts["analysis"], facts.get("names"))
    if found != _VERSIONS:
        raise StoreError(
            f"{where}: format, analysis and names {found}; expected {_VERSIONS}: made by "
            "another version of docproc, so index again"
        )
    return facts


def _link(source: Path, target: Path) -> None:
    """Make *target* a second name of *source*; a copy of what tantivy writes, or without links.

    tantivy replaces its two lists of files, and never writes to one of a segment.
    """
    if source.suffix != ".json":
        try:
            os.link(source, target)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(source, target)


class TantivyIndex:
    """An opened index.  Scores are BM25's (k1 = 1.2, b = 0.75), of the fields added up."""

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        languages: Sequence[str | None],
        weights: Weights,
    ) -> None:
        self.languages = tuple(languages)
        """Of the passages, the commonest first; ``None`` for no language that is stemmed."""
        self._schema = schema
        self._searcher = searcher
        self._weights = weights

    @property
    def rows(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str) -> int:
        """How many passages have *term*, or a name with that key, in their body."""
        field = _NAMES if term.startswith(names.MARK) else _BODY
        return int(self._searcher.doc_freq(field, term))

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        """The *k* best rows for the words of *question*, among the sorted rows *allowed*.

        The question's words are data: no sign in them is syntax.
        """
        words = analysis.question_words(question, self.languages)[:_MOST_TERMS]
        k = min(k, self.rows if allowed is None else len(allowed))
        if not words or k <= 0:
            return TextHits(np.empty(0, np.float32), np.empty(0, np.int64))
        query = self._query([terms for _, terms in words], self._names(question, words))
        if allowed is None:
            return _best(*self._hits(query, k + _SPARE), k)
        return self._search_among(allowed, query, k)

    def _names(
        self, question: str, words: Sequence[tuple[str, tuple[str, ...]]]
    ) -> list[tuple[tuple[str, ...], float]]:
        """The keys that texts here have of each name in *question*, and what they count."""
        asked = names.asked_names(question) if self._weights.names else {}
        found: dict[tuple[str, ...], float] = {}
        for word, terms in words:
            name = asked.get(word)
            spelled = name and any(map(self.document_frequency, terms))
            if name and (name.capitalised or not spelled):
                keys = tuple(filter(self.document_frequency, name.keys))
                share = _OF_A_NAME_SPELLED_SO if spelled else 1.0
                found.setdefault(keys, self._weights.names * share)
        return [(keys, weight) for keys, weight in found.items() if keys]

    def _query(
        self, words: Sequence[tuple[str, ...]], asked: Sequence[tuple[tuple[str, ...], float]]
    ) -> tantivy.Query:
        """Any of the words, or of the keys of *asked*, each with its weight.

        All terms stand side by side, for only so does tantivy skip what cannot reach the best
        (block-max WAND, Ding and Suel, SIGIR 2011): 4 ms, nested 10.
        """
        pairs = [
            tuple(_pair(first, second) for first in before for second in after)
            for before, after in pairwise(words)
        ]
        terms = [
            (tantivy.Occur.Should, self._term(field, term, weight * factor))
            for field, weight, all_variants in (
                (_BODY, 1.0, words),
                (_CONTEXT, self._weights.context, words),
                (_PAIRS, self._weights.pairs, pairs),
            )
            if weight
            for variants in all_variants
            for term, factor in self._evened(field, variants)
        ]
        terms += [(tantivy.Occur.Should, self._name(*name)) for name in asked]
        return tantivy.Query.boolean_query(terms)

    def _name(self, keys: tuple[str, ...], weight: float) -> tantivy.Query:
        """The best of a name's keys: a text may have several of them, for one name."""
        each = [
            self._term(_NAMES, key, weight * factor) for key, factor in self._evened(_NAMES, keys)
        ]
        return each[0] if len(each) == 1 else tantivy.Query.disjunction_max_query(each)

    def _evened(self, field: str, variants: tuple[str, ...]) -> Iterable[tuple[str, float]]:
        """Each variant, and what makes it as rare as the word in all its variants is.

        Else a passage would win for writing a common word the way that few passages do.
        """
        if len(variants) == 1:
            return [(variants[0], 1.0)]
        counts = [self._searcher.doc_freq(field, term) for term in variants]
        whole = self._rarity(min(sum(counts), self.rows))
        return [(t, whole / self._rarity(n)) for t, n in zip(variants, counts, strict=True) if n]

    def _rarity(self, count: int) -> float:
        """BM25's inverse document frequency."""
        return math.log(1 + (self.rows - count + 0.5) / (count + 0.5))

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        option = "basic" if field == _NAMES else "freq"
        query = tantivy.Query.term_query(self._schema, field, term, option)
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _search_among(self, allowed: Rows, query: tantivy.Query, k: int) -> TextHits:
        """Filter, then rank; or rank all rows deeper and deeper until *k* allowed are found.

        Both find the same, for the scores are the same; the cheaper is taken.
        """
        runs = _runs(allowed)
        cost = float(np.min(_costs(runs, self.rows), axis=0).sum())
        depth = max(2 * (k + _SPARE) * self.rows // len(allowed), _FIRST_DEPTH)
        while min(depth, self.rows) * _US_A_HIT < cost:
            scores, rows = self._hits(query, depth)
            place = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
            kept = allowed[place] == rows
            if len(rows) < depth or np.count_nonzero(kept) >= k + _SPARE:
                return _best(scores[kept], rows[kept], k)
            depth *= 4
        both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._only(runs))]
        return _best(*self._hits(tantivy.Query.boolean_query(both), k + _SPARE), k)

    def _only(self, runs: Rows) -> tantivy.Query:
        """A filter for *runs* of rows ``(m, 2)``, first and last, that adds nothing to a score."""
        way = np.argmin(_costs(runs, self.rows), axis=0)
        filters = [
            tantivy.Query.range_query(
                self._schema,
                _ROW,
                tantivy.FieldType.Integer,
                first,
                last,
                use_inverted_index=by_lexicon,
            )
            for chosen, by_lexicon in ((_RANGED, True), (_SCANNED, False))
            for first, last in runs[way == chosen].tolist()
        ]
        listed = [
            row for first, last in runs[way == _LISTED].tolist() for row in range(first, last + 1)
        ]
        if listed:
            filters.append(tantivy.Query.term_set_query(self._schema, _ROW, listed))
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, x) for x in filters])
        return tantivy.Query.const_score_query(either, 0.0)

    def _hits(self, query: tantivy.Query, limit: int) -> tuple[NDArray[np.float32], Rows]:
        found = self._searcher.search(query, max(1, min(limit, self.rows)), count=False).hits
        scores = np.array([score for score, _ in found], dtype=np.float32)
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in found])
        return scores, np.array(rows, dtype=np.int64)


def _runs(allowed: Rows) -> Rows:
    """The sorted rows as runs of neighbours ``(m, 2)``: a document's passages are such a run."""
    ends = np.flatnonzero(np.diff(allowed) != 1)
    firsts = allowed[np.concatenate(([0], ends + 1))]
    lasts = allowed[np.concatenate((ends, [len(allowed) - 1]))]
    return np.stack((firsts, lasts), axis=1)


_LISTED, _RANGED, _SCANNED = range(3)


def _costs(runs: Rows, rows: int) -> NDArray[np.float64]:
    """What filtering by each run costs, in microseconds: listed, ranged and scanned ``(3, m)``."""
    sizes = runs[:, 1] - runs[:, 0] + 1.0
    return np.stack(
        (
            _US_A_LISTED_RUN + _US_A_LISTED_ROW * sizes,
            _US_A_RANGE + _US_A_RANGED_ROW * sizes,
            np.full(len(sizes), _US_A_SCANNED_ROW * rows),
        )
    )


def _best(scores: NDArray[np.float32], rows: Rows, k: int) -> TextHits:
    """The *k* best, ties by row."""
    order = np.lexsort((rows, -scores))[:k]
    return TextHits(scores[order], rows[order])


def _pair(first: str, second: str) -> str:
    return f"{first}_{second}"  # no term holds a low line


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_ROW, indexed=True, fast=True)
    for field in (_BODY, _PAIRS, _CONTEXT):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    # no text holds a key twice
    builder.add_text_field(_NAMES, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def make(settings: Mapping[str, Any]) -> TantivyIndexer:
    """The factory; the settings are those of the registration."""
    weights = (settings[f"{name}_weight"] for name in ("context", "pair", "name"))
    return TantivyIndexer(*weights)
