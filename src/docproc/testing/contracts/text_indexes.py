"""The conformance class of text indexes."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import strategies as st

from docproc.hooks import TextEntry, TextHits, TextIndex, TextIndexer
from docproc.testing import samples
from docproc.testing.checks.index_folders import build_and_move, digest, hold_hits, refuses
from docproc.testing.checks.index_sharing import SharedTextIndexContract
from docproc.testing.contract import break_promise, check, hold_watched, work_elsewhere
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks
from docproc.testing.processes.watching import watch

_BUILD = "docproc.hooks.TextIndexer.build"
_OPEN = "docproc.hooks.TextIndexer.open"
_INDEX = "docproc.hooks.TextIndex"
_SEARCH = "docproc.hooks.TextIndex.search"
_HITS = "docproc.hooks.TextHits"
_HOSTILE = (
    "", " ", "?", '"', "'", "a AND", "AND OR NOT", "title:mill", "(mill", "mill)", "[a TO b]",
    "mill*", "*", "mill~2", "-mill", "+mill", "mill^9", "\\", "/mill/", "\0", "🌾", "'; DROP TABLE",
    "mill " * 500, "<b>", "%s", "{}",
)  # fmt: skip


class TextIndexContract(SharedTextIndexContract):
    """What every text index must do.  Give ``plugin``, a ``TextIndexer``."""

    product: ClassVar[type] = TextIndexer

    @pytest.fixture
    def entries(self) -> Sequence[TextEntry]:
        """The texts that are indexed: passages in several languages, and 200 nearly alike."""
        passages = [(language, text) for language, text in samples.PASSAGES]
        passages += [("en", f"Account {n} of the mill, item {n % 7}.") for n in range(200)]
        return [
            TextEntry(row, text, f"Orlova to Lindqvist volume{row % 5}", language)
            for row, (language, text) in enumerate(passages)
        ]

    @pytest.fixture
    def folder(
        self, plugin: Any, entries: Sequence[TextEntry], tmp_path_factory: pytest.TempPathFactory
    ) -> Path:
        """The folder of a built index, moved since; kept for all tests of the class."""
        build = partial(plugin.build, iter(entries))
        return self.once("folder", lambda: build_and_move(build, tmp_path_factory.mktemp("built")))

    @pytest.fixture
    def index(self, plugin: Any, folder: Path) -> Any:
        """The opened index."""
        return plugin.open(folder)

    @check("docproc.hooks.TextIndexer")
    def test_what_it_opens_is_a_text_index(self, index: Any) -> None:
        """What it opens is a ``TextIndex``."""
        if not isinstance(index, TextIndex):
            break_promise(f"{type(index).__name__} is no TextIndex")

    @check(_BUILD)
    def test_the_facts_are_plain(
        self, plugin: Any, entries: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """``build`` returns facts for the manifest, a dictionary that JSON can hold; its
        entries may come once only, from an iterator.
        """
        (tmp_path / "facts").mkdir()
        facts = plugin.build(iter(entries), tmp_path / "facts")
        if not isinstance(facts, dict) or json.loads(json.dumps(facts)) != facts:
            break_promise(f"the facts are {facts!r:.200}")

    @check(_INDEX)
    def test_it_knows_how_many_texts_it_holds(
        self, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """``rows`` is how many texts the index holds."""
        if index.rows != len(entries):
            break_promise(f"it says {index.rows} of {len(entries)} texts")

    @check(_BUILD)
    def test_no_text_at_all_is_borne(self, plugin: Any, tmp_path: Path) -> None:
        """A corpus may be empty, or all of its texts be: nothing is found, nothing fails."""
        for number in (0, 1):
            entries = [TextEntry(0, "", "", None)][:number]
            folder = build_and_move(partial(plugin.build, entries), tmp_path)
            index = plugin.open(folder)
            if len(_search(index, "mill", 10, None, len(entries)).rows):
                break_promise("something was found where there is nothing")

    @check(_SEARCH)
    def test_a_word_finds_the_text_that_has_it(
        self, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """The best rows for the words of the question: a rare word finds its text, first."""
        for language, word in (
            ("en", "Sloka"),
            ("en", "Petrenko"),
            ("ru", "Оскол"),
            ("de", "1913"),
        ):
            row = next(e.row for e in entries if e.language == language and word in e.body)
            hits = _search(index, word, 3, None, len(entries))
            if not len(hits.rows) or hits.rows[0] != row:
                break_promise(f"{word!r} finds {hits.rows.tolist()}, and stands in row {row}")

    @check(_SEARCH)
    def test_a_word_that_stands_nowhere_finds_nothing(
        self, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """Scores are positive: a row that has none of the words is no hit."""
        hits = _search(index, "xyloquartz", 10, None, len(entries))
        if len(hits.rows):
            break_promise(f"a word that stands nowhere finds {hits.rows.tolist()}")

    @check("docproc.hooks.TextEntry")
    def test_the_context_finds_less_surely_than_the_text(self, plugin: Any, tmp_path: Path) -> None:
        """The context finds a text, but less surely than the text's own words."""
        entries = [
            TextEntry(0, "The harvest was poor.", "The mill at Sloka", "en"),
            TextEntry(1, "The mill at Sloka was poor.", "The harvest", "en"),
            TextEntry(2, "Nothing of that.", "Nor here", "en"),
        ]
        folder = build_and_move(partial(plugin.build, entries), tmp_path)
        hits = _search(plugin.open(folder), "Sloka", 3, None, 3)
        if hits.rows.tolist() != [1, 0]:
            break_promise(f"rows found by text and by context are {hits.rows.tolist()}, not [1, 0]")

    @check("docproc.hooks.TextIndex.document_frequency")
    def test_it_counts_the_texts_that_have_a_term(
        self, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """``document_frequency`` is how many texts have the term, and 0 for one that none has."""
        from docproc.text.terms import terms

        for word in ("Sloka", "account"):
            (term,) = terms(word, "en")
            expected = sum(term in terms(e.body, e.language) for e in entries)
            found = index.document_frequency(term)
            if found != expected:
                break_promise(f"it counts {found} texts with {term!r}; there are {expected}")
        if index.document_frequency("xyloquartz") != 0:
            break_promise("it counts texts with a term that none has")

    @check(_SEARCH)
    def test_a_question_is_no_query_language(
        self, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """The words of the question are searched: its signs are no orders, and never fail."""
        for question in _HOSTILE:
            _search(index, question, 10, None, len(entries))
        for question in ("Sloka", '"Sloka"', "Sloka?", "(Sloka", "Sloka AND", "title:Sloka"):
            if 0 not in _search(index, question, 10, None, len(entries)).rows.tolist():
                break_promise(f"{question!r} does not find the text with the word Sloka")

    @check(_HITS)
    def test_any_question_gives_sound_hits(self, index: Any, entries: Sequence[TextEntry]) -> None:
        """``scores`` are float32, positive, and fall; ``rows`` are int64 and differ."""
        for question in ("the mill", "account 7 item 3", "мост", "Brücke Schaden"):
            for k in (0, 1, 5, 500):
                _search(index, question, k, None, len(entries))
        self.try_any(
            lambda question, k: _search(index, question, k, None, len(entries)),
            question=strategies.texts(),
            k=st.integers(0, 300),
        )

    @check(_SEARCH)
    def test_only_allowed_rows_are_found(self, index: Any, entries: Sequence[TextEntry]) -> None:
        """Among the rows *allowed*: those of all that are found, and no other."""
        count = len(entries)
        whole = _search(index, "account of the mill", count, None, count).rows.tolist()

        def holds(rows: set[int]) -> None:
            allowed = np.array(sorted(rows), np.int64)
            found = _search(index, "account of the mill", count, allowed, count).rows.tolist()
            if set(found) - rows:
                break_promise(f"row {min(set(found) - rows)} is not among those allowed")
            if set(found) != rows & set(whole):
                lacking = sorted((rows & set(whole)) - set(found))
                break_promise(f"rows {lacking[:5]} are allowed, and found only where all are")

        self.try_any(holds, rows=st.sets(st.integers(0, count - 1), max_size=60))
        none = _search(index, "mill", 10, np.empty(0, np.int64), count)
        if len(none.rows):
            break_promise("no row was allowed, and some were found")

    @check(_OPEN)
    def test_it_opens_in_another_process(
        self, plugin: Any, folder: Path, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """What was saved is opened, and finds the same, in another process."""
        questions = [entry.body for entry in entries[:12]]
        found = self.elsewhere(plugin, tasks.search_words, folder, questions, 10)
        for question, (rows, _) in zip(questions, found, strict=True):
            here = _search(index, question, 10, None, len(entries)).rows.tolist()
            if here != rows:
                break_promise(f"another process finds {rows}, this one {here}")

    @check(_OPEN)
    def test_another_product_opens_what_one_built(
        self, plugin: Any, entries: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """What is needed to open is in the folder: a product that never built finds the same."""
        stranger = pickle.loads(pickle.dumps(plugin))
        folder = build_and_move(partial(plugin.build, iter(entries)), tmp_path)
        index, other = plugin.open(folder), stranger.open(folder)
        for entry in entries[:10]:
            rows = [_search(i, entry.body, 10, None, len(entries)).rows for i in (index, other)]
            if rows[0].tolist() != rows[1].tolist():
                break_promise(f"another product finds {rows[1].tolist()}, not {rows[0].tolist()}")

    @check(_SEARCH)
    def test_more_rows_than_there_are(self, index: Any, entries: Sequence[TextEntry]) -> None:
        """*k* may be larger than the number of texts: all that match are found."""
        few = len(_search(index, "mill", len(entries), None, len(entries)).rows)
        for k in (len(entries) + 1, 5_001, 100_000, 2**31):
            found = len(_search(index, "mill", k, None, len(entries)).rows)
            if found != few:
                break_promise(f"asked for {k} it finds {found} texts, and {few} match")

    @check(_BUILD)
    def test_it_reads_and_writes_nothing_else(
        self, plugin: Any, entries: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """``build`` writes into its folder alone, ``open`` and ``search`` nowhere; nobody is
        asked on the network.
        """
        folder = tmp_path / "watched"
        folder.mkdir()
        for task, arguments, written in (
            (tasks.build_words, (list(entries), folder), [folder]),
            (tasks.search_words, (folder, ["mill", "Sloka"], 5), []),
        ):
            hold_watched(
                work_elsewhere(watch, task, plugin, arguments, written, [folder, *self.reads])
            )

    @check(_OPEN)
    def test_opening_and_searching_write_nothing(
        self, plugin: Any, entries: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """Open read-only: what is published never changes, by opening or by searching."""
        folder = build_and_move(
            partial(plugin.build, iter(entries)), tmp_path
        )  # nobody has opened it yet
        before = digest(folder)
        plugin.open(folder).search("mill", 10, None)
        if digest(folder) != before:
            break_promise("the files of the index changed")

    @check(_OPEN)
    def test_a_folder_without_an_index_is_a_store_error(self, plugin: Any, tmp_path: Path) -> None:
        """``open`` raises ``StoreError`` if the folder does not hold what it should."""
        (tmp_path / "empty").mkdir()
        refuses(lambda: plugin.open(tmp_path / "empty"), "an empty folder")

    @check("docproc.hooks.indexes")
    def test_readers_do_not_disturb_each_other(
        self, plugin: Any, folder: Path, index: Any, entries: Sequence[TextEntry]
    ) -> None:
        """Many readers open one generation: each finds what it would find alone."""
        questions = [entry.body for entry in entries[:12]]
        expected = [_search(index, q, 10, None, len(entries)).rows.tolist() for q in questions]

        def read(_: int) -> list[list[int]]:
            own = plugin.open(folder)
            return [own.search(question, 10, None).rows.tolist() for question in questions]

        with ThreadPoolExecutor(4) as pool:
            for found in pool.map(read, range(4)):
                if found != expected:
                    break_promise("a reader found something else beside other readers")


def _search(index: Any, question: str, k: int, allowed: Any, count: int) -> TextHits:
    """Search; fail for hits that are not as ``TextHits`` says."""
    hits: TextHits = index.search(question, k, allowed)
    hold_hits(hits, TextHits, k, count)
    if len(hits.scores) and hits.scores.min() <= 0:
        break_promise(f"the scores are not positive: {hits.scores[:12].tolist()}")
    return hits
