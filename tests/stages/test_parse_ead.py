"""Finding aids: each component is a document with its place, its dates and its reference."""

from __future__ import annotations

import pytest
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.ead.parser import EadParser
from docproc.testing import ParserContract

EAD = """<?xml version="1.0"?>
<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd//EN" "ead.dtd">
<ead><eadheader><eadid>x</eadid><filedesc><titlestmt><titleproper>Guide to the Petrov papers
</titleproper><author>A. Archivist</author></titlestmt></filedesc></eadheader>
<archdesc level="collection"><did><repository><corpname>Tver Archive</corpname></repository>
<unitid>MS 12</unitid><unittitle>Petrov papers</unittitle>
<origination><persname>Petrov, Ivan</persname></origination>
<unitdate normal="1919/1921">1919-1921</unitdate><physdesc label="Extent">2 boxes</physdesc>
<abstract>Letters on the harvest.</abstract></did>
<scopecontent><head>Scope</head><p>Letters from <persname>Ivan Petrov</persname> on the harvest.</p>
<list><item>wheat</item><item>rye</item></list></scopecontent>
<dsc><c01 level="series" id="s1"><did><unitid>1</unitid><unittitle>Letters</unittitle></did>
<c02 level="file"><did><container type="Box">1</container><container type="Folder">2</container>
<unittitle>To Anna Orlova</unittitle><unitdate normal="19200503">3 May 1920</unitdate></did>
<scopecontent><p>The harvest failed in the whole district.</p></scopecontent></c02></c01>
<c01 level="series"><did><unittitle>Accounts</unittitle></did></c01></dsc></archdesc></ead>
"""
EAD3 = """<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>x</recordid><filedesc>
<titlestmt><titleproper>Guide</titleproper></titlestmt></filedesc></control>
<archdesc level="collection"><did><unittitle>Orlova papers</unittitle><unitid>MSS1</unitid>
<repository><corpname><part>Library</part></corpname></repository></did>
<dsc><c><did><container localtype="box">4</container><unittitle>Diaries</unittitle>
<unitdatestructured><daterange><fromdate standarddate="1863">1863</fromdate>
<todate standarddate="1865">1865</todate></daterange></unitdatestructured></did></c></dsc>
</archdesc></ead>"""


class TestContract(ParserContract):
    """The kit's tests."""

    @pytest.fixture
    def plugin(self):
        return EadParser(Limits())

    @pytest.fixture
    def samples(self):
        return {"aid.xml": EAD.encode(), "three.xml": EAD3.encode()}

    def enlarged(self, data, times):
        return data.replace(
            b"</archdesc>", b"<odd><p>And more.</p></odd>" * 20 * times + b"</archdesc>"
        )


def parse(text):
    data = text.encode()
    source = SourceFile("seeds/aid.xml", "application/xml", len(data), "0" * 64)
    return list(EadParser(Limits()).parse(source, data))


def test_each_component_is_a_document_with_its_place_in_the_hierarchy():
    assert [(d.member, d.metadata.title.text) for d in parse(EAD)] == [
        ("", "Petrov papers"),
        ("1", "Petrov papers › Letters"),
        ("1.1", "Petrov papers › Letters › To Anna Orlova"),
        ("2", "Petrov papers › Accounts"),
    ]


def test_the_reference_is_built_from_repository_collection_and_containers():
    file = parse(EAD)[2]
    (reference,) = file.references
    assert reference.printed == "Tver Archive, MS 12, Box 1, Folder 2"
    assert reference.components == (
        ("repository", "Tver Archive"),
        ("collection", "MS 12"),
        ("box", "1"),
        ("folder", "2"),
    )
    passages = product("segment", "structure").segment(file)
    assert all(passage.reference == reference for passage in passages)
    assert parse(EAD)[1].references[0].printed == "Tver Archive, MS 12, 1"


def test_dates_extent_abstract_and_origin_are_kept():
    collection, _, file, _ = parse(EAD)
    assert [date.edtf for date in collection.metadata.dates] == ["1919/1921"]
    assert file.metadata.date.edtf == "1920-05-03"
    assert dict(collection.metadata.other)["extent"] == "2 boxes"
    assert collection.metadata.sender.text == "Petrov, Ivan"
    assert collection.metadata.collection.title == "Guide to the Petrov papers"
    assert "Letters on the harvest." in collection.text
    assert "Extent: 2 boxes" in collection.text


def test_a_components_words_are_its_own_and_a_name_in_a_sentence_stays_in_it():
    collection, series, file, _ = parse(EAD)
    assert "Letters from Ivan Petrov on the harvest." in collection.text
    assert "whole district" not in collection.text + series.text
    assert file.text == (
        "To Anna Orlova\n\n3 May 1920\n\nBox 1, Folder 2\n\n"
        "The harvest failed in the whole district."
    )
    kinds = [b.kind for b in collection.blocks if b.span.of(collection.text) in ("Scope", "rye")]
    assert kinds == [BlockKind.HEADING, BlockKind.LIST_ITEM]


def test_ead3_is_read_as_well():
    _, diaries = parse(EAD3)
    assert diaries.metadata.date.edtf == "1863/1865"
    assert diaries.references[0].printed == "Library, MSS1, Box 4"


def test_what_is_no_finding_aid_is_refused_in_words():
    with pytest.raises(SourceError, match="no finding aid"):
        parse("<ead/>")


def test_values_of_their_own_are_no_one_word():
    structured = (
        "<physdescstructured><quantity>3</quantity><unittype>metres</unittype>"
        "</physdescstructured><origination><persname><part>Orlova</part><part>Anna</part>"
        "</persname></origination><unittitle>Di<emph>ar</emph>ies</unittitle>"
    )
    first = parse(EAD3.replace("<unittitle>Diaries</unittitle>", structured))[1]
    assert first.text == "3 metres\n\nOrlova Anna\n\nDiaries\n\n1863 1865\n\nBox 4"
    assert first.metadata.sender.text == "Orlova Anna"
    assert ("extent", "3 metres") in first.metadata.other
