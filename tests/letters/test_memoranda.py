"""Memoranda say in lines of their own who writes to whom, when and of what."""

import pytest
from documents import normalized

from docproc.letters.sections.memoranda import read_memorandum

BODY = "\n\nThe ice has left the harbour, and the barges sail again.\n"


@pytest.mark.parametrize(
    "head",
    [
        "MEMORANDUM\n\nTO: Mr. Nyberg\nFROM: Ida Holm\nDATE: March 4, 1931\nSUBJECT: The ice",
        "TO    : Mr. Nyberg        DATE: March 4, 1931\n\nFROM  : Ida Holm\n\nSUBJECT : The ice",
        "An: Mr. Nyberg\nVon: Ida Holm\nDatum: 4. März 1931\nBetreff: The ice",
        "**To:** Mr. Nyberg\n\n**From:** Ida Holm\n\n**Date:** 4 March 1931\n\n**Re:** The ice",
    ],
)
def test_the_head_of_a_memorandum_is_read_however_it_is_set(head):
    read = normalized(head + BODY)
    about = read.metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Mr. Nyberg")
    assert (about.date.edtf, about.title.text) == ("1931-03-04", "The ice")
    assert (about.kind, about.place) == ("memorandum", None)
    for each in (about.sender, about.recipient, about.title):
        assert each.span.of(read.text) == each.text


@pytest.mark.parametrize(
    "text",
    [
        "We came from: here\nto: there and back, and the ice left.\n",
        "FROM: Libau\n\nThe ice has left the harbour.\n",
        "TO: Director fc) 705: ‘ ORK) & f\nFROM: Ida Holm\n\nThe ice has left.\n",
        "The ice.\n\n" + "The barges sail. " * 100 + "\n\nTO: Mr. Nyberg\nFROM: Ida Holm\n",
    ],
)
def test_words_that_are_no_head_name_nobody(text):
    assert read_memorandum(text) is None
