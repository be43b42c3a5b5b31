"""What Word shows otherwise than it is written: joined paragraphs, boxes, letterheads, readings."""

from __future__ import annotations

import io
import zipfile

import pytest

from docproc.records import BlockKind, Child, Document, SourceFile
from docproc.stages.parse.office.docx.parser import make

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts(body: str, **within: str) -> list:
    """What is read of *body* and parts such as ``footnotes_xml``, related by that name as id."""
    stream = io.BytesIO()
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELS}/{name.partition("_")[0].rstrip("0123456789")}" '
        f'Target="{name.replace("_", ".")}"/>'
        for name in within
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="x" '
            f'Type="{RELS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}">{listed}</Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>"
        )
        for name, content in within.items():
            archive.writestr(f"word/{name.replace('_', '.')}", content)
    data = stream.getvalue()
    return list(make({}).parse(SourceFile("a.docx", "x/y", len(data), "0" * 64), data))


def read(body: str, **within: str) -> Document:
    (document,) = parts(body, **within)
    return document


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(r(c) if c else '')}</w:tc>" for c in cells) + "</w:tr>"


DELETED = '<w:rPr><w:del w:id="1"/></w:rPr>'


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    body = p(r("The first half "), DELETED) + p(r("and ")) + p(r("the rest."))
    assert read(body).text == "The first half and \n\nthe rest."
    whole = p('<w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del>', DELETED)
    assert read(whole + p(r("Next."))).text == "Next."
    cell = f"<w:tc>{p(r('a '), DELETED)}{p(r('b'))}{p(r('c'))}</w:tc>"
    assert read(f"<w:tbl><w:tr>{cell}<w:tc>{p(r('d'))}</w:tc></w:tr></w:tbl>").text == "a b c\td"


def test_a_drop_capital_in_a_frame_is_the_first_letter_of_the_next_paragraph():
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert read(p(r("D"), frame) + p(r("ie Sache ist klar."))).text == "Die Sache ist klar."


def test_empty_cells_keep_their_places():
    table = "<w:tbl>" + row("a", "b", "c") + row("", "d", "") + row("", "", "e") + "</w:tbl>"
    document = read(p(r("Table:")) + table + p(r("After.")))
    assert document.text == "Table:\n\na\tb\tc\n\td\t\n\t\te\n\nAfter."
    assert [block.span.of(document.text) for block in document.blocks] == [
        "a\tb\tc",
        "\td",
        "\t\te",
    ]


def test_a_row_that_begins_behind_the_first_column_keeps_its_place():
    behind = row("d").replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    assert read("<w:tbl>" + row("a", "b") + behind + "</w:tbl>").text == "a\tb\n\td"


def box(words: str) -> str:
    return f"<w:r><w:drawing><w:txbxContent>{p(r(words))}</w:txbxContent></w:drawing></w:r>"


def test_a_text_box_splits_no_sentence_and_one_before_the_words_stays_before():
    assert read(p(r("One ") + box("Box") + r("two."))).text == "One two.\n\nBox"
    assert read(p(box("Box") + r("One two."))).text == "Box\n\nOne two."
    assert read(p(box("Box")) + p(r("One."))).text == "Box\n\nOne."


def test_the_reading_of_a_word_stands_after_it():
    ruby = f"<w:ruby><w:rt>{r('とうきょう')}</w:rt><w:rubyBase>{r('東京')}</w:rubyBase></w:ruby>"
    assert read(p(r("In ") + f"<w:r>{ruby}</w:r>" + r("."))).text == "In 東京(とうきょう)."


def test_a_note_with_a_mark_of_its_own_is_tied_and_not_counted():
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    numbered = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    notes = f'<w:footnote w:id="2">{p(r("* Star."))}</w:footnote>'
    notes += f'<w:footnote w:id="3">{p(r("First."))}</w:footnote>'
    document = read(
        p(r("Claim") + own + r(" and") + numbered + r(".")),
        footnotes_xml=f"<w:footnotes {NS}>{notes}</w:footnotes>",
    )
    assert document.text == "Claim* and[1].\n\n* Star.\n\n[1] First."
    assert [(b.label, b.anchor.of(document.text)) for b in document.blocks] == [
        ("*", "*"),
        ("1", "[1]"),
    ]


def section(kind: str, more: str = "", name: str = "header1_xml") -> str:
    return f'<w:sectPr><w:headerReference w:type="{kind}" r:id="{name}"/>{more}</w:sectPr>'


def header(*lines: str) -> str:
    return f"<w:hdr {NS}>{''.join(p(r(line)) for line in lines)}</w:hdr>"


def test_a_letterhead_is_text_before_the_letter():
    lines = header("Ministry of War", "Moscow, 2 November 1921")
    body = p(r("Dear Sir,"))
    for last in (section("default"), section("first", "<w:titlePg/>")):
        document = read(body + last, header1_xml=lines)
        assert document.text == "Ministry of War\n\nMoscow, 2 November 1921\n\nDear Sir,"
        assert document.blocks == ()


def test_what_runs_over_every_page_is_furniture():
    page = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    running = f"<w:hdr {NS}>{p(r('Letters of the War'))}{p(page + r('Page 7'))}</w:hdr>"
    one = header("Letters of the War, No. 12")
    for written, words in ((running, ["Letters of the War", "Page 7"]), (one, None)):
        document = read(p(r("Dear Sir,")) + section("default"), header1_xml=written)
        assert document.text.startswith("Dear Sir,\n\nLetters of the War")
        kinds = {block.kind for block in document.blocks}
        assert kinds == {BlockKind.FURNITURE}
        if words:
            assert [b.span.of(document.text) for b in document.blocks] == words


def test_a_first_page_without_a_header_of_its_own_has_none():
    written = header("Not shown", "at all")
    assert read(p(r("Dear Sir,")) + section("first"), header1_xml=written).text == "Dear Sir,"


def test_a_document_within_is_read_in_its_place_or_handed_on():
    body = p(r("Before.")) + '<w:altChunk r:id="aFChunk_{}"/>' + p(r("After."))
    page = "<html><body><p>Within <b>it</b>.</p></body></html>"
    document = read(body.format("html"), aFChunk_html=page)
    assert document.text == "Before.\n\nWithin it.\n\nAfter."
    assert read(body.format("txt"), aFChunk_txt="Plain.").text == "Before.\n\nPlain.\n\nAfter."
    document, child = parts(body.format("rtf"), aFChunk_rtf="{\\rtf1 Words.}")
    assert document.text == "Before.\n\nAfter."
    assert child == Child("aFChunk.rtf", b"{\\rtf1 Words.}")


def level(number: int, form: str, printed: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{printed}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = "") -> str:
    own = lists or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f"<w:numbering {NS}>{abstract}{own}</w:numbering>"


def point(words: str, list_id: str = "1", deep: int = 0) -> str:
    return p(r(words), f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{list_id}"/></w:numPr>')


def again(list_id: str, start: str = "") -> str:
    override = f'<w:lvlOverride w:ilvl="0">{start}</w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="0"/>{override}</w:num>'


@pytest.mark.parametrize(
    ("second", "labels"),
    [
        ("", ["1.", "2.", "3.", "4."]),  # the same list goes on
        ('<w:startOverride w:val="1"/>', ["1.", "2.", "1.", "2."]),
        ('<w:startOverride w:val="7"/>', ["1.", "2.", "7.", "8."]),
        (level(0, "lowerLetter", "%1)"), ["1.", "2.", "c)", "d)"]),
    ],
)
def test_a_list_goes_on_or_begins_again_as_it_says(second, labels):
    written = numbering(level(0, "decimal", "%1."), lists=again("1") + again("2", second))
    points = [point("a"), point("b"), point("c", "2"), point("d", "2")]
    document = read("".join(points), numbering_xml=written)
    assert [b.span.of(document.text).split()[0] for b in document.blocks] == labels


def labels(points: list[str], *levels: str) -> list[str]:
    document = read("".join(points), numbering_xml=numbering(*levels))
    return [line.rpartition(" ")[0] for line in document.text.split("\n\n")]


def test_deeper_levels_begin_again_unless_they_say_otherwise():
    points = [point("a"), point("b", deep=1), point("c"), point("d", deep=1)]
    top = level(0, "upperRoman", "%1.", start=4)
    assert labels(points, top, level(1, "decimal", "%1.%2")) == ["IV.", "IV.1", "V.", "V.1"]
    never = '<w:lvlRestart w:val="0"/>'
    assert labels(points, top, level(1, "decimal", "%2)", never)) == ["IV.", "1)", "V.", "2)"]
    figures = "<w:isLgl/>"
    assert labels(points, top, level(1, "decimal", "%1.%2", figures))[1::2] == ["4.1", "5.1"]


def test_a_style_belongs_to_a_level_of_its_list():
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styles = f"<w:styles {NS}>{style.format('Clause')}{style.format('Sub')}</w:styles>"
    written = numbering(
        level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>'),
        level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="Sub"/>'),
    )
    body = "".join(p(r("x"), f'<w:pStyle w:val="{each}"/>') for each in ("Clause", "Sub", "Sub"))
    document = read(body, numbering_xml=written, styles_xml=styles)
    assert document.text == "1. x\n\n(a) x\n\n(b) x"


def test_signs_of_symbol_fonts_are_read_and_unknown_ones_told():
    known = (
        '<w:r><w:sym w:font="Symbol" w:char="F062"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    document, told = parts(
        p(known + '<w:r><w:sym w:font="Marlett" w:char="F061"/></w:r>' + r(" x"))
    )
    assert document.text == "β✓\ufffd x"
    assert told.cause == "marked with \ufffd where a symbol font is not known (1)"


def test_a_letterhead_may_be_one_paragraph_of_several_lines():
    head = (
        "<w:hdr "
        + NS
        + ">"
        + p(r("Grain Office") + "<w:r><w:br/></w:r>" + r("Lund, 3 May"))
        + "</w:hdr>"
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1_xml"/></w:sectPr>'
    document = read(p(r("The barley was sold.")) + section, header1_xml=head)
    assert document.text.startswith("Grain Office\nLund, 3 May\n\nThe barley")
    assert BlockKind.FURNITURE not in [block.kind for block in document.blocks]


def test_a_file_that_is_embedded_is_read_in_its_turn_and_an_object_told():
    office = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    objects = "".join(
        f'<w:r><w:object><o:OLEObject {office} r:id="{name}"/></w:object></w:r>'
        for name in ("package1_docx", "oleObject1_bin")
    )
    body = p(r("See ") + objects + r("below."))
    document, child, told = parts(body, package1_docx="A", oleObject1_bin="B")
    assert document.text == "See below."
    assert child == Child("package1.docx", b"A")
    assert told.where == "oleObject1.bin"


FORMATS = "http://schemas.openxmlformats.org"


def drawn(kind: str, name: str) -> str:
    attribute = "dm" if kind == "diagram" else "id"
    tag = "relIds" if kind == "diagram" else "chart"
    own = f'xmlns:d="{FORMATS}/drawingml/2006/{kind}"'
    return f'<w:r><w:drawing><d:{tag} {own} r:{attribute}="{name}"/></w:drawing></w:r>'


def test_what_diagrams_and_charts_say_stands_behind_the_paragraph_that_they_are_in():
    a = f'xmlns:a="{FORMATS}/drawingml/2006/main" xmlns:c="{FORMATS}/drawingml/2006/chart"'
    said = "<a:p><a:r><a:t>Mill</a:t></a:r></a:p><a:p/><a:p><a:r><a:t>Dam</a:t></a:r></a:p>"
    document = read(
        p(r("One ") + drawn("diagram", "data1_xml") + r("two.")), data1_xml=f"<x {a}>{said}</x>"
    )
    assert document.text == "One two.\n\nMill\n\nDam"

    def points(name: str, *values: str) -> str:
        listed = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
        return f"<c:{name}><c:strCache>{listed}</c:strCache></c:{name}>"

    series = points("tx", "Rye") + points("cat", "1901", "1902") + points("val", "7")
    title = "<c:title><a:p><a:r><a:t>Of rye</a:t></a:r></a:p></c:title>"
    chart = f"<x {a}>{title}<c:ser>{series}</c:ser></x>"
    document = read(p(drawn("chart", "chart1_xml")), chart1_xml=chart)
    assert document.text == "Of rye\n\n\tRye\n1901\t7\n1902\t"


def test_a_fraction_keeps_its_parts_apart():
    def m(name: str, inner: str) -> str:
        return f"<m:{name}>{inner}</m:{name}>"

    half = m("f", m("num", m("r", m("t", "3"))) + m("den", m("r", m("t", "4"))))
    square = m("sSup", m("e", m("r", m("t", "x"))) + m("sup", m("r", m("t", "2"))))
    formula = f'<m:oMath xmlns:m="{FORMATS}/officeDocument/2006/math">{half}{square}</m:oMath>'
    assert read(p(r("It is ") + formula)).text == "It is 3/4x^2"


@pytest.mark.parametrize(
    ("form", "start", "printed"),
    [
        ("decimalZero", "", ["00", "01", "02"]),
        ("ordinal", '<w:start w:val="1"/>', ["1st", "2nd", "3rd"]),
        ("ordinal", '<w:start w:val="11"/>', ["11th", "12th", "13th"]),
        ("numberInDash", '<w:start w:val="4"/>', ["- 4 -", "- 5 -", "- 6 -"]),
    ],
)
def test_numbers_are_printed_in_their_form(form, start, printed):
    level = f'<w:lvl w:ilvl="0">{start}<w:numFmt w:val="{form}"/><w:lvlText w:val="%1"/></w:lvl>'
    assert listed(level, "000") == [f"{each} point" for each in printed]


def listed(levels: str, order: str) -> list[str]:
    """The points of a list with these *levels*, each at the level that *order* names."""
    within = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{within}'
    place = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(p(r("point"), place.format(level)) for level in order)
    document = read(body, numbering_xml=f"<w:numbering {NS}>{numbering}</w:numbering>")
    return document.text.split("\n\n")


def test_a_level_that_was_skipped_counts_as_begun_and_one_without_a_number_prints_those_above():
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(
            [("decimal", "%1"), ("lowerLetter", "%1.%2"), ("decimal", "%1.%2.%3"), ("none", "%1.")]
        )
    )
    labels = [each.removesuffix(" point") for each in listed(levels, "0213")]
    assert labels == ["1", "1.a.1", "1.b", "1."]
