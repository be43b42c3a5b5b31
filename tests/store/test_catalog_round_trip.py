"""What is put into the catalog comes out of it, to the letter."""

import itertools
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import archives, letter, put, state_of

from docproc.errors import PluginError, SourceError
from docproc.records import Document, Passage, PassageKind, SourceFile, Span
from docproc.store.catalog import Catalog, SourceState, each_document
from docproc.store.catalog.tables import schema
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.vectors.cache import keys_of


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(archives(), st.data())
def test_every_record_round_trips(archive, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalog.sqlite")
        with CatalogWriter(path) as writer:
            for source, pairs in archive.values():
                writer.replace_source(SourceState(source, 5, "text", "1", "r"), pairs)
            counts = writer.finish()
        pairs = [pair for _, documents in archive.values() for pair in documents]
        passages = [passage for _, own in pairs for passage in own]
        with Catalog(path) as catalog:
            assert [catalog.document(row.id) for row in catalog.documents()] == [
                d for d, _ in pairs
            ]
            assert catalog.passages(range(len(passages))) == passages
            assert [own for _, own in each_document(catalog)] == [own for _, own in pairs]
            assert {s.source for s in catalog.readings.sources().values()} == {
                s for s, _ in archive.values()
            }
            for row, passage in enumerate(passages):
                assert catalog.finder.row_of(passage.id) == row
            shuffled = data.draw(st.permutations(range(len(passages))))
            assert catalog.passages(shuffled) == [passages[row] for row in shuffled]
            texts = [passage.embed_text for passage in passages]
            assert np.array_equal(catalog.columns.embed_keys(), keys_of(texts))
            assert list(catalog.columns.sentence_counts()) == [len(p.sentences) for p in passages]
            assert catalog.counts == counts
            assert counts.documents == len(pairs)
            assert counts.passages == len(passages)
            assert counts.sentences == sum(len(p.sentences) for p in passages)


@pytest.mark.parametrize("around", [-2, -1, 0, 1])
def test_a_passage_across_the_pieces_of_a_long_text_is_whole(tmp_path, around):
    text = "".join(chr(0x400 + n % 200) for n in range(3 * schema.PIECE + 5))
    source = SourceFile("seeds/book.txt", "text/plain", len(text), "0" * 64)
    document = Document(source, text)
    cuts = sorted({0, *(schema.PIECE * n + around for n in (1, 2, 3)), len(text)})
    passages = [
        Passage(document.id, Span(a, b), text[a:b], PassageKind.BODY, "p", "e", text[a:b])
        for a, b in [*itertools.pairwise(cuts), (0, len(text)), (5, 5)]
    ]
    with CatalogWriter(tmp_path / "c.sqlite") as writer:
        put(writer, (document, passages))
        writer.finish()
    with Catalog(tmp_path / "c.sqlite") as catalog:
        assert catalog.document(document.id) == document
        assert catalog.passages_of(document.id) == passages


def test_text_with_nul_and_newlines_stays_as_it_is(tmp_path):
    pair = letter(paragraphs=("a\0b\r\nc", "\0"), sender="A\0B")
    with CatalogWriter(tmp_path / "c.sqlite") as writer:
        put(writer, pair)
        writer.finish()
    with Catalog(tmp_path / "c.sqlite") as catalog:
        assert catalog.document(pair[0].id) == pair[0]
        assert catalog.passages_of(pair[0].id) == pair[1]


@pytest.mark.parametrize("where", ["text", "title", "path"])
def test_half_a_character_is_refused_and_named_and_nothing_of_it_stays(tmp_path, where):
    good = letter("seeds/good.txt")
    bad = {
        "text": letter("seeds/bad.txt", paragraphs=("fine", "half \ud800 of one")),
        "title": letter("seeds/bad.txt", sender="half \udfff"),
        "path": letter("seeds/bad\udcff.txt"),
    }[where]
    with CatalogWriter(tmp_path / "c.sqlite") as writer:
        put(writer, good)
        with pytest.raises(SourceError, match=r"^seeds/bad.*not Unicode.*\\ud"):
            put(writer, bad)
        assert writer.finish().documents == 1
    with Catalog(tmp_path / "c.sqlite") as catalog:
        assert [row.source for row in catalog.documents()] == ["seeds/good.txt"]
        assert catalog.passages_of(good[0].id) == good[1]


def _moved(passages):
    first = passages[0]
    return [Passage(first.document_id, Span(1, 3), first.text, first.kind, "p", "e", "s")]


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        (lambda d, p: [(d, p), (d, p)], "two documents of the same text"),
        (lambda d, p: [(d, _moved(p))], "changed the text"),
        (lambda d, p: [(d, [p[0], p[0]])], "twice"),
        (lambda d, p: [(d, letter("seeds/b.txt")[1])], "another document"),
        (lambda d, p: [letter("seeds/b.txt")], "document of another source"),
    ],
)
def test_what_a_plugin_may_not_give_is_refused_whole(tmp_path, breach, said):
    document, passages = letter()
    with CatalogWriter(tmp_path / "c.sqlite") as writer:
        with pytest.raises(PluginError, match=f"seeds/a.txt: .*{said}"):
            writer.replace_source(state_of(document), breach(document, passages))
        assert writer.sources() == {}
        assert writer.finish().documents == 0
