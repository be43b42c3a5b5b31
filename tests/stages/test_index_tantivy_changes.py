"""An index extended again and again finds what one built over what is left finds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from docproc.hooks import ExtendsTextIndex, TextEntry
from docproc.stages.index.tantivy import index as opened
from docproc.stages.index.tantivy import indexer as stage
from docproc.stages.index.tantivy.index import TantivyIndex
from docproc.stages.index.tantivy.indexer import TantivyIndexer
from docproc.text.names.keys import keys_in

WORDS = ["rifles", "kabul", "treaty", "politburo", "rubles", "guns", "letters", "Surits", "и"]
QUESTIONS = ["rifles treaty", "who is surits", "guns and letters in Kabul", "politburo"]


@pytest.fixture(autouse=True)
def _changed_however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_FEW", 0)
    monkeypatch.setattr(stage, "_MOST_DEAD", 0.9)


def texts(random: np.random.Generator, count: int, longest: int) -> list[tuple[str, str | None]]:
    """Bodies of up to *longest* words, each with its language; 0: all as long as the others."""
    if not longest:
        chosen = random.choice(WORDS[:7], size=(count, 3))
        return [(" ".join(["Surits", *words]), "en") for words in chosen]
    sizes = random.integers(min(longest, 4), longest + 1, size=count)
    return [
        (" ".join(random.choice(WORDS, size=size)), [None, "en", "ru"][random.integers(3)])
        for size in sizes
    ]


def entries(bodies: list[tuple[str, str | None]], first: int = 0) -> list[TextEntry]:
    return [TextEntry(n, body, "Kabul", lang) for n, (body, lang) in enumerate(bodies, first)]


def changed_again_and_again(
    folder: Path, seed: int, steps: list[tuple[float, int]], longest: int
) -> tuple[TantivyIndex, TantivyIndex]:
    """An index from which, in each step, a share went and to which some came; and one built."""
    random = np.random.default_rng(seed)
    indexer = TantivyIndexer()
    there, where = texts(random, 120, longest), folder / "0"
    where.mkdir(parents=True)
    indexer.build(entries(there), where)
    for number, (share, count) in enumerate(steps, 1):
        stays = random.random(len(there)) >= share
        new = texts(random, count, longest)
        there = [text for text, kept in zip(there, stays, strict=True) if kept]
        carried = np.where(stays, np.cumsum(stays) - 1, -1)
        made = folder / f"{number}"
        made.mkdir()
        assert indexer.extend(where, carried, entries(new, len(there)), made)
        there, where = there + new, made
    (folder / "anew").mkdir()
    indexer.build(entries(there), folder / "anew")
    return indexer.open(where), indexer.open(folder / "anew")


def some_steps(seed: int) -> list[tuple[float, int]]:
    """Ten steps, so that tantivy merges some of the segments that they leave."""
    random = np.random.default_rng(seed)
    return [(random.choice([0, 0.01, 0.1, 0.2]), int(random.integers(12))) for _ in range(10)]


def same(one: TantivyIndex, other: TantivyIndex, within: float) -> None:
    """Compare what both find and count; scores may differ by a share *within*."""
    assert one.rows == other.rows
    assert set(one.languages) == set(other.languages)
    for term in (*WORDS, "rifl", "letter", *keys_in("Surits")):
        assert one.document_frequency(term) == other.document_frequency(term)
    scopes = [None, np.arange(0, one.rows, 3), np.arange(one.rows // 2), np.arange(4, 9)]
    for question in QUESTIONS:
        for allowed in scopes:
            ours, theirs = (x.search(question, one.rows, allowed) for x in (one, other))
            assert sorted(ours.rows) == sorted(theirs.rows)
            by_row = [hits.scores[np.argsort(hits.rows)] for hits in (ours, theirs)]
            np.testing.assert_allclose(*by_row, rtol=within)


def test_it_keeps_the_protocol() -> None:
    assert isinstance(TantivyIndexer(), ExtendsTextIndex)


@pytest.mark.parametrize("seed", range(3))
def test_scores_are_those_of_an_index_built_anew_where_texts_are_as_long(
    tmp_path: Path, seed: int
) -> None:
    same(*changed_again_and_again(tmp_path, seed, some_steps(seed), longest=0), within=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_scores_are_moved_no_more_than_the_mean_length_is(tmp_path: Path, seed: int) -> None:
    same(*changed_again_and_again(tmp_path, seed, some_steps(seed), longest=40), within=0.1)


def test_of_a_common_term_nearly_as_many_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, anew = changed_again_and_again(tmp_path, 7, [(0.2, 3)], longest=0)
    exact = [changed.document_frequency(word) for word in ("rubl", "treati")]
    monkeypatch.setattr(opened, "_COUNTED_ONE_BY_ONE", 0)
    nearly = [changed.document_frequency(word) for word in ("rubl", "treati")]
    assert exact == [anew.document_frequency(word) for word in ("rubl", "treati")]
    assert nearly != exact
    assert nearly == pytest.approx(exact, rel=0.25)


def test_a_removal_writes_no_segment_and_leaves_the_ones_before_as_they_were(
    tmp_path: Path,
) -> None:
    indexer = TantivyIndexer()
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
    indexer.build(entries([("rifles", "en"), ("guns", "en"), ("guns", "ru")]), tmp_path / "before")
    before = {path.name: path.read_bytes() for path in (tmp_path / "before").iterdir()}
    facts = indexer.extend(tmp_path / "before", np.array([0, -1, 1]), [], tmp_path / "after")
    assert facts is not None
    assert (facts["rows"], facts["languages"]) == (2, {"en": 1, "ru": 1})
    segments = [name for name in before if name.endswith((".idx", ".term"))]
    assert sorted(segments) == sorted(
        path.name for path in (tmp_path / "after").iterdir() if path.suffix in (".idx", ".term")
    )
    for name in segments:
        assert (tmp_path / "after" / name).samefile(tmp_path / "before" / name)
    assert {p.name: p.read_bytes() for p in (tmp_path / "before").iterdir()} == before
    assert indexer.open(tmp_path / "after").search("guns", 3, None).rows.tolist() == [1]
    assert indexer.open(tmp_path / "before").search("guns", 3, None).rows.tolist() == [1, 2]


@pytest.mark.parametrize("limit", ["few", "dead"])
def test_what_is_soon_built_anew_or_mostly_dead_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(stage, "_FEW", 21 if limit == "few" else 0)
    monkeypatch.setattr(stage, "_MOST_DEAD", 0.1 if limit == "dead" else 0.9)
    indexer = TantivyIndexer()
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
    indexer.build(entries([("rifles", "en")] * 20), tmp_path / "before")
    carried = np.array([*range(17), -1, -1, -1])
    assert indexer.extend(tmp_path / "before", carried, [], tmp_path / "after") is None
    assert not list((tmp_path / "after").iterdir())
    # what only comes costs nothing, however few there are
    new = entries([("guns", "en")], 20)
    assert indexer.extend(tmp_path / "before", np.arange(20), new, tmp_path / "after")


def test_the_format_without_numbers_is_still_read_and_built_anew_when_it_changes(
    tmp_path: Path,
) -> None:
    indexer = TantivyIndexer()
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
    indexer.build(entries([("rifles", "en"), ("guns", "en")]), tmp_path / "before")
    where = tmp_path / "before" / "index.json"
    facts = json.loads(where.read_text("utf-8"))
    kept = ("analysis", "names", "rows", "languages")
    where.write_text(json.dumps({"format": 3, **{name: facts[name] for name in kept}}), "utf-8")
    for name in ("numbers.npy", "languages.npy"):
        (tmp_path / "before" / name).unlink()
    assert indexer.open(tmp_path / "before").search("guns", 3, None).rows.tolist() == [1]
    assert indexer.extend(tmp_path / "before", np.arange(2), [], tmp_path / "after") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_an_index_that_lets_nothing_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    where = tmp_path / "before"
    where.mkdir()
    indexer = TantivyIndexer()
    indexer.build(entries([("rifles", "en"), ("guns", "en")]), where)
    for lock in where.glob(".*.lock"):
        lock.unlink()
        lock.mkdir()  # where a lock file cannot be, though it is root who asks
    opened = indexer.open(where)
    assert opened.search("guns", 3, None).rows.tolist() == [1]
    assert opened.document_frequency("rifl") == 1


def test_the_list_of_what_tantivy_may_remove_is_made_new_when_an_index_is_extended(
    tmp_path: Path,
) -> None:
    """An index that came from elsewhere would have it remove whatever its list names."""
    thesis = tmp_path / "thesis.tex"
    thesis.write_text("years of work", "utf-8")
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    indexer = TantivyIndexer()
    indexer.build(entries([("rifles for Kabul", "en")]), before)
    managed = before / ".managed.json"
    named = [*json.loads(managed.read_text("utf-8")), str(thesis), "../thesis.tex"]
    managed.write_text(json.dumps(named), "utf-8")
    (before / "notes.txt").write_text("not of an index", "utf-8")

    assert indexer.extend(before, np.arange(1), entries([("a treaty", "en")], 1), after)

    assert thesis.read_text("utf-8") == "years of work"
    assert not (after / "notes.txt").exists()
    assert all("/" not in name for name in json.loads((after / ".managed.json").read_text("utf-8")))
    assert indexer.open(after).rows == 2
