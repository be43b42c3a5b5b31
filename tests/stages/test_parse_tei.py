"""TEI P5: what stands in the source is what is read, and every part leads back to its place."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_workspace import product

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile, Span, Unread
from docproc.stages.parse.xml.tei.parser import TeiParser
from docproc.testing import ParserContract

HEADER = """
<teiHeader><fileDesc>
 <titleStmt><title>Ivan Petrov to Anna Orlova</title><author>Ivan Petrov</author></titleStmt>
 <publicationStmt><p/></publicationStmt>
 <sourceDesc><msDesc><msIdentifier><settlement>Moscow</settlement><repository>RGASPI</repository>
  <idno type="shelfmark">RGASPI. F. 558. Op. 2. D. 51. L. 1.</idno></msIdentifier>
  <physDesc><p>Typewritten text, copy.</p></physDesc></msDesc></sourceDesc>
</fileDesc><profileDesc><correspDesc>
 <correspAction type="sent"><persName>Petrov, Ivan</persName><placeName>Tver</placeName>
  <date when="1920-05-03">3 May 1920</date></correspAction>
 <correspAction type="received"><persName>Orlova, Anna</persName></correspAction>
</correspDesc><langUsage><language ident="en">English</language></langUsage></profileDesc>
</teiHeader>"""


def tei(body, header=HEADER, outer="text"):
    inner = f"<text><body>{body}</body></text>" if outer == "text" else body
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{inner}</TEI>'.encode()


LETTER = tei("""
<div type="letter"><pb n="071r"/>
 <opener><dateline>Tver, <date when="1920-05-03">3 May</date></dateline>
  <salute>Dear Anna,</salute></opener>
 <p>The harvest <choice><orig>fayled</orig><reg>failed</reg></choice> in the whole dis-<lb/>trict,
  and the <choice><abbr>gov<am>r</am></abbr><expan>governor</expan></choice> said
  no<lb break="no"/>thing<note n="1">So in the draft.</note>.</p>
 <pb n="071v"/>
 <p>Send <del>wheat</del> <add>rye</add>, <gap reason="illegible"/> and <unclear>salt</unclear>
  <supplied>soon</supplied>.<ptr target="#n2"/></p>
 <closer><salute>Yours,</salute><signed>Ivan</signed></closer>
 <note xml:id="n2">Received in June.</note>
</div>""")


class TestContract(ParserContract):
    """The kit's tests."""

    @pytest.fixture
    def plugin(self):
        return TeiParser(Limits())

    @pytest.fixture
    def samples(self):
        return {"letter.xml": LETTER, "bare.xml": tei("<p>Only a paragraph.</p>", header="")}

    def enlarge(self, data, times):
        return data.replace(b"</body>", b"<p>And more of it.</p>" * (20 * times) + b"</body>")


def parse(data, **limits):
    source = SourceFile("seeds/a.xml", "application/xml", len(data), "0" * 64)
    return list(TeiParser(Limits(**limits)).parse(source, data))


def blocks(document, kind):
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def test_the_header_says_who_wrote_to_whom_when_where_and_where_it_is_kept():
    (document,) = parse(LETTER)
    metadata = document.metadata
    assert metadata.title.text == "Ivan Petrov to Anna Orlova"
    assert metadata.sender.text == "Petrov, Ivan"
    assert metadata.recipient.text == "Orlova, Anna"
    assert (metadata.date.printed, metadata.date.edtf) == ("3 May 1920", "1920-05-03")
    assert metadata.place.text == "Tver"
    assert metadata.language == "en"
    (reference,) = document.references
    assert reference.get("fond") == "558"
    assert document.witness.technique == "typewritten"


def test_the_reading_text_is_what_stands_in_the_source():
    (document,) = parse(LETTER)
    assert (
        blocks(document, BlockKind.PARAGRAPH)
        == [
            "The harvest fayled in the whole dis-\ntrict, and the govr said no\nthing[1].",
            "Send ⟦wheat⟧ rye, […] and salt[?] [soon].[2]",
            "",
        ][:2]
    )
    assert blocks(document, BlockKind.DATELINE) == ["Tver, 3 May"]
    assert blocks(document, BlockKind.SALUTATION) == ["Dear Anna,", "Yours,"]
    assert blocks(document, BlockKind.SIGNATURE) == ["Ivan"]


def test_the_search_text_adds_the_editors_words_and_has_no_signs():
    (document,) = parse(LETTER)
    searched = " ".join(document.search.apply(document.text).split())
    assert "fayled failed" in searched
    assert "govr governor" in searched
    assert "said nothing." in searched
    assert "Send wheat rye, and salt soon." in searched


def test_a_choice_inside_a_word_adds_the_whole_word():
    (document,) = parse(
        tei("<p>the <choice><orig>ha</orig><reg>he</reg></choice>r"
            "<choice><sic>vv</sic><corr>v</corr></choice>est</p>")
    )  # fmt: skip
    assert document.text == "the harvvest"
    assert document.search.apply(document.text) == "the harvvest hervest"


def test_words_that_the_source_lacks_are_searched_where_they_belong():
    (document,) = parse(
        tei("<p>We got <choice><sic/><corr>the</corr></choice> harvest in fo<choice><sic/>"
            "<corr>r</corr></choice>ty carts</p><p><choice><orig/><reg>Please</reg></choice> send "
            "<app><lem/><rdg>more</rdg></app></p><p><choice><sic/><corr>T</corr></choice>he end</p>"
            "<p><choice><sic/><corr>lost</corr></choice></p>")
    )  # fmt: skip
    assert document.text == "We got harvest in foty carts\n\nsend\n\nhe end"
    assert document.search.apply(document.text) == (
        "We got got the harvest in foty forty carts\n\nsend Please send more\n\nhe The end"
    )


def test_a_page_that_begins_between_two_words_leaves_one_space_between_them():
    (document,) = parse(tei('<p>one <pb n="2"/> two<pb n="3"/>fold <pb n="4"/><lb/>three</p>'))
    assert document.text == "one twofold\nthree"
    assert [page.span.of(document.text) for page in document.pages] == ["two", "fold\n", "three"]


def test_pages_that_begin_where_nothing_follows_are_empty():
    (document,) = parse(tei('<p>words <pb n="2"/><pb n="3"/></p>'))
    assert [page.span for page in document.pages] == [Span(5, 5), Span(5, 5)]


PIECES = st.sampled_from(
    ["word", "fo", " ", "<lb/>", '<pb n="2"/>', '<pb n="3"/>', "<gap/>", '<ref target="#z">k</ref>',
     "<choice><sic/><corr>x</corr></choice>", "<app><lem/><rdg>q</rdg></app>",
     "<choice><orig> </orig><reg>y z</reg></choice>"]
)  # fmt: skip
NESTED = st.recursive(
    PIECES,
    lambda inner: st.tuples(
        st.sampled_from(["p", "head", "del", "note", "hi", "item"]), st.lists(inner, max_size=4)
    ).map(lambda found: f"<{found[0]}>{''.join(found[1])}</{found[0]}>"),
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(NESTED, max_size=8).map("".join))
def test_whatever_stands_beside_what_every_span_lies_in_the_text(body):
    for document in parse(tei(f"<p>A word {body}</p>")):
        size = len(document.text)
        spans = [block.span for block in document.blocks] + [page.span for page in document.pages]
        assert all(span.end <= size for span in spans)
        assert document.search.apply(document.text).startswith("A word")


def test_notes_know_their_marks_wherever_they_stand():
    (document,) = parse(LETTER)
    notes = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    assert [(n.label, n.anchor.of(document.text), n.span.of(document.text)) for n in notes] == [
        ("1", "[1]", "[1] So in the draft."),
        ("2", "[2]", "[2] Received in June."),
    ]


def test_every_passage_has_its_folio_and_a_note_that_of_its_mark():
    (document,) = parse(LETTER)
    segmenter = product("segment", "structure")
    found = {p.text.split()[0]: p.locator for p in segmenter.segment(document)}
    assert found["The"] == "fol. 71r, paragraph 1"
    assert found["Send"] == "fol. 71v, paragraph 2"
    assert found["[1]"] == "fol. 71r, note 1"
    assert found["[2]"] == "fol. 71v, note 2"


def test_many_letters_in_one_file_are_many_documents():
    header = HEADER.replace("<correspDesc>", '<correspDesc corresp="#b">')
    documents = parse(
        tei(
            '<head>Letters</head><div type="letter" xml:id="a"><head>One</head><p>First.<ptr'
            ' target="#x"/></p></div><div type="letter" xml:id="b"><head>Two</head><p>Second.'
            '</p></div><div type="notes"><note xml:id="x" n="7">To the first.</note></div>',
            header,
        )
    )
    assert [(d.member, d.metadata.title.text) for d in documents] == [
        ("", "Ivan Petrov to Anna Orlova"),
        ("a", "One"),
        ("b", "Two"),
    ]
    assert "To the first." in documents[1].text
    assert "To the first." not in documents[0].text
    assert documents[1].metadata.sender is None
    assert documents[2].metadata.sender.text == "Petrov, Ivan"
    assert all(d.references for d in documents)


def test_a_text_without_a_body_and_a_corpus_are_read():
    bare = tei("<text><text><div><p>A story.</p></div></text></text>", outer="")
    assert [d.text for d in parse(bare)] == ["A story."]
    one = tei("<p>One.</p>").decode()
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{one}{one}</teiCorpus>'
    assert [(d.member, d.text) for d in parse(corpus.encode())] == [
        ("TEI 1", "One."),
        ("TEI 2", "One."),
    ]


def test_a_date_that_is_none_is_not_invented():
    header = HEADER.replace('<date when="1920-05-03">3 May 1920</date>', "<date>fill later</date>")
    (document,) = parse(tei("<p>A.</p>", header))
    assert document.metadata.dates == ()


def test_a_header_alone_is_a_text_described():
    header = HEADER.replace("correspDesc", "unused").replace(
        "<profileDesc>",
        "<profileDesc><abstract><p>On the price of oats.</p></abstract><creation><origDate><note>"
        '<date when="1920-05-03">1920, 3 May</date></note></origDate><placeName>Tver</placeName>'
        "</creation>",
    )
    (document,) = parse(tei("<p/>", header))
    assert document.text == (
        "Ivan Petrov to Anna Orlova\n\nauthor: Ivan Petrov\n\nplace: Tver\n\ndate: 1920, 3 May\n\n"
        "kept: RGASPI. F. 558. Op. 2. D. 51. L. 1.\n\nOn the price of oats."
    )
    assert document.metadata.date.edtf == "1920-05-03"
    assert document.references[0].printed == "RGASPI. F. 558. Op. 2. D. 51. L. 1."


def test_a_header_that_says_little_and_other_xml_are_refused_in_words():
    title = "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader>"
    with pytest.raises(SourceError, match="TEI without a text"):
        parse(tei("", title, outer=""))
    with pytest.raises(SourceError, match="not TEI"):
        parse(b"<a/>")


def test_entities_kept_outside_the_file_are_told_and_the_rest_is_read():
    data = b'<!DOCTYPE TEI [<!ENTITY a SYSTEM "/etc/passwd"><!ENTITY b "Moscow">]>' + tei(
        "<p>In &a; &b; &eacute;t&#233;.</p>"
    )
    document, unread = parse(data)
    assert document.text == "In Moscow été."
    assert isinstance(unread, Unread)
    assert unread.where == "entity a"


BOMB = dedent("""\
    <!DOCTYPE TEI [
     <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">
    ]>""").encode()


def test_entities_that_build_on_each_other_are_refused():
    with pytest.raises(SourceError, match="builds on others"):
        parse(BOMB + tei("<p>&c;</p>"))


def test_nesting_is_bounded():
    deep = "<hi>" * 60 + "x" + "</hi>" * 60
    assert parse(tei(f"<p>{deep}</p>"))
    with pytest.raises(SourceError, match="nested more than 50 deep"):
        parse(tei(f"<p>{deep}</p>"), nesting=50)
    deepest = "<hi>" * 10_000 + "x" + "</hi>" * 10_000
    with pytest.raises(SourceError, match="nested more than 200 deep"):
        parse(tei(f"<p>{deepest}</p>"))


def test_elements_named_as_the_parsers_own_parts_are_only_elements():
    (document,) = parse(tei("<p><content>a</content> <variants>b</variants> <pages>c</pages></p>"))
    assert document.text == "a b c"


def test_the_parts_of_a_name_in_the_header_are_no_one_word():
    name = "<persName><forename>Ivan</forename><surname>Petrov</surname></persName>"
    header = HEADER.replace("<persName>Petrov, Ivan</persName>", name)
    assert parse(tei("<p>Wheat.</p>", header))[0].metadata.sender.text == "Ivan Petrov"
