"""Finding aids: each component is a document with its place, its dates and its reference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.xml.ead import parser as ead_parser
from docproc.stages.parse.xml.ead.parser import EadParser
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

    def enlarge(self, data, times):
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
    with pytest.raises(SourceError, match="not a finding aid"):
        parse("<ead/>")


def test_values_of_their_own_are_no_one_word():
    structured = (
        "<physdescstructured><quantity>3</quantity><unittype>metres</unittype>"
        "</physdescstructured><origination><persname><part>Orlova</part><part>Anna</part>"
        "</persname></origination><unittitle>Di<emph>ar</emph>ies</unittitle>"
    )
    first = parse(EAD3.replace("<unittitle>Diaries</unittitle>", structured))[1]
    assert first.text == "3 metres\n\nOrlova Anna\n\nDiaries\n\n1863–1865\n\nBox 4"
    assert first.metadata.sender.text == "Orlova Anna"
    assert ("extent", "3 metres") in first.metadata.other


def parsed(inside, component="c01"):
    """The collection, with the components *inside*, after the normalizer of letters."""
    head, tail = EAD[: EAD.index("<c01")], "</dsc></archdesc></ead>"
    normalizer = product("normalize", "letter")
    return [normalizer.normalize(d) for d in parse(head + inside + tail) if hasattr(d, "text")]


def component(did, inside="", name="c01"):
    return f"<{name} level='file'><did>{did}</did>{inside}</{name}>"


@pytest.mark.parametrize(
    ("title", "dates", "shown"),
    [
        ("Letters, <unitdate normal='1915/1917'>1915-1917</unitdate>, war", ["1915/1917"],
         "Letters, 1915-1917, war"),
        ("<unitdate normal='1916-04'>April 1916</unitdate>", ["1916-04"], "April 1916"),
        ("Letters<unitdate>1915</unitdate>of war", ["1915"], "Letters 1915 of war"),
    ],
)  # fmt: skip
def test_dates_within_a_title_are_dates(title, dates, shown):
    document = parsed(component(f"<unittitle>{title}</unittitle>"))[-1]
    assert [date.edtf for date in document.metadata.dates] == dates
    assert document.text == shown


def test_departments_and_the_address_stand_apart_in_references():
    held = (
        "<repository><corpname>Tver Archive<subarea>Manuscripts</subarea></corpname>"
        "<address><addressline>1 Main St</addressline></address></repository>"
    )
    text = EAD.replace("<repository><corpname>Tver Archive</corpname></repository>", held)
    collection = parse(text)[0]
    assert collection.references[0].printed == "Tver Archive, Manuscripts, MS 12"
    assert ("department", "Manuscripts") in collection.references[0].components
    assert collection.text.startswith("Tver Archive\nManuscripts\n\n1 Main St")
    bare = held.replace("<corpname>", "").replace("</corpname>", "")
    assert parse(EAD.replace(held, bare))[0].references[0].printed.startswith("Tver Archive, ")


def test_a_department_that_the_archives_name_ends_with_is_named_once():
    held = "<repository><corpname>Tver Library, Maps</corpname><subarea>Maps</subarea></repository>"
    text = EAD.replace("<repository><corpname>Tver Archive</corpname></repository>", held)
    assert parse(text)[0].references[0].printed == "Tver Library, Maps, MS 12"


def test_what_a_list_of_components_says_of_itself_and_lists_within_it_are_read():
    inner = f"<dsc>{component('<unittitle>Deep</unittitle>')}</dsc>"
    found = parsed(f"<head>List</head><p>Typed in 1950.</p>{inner}")
    assert found[0].text.endswith("List\n\nTyped in 1950.")
    assert [document.metadata.title.text for document in found[1:]] == ["Petrov papers › Deep"]


def test_what_is_said_of_digital_copies_is_read():
    copies = "<daogrp><daodesc><p>Scanned in 2011.</p></daodesc><daoloc href='a.jpg'/></daogrp>"
    new = "<daoset><dao><descriptivenote><p>And in 2020.</p></descriptivenote></dao></daoset>"
    document = parsed(component("<unittitle>Letter</unittitle>", copies + new))[-1]
    assert document.text == "Letter\n\nScanned in 2011.\n\nAnd in 2020."


BOX = "<container type='box'>1</container>"


@pytest.mark.parametrize(
    ("above", "own", "reference"),
    [
        (BOX + "<container type='folder'>2</container>", "", "Box 1, Folder 2"),
        (BOX, "<container type='folder'>7</container>", "Box 1, Folder 7"),
        (BOX + "<container type='folder'>2</container>", "<container type='folder'>7</container>",
         "Box 1, Folder 7"),
        (BOX, "<container type='box'>9</container>", "Box 9"),
        (BOX, "<container type='reel'>9</container>", "Reel 9"),
    ],
)  # fmt: skip
def test_a_component_lies_in_the_containers_of_those_above_it(above, own, reference):
    inner = component(f"{own}<unittitle>Letter</unittitle>", name="c02")
    document = parsed(component(f"{above}<unittitle>File</unittitle>", inner))[-1]
    assert document.references[0].printed == f"Tver Archive, MS 12, {reference}"


def test_what_is_internal_is_left_out_and_told():
    secret = "<odd><p>So <note audience='internal'><p>Bought cheaply.</p></note>tail</p></odd>"
    inner = f"{component('<unittitle>Open</unittitle>', secret)}"
    hidden = component("<unittitle>Hidden</unittitle>").replace("<c01", "<c01 audience='internal'")
    text = EAD.replace("<dsc>", f"<dsc>{hidden}{inner}").replace(
        "<ead>", "<ead audience='internal'>"
    )
    found = parse(text)
    assert str(found[-1]).startswith("2 parts: left out")
    words = " ".join(document.text for document in found[:-1])
    assert "Bought" not in words
    assert "Hidden" not in words
    assert "So tail" in words


def test_the_path_to_a_component_names_no_sender_and_no_kind():
    letter = parsed(component("<unittitle>Letter to the Tsar</unittitle>"))[-1].metadata
    assert (letter.sender, letter.recipient.text, letter.kind) == (None, "the Tsar", "letter")
    inner = component("<unittitle>On horses</unittitle>", name="c02")
    assert parsed(component("<unittitle>Letters</unittitle>", inner))[-1].metadata.kind is None


STATEMENTS = (
    "<unittitle>Letters  of\n Petrov</unittitle>", "<unittitle>Letters, <unitdate>1920</unitdate>"
    "</unittitle>", "<unitdate>1936 - Oct. 1938</unitdate>", "<container type='box'>1</container>",
    "<physdesc label='Extent'>2 boxes</physdesc>", "<unitid/>", "<abstract>Of <emph>rye</emph>."
    "</abstract>", "<note><p>Torn.</p></note>", "<ptr/>", "<langmaterial>Russian</langmaterial>",
)  # fmt: skip
TOLD = (
    "<scopecontent><head>Scope</head><p>The mill  burned.</p> <p/></scopecontent>",
    "<bioghist><p>Born in <geogname>Tver</geogname>.</p></bioghist>",
    "<scopecontent>Bare words.<p>More.</p></scopecontent>",
    "<controlaccess><persname>Petrov</persname></controlaccess>",
    "<odd><list><item>rye</item></list></odd>",
)


@given(
    st.sampled_from(("", "<head>Rolls</head>", "<odd><p>Lost.</p></odd>")),
    st.lists(st.sampled_from(STATEMENTS), max_size=5),
    st.lists(st.sampled_from(TOLD), max_size=3),
)
def test_plain_components_are_written_as_all_others_are(opening, said, told):
    component = f"<c level='file'>{opening}<did>{''.join(said)}</did>{''.join(told)}</c>"
    data = (
        "<ead><archdesc level='fonds'><did><unittitle>Papers</unittitle></did>"
        f"<dsc>{component}</dsc></archdesc></ead>"
    ).encode()
    source = SourceFile("a.xml", "application/xml", len(data), "0" * 64)
    at_once = list(EadParser(Limits()).parse(source, data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ead_parser, "plain_text", lambda _: None)
        assert at_once == list(EadParser(Limits()).parse(source, data))
    for document in at_once:
        for block in document.blocks:
            assert block.span.of(document.text).strip() == block.span.of(document.text) != ""


def test_an_author_who_is_still_to_be_filled_in_is_none():
    data = EAD.replace("A. Archivist", "").encode()
    source = SourceFile("a.xml", "application/xml", len(data), "0" * 64)
    (first, *_) = EadParser(Limits()).parse(source, data)
    assert first.metadata.collection.editors == ()


def test_the_roles_of_names_say_who_sent_and_who_received():
    did = (
        "<unittitle>Brief</unittitle><origination><persname role='Verfasser'>Holm, Ida</persname>"
        "</origination>"
    )
    access = "<controlaccess><persname role='Adressat'>Ek, Per</persname></controlaccess>"
    titled = (
        "<did><unittitle><persname role='aut'>Holm, Ida</persname> an <persname role='rcp'>Ek, Per"
        "</persname></unittitle></did>"
    )
    for inside in (f"<did>{did}</did>{access}", titled):
        data = (
            "<ead><archdesc level='fonds'><did><unittitle>Papers</unittitle></did>"
            f"<dsc><c level='item'>{inside}</c></dsc></archdesc></ead>"
        ).encode()
        source = SourceFile("a.xml", "application/xml", len(data), "0" * 64)
        about = list(EadParser(Limits()).parse(source, data))[1].metadata
        assert (about.sender.text, about.recipient.text) == ("Holm, Ida", "Ek, Per")


def test_a_component_has_no_date_and_no_comma_of_what_it_lies_in():
    repository = "<corpname><subarea>Map Room</subarea>, Tver Archive</corpname>"
    title = "<unittitle>Papers, circa 1920s-1978</unittitle>"
    inner = "<c><did><unittitle>Undated</unittitle></did></c>"
    data = (
        f"<ead><archdesc level='fonds'><did><repository>{repository}</repository>{title}</did>"
        f"<dsc>{inner}</dsc></archdesc></ead>"
    ).encode()
    source = SourceFile("a.xml", "application/xml", len(data), "0" * 64)
    normalizer = product("normalize", "letter")
    whole, inner = map(normalizer.normalize, EadParser(Limits()).parse(source, data))
    assert whole.metadata.date is not None
    assert inner.metadata.dates == ()
    assert whole.references[0].printed.startswith("Tver Archive, Map Room")


def test_a_date_of_a_component_keeps_its_doubt():
    did = '<did><unittitle>A</unittitle><unitdate normal="{}">{}</unitdate></did>'
    for normal, printed, edtf in (
        ("1884-05", "[May] 1884?", "1884-05?"),
        ("1884", "ca. 1884", "1884~"),
        ("1884/1890", "1884-1890?", "1884/1890"),
    ):
        item = parsed(f"<c01>{did.format(normal, printed)}</c01>")[-1]
        assert item.metadata.date.edtf == edtf


@pytest.mark.parametrize("family", ["surname", "last", "nachname"])
def test_the_parts_of_a_name_that_stand_inverted_have_their_comma(family):
    name = (
        f'<origination><persname><part localtype="{family}">Falk</part>'
        '<part localtype="forename">Brita</part></persname></origination>'
    )
    item = parsed(f"<c01><did><unittitle>A</unittitle>{name}</did></c01>")[-1]
    assert item.metadata.sender.text == "Falk, Brita"


def test_the_two_ends_of_a_span_of_ead3_have_their_dash():
    (_, diaries) = parse(EAD3)
    assert "1863–1865" in diaries.text


def test_the_comma_within_the_date_of_a_title_parts_it_and_is_no_part_of_it():
    title = "<unittitle>Letters<unitdate normal='1901/1903'>, 1901-1903</unitdate></unittitle>"
    item = parsed(f"<c01><did>{title}</did></c01>")[-1]
    assert item.metadata.title.text.endswith("Letters, 1901-1903")
    assert item.metadata.date.printed == "1901-1903"


def test_the_creator_is_the_first_who_is_named_outside_the_house():
    inner = (
        '<origination><corpname audience="internal">Staff</corpname></origination>'
        "<origination><persname>Petrov, Ivan</persname></origination>"
    )
    did = f"<c01><did><unittitle>A</unittitle>{inner}</did></c01>"
    found = [each for each in parsed(did) if hasattr(each, "metadata")]
    assert found[-1].metadata.sender.text == "Petrov, Ivan"


def test_a_series_called_letters_is_no_letter():
    found = {d.member: d.metadata.kind for d in map(LetterNormalizer().normalize, parse(EAD))}
    assert found["1"] is None


def test_the_containers_in_the_text_are_no_second_reference():
    did = (
        "<did><unittitle>Bills</unittitle><container type='box'>1</container>"
        "<container type='folder'>3</container></did>"
    )
    item = parsed(f"<c01>{did}</c01>")[-1]
    read = product("normalize", "letter").normalize(item)
    assert [each.printed for each in read.references] == [item.references[0].printed]
    assert item.references[0].printed.endswith("Box 1, Folder 3")


def test_the_address_of_a_record_in_a_program_is_no_number():
    (_, document) = parsed(
        component(
            "<unittitle>Plans</unittitle><unitid type='aspace_uri'>/repositories/6/archival_objects"
            "/594304</unitid><unitid>MC 9/4</unitid><container type='box'>1</container>"
        )
    )
    assert document.references[0].printed.endswith(", MC 9/4, Box 1")
    (_, bare) = parsed(
        component("<unittitle>Plans</unittitle><unitid>https://a.example/1</unitid>")
    )
    assert "example" not in bare.references[0].printed
    assert "https://a.example/1" in bare.text


def test_the_creator_is_who_is_named_and_not_the_sentence_around_the_name():
    inner = "<origination>The file was made by <name>Harbour Board</name></origination>"
    item = parsed(f"<c01><did><unittitle>A</unittitle>{inner}</did></c01>")[-1]
    assert item.metadata.sender.text == "Harbour Board"
    several = "<origination><name>Ida Holm</name> <corpname>Harbour Board</corpname></origination>"
    item = parsed(f"<c01><did><unittitle>A</unittitle>{several}</did></c01>")[-1]
    assert item.metadata.sender.text == "Ida Holm; Harbour Board"


def test_the_lines_of_an_address_are_no_part_of_the_archives_name():
    lines = "<repository><addressline>3 Quay Street</addressline>Tver Archive</repository>"
    data = EAD.replace("<repository><corpname>Tver Archive</corpname></repository>", lines)
    assert parse(data)[0].references[0].printed == "Tver Archive, MS 12"


def test_the_comma_before_a_date_is_no_part_of_a_title():
    did = "<did><unittitle>Minutes,</unittitle><unitdate normal='1901'>1901</unitdate></did>"
    inner = "<c02><did><unittitle>Drafts,</unittitle></did></c02>"
    series, drafts = parsed(f"<c01>{did}{inner}</c01>")[-2:]
    assert series.metadata.title.text.endswith(" › Minutes")
    assert drafts.metadata.title.text.endswith(" › Minutes › Drafts")


def test_the_one_archive_that_the_components_name_is_that_of_the_whole():
    house = "<repository><corpname>Tver Archive</corpname></repository>"
    data = EAD.replace(house, "").replace("<unitid>1</unitid>", f"<unitid>1</unitid>{house}")
    assert parse(data)[0].references[0].printed == "Tver Archive, MS 12"
    two = data.replace("<container type=", f"{house.replace('Tver', 'Riga')}<container type=", 1)
    assert parse(two)[0].references[0].printed == "MS 12"
