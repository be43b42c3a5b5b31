"""MODS: each description a document that can be listed, found and cited."""

from __future__ import annotations

import pytest

from docproc.errors import SourceError
from docproc.records import SourceFile
from docproc.stages.parse.xml.mods import make

NS = 'xmlns="http://www.loc.gov/mods/v3"'
LETTER = (
    f"<mods {NS} ID='m1'><titleInfo><nonSort>The</nonSort><title>letter on grain</title>"
    "</titleInfo>"
    "<name><namePart type='family'>Hill</namePart><namePart type='given'>Ann</namePart><role>"
    "<roleTerm>aut</roleTerm></role></name><name><namePart>B. Lake</namePart><role><roleTerm>"
    "recipient</roleTerm></role></name><genre>Letter</genre><originInfo><place><placeTerm>Kars"
    "</placeTerm></place><dateCreated point='start'>1921-11-02</dateCreated><dateCreated "
    "point='end'>1921-11-05</dateCreated></originInfo><abstract>On the harvest.</abstract>"
    "<location><physicalLocation>City Archive</physicalLocation><shelfLocator>Ms. 12"
    "</shelfLocator></location></mods>"
)


def parse(xml: str) -> list:
    data = xml.encode()
    assert make({}).confidence(SourceFile("a.xml", "", 1, ""), data[:8192]) > 0.9
    return list(make({}).parse(SourceFile("a.xml", "x/y", len(data), "0" * 64), data))


def test_a_description_is_a_document_with_what_it_says():
    (document,) = parse(LETTER)
    assert document.text == (
        "The letter on grain\n\nAuthor: Hill, Ann\n\nRecipient: B. Lake\n\n"
        "Date: 1921-11-02/1921-11-05\n\nPlace: Kars\n\nAbstract: On the harvest.\n\n"
        "Genre: Letter\n\nShelfmark: Ms. 12\n\nHolder: City Archive"
    )
    metadata = document.metadata
    assert metadata.title.text == "The letter on grain"
    assert (metadata.sender.text, metadata.recipient.text) == ("Hill, Ann", "B. Lake")
    assert (metadata.place.text, metadata.kind) == ("Kars", "letter")
    assert metadata.date.edtf == "1921-11-02/1921-11-05"
    assert document.references[0].printed == "City Archive, Ms. 12"


def test_each_description_of_a_collection_is_a_document():
    found = parse(f"<modsCollection {NS}>{LETTER}{LETTER}</modsCollection>")
    assert [each.member for each in found] == ["m1", "m1 (2)"]


def test_what_describes_nothing_is_one_clear_message():
    with pytest.raises(SourceError, match="say nothing"):
        parse(f"<mods {NS}/>")
    with pytest.raises(SourceError, match="no description"):
        parse(f"<modsCollection {NS}/>")
