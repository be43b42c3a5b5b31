"""Stable names outlive passages, models and generations, and say what became of what they name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.records import CitationId, Document, SourceFile, Span
from docproc.verification.checks import check_citations, read_citations
from docproc.verification.stable_names import Standing, find_again
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

PLUGIN = """
from docproc.hooks import Registration, hookimpl
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener

@hookimpl
def docproc_embedders():
    return [Registration("tiny", lambda settings: TinyEmbedder({dimension}), version="{dimension}")]

@hookimpl
def docproc_query_encoders():
    return [Registration("tiny", lambda settings: TinyOpener())]
"""
CONFIG = '[pipeline]\nembedder = "tiny"\n'
FINER = "\n[plugins.structure]\nmax_words = 12\nmin_words = 1\n"
LETTER = """\
Ivan Petrov to Anna Orlova

3 May 1920

The harvest failed in the whole district. Nobody has seen grain since the winter, and the
wagons stand empty at the bridge. The committee wants two hundred sacks by Sunday.

We have sold the winch. The gold lies at the treasury.

GARF. F. 91. Op. 3. D. 7. L. 12.

Notes:

1 The committee refused (GARF. F. 12. Op. 1. D. 4. L. 2).
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "plugins").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(LETTER, "utf-8")
    # repeated text keeps an identity of its own
    (tmp_path / "seeds" / "copy.txt").write_text(LETTER, "utf-8")
    return tmp_path


def index(root, *, dimension=64, more=""):
    (root / "plugins" / "tiny.py").write_text(PLUGIN.format(dimension=dimension), "utf-8")
    (root / "config.toml").write_text(CONFIG + more, "utf-8")
    trust(root, own=True)
    prepare_index(Application(find_workspace(root)), Silent()).run()
    return open_reading_room(Application(find_workspace(root)))


def cited_in(room):
    rows = room.opened.catalog.documents()
    return [room.lookup.cite(passage) for row in rows for passage in room.lookup.passages(row.id)]


def resolved(room, citation):
    return room.lookup.resolve(CitationId.parse(citation.identifier))


def test_a_change_of_segmenter_and_of_model_keeps_every_name(root):
    before = cited_in(index(root))
    room = index(root, dimension=32, more=FINER)
    after = cited_in(room)
    assert len(after) > len(before)
    assert {c.passage_id for c in before} != {c.passage_id for c in after}
    for citation in before:
        found = resolved(room, citation)
        assert found.standing is Standing.STANDS
        assert found.citation.quote == citation.quote
        assert found.citation.source.path == citation.source.path
        assert found.citation.verified
        assert found.citation.reference == citation.reference
        assert found.citation.identifier == citation.identifier


def test_names_of_repeated_text_differ(root):
    names = [citation.identifier for citation in cited_in(index(root))]
    assert len(set(names)) == len(names)


def test_a_renamed_source_a_moved_text_and_a_lost_one_are_told_apart(root):
    room = index(root)
    grain, gold = (
        next(c for c in cited_in(room) if c.source.path == "seeds/a.txt" and word in c.quote)
        for word in ("grain", "winch")
    )
    (root / "seeds" / "copy.txt").unlink()
    (root / "seeds" / "a.txt").rename(root / "seeds" / "b.txt")
    found = resolved(index(root), grain)
    assert found.standing is Standing.RENAMED
    assert "seeds/b.txt" in found.words
    (root / "seeds" / "b.txt").unlink()

    a = root / "seeds" / "a.txt"
    a.write_text(LETTER + "\n2 A later note.\n", "utf-8")
    found = resolved(index(root), grain)
    assert found.standing is Standing.CHANGED
    assert found.citation.quote == grain.quote

    a.write_text(LETTER.replace("3 May 1920", "3 May 1920, from Nizhny"), "utf-8")
    found = resolved(index(root), grain)
    assert found.standing is Standing.MOVED
    assert found.citation.quote == grain.quote
    assert found.citation.span != grain.span
    assert f"not {grain.span.start} to {grain.span.end}" in found.words

    a.write_text(LETTER.replace("sold the winch", "kept the winch"), "utf-8")
    room = index(root)
    assert resolved(room, gold).standing is Standing.BROKEN
    assert "gone from it" in resolved(room, gold).words
    a.unlink()
    (root / "seeds" / "other.txt").write_text("Other words.\n", "utf-8")
    found = resolved(index(root), gold)
    assert found.standing is Standing.BROKEN
    assert found.citation is None
    assert "no document stands at its place" in found.words


def test_verify_follows_a_source_that_was_renamed_and_says_that_it_moved(root):
    from docproc.rendering.json import citation_json

    (root / "seeds" / "copy.txt").unlink()
    saved = citation_json(next(c for c in cited_in(index(root)) if "grain" in c.quote))
    false = {**saved, "quote": saved["quote"].replace("two hundred", "two thousand")}
    file = root / "saved.json"
    file.write_text(json.dumps([saved, false]), "utf-8")
    (root / "seeds" / "box").mkdir()
    (root / "seeds" / "a.txt").rename(root / "seeds" / "box" / "b.txt")
    moved, still_false = Application(find_workspace(root)).rereader.verify(file)
    assert (moved.in_source, moved.at_place, moved.under_reference) == (True, False, True)
    assert "moved: its source is called seeds/box/b.txt now; stands verbatim" in moved.words
    assert not moved.stands
    assert (still_false.in_source, still_false.at_place) == (False, None)
    assert "cannot be read" in still_false.words
    # other bytes of the same text: only what is indexed knows it, by the stable name
    (root / "seeds" / "box" / "b.txt").write_bytes(b"\xef\xbb\xbf" + LETTER.encode())
    unknown, _ = Application(find_workspace(root)).rereader.verify(file)
    assert not unknown.in_source
    index(root)
    moved, _ = Application(find_workspace(root)).rereader.verify(file)
    assert (moved.in_source, moved.at_place, moved.under_reference) == (True, False, True)
    # another file takes the name of the first
    (root / "seeds" / "a.txt").write_text("Other words.\n", "utf-8")
    moved, _ = Application(find_workspace(root)).rereader.verify(file)
    assert "its source is called seeds/box/b.txt now" in moved.words


@given(st.text(min_size=1), st.data())
def test_what_a_name_writes_it_reads(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document(SourceFile("a.txt", "text/plain", 1, "00"), text)
    name = CitationId.of(document, Span(start, end))
    assert CitationId.parse(str(name)) == name
    again = find_again("x y " + text, name)
    assert again is not None
    assert again.of("x y " + text) == text[start:end]


@pytest.mark.parametrize(
    "word", ["", "docproc:", "docproc:12345678.0123456789ab.5-3-9.0123456789ab"]
)
def test_what_is_no_name_is_none(word):
    assert CitationId.parse(word) is None


def test_verify_tells_a_false_a_moved_and_a_misreferenced_quotation_apart(root):
    from docproc.rendering.json import citation_json

    room = index(root)
    true = citation_json(next(c for c in cited_in(room) if "grain" in c.quote))
    false = {**true, "quote": true["quote"].replace("two hundred", "two thousand")}
    start, end = true["source"]["start"], true["source"]["end"]
    moved = {**true, "source": {**true["source"], "start": start - 5, "end": end - 5}}
    elsewhere = {**true, "reference": {"printed": "GARF. F. 12. Op. 1. D. 4. L. 2"}}
    both = {**moved, "reference": elsewhere["reference"]}
    file = root / "saved.json"
    file.write_text(json.dumps([true, false, moved, elsewhere, both]), "utf-8")
    checks = list(
        check_citations(read_citations(file), Application(find_workspace(root)).rereader.reread)
    )
    assert [(c.in_source, c.at_place, c.under_reference) for c in checks] == [
        (True, True, True),
        (False, None, None),
        (True, False, True),
        (True, True, False),
        (True, False, False),
    ]
    assert "has “hundred”, the quotation “thousand”" in checks[1].words
    assert f"it stands at characters {start} to {end}, not {start - 5}" in checks[2].words
    assert "its reference is GARF. F. 91. Op. 3. D. 7. L. 12" in checks[3].words
    assert [check.stands for check in checks] == [True, False, False, False, False]
    a = root / "seeds" / "a.txt"
    a.write_text(LETTER + "\n2 A later note.\n", "utf-8")
    (still, *_) = check_citations(
        read_citations(file), Application(find_workspace(root)).rereader.reread
    )
    assert still.stands
    assert "elsewhere the file has changed" in still.words


def test_the_name_of_a_row_resolves_though_the_row_is_called_otherwise_now(root):
    rows = root / "seeds" / "letters.csv"
    rows.write_text("id,text\nL-3,The mill burned in May and no rye was ground there.\n", "utf-8")
    room = index(root)
    (cited,) = (each for each in cited_in(room) if each.member)
    rows.write_text("code,text\nL-3,The mill burned in May and no rye was ground there.\n", "utf-8")
    room = index(root, more='\n[plugins.rows]\nid = ["code"]\n')
    found = resolved(room, cited)
    assert found.standing is Standing.RENAMED
    assert found.words == "its source is called seeds/letters.csv now, and its part code L-3"
    assert found.citation.quote == cited.quote
