"""Text indexes that break their contract, each in one way; the kit must name it."""

import json

import numpy as np
import pytest

from docproc.errors import StoreError
from docproc.hooks import TextHits
from docproc.testing import TextIndexContract
from docproc.text.terms import terms


class HonestIndex:
    """Counts the rare terms that a text and the question share."""

    context = 0.25

    def __init__(self, entries):
        self.rows = len(entries)
        self.languages = list(dict.fromkeys(e["language"] for e in entries)) or [None]
        self.bodies = [set(terms(e["body"], e["language"])) for e in entries]
        self.contexts = [set(terms(e["context"], e["language"])) for e in entries]

    def document_frequency(self, term):
        return sum(term in body for body in self.bodies)

    def terms_of(self, question):
        return {term for language in self.languages for term in terms(question, language)}

    def search(self, question, k, allowed):
        scores = np.zeros(self.rows, np.float32)
        for term in self.terms_of(question):
            weight = 1 / (1 + self.document_frequency(term))
            for row in range(self.rows):
                scores[row] += weight * (term in self.bodies[row])
                scores[row] += weight * self.context * (term in self.contexts[row])
        return self.hits(scores, k, allowed)

    def hits(self, scores, k, allowed):
        rows = np.arange(self.rows) if allowed is None else np.asarray(allowed)
        rows = rows[scores[rows] > 0]
        best = rows[np.argsort(-scores[rows], kind="stable")][:k]
        return TextHits(scores[best], best.astype(np.int64))


class Honest:
    kind = HonestIndex

    def build(self, entries, folder):
        rows = [{n: getattr(e, n) for n in ("body", "context", "language")} for e in entries]
        (folder / "entries.json").write_text(json.dumps(rows))
        return {"rows": len(rows)}

    def open(self, folder):
        try:
            return self.kind(json.loads((folder / "entries.json").read_text()))
        except OSError as error:
            raise StoreError(str(error)) from None


class Wrong(TextIndexContract):
    check, says = "", ""
    indexer = Honest

    @pytest.fixture
    def plugin(self):
        return self.indexer()


class TestReadsAQueryLanguage(Wrong):
    check, says = "test_a_question_is_no_query_language", "unbalanced"

    class indexer(Honest):  # noqa: N801
        class kind(HonestIndex):  # noqa: N801
            def terms_of(self, question):
                if question.count("(") != question.count(")"):
                    raise ValueError("unbalanced brackets")
                return super().terms_of(question)


class TestFiltersAfterwards(Wrong):
    check, says = "test_only_allowed_rows_are_found", "is not among those allowed"

    class indexer(Honest):  # noqa: N801
        class kind(HonestIndex):  # noqa: N801
            def hits(self, scores, k, allowed):
                return super().hits(scores, k, None)


class TestFindsRowsWithoutAWord(Wrong):
    check, says = "test_a_word_that_stands_nowhere_finds_nothing", "not positive"

    class indexer(Honest):  # noqa: N801
        class kind(HonestIndex):  # noqa: N801
            def hits(self, scores, k, allowed):
                best = np.argsort(-scores, kind="stable")[:k]
                return TextHits(scores[best], best)


class TestTakesContextForText(Wrong):
    check, says = "test_the_context_finds_less_surely_than_the_text", "not [1, 0]"

    class indexer(Honest):  # noqa: N801
        class kind(HonestIndex):  # noqa: N801
            context = 4.0


class TestCountsWords(Wrong):
    check, says = "test_it_counts_the_texts_that_have_a_term", "it counts 0 texts"

    class indexer(Honest):  # noqa: N801
        class kind(HonestIndex):  # noqa: N801
            def document_frequency(self, term):
                return 0


class TestReadsItsEntriesTwice(Wrong):
    check, says = "test_it_knows_how_many_texts_it_holds", "of 213 texts"

    class indexer(Honest):  # noqa: N801
        def build(self, entries, folder):
            count = sum(1 for _ in entries)
            super().build(entries, folder)
            return {"rows": count}


class TestSaysNothingOfAMissingIndex(Wrong):
    check, says = "test_a_folder_without_an_index_is_a_store_error", "opened without a word"

    class indexer(Honest):  # noqa: N801
        def open(self, folder):
            file = folder / "entries.json"
            return self.kind(json.loads(file.read_text()) if file.exists() else [])
