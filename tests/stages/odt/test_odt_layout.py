"""What LibreOffice shows otherwise than it is written: cells, boxes, numbers, letterheads."""

from __future__ import annotations

import io
import zipfile

import pytest

from docproc.errors import SourceError
from docproc.records import BlockKind, Document, SourceFile
from docproc.stages.parse.office.odt.parser import make

NAMES = ("office", "text", "table", "draw", "style", "meta", "form", "script")
NS = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in NAMES)
NS += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def flat(text: str, styles: str = "", meta: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {NS} office:mimetype='
        f'"application/vnd.oasis.opendocument.text"><office:meta>{meta}</office:meta>'
        f"<office:styles>{styles}</office:styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document>"
    ).encode()


def packed(text: str, styles: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NS}><office:body><office:text>{text}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {NS}>{styles}</office:document-styles>"
        )
    return stream.getvalue()


def parse(data: bytes, path: str = "a.odt") -> Document:
    (document,) = make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data)
    return document


def read(text: str, styles: str = "") -> Document:
    document = parse(packed(text, styles))
    assert parse(flat(text, styles), "a.fodt").text == document.text
    return document


def p(words: str, more: str = "") -> str:
    return f"<text:p{more}>{words}</text:p>"


def test_a_flat_file_is_known_and_read_like_a_packed_one():
    data = flat(p("Words."), meta="<dc:title>A letter</dc:title>")
    for path in ("a.fodt", "a.xml", "a"):
        assert make({}).confidence(SourceFile(path, "", 1, ""), data[:8192]) > 0.9
    document = parse(data, "a.fodt")
    assert document.text == "Words."
    assert document.metadata.other == (("file's title", "A letter"),)
    with pytest.raises(SourceError, match="line 1"):
        parse(data[:-20], "a.fodt")


def test_a_picture_in_a_flat_file_is_no_text():
    image = "<draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data>"
    assert read(p(f"One {image}</draw:image></draw:frame>two.")).text == "One two."


def cell(words: str = "", more: str = "") -> str:
    return f"<table:table-cell{more}>{p(words) if words else ''}</table:table-cell>"


def rows(*written: str) -> str:
    return "".join(f"<table:table-row>{each}</table:table-row>" for each in written)


COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ([cell("a") + cell("b"), cell() + cell("c")], "a\tb\n\tc"),
        ([cell("a") + cell("b") + cell("c"), cell("d") + cell() + cell("e")], "a\tb\tc\nd\t\te"),
        ([cell("a", ' table:number-columns-repeated="2"') + cell("b")], "a\ta\tb"),
        ([cell("", ' table:number-columns-repeated="2"') + cell("b")], "\t\tb"),
        ([cell("a", ' table:number-columns-spanned="2"') + COVERED + cell("b")], "a\tb"),
        (
            [cell("a", ' table:number-rows-spanned="2"') + cell("b"), COVERED + cell("c")],
            "a\tb\n\tc",
        ),
        ([cell("a") + cell("", ' table:number-columns-repeated="16000"')], "a"),
    ],
)
def test_cells_that_are_empty_repeated_or_covered_keep_their_places(written, read_as):
    document = read(f"{p('Table:')}<table:table>{rows(*written)}</table:table>{p('After.')}")
    assert [line.rstrip() for line in document.text.split("\n") if line.strip()] == [
        "Table:",
        *read_as.split("\n"),
        "After.",
    ]


def test_a_repeated_row_is_written_as_often():
    table = '<table:table><table:table-row table:number-rows-repeated="2">'
    table += f"{cell('a')}{cell('b')}</table:table-row></table:table>"
    assert read(table).text == "a\tb\na\tb"


def box(words: str) -> str:
    return f"<draw:frame><draw:text-box>{p(words)}</draw:text-box></draw:frame>"


def test_a_box_splits_no_sentence_and_one_before_the_words_stays_before():
    assert read(p(f"One {box('Box')}two.")).text == "One two.\n\nBox"
    assert read(p(f"{box('Box')}One two.")).text == "Box\n\nOne two."


def test_the_reading_of_a_word_stands_after_it():
    ruby = "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう"
    assert read(p(f"In {ruby}</text:ruby-text></text:ruby>.")).text == "In 東京(とうきょう)."


def numbered(level: int, more: str, form: str = "1") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" {more}/>'


def styled(*levels: str) -> str:
    return f'<text:list-style style:name="L">{"".join(levels)}</text:list-style>'


def a_list(*points: str, more: str = "") -> str:
    items = "".join(point if point[0] == "<" else item(point) for point in points)
    return f'<text:list text:style-name="L"{more}>{items}</text:list>'


def item(words: str, more: str = "", within: str = "") -> str:
    return f"<text:list-item{more}>{p(words)}{within}</text:list-item>"


def labels(text: str, styles: str) -> list[str]:
    return [line.rpartition(" ")[0] for line in read(text, styles).text.split("\n\n")]


PLAIN = styled(numbered(1, 'style:num-suffix="."'))


def test_lists_go_on_or_begin_again_as_they_say():
    first = a_list("a", "b", more=' xml:id="x"')
    assert labels(first + a_list("c"), PLAIN) == ["1.", "2.", "1."]
    goes_on = a_list("c", more=' text:continue-numbering="true"')
    assert labels(first + goes_on, PLAIN) == ["1.", "2.", "3."]
    named = a_list("c", more=' text:continue-list="x"')
    assert labels(first + a_list("z") + named, PLAIN) == ["1.", "2.", "1.", "3."]
    given = item("b", ' text:start-value="7"')
    assert labels(a_list("a", given, "c"), PLAIN) == ["1.", "7.", "8."]
    from_five = styled(numbered(1, 'style:num-suffix=")" text:start-value="5"', "a"))
    assert labels(a_list("a", "b"), from_five) == ["e)", "f)"]


def test_a_deeper_level_shows_the_numbers_above_it_where_it_says_so():
    deep = item("a", within=a_list("b", "c"))
    shown = styled(numbered(1, 'style:num-suffix="."'), numbered(2, 'text:display-levels="2"'))
    assert labels(a_list(deep, "d"), shown) == ["1.", "1.1", "1.2", "2."]
    newer = 'style:num-list-format="%1%/%2%)" text:display-levels="2"'
    shown = styled(numbered(1, "", "I"), numbered(2, newer))
    assert labels(a_list(deep, "d"), shown) == ["I", "I/1)", "I/2)", "II"]


def test_headings_are_numbered_where_the_outline_is():
    outline = '<text:outline-level-style text:level="{}" style:num-format="{}" {}/>'
    styles = "<text:outline-style>" + outline.format(1, "I", 'style:num-suffix="."')
    styles += outline.format(2, "1", 'text:display-levels="2"') + "</text:outline-style>"
    heading = '<text:h text:outline-level="{}">{}</text:h>'
    text = heading.format(1, "War") + heading.format(2, "Arms") + heading.format(1, "Peace")
    assert read(text, styles).text == "I. War\n\nI.1 Arms\n\nII. Peace"
    assert read(text).text == "War\n\nArms\n\nPeace"


def test_a_letterhead_is_text_and_what_runs_over_every_page_is_furniture():
    page = '<style:master-page style:name="Standard"><style:{0}>{1}</style:{0}></style:master-page>'
    lines = p("Ministry of War") + p("Moscow, 2 November 1921")
    document = read(p("Dear Sir,"), page.format("header", lines))
    assert document.text == "Ministry of War\n\nMoscow, 2 November 1921\n\nDear Sir,"
    assert document.blocks == ()
    running = lines + p("Page <text:page-number>1</text:page-number>")
    for kind, words in (("header", running), ("header", p("Letters")), ("footer", lines)):
        document = read(p("Dear Sir,"), page.format(kind, words))
        assert document.text.startswith("Dear Sir,\n\n")
        assert {block.kind for block in document.blocks} == {BlockKind.FURNITURE}


def test_a_shape_with_words_cuts_no_sentence():
    shape = "<draw:custom-shape>" + p("Keep dry.") + "</draw:custom-shape>"
    assert read(p(f"The barley {shape}was sold.")).text == "The barley was sold.\n\nKeep dry."


MATH = (
    '<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:semantics><math:mi>x'
    "</math:mi><math:mo>=</math:mo><math:mn>2</math:mn>"
    "<math:annotation>x = 2</math:annotation></math:semantics></math:math>"
)


def test_formulas_are_read_and_other_objects_told():
    frame = "So <draw:frame><draw:object{}>{}</draw:object></draw:frame> it is."
    assert parse(flat(p(frame.format("", MATH))), "a.fodt").text == "So x=2 it is."
    href = ' xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="./Object {}"'
    words = "".join(p(frame.format(href.format(number), "")) for number in (1, 2))
    stream = io.BytesIO(packed(words))
    with zipfile.ZipFile(stream, "a") as archive:
        named = (
            '<!DOCTYPE math:math PUBLIC "-//OpenOffice.org//DTD" "math.dtd">'  # its versions 2, 3
        )
        archive.writestr("Object 1/content.xml", named + MATH)
        archive.writestr("Object 2/content.xml", f"<office:document-content {NS}/>")
    data = stream.getvalue()
    document, told = make({}).parse(SourceFile("a.odt", "x/y", len(data), "0" * 64), data)
    assert document.text.startswith("So x=2 it is.")
    assert told.where == "Object 2"
