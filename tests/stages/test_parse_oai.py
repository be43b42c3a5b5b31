"""Answers of OAI-PMH: each record is read as the format that it is in."""

from __future__ import annotations

import pytest
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import Child, SourceFile, Unread
from docproc.stages.parse.xml.oai import OaiParser
from docproc.testing import ParserContract

EAD = (
    '<ead xmlns="urn:isbn:1-931666-22-9"><archdesc><did><unittitle>Petrov papers</unittitle></did>'
    "</archdesc></ead>"
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>The harvest failed.</p>'
    "</body></text></TEI>"
)


def record(identifier, inside):
    return (
        f"<record><header><identifier>{identifier}</identifier></header>"
        f"<metadata>{inside}</metadata></record>"
    )


def answer(*records, more=""):
    return (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<ListRecords>{''.join(records)}{more}</ListRecords></OAI-PMH>"
    )


DELETED = '<record><header status="deleted"><identifier>x:3</identifier></header></record>'


class TestContract(ParserContract):
    """The kit's tests."""

    @pytest.fixture
    def plugin(self):
        return OaiParser(Limits())

    @pytest.fixture
    def samples(self):
        return {"all.xml": answer(record("x:1", EAD), record("x:2", TEI), DELETED).encode()}

    def enlarge(self, data, times):
        return data.replace(
            b"</ListRecords>", record("y", EAD).encode() * times + b"</ListRecords>"
        )


def parse(text):
    source = SourceFile("seeds/oai.xml", "application/xml", len(text), "0" * 64)
    return list(OaiParser(Limits()).parse(source, text.encode()))


def test_each_record_is_handed_on_as_a_file_of_its_own_format():
    first, second = parse(answer(record("oai:x/1", EAD), DELETED, record("x:2", TEI)))
    assert (first.name, second.name) == ("oai:x_1", "x:2")
    for child, parser, text in (
        (first, "ead", "Petrov papers"),
        (second, "tei", "The harvest failed."),
    ):
        source = SourceFile("seeds/oai.xml", "application/xml", len(child.data), "0" * 64)
        reader = product("parse", parser)
        assert reader.confidence(source, child.data) > 0.8
        assert next(iter(reader.parse(source, child.data))).text == text


def test_a_single_record_is_the_file_itself():
    (child,) = parse(answer(record("x:1", EAD)))
    assert isinstance(child, Child)
    assert child.name == ""


def test_the_rest_of_a_list_is_told_and_an_answer_without_records_refused():
    token = "<resumptionToken>abc</resumptionToken>"
    *_, rest = parse(answer(record("x:1", EAD), more=token))
    assert isinstance(rest, Unread)
    assert "rest of the list" in str(rest)
    error = '<OAI-PMH><error code="noRecordsMatch">None of that kind.</error></OAI-PMH>'
    with pytest.raises(SourceError, match="without records: None of that kind"):
        parse(error)
