"""The opened index: term queries, evened weights, and scopes of rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextHits
from docproc.stages.index.tantivy.fields import BODY, CONTEXT, NAMES, NUMBER, PAIRS, pair
from docproc.stages.index.tantivy.rows import (
    LISTED,
    RANGED,
    SCANNED,
    Rows,
    RowsOfOne,
    RowsOfSeveral,
    costs,
    runs_of,
)
from docproc.text import terms as analysis
from docproc.text.names import keys as names

_OF_A_NAME_SPELLED_SO = 0.1  # of the weight of names, where texts spell one as the question does
_SPARE = 16  # hits beyond k, among which ties are put in order
_MOST_TERMS = 256  # of a question: anyone who pastes a whole letter is answered by its beginning
_FIRST_DEPTH = 1024
_MOST_TIES = 4096  # equal hits of several shards that are looked at for the first of them
_COUNTED_ONE_BY_ONE = 20_000  # texts with a term, a quarter of a millisecond; else estimated
_US_A_HIT = 0.6  # ranking all rows, and keeping those allowed; see ``rows.costs``
_FREQUENCIES_KEPT = 16_384  # a question asks for the same ones several times


@dataclass(frozen=True, slots=True)
class ContextWeights:
    """What the context's words, pairs and names count, beside 1 for a word in the body."""

    context: float
    pairs: float
    names: float


class TantivyIndex:
    """An opened index.  Scores are BM25's (k1 = 1.2, b = 0.75), of the fields added up.

    *rows* tell by which numbers the segments know them; see ``RowNumbering``.  tantivy counts
    *counted* texts: the dead too.  A term's weight is set right for that, so that it is what it
    would be without them; the mean length of a text alone still has them in it, at most a tenth
    of all.  Of a *share* there are more segments than
    those of *rows*: they count, and are not found.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        rows: RowsOfOne | RowsOfSeveral,
        counted: int,
        languages: Sequence[str | None],
        weights: ContextWeights,
        *,
        share: bool = False,
    ) -> None:
        self.languages = tuple(languages)
        """Of the passages, the commonest first; ``None`` for no language that is stemmed."""
        self._schema = schema
        self._searcher = searcher
        self._doc_freq = lru_cache(_FREQUENCIES_KEPT)(searcher.doc_freq)
        self._rows = rows
        self._counted = counted
        self._weights = weights
        self._share = self._of_share() if share else None

    @property
    def rows(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str) -> int:
        """How many passages have *term*, or a name with that key, in their body."""
        return self._frequency(NAMES if term.startswith(names.MARK) else BODY, term)

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        """The *k* best rows for the words of *question*, among the sorted rows *allowed*.

        The question's words are data: no sign in them is syntax.
        """
        words = analysis.question_words(question, self.languages)[:_MOST_TERMS]
        k = min(k, self.rows if allowed is None else len(allowed))
        named = self._names(question, words)
        if not (words or named) or k <= 0:
            return TextHits(np.empty(0, np.float32), np.empty(0, np.int64))
        query = self._query([terms for _, terms in words], named)
        if allowed is None:
            return _best(*self._deep_enough(query, k), k)
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
        for small in names.small_names(question) if self._weights.names else ():
            if self.document_frequency(key := names.small_key(small)):
                found.setdefault((key,), 1.0)
        return [(keys, weight) for keys, weight in found.items() if keys]

    def _query(
        self, words: Sequence[tuple[str, ...]], asked: Sequence[tuple[tuple[str, ...], float]]
    ) -> tantivy.Query:
        """Any of the words, or of the keys of *asked*, each with its weight.

        All terms stand side by side, for only so does tantivy skip what cannot reach the best
        (block-max WAND, Ding and Suel, SIGIR 2011): 4 ms, nested 10.
        """
        pairs = [
            tuple(pair(first, second) for first in before for second in after)
            for before, after in pairwise(words)
        ]
        terms = [
            (tantivy.Occur.Should, self._term(field, term, weight * factor))
            for field, weight, all_variants in (
                (BODY, 1.0, words),
                (CONTEXT, self._weights.context, words),
                (PAIRS, self._weights.pairs, pairs),
            )
            if weight
            for variants in all_variants
            for term, factor in self._even_out(field, variants)
        ]
        terms += [(tantivy.Occur.Should, self._name(*name)) for name in asked]
        return tantivy.Query.boolean_query(terms)

    def _name(self, keys: tuple[str, ...], weight: float) -> tantivy.Query:
        """The best of a name's keys: a text may have several of them, for one name."""
        each = [
            self._term(NAMES, key, weight * factor) for key, factor in self._even_out(NAMES, keys)
        ]
        return each[0] if len(each) == 1 else tantivy.Query.disjunction_max_query(each)

    def _even_out(self, field: str, variants: tuple[str, ...]) -> Iterable[tuple[str, float]]:
        """Each variant, and what makes it as rare as the word in all its variants is.

        Else a passage would win for writing a common word the way that few passages do.
        """
        if len(variants) == 1 and self._counted == self.rows:
            return [(variants[0], 1.0)]
        counts = [self._frequency(field, term) for term in variants]
        whole = _rarity(min(sum(counts), self.rows), self.rows)
        return [
            (term, whole / _rarity(self._doc_freq(field, term), self._counted))
            for term, count in zip(variants, counts, strict=True)
            if count
        ]

    def _frequency(self, field: str, term: str) -> int:
        """How many living texts have *term*; of a very common one nearly how many."""
        found = int(self._doc_freq(field, term))
        if not found or self._counted == self.rows:
            return found
        if found > _COUNTED_ONE_BY_ONE:
            return round(found * self.rows / self._counted)
        query = tantivy.Query.const_score_query(self._term(field, term, 1), 0.0)
        found_living: Any = self._searcher.search(query, 1, count=True)  # its stub knows no count
        return int(found_living.count)

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        option = "basic" if field == NAMES else "freq"
        query = tantivy.Query.term_query(self._schema, field, term, option)
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _search_among(self, allowed: Rows, query: tantivy.Query, k: int) -> TextHits:
        """Filter, then rank; or rank all rows deeper and deeper until *k* allowed are found.

        Both find the same, for the scores are the same; the cheaper is taken.
        """
        places = self._rows.places(allowed)
        if not len(places):
            return TextHits(np.empty(0, np.float32), np.empty(0, np.int64))
        runs = runs_of(places)
        cost = float(np.min(costs(runs, self.rows), axis=0).sum())
        depth = max(2 * (k + _SPARE) * self.rows // len(allowed), _FIRST_DEPTH)
        while min(depth, self.rows) * _US_A_HIT < cost:
            scores, rows = self._hits(query, depth)
            place = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
            kept = allowed[place] == rows
            if len(rows) < depth or np.count_nonzero(kept) >= k + _SPARE:
                return _best(scores[kept], rows[kept], k)
            depth *= 4
        both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._only(runs))]
        return _best(*self._deep_enough(tantivy.Query.boolean_query(both), k), k)

    def _deep_enough(self, query: tantivy.Query, k: int) -> tuple[NDArray[np.float32], Rows]:
        """The hits among which the *k* best stand, whatever order equal ones come in.

        The segments of one index stand in the order of its rows, and so do equal hits; those of
        several do not.
        """
        depth = k + _SPARE
        while True:
            scores, rows = self._hits(query, depth)
            tied = self._rows.ties and len(rows) == depth and scores[-1] == scores[k - 1]
            if not tied or depth >= _MOST_TIES:
                return scores, rows
            depth *= 4

    def _only(self, runs: Rows) -> tantivy.Query:
        """A filter for *runs* of places ``(m, 2)``, first and last, that adds nothing to a score.

        What went between two places of a run is dead, and not found.
        """
        numbers = self._rows.numbers
        way = np.argmin(costs(runs, self.rows), axis=0)
        filters = [
            tantivy.Query.range_query(
                self._schema,
                NUMBER,
                tantivy.FieldType.Integer,
                first,
                last,
                use_inverted_index=by_lexicon,
            )
            for chosen, by_lexicon in ((RANGED, True), (SCANNED, False))
            for first, last in numbers[runs[way == chosen]].tolist()
        ]
        listed = [
            number
            for first, last in runs[way == LISTED].tolist()
            for number in numbers[first : last + 1].tolist()
        ]
        if listed:
            filters.append(tantivy.Query.term_set_query(self._schema, NUMBER, listed))
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, x) for x in filters])
        return tantivy.Query.const_score_query(either, 0.0)

    def _of_share(self) -> tuple[tantivy.Occur, tantivy.Query]:
        """A filter for the numbers of *rows*, where the segments of others are there as well."""
        numbers = self._rows.numbers
        first, last = (int(numbers[0]), int(numbers[-1])) if len(numbers) else (-1, -1)
        kind = tantivy.FieldType.Integer
        own = tantivy.Query.range_query(self._schema, NUMBER, kind, first, last)
        return tantivy.Occur.Must, tantivy.Query.const_score_query(own, 0.0)

    def _hits(self, query: tantivy.Query, limit: int) -> tuple[NDArray[np.float32], Rows]:
        if self._share is not None:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), self._share])
        found = self._searcher.search(query, max(1, min(limit, self.rows)), count=False).hits
        scores = np.array([score for score, _ in found], dtype=np.float32)
        known = self._searcher.fast_field_values(NUMBER, [address for _, address in found])
        return scores, self._rows.of(np.array(known, dtype=np.int64))


def _rarity(count: int, texts: int) -> float:
    """BM25's inverse document frequency of what *count* of *texts* have."""
    return math.log(1 + (texts - count + 0.5) / (count + 0.5))


def _best(scores: NDArray[np.float32], rows: Rows, k: int) -> TextHits:
    """The *k* best, ties by row."""
    order = np.lexsort((rows, -scores))[:k]
    return TextHits(scores[order], rows[order])
