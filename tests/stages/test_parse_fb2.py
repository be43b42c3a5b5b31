"""FictionBook: a book's sections in their order, notes tied to their marks."""

import pytest

from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.parse.books.fb2 import make

FB2 = """<?xml version="1.0" encoding="UTF-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>memoir</genre><author><first-name>Ida</first-name><last-name>Holm
</last-name></author><book-title>The mill</book-title><date value="1901-05-03">3 May 1901</date>
<lang>en</lang><annotation><p>On oats.</p></annotation></title-info></description>
<body><title><p>THE MILL</p><p>A tale</p></title><epigraph><p>Bread.</p></epigraph>
<section><title><p>One</p></title><p>The <emphasis>mill</emphasis> burned<a l:href="#n1"
type="note">[1]</a>.</p><subtitle>* * *</subtitle><poem><stanza><v>Rain</v><v>and rye</v></stanza>
<text-author>I. H.</text-author></poem><cite><p>So he wrote.</p></cite><empty-line/>
<table><tr><th></th><th>Rye</th></tr><tr><td>1900</td><td>7</td></tr></table></section>
<section><title><p>Two</p></title><p>Then it rained.</p></section></body>
<body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title>
<p>In May.</p><p>Of that year.</p></section></body>
<binary id="c.jpg" content-type="image/jpeg">AAAA</binary></FictionBook>"""


def parse(text=FB2):
    data = text.encode()
    source = SourceFile("a.fb2", "", len(data), "0" * 64)
    assert make({}).confidence(source, data[:8192]) > 0.9
    (document,) = make({}).parse(source, data)
    return document


def test_a_book_is_read_in_its_order_and_its_notes_are_tied():
    document = parse()
    assert document.text == (
        "THE MILL\nA tale\n\nBread.\n\nOne\n\nThe mill burned[1].\n\n* * *\n\nRain\nand rye\n\n"
        "I. H.\n\nSo he wrote.\n\n\tRye\n\n1900\t7\n\nTwo\n\nThen it rained.\n\n"
        "[1] In May.\nOf that year."
    )
    (note,) = (block for block in document.blocks if block.kind is BlockKind.NOTE)
    assert (note.label, note.anchor.of(document.text)) == ("1", "[1]")
    assert [page.label for page in document.pages] == ["“One”", "“Two”"]


def test_what_the_description_says_is_known():
    about = parse().metadata
    assert (about.title.text, about.language, about.date.edtf) == ("The mill", "en", "1901-05-03")
    assert about.other == (("book's author", "Ida Holm"), ("summary", "On oats."))


def test_an_empty_book_and_other_xml_are_refused_in_words():
    empty = SourceFile("a.fb2", "", 1, "0" * 64)
    for data, words in ((b"<FictionBook/>", "no text"), (b"<a/>", "not FictionBook")):
        with pytest.raises(SourceError, match=words):
            list(make({}).parse(empty, data))
