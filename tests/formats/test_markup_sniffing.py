"""The outermost element is told from the first bytes, whatever goes before it."""

import pytest

from docproc.formats.sniffing import root_of

FOUND = {
    b"<TEI>": "TEI",
    b"\xef\xbb\xbf  <?xml version='1.0'?><!-- x --><?y z?><ead xmlns='a'>": "ead",
    b"<!DOCTYPE ead PUBLIC '-//x' 'y' [<!ENTITY a 'b'>]>\n<ead>": "ead",
    b"<!doctype html><HTML lang=en>": "HTML",
    b"<tei:TEI xmlns:tei='b'>": "TEI",
    "<?xml version='1.0'?><alto/>".encode("utf-16"): "alto",
    b"<!DOCTYPE TEI [<!ENTITY a '" + b"x" * 20_000: "TEI",
}


@pytest.mark.parametrize("head", FOUND)
def test_the_outermost_element_is_found(head):
    assert root_of(head).name == FOUND[head]


@pytest.mark.parametrize("head", [b"", b"Dear Anna", b"< 5 roubles", b"<", b"<!--" * 5000, b"PK"])
def test_what_is_no_markup_has_none(head):
    assert root_of(head) is None
