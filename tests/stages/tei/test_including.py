"""Files in the same folder that a file of TEI includes are read with it."""

import pytest
from tei_files import NAMESPACE, edition

from docproc.config import Limits
from docproc.records import SourceFile, Unread
from docproc.stages.parse.xml.tei.parser import TeiParser

XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
PART = f"<div {NAMESPACE}><p>The second part lay in the attic.</p></div>"


def read(body, **beside):
    data = edition(f"<text {XI}><body>{body}</body></text>")
    files = {f"{name}.xml": text.encode() for name, text in beside.items()}
    source = SourceFile("seeds/v.xml", "application/xml", len(data), "0" * 64)
    found = list(TeiParser(Limits()).parse_beside(source, data, files))
    told = [str(each) for each in found if isinstance(each, Unread)]
    return [each for each in found if not isinstance(each, Unread)], told


def including(name="part.xml", more=""):
    return (
        f'<xi:include href="{name}" {more}><xi:fallback><p>(absent)</p></xi:fallback></xi:include>'
    )


def test_the_names_are_told_before_anything_is_parsed():
    data = edition(
        f"<text {XI}><body>{including('a%20b.xml')}{including('c&amp;d.xml')}</body></text>"
    )
    assert TeiParser(Limits()).names_beside(data) == ["a%20b.xml", "c&d.xml"]
    assert TeiParser(Limits()).names_beside(edition("<text/>")) == []


@pytest.mark.parametrize(
    "part",
    [
        PART,
        f"<p {NAMESPACE}>The second part lay in the attic.</p>",
        f"<body {NAMESPACE}><p>The second part lay in the attic.</p></body>",
        f"<text {NAMESPACE}><body><p>The second part lay in the attic.</p></body></text>",
        edition("<text><body><p>The second part lay in the attic.</p></body></text>").decode(),
    ],
    ids=["div", "p", "body", "text", "TEI"],
)
def test_what_is_included_stands_in_its_place_whatever_its_outermost_element_is(part):
    (document,), told = read(f"<p>One.</p>{including()}<p>Three.</p>", part=part)
    assert document.text == "One.\n\nThe second part lay in the attic.\n\nThree."
    assert told == []


def test_a_part_is_included_by_its_id_and_as_plain_text():
    part = f'<div {NAMESPACE}><p xml:id="x">Left.</p><p xml:id="y">Right.</p></div>'
    (document,), told = read(including(more='xpointer="y"'), part=part)
    assert (document.text, told) == ("Right.", [])
    as_text = including(more='parse="text"')
    (document,), told = read(f"<p>So: {as_text} end.</p>", part="a < b")
    assert (document.text, told) == ("So: a < b end.", [])


def test_whole_letters_that_a_corpus_includes_are_its_documents():
    letters = {
        name: edition(f"<text><body><p>{words}</p></body></text>").decode()
        for name, words in (("a", "The ice went out."), ("b", "The lamp was lit."))
    }
    corpus = f"<teiCorpus {NAMESPACE} {XI}>{including('a.xml')}{including('b.xml')}</teiCorpus>"
    data = corpus.encode()
    source = SourceFile("seeds/c.xml", "application/xml", len(data), "0" * 64)
    files = {f"{name}.xml": text.encode() for name, text in letters.items()}
    documents = list(TeiParser(Limits()).parse_beside(source, data, files))
    assert [each.text for each in documents] == ["The ice went out.", "The lamp was lit."]


def test_what_is_missing_broken_or_included_further_is_told():
    (document,), told = read(f"<p>One.</p>{including('gone.xml')}")
    assert document.text == "One.\n\n(absent)"
    assert told[0].startswith("included file gone.xml: ")
    (document,), told = read(f"<p>One.</p>{including()}", part="<div>")
    assert document.text == "One."
    assert told[0].startswith("included file part.xml: it is not well-formed XML")
    further = f"<div {NAMESPACE} {XI}><p>Two.</p>{including('deeper.xml')}</div>"
    (document,), told = read(f"<p>One.</p>{including()}", part=further)
    assert document.text == "One.\n\nTwo."
    assert "deeper.xml" in told[0]
    nowhere = including(more='xpointer="z"')
    (_,), told = read(f"<p>One.</p>{nowhere}", part=PART)
    assert "pointed to (z)" in told[0]
