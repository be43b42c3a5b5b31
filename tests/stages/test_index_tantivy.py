from __future__ import annotations

import json
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks import TextEntry, TextIndex, TextIndexer
from docproc.stages.index.tantivy import index as opened
from docproc.stages.index.tantivy import rows as index_rows
from docproc.stages.index.tantivy.index import TantivyIndex
from docproc.stages.index.tantivy.indexer import TantivyIndexer, make
from docproc.text.terms import VERSION

LETTER = [
    TextEntry(0, "plus 6,000 rifles (English), 12 Maxim machine guns", "Stalin 1921", "en"),
    TextEntry(1, "The Anglo-Afghan treaty had been signed in Kabul", "Note 1", "en"),
    TextEntry(2, "Винтовки были отправлены в Кабул", "Сталин", "ru"),
    TextEntry(3, "Die Gewehre wurden nach Kabul geschickt", "", "de"),
    TextEntry(4, "rifles", "", None),
    TextEntry(5, "The talk lasted three hours", "a talk on rifles", "en"),
]
WORDS = ["rifles", "kabul", "treaty", "politburo", "rubles", "guns", "letter", "surits"]


def _opened(entries: list[TextEntry], folder: Path, **weights: float) -> TantivyIndex:
    indexer = TantivyIndexer(**weights)
    indexer.build(entries, folder)
    return indexer.open(folder)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return _opened(LETTER, tmp_path_factory.mktemp("letter"))


def _many(count: int) -> Iterator[TextEntry]:
    random = np.random.default_rng(51)
    for row in range(count):
        words = random.choice(WORDS, size=random.integers(1, 9))
        yield TextEntry(row, " ".join(words), str(random.choice(WORDS)), "en")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return _opened(list(_many(3000)), tmp_path_factory.mktemp("many"))


def _rows(index: TantivyIndex, question: str) -> list[int]:
    rows: list[int] = index.search(question, 10, None).rows.tolist()
    return rows


def test_it_keeps_the_protocols(letter: TantivyIndex) -> None:
    assert isinstance(
        make({"context_weight": 0.3, "pair_weight": 0.3, "name_weight": 0.8}), TextIndexer
    )
    assert isinstance(letter, TextIndex)
    assert letter.rows == len(LETTER)
    assert letter.languages[0] == "en"
    assert set(letter.languages) == {"en", "ru", "de", None}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many machine guns?", 0),
        ("6000", 0),
        ("6 000", 0),
        ("6.000 Maxim", 0),
        ("who signs treaties", 1),
        ("anglo afghan", 1),
        ("anglo\u2011afghan", 1),
        ("отправили винтовку", 2),
        ("Wohin schickte man ein Gewehr?", 3),
        ("RIFLES", 4),
        ("How long did the talks last?", 5),
    ],
)
def test_a_question_finds_its_passage_in_any_inflection(
    letter: TantivyIndex, question: str, first: int
) -> None:
    assert _rows(letter, question)[0] == first


def test_the_context_counts_less_than_the_words_themselves(letter: TantivyIndex) -> None:
    assert _rows(letter, "rifles") == [4, 0, 5]


def test_without_weight_the_context_finds_nothing(tmp_path: Path) -> None:
    assert _rows(_opened(LETTER, tmp_path, context_weight=0.0), "rifles") == [4, 0]


@pytest.mark.parametrize("question", ["", "   ", "?!", "the of and", "Who was it?"])
def test_a_question_without_content_finds_nothing(letter: TantivyIndex, question: str) -> None:
    hits = letter.search(question, 5, None)
    assert (hits.scores.dtype, hits.rows.dtype) == (np.float32, np.int64)
    assert len(hits.scores) == len(hits.rows) == 0


@pytest.mark.parametrize(
    "question",
    [
        '"rifles"', "+rifles", "-rifles", "rifles*", "NOT rifles", "body:rifles", "rifles^9",
        "(rifles", "rifles OR", "rifles~", "/rifles/", "rifles\\", "rifles TO", "{rifles]",
    ],
)  # fmt: skip
def test_signs_in_a_question_are_no_syntax(letter: TantivyIndex, question: str) -> None:
    assert set(_rows(letter, question)) == {0, 4, 5}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(question=st.text(max_size=200), k=st.integers(0, 50))
def test_any_question_can_be_asked(letter: TantivyIndex, question: str, k: int) -> None:
    hits = letter.search(question, k, None)
    assert len(hits.rows) <= min(k, letter.rows)
    assert (np.diff(hits.scores) <= 0).all()
    assert (hits.scores > 0).all()


def test_a_whole_letter_can_be_asked(letter: TantivyIndex) -> None:
    letters = " ".join(f"word{i}" for i in range(5000))
    assert _rows(letter, f"rifles {letters}")[0] in (0, 4)
    assert _rows(letter, f"{letters} rifles") == []  # who asks so much is answered by its beginning


def test_scores_are_bm25(tmp_path: Path) -> None:
    bodies = ["alpha beta", "alpha alpha gamma", "beta gamma delta epsilon"]
    index = _opened([TextEntry(row, body, "", None) for row, body in enumerate(bodies)], tmp_path)
    hits = index.search("alpha", 3, None)
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = {}
    for row, count in ((0, 1), (1, 2)):
        length = len(bodies[row].split())
        expected[row] = idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / 3))
    for row, score in zip(hits.rows.tolist(), hits.scores.tolist(), strict=True):
        assert score == pytest.approx(expected.pop(row), rel=1e-4)
    assert not expected
    assert index.document_frequency("alpha") == 2
    assert index.document_frequency("omega") == 0


def test_words_that_stand_together_count_more(tmp_path: Path) -> None:
    entries = [
        TextEntry(0, "guns were bought, and a machine", "", "en"),
        TextEntry(1, "a machine, and guns were bought", "", "en"),
        TextEntry(2, "machine guns and those were bought", "", "en"),
    ]
    index = _opened(entries, tmp_path)
    hits = index.search("machine gun", 3, None)
    assert hits.rows[0] == 1  # "machine, and guns": neighbours once stop words are out
    assert set(hits.rows[:2].tolist()) == {1, 2}
    assert hits.scores[1] > hits.scores[2]


def test_a_word_written_a_rare_way_is_no_rarer(tmp_path: Path) -> None:
    entries = [TextEntry(row, "rifles north", "", "en") for row in range(9)]
    entries.append(TextEntry(9, "rifles north", "", None))
    hits = _opened(entries, tmp_path).search("rifles", 10, None)
    assert hits.scores.max() / hits.scores.min() < 1.5


def test_ties_go_to_the_lower_row(many: TantivyIndex) -> None:
    hits = many.search("surits rubles", 2000, None)
    for score in np.unique(hits.scores):
        rows = hits.rows[hits.scores == score]
        assert (np.diff(rows) > 0).all()


@pytest.mark.parametrize("way", ["listed", "ranged", "scanned", "widened"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(data=st.data(), k=st.integers(1, 200))
def test_a_scope_is_searched_as_if_there_were_nothing_else(
    many: TantivyIndex, way: str, data: st.DataObject, k: int
) -> None:
    starts = data.draw(st.sets(st.integers(0, 2999), min_size=1, max_size=40))
    size = data.draw(st.sampled_from([1, 3, 500]))
    chosen = sorted({row for start in starts for row in range(start, min(start + size, 3000))})
    _same_as_without_the_others(many, way, np.array(chosen, dtype=np.int64), k)


@pytest.mark.parametrize("way", ["listed", "ranged", "scanned", "widened"])
def test_rows_that_rank_low_are_found_in_a_scope(many: TantivyIndex, way: str) -> None:
    everything = many.search("rifles rubles surits", 3000, None).rows
    _same_as_without_the_others(many, way, np.sort(np.r_[everything[:3], everything[-300:]]), 10)


def _same_as_without_the_others(
    many: TantivyIndex, way: str, allowed: NDArray[np.int64], k: int
) -> None:
    everything = many.search("rifles rubles surits", 3000, None)
    kept = np.isin(everything.rows, allowed)
    dear = {
        "listed": ["US_A_RANGE", "US_A_SCANNED_ROW", "_US_A_HIT"],
        "ranged": ["US_A_LISTED_RUN", "US_A_SCANNED_ROW", "_US_A_HIT"],
        "scanned": ["US_A_LISTED_RUN", "US_A_RANGE", "_US_A_HIT"],
        "widened": ["US_A_LISTED_RUN", "US_A_RANGE", "US_A_SCANNED_ROW"],
    }[way]
    with pytest.MonkeyPatch.context() as patch:
        for name in dear:
            patch.setattr(opened if name == "_US_A_HIT" else index_rows, name, 1e9)
        patch.setattr(opened, "_FIRST_DEPTH", 16)
        hits = many.search("rifles rubles surits", k, allowed)
    np.testing.assert_array_equal(hits.rows, everything.rows[kept][:k])
    np.testing.assert_allclose(hits.scores, everything.scores[kept][:k], rtol=1e-6)


def test_nothing_allowed_finds_nothing(many: TantivyIndex) -> None:
    assert len(many.search("rifles", 5, np.empty(0, np.int64)).rows) == 0


def test_nothing_indexed_finds_nothing(tmp_path: Path) -> None:
    index = _opened([], tmp_path)
    assert index.rows == 0
    assert len(index.search("rifles", 5, None).rows) == 0


def test_rows_need_not_come_in_order(tmp_path: Path) -> None:
    index = _opened(list(reversed(LETTER)), tmp_path)
    assert _rows(index, "three hours") == [5]


def test_readers_side_by_side_find_the_same(tmp_path: Path) -> None:
    TantivyIndexer().build(_many(200), tmp_path)

    def ask(number: int) -> list[int]:
        return _rows(TantivyIndexer().open(tmp_path), WORDS[number % 3])

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(12)))
    assert found == [found[i % 3] for i in range(12)]


def test_the_facts_say_what_is_inside(tmp_path: Path) -> None:
    facts = TantivyIndexer().build(LETTER, tmp_path)
    assert facts["rows"] == 6
    assert facts["languages"] == {"en": 3, "ru": 1, "de": 1, "": 1}
    assert facts["analysis"] == VERSION


def test_a_damaged_index_is_refused_by_name(tmp_path: Path) -> None:
    indexer = TantivyIndexer()
    indexer.build(LETTER, tmp_path)
    description = json.loads((tmp_path / "index.json").read_text())
    for change, message in (
        ({"analysis": 0}, "another version of docproc, so index again"),
        ({"rows": 7}, "6 rows in the text index, not 7"),
    ):
        (tmp_path / "index.json").write_text(json.dumps(description | change))
        with pytest.raises(StoreError, match=message):
            indexer.open(tmp_path)
    (tmp_path / "index.json").write_text(json.dumps(description))
    for path in tmp_path.glob("*.term"):
        path.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be opened"):
        indexer.open(tmp_path)
    (tmp_path / "index.json").unlink()
    with pytest.raises(StoreError, match=r"index\.json: cannot be read"):
        indexer.open(tmp_path)
