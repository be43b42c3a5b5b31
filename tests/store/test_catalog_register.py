"""The register in the catalog: a sender is found by every name that an edition gives him."""

from dataclasses import replace

import pytest
from store_samples import letter, put

from docproc.records import Mention, Person, Scope
from docproc.references import as_printed
from docproc.store.catalog import Catalog
from docproc.store.catalog.writing.writer import CatalogWriter

BRANDT = Person("seeds/v.xml#p1", "Brandt, Tove", ("Tove Holm",), same=("https://viaf.org/1",))


def written_by(path, mention, persons=(), unread=None):
    document, passages = letter(path, ("Words.",), reference=unread and as_printed(unread))
    about = replace(document.metadata, sender=mention)
    return replace(document, metadata=about, persons=persons), passages


@pytest.fixture
def catalog(tmp_path):
    with CatalogWriter(tmp_path / "c") as writer:
        put(
            writer,
            written_by("a", Mention("T. B.", identity="seeds/v.xml#p1"), unread="Q44/7/12, Falk"),
            written_by("b", Mention("the Consul (Brandt)", name="Brandt"), persons=(BRANDT,)),
            written_by("c", Mention("Holm, Tove", identity="https://viaf.org/1")),
            written_by("d", Mention("The Board", name="Nils Ek")),
        )
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        yield catalog


def senders(catalog, name):
    return catalog.scoped.rows(Scope(sender=name)).tolist()


def test_a_sender_is_found_by_every_name_of_the_register(catalog):
    assert senders(catalog, "Tove Holm") == [0, 2]
    assert senders(catalog, "Tove Brandt") == [0, 2]
    assert senders(catalog, "Brandt") == [0, 1, 2]
    assert senders(catalog, "the consul") == [1]
    assert senders(catalog, "Nils Ek") == senders(catalog, "the board") == [3]
    assert senders(catalog, "Holme") == []


def test_the_catalog_gives_its_register_and_who_is_known(catalog):
    assert [person.name for person in catalog.printed.register] == ["Brandt, Tove"]
    assert sorted(sender for sender, _ in catalog.printed.correspondents().values()) == [
        "https://viaf.org/1", "seeds/v.xml#p1",
    ]  # fmt: skip


def test_a_reference_that_no_grammar_reads_is_found_as_printed(catalog):
    assert catalog.scoped.rows(Scope(reference=as_printed("Q44"))).tolist() == [0]
    assert catalog.printed.has_reference("Q44/7/12")
    assert not catalog.printed.has_reference("Q4")


def test_what_only_a_text_prints_is_found_there(tmp_path):
    with CatalogWriter(tmp_path / "c") as writer:
        put(
            writer,
            letter("a", ("See P106/120/57, Humphreys Papers.",), reference=None),
            letter("b", ("See P106/120/571.",), reference=None),
        )
        writer.finish()
    with Catalog(tmp_path / "c") as catalog:
        for asked in ("P106/120/57", "Humphreys Papers"):
            assert catalog.scoped.rows(Scope(reference=as_printed(asked))).tolist() == [0]
            assert catalog.printed.has_words(asked)
        assert not catalog.printed.has_words("P106/12")
        assert catalog.scoped.rows(Scope(reference=as_printed("Q44"))).tolist() == []
