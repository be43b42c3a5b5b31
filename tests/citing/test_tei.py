"""TEI and CMIF are valid, whatever is cited, and say what the citations say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from made_up_citations import ALL, BARE, LETTER, ORLOVA

from docproc.citing import built_in_style
from docproc.citing.cmif import Cmif
from docproc.records import StatedDate

TEI = {"t": "http://www.tei-c.org/ns/1.0"}


@cache
def schema(name):
    return etree.RelaxNG(etree.parse(Path(__file__).with_name(f"{name}.rng")))


def read(name, citations):
    style = Cmif(date(2026, 1, 31)) if name == "cmif" else built_in_style(name)
    tree = etree.fromstring(style.render(citations).encode())
    schema(name).assertValid(tree)
    return tree


@pytest.mark.parametrize("name", ["tei", "cmif"])
def test_what_is_written_is_valid(name):
    read(name, ALL)
    read(name, [LETTER])


def test_an_index_of_no_letter_is_valid():
    read("cmif", [BARE])


@pytest.mark.parametrize("name", ["tei", "cmif"])
def test_the_schema_would_see_a_fault(name):
    tree = read(name, ALL)
    (action, *_) = tree.iterfind(".//t:correspAction", TEI)
    action.set("type", "thrown away")
    assert not schema(name).validate(tree)


def test_the_description_says_where_the_letter_is_kept_then_and_now():
    tree = read("tei", [LETTER])
    named = tree.find(".//t:msIdentifier", TEI)
    assert named.findtext("t:repository", namespaces=TEI) == "RGASPI"
    former = named.find("t:altIdentifier[@type='former']", TEI)
    assert former.findtext("t:repository", namespaces=TEI) == "RTsKhIDNI"
    assert former.findtext("t:idno", namespaces=TEI) == LETTER.reference.printed
    assert tree.findtext(".//t:quote", namespaces=TEI) == LETTER.quote
    assert tree.find(".//t:origDate", TEI).get("when") == "1923-03-04"


@given(st.text(max_size=80))
def test_any_quotation_is_legal_xml_and_comes_back(words):
    tree = read("tei", [replace(LETTER, quote=f"“{words}”")])
    quoted = tree.findtext(".//t:quote", namespaces=TEI)
    kept = [c for c in words if c in "\t\n\r" or c >= " "]
    assert len(quoted) <= len(words) + 2
    if len(kept) == len(words) and all(c not in "\r\ufffe\uffff" for c in words):
        assert quoted == f"“{words}”"


@pytest.mark.parametrize(
    ("edtf", "attributes"),
    [
        ("1921-11-02", {"when": "1921-11-02"}),
        ("1921-11~", {"when": "1921-11", "precision": "low"}),
        ("1921?", {"when": "1921", "cert": "low"}),
        ("1919/1921-05", {"from": "1919", "to": "1921-05"}),
        ("1918-03-03/..", {"notBefore": "1918-03-03"}),
        ("../1918", {"notAfter": "1918"}),
        ("192X", {"notBefore": "1920-01-01", "notAfter": "1929-12-31"}),
        ("1921-11-XX", {"notBefore": "1921-11-01", "notAfter": "1921-11-30"}),
    ],
)
@pytest.mark.parametrize("name", ["tei", "cmif"])
def test_dates_are_those_of_edtf(name, edtf, attributes):
    metadata = replace(ORLOVA, dates=(StatedDate("as printed", edtf, "heading"),))
    tree = read(name, [replace(LETTER, metadata=metadata)])
    dated = tree.find(".//t:correspAction/t:date", TEI)
    if name == "cmif":  # whose dates are empty, and have no precision
        approximate = attributes.get("precision") and {"cert": "medium"}
        attributes = {"when": attributes["when"]} | approximate if approximate else attributes
    assert dict(dated.attrib) == attributes
    assert dated.text == (None if name == "cmif" else "as printed")
