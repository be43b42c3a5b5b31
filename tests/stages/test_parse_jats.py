"""JATS: an article with its sections, tables and references, its notes tied to their marks."""

from __future__ import annotations

import pytest

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.xml.jats import make

HEAD = (
    "<front><journal-meta><journal-title-group><journal-title>Annals</journal-title>"
    "</journal-title-group></journal-meta><article-meta><title-group><article-title>On "
    "<italic>grain</italic></article-title></title-group><contrib-group><contrib><name><surname>"
    "Hill</surname><given-names>Ann</given-names></name></contrib></contrib-group><pub-date>"
    "<day>3</day><month>2</month><year>1999</year></pub-date></article-meta></front>"
)


def article(body: str, back: str = "", front: str = HEAD) -> bytes:
    return f"<article>{front}<body>{body}</body><back>{back}</back></article>".encode()


def parse(data: bytes) -> Document:
    (document,) = make({}).parse(SourceFile("a.xml", "x/y", len(data), "0" * 64), data)
    return document


def test_an_article_is_known_by_its_metadata_and_read_with_its_title():
    data = article("<p>Words.</p>")
    assert make({}).confidence(SourceFile("a.xml", "", 1, ""), data) >= 0.9
    assert make({}).confidence(SourceFile("a.xml", "", 1, ""), b"<article><p>x</p></article>") == 0
    document = parse(data)
    assert document.text == "On grain\n\nWords."
    metadata = document.metadata
    assert (metadata.title.text, metadata.sender.text) == ("On grain", "Ann Hill")
    assert metadata.date.edtf == "1999-02-03"
    assert metadata.collection.title == "Annals"


def test_sections_lists_tables_and_references_are_blocks():
    document = parse(
        article(
            "<sec><label>1.</label><title>War</title><p>One.</p><list><list-item><p>a</p>"
            "</list-item></list><table-wrap><label>Table 1</label><caption><p>Guns</p></caption>"
            "<table><tr><th>Town</th><th>Guns</th></tr><tr><td/><td>7</td></tr></table>"
            "</table-wrap><sec><title>Arms</title><p>Two.</p></sec></sec>",
            "<ref-list><title>Sources</title><ref><mixed-citation>Smith, <i>Guns</i>."
            "</mixed-citation></ref></ref-list>",
        )
    )
    assert document.text.split("\n\n") == [
        "On grain", "1. War", "One.", "a", "Table 1", "Guns", "Town\tGuns\n\t7", "Arms", "Two.",
        "Sources", "Smith, Guns.",
    ]  # fmt: skip
    assert [b.level for b in document.blocks if b.kind.value == "heading"] == [1, 2, 3, 2]


def test_notes_are_tied_whether_they_stand_apart_or_in_the_sentence():
    document = parse(
        article(
            '<p>One<xref ref-type="fn" rid="n1">1</xref> and<fn><p>Inline.</p></fn> two.</p>',
            '<fn-group><fn id="n1"><label>1</label><p>Apart.</p></fn><fn id="n2"><p>Unmarked.</p>'
            "</fn></fn-group>",
        )
    )
    assert document.text == ("On grain\n\nOne1 and[1] two.\n\n1 Apart.\n\n[1] Inline.\n\nUnmarked.")
    notes = [b for b in document.blocks if b.kind.value == "note"]
    anchors = [note.anchor and note.anchor.of(document.text) for note in notes]
    assert anchors == ["1", "[1]", None]


def test_the_notes_on_a_title_are_none_of_it():
    title = "On Mills<fn><p>Thanks.</p></fn><xref ref-type='fn' rid='f1'>1</xref> and <i>Rye</i>"
    front = HEAD.replace("</article-title>", f"{title}</article-title>")
    about = parse(article("<p>Text.</p>", front=front)).metadata
    assert about.title.text.endswith("On Mills and Rye")


def test_an_article_of_metadata_alone_is_told():
    with pytest.raises(SourceError, match="no text"):
        parse(b"<article><front><article-meta/></front></article>")


def test_a_note_that_stands_behind_its_mark_is_one_and_a_caption_heads_no_section():
    document = parse(
        article(
            '<sec><title>War</title><p>Guns<xref ref-type="fn" rid="f">1</xref> <fn id="f"><label>1'
            "</label><p>Of iron.</p></fn>came.</p><fig><label>Figure 1</label><caption><title>Map"
            "</title><p>By Hill.</p></caption></fig></sec>"
        )
    )
    words = [(block.kind.value, block.span.of(document.text)) for block in document.blocks]
    assert words[2:] == [
        ("paragraph", "Guns1 came."), ("note", "1 Of iron."), ("paragraph", "Figure 1"),
        ("paragraph", "Map"), ("paragraph", "By Hill."),
    ]  # fmt: skip


PEOPLE = (
    '<contrib-group><contrib contrib-type="author"><name><surname>Hill</surname><given-names>Ann'
    "</given-names><suffix>Jr</suffix></name></contrib>"
    '<contrib contrib-type="author"><name-alternatives><name><surname>Ek</surname><given-names>Ida'
    "</given-names></name></name-alternatives></contrib><contrib contrib-type='author'><collab>The "
    "Harbour Group<contrib-group><contrib contrib-type='author'><name><surname>Berg</surname>"
    "</name>"
    "</contrib></contrib-group></collab></contrib></contrib-group><contrib-group><contrib "
    'contrib-type="editor"><name><surname>Lund</surname><given-names>Per</given-names></name>'
    "</contrib></contrib-group>"
)


def test_editors_are_no_authors_and_a_group_signs_with_its_name_alone():
    start, end = HEAD.index("<contrib-group>"), HEAD.index("<pub-date>")
    about = parse(article("<p>Words.</p>", front=HEAD[:start] + PEOPLE + HEAD[end:])).metadata
    assert about.sender.text == "Ann Hill Jr; Ida Ek; The Harbour Group"
    start_of_group = "<contrib-group><contrib "
    group = PEOPLE.replace(start_of_group, '<contrib-group content-type="editors"><contrib ')
    bare = group.replace(' contrib-type="author"', "").replace(" contrib-type='author'", "")
    of_group = bare.replace('<contrib contrib-type="editor">', "<contrib>")
    about = parse(article("<p>Words.</p>", front=HEAD[:start] + of_group + HEAD[end:])).metadata
    assert about.sender is None


def test_an_article_is_dated_by_the_day_of_its_year_and_its_title_sends_it_to_nobody():
    dates = (
        '<pub-date pub-type="collection"><year>2015</year></pub-date><pub-date pub-type="epub">'
        "<day>18</day><month>Feb</month><year>2015</year></pub-date><pub-date pub-type='online'>"
        "<day>1</day><month>12</month><year>2014</year></pub-date>"
    )
    start, end = HEAD.index("<pub-date>"), HEAD.index("</article-meta>")
    front = HEAD[:start] + dates + HEAD[end:]
    front = front.replace("On <italic>grain</italic>", "Evidence of A. Hill to Improve the Harbour")
    found = LetterNormalizer().normalize(parse(article("<p>Words.</p>", front=front))).metadata
    assert (found.date.edtf, found.collection.year) == ("2015-02-18", "2015")
    assert (found.sender.text, found.recipient) == ("Ann Hill", None)
