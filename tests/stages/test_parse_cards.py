"""Calendars and address cards: a document an event or a card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import SourceFile
from docproc.stages.parse.records.cards import make

ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
DTSTART:19700101T000000
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Board on the arch
 ives move
DTSTART:20190301T100000Z
LOCATION:Room 12
DESCRIPTION:Bring the list\\, please.
END:VEVENT
BEGIN:VTODO
SUMMARY:Count boxes
END:VTODO
END:VCALENDAR
"""
VCF = """BEGIN:VCARD
VERSION:3.0
N:Holm;Ida;Maria;;
FN:Ida Holm
ORG:Harbour board;Library
ADR;TYPE=home:;;1 Mill Road;Lund;;22100;Sweden
NOTE:Wrote of oats\\; twice.
PHOTO;ENCODING=b:AAAA
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85k;Per
TEL;HOME:12
END:VCARD
"""


def parse(text, name):
    data = text.encode()
    source = SourceFile(name, "", len(data), "0" * 64)
    assert make({}).confidence(source, data[:8192]) > 0.9
    return list(make({}).parse(source, data))


def test_each_event_of_a_calendar_is_a_document_with_its_day():
    event, task = parse(ICS.replace("\n", "\r\n"), "a.ics")
    assert event.text == (
        "Summary: Board on the archives move\nStart: 2019-03-01 10:00 UTC\nLocation: Room 12\n"
        "Description: Bring the list, please."
    )
    about = event.metadata
    assert (about.title.text, about.date.edtf) == ("Board on the archives move", "2019-03-01")
    assert (about.place.text, event.member) == ("Room 12", "event 1")
    assert (task.text, task.member) == ("Summary: Count boxes", "event 2")


def test_each_address_card_is_a_document_with_its_name():
    ida, per = parse(VCF, "a.vcf")
    assert ida.text == (
        "Name: Ida Holm\nOrganization: Harbour board, Library\n"
        "Address: 1 Mill Road, Lund, 22100, Sweden\nNote: Wrote of oats; twice."
    )
    assert (per.text, per.metadata.title.text) == ("Name: Per Åk\nTelephone: 12", "Per Åk")


@pytest.mark.parametrize("text", ["BEGIN:VCARD\nEND:VCARD", "BEGIN:VCALENDAR\nEND:VCALENDAR", "a"])
def test_what_holds_none_is_refused_in_words(text):
    with pytest.raises(SourceError, match="no event"):
        list(make({}).parse(SourceFile("a.ics", "", 1, "0" * 64), text.encode()))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_the_words_of_a_field_are_kept_whatever_signs_are_in_them(words):
    written = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    said = " ".join(words.split())
    if said:
        card, *_ = parse(f"BEGIN:VCARD\nFN:{written}\nEND:VCARD", "a.vcf")
        assert "".join(card.text.removeprefix("Name: ").split()) == "".join(words.split())
