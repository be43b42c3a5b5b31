"""PPTX written by hand: slides in order, titles first, tables, notes, what every slide has."""

from __future__ import annotations

import io
import zipfile

import pytest

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.parse.office.pptx import make

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def related(*each: tuple[str, str, str]) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for key, kind, target in each
        )
        + "</Relationships>"
    )


def p(words: str) -> str:
    return f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"


def shape(*paragraphs: str, kind: str = "") -> str:
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    return f"<p:sp>{holder}<p:txBody>{''.join(map(p, paragraphs))}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return f"<p:sld {A} {P}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def deck(*slides: str, notes: str = "", **beside: str) -> bytes:
    """Slides; the first has *notes* and the parts *beside*, each called by its kind of relation."""
    stream = io.BytesIO()
    numbers = range(1, len(slides) + 1)
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", related(("r", "officeDocument", "ppt/presentation.xml")))
        order = "".join(f'<p:sldId id="{n}" r:id="s{n}"/>' for n in reversed(numbers))
        archive.writestr(
            "ppt/presentation.xml",
            f'<p:presentation {P} xmlns:r="{OFFICE}"><p:sldIdLst>{order}</p:sldIdLst>'
            "</p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            related(*((f"s{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
        )
        for n, written in zip(numbers, slides, strict=True):
            archive.writestr(f"ppt/slides/slide{n}.xml", written)
        parts = {"notesSlide": notes, **beside} if notes else beside
        archive.writestr(
            "ppt/slides/_rels/slide1.xml.rels",
            related(*((kind, kind, f"../{kind}.xml") for kind in parts)),
        )
        for kind, written in parts.items():
            archive.writestr(f"ppt/{kind}.xml", written)
    return stream.getvalue()


def parse(data: bytes) -> Document:
    (document,) = make({}).parse(SourceFile("a.pptx", "x/y", len(data), "0" * 64), data)
    return document


def test_slides_come_in_the_order_of_the_show_with_their_titles_first():
    document = parse(
        deck(
            slide(shape("One", "Two"), shape("On grain", kind="title")),
            slide(shape("Grain", kind="ctrTitle"), shape("7", "Seminar 1979", kind="ftr")),
        )
    )
    assert document.text == "Grain\n\nSeminar 1979\n\nOn grain\n\nOne\n\nTwo"
    assert [block.kind.value for block in document.blocks] == [
        "heading",
        "furniture",
        "heading",
        "paragraph",
        "paragraph",
    ]
    assert [(page.label, page.span.of(document.text).split()[0]) for page in document.pages] == [
        ("slide 1", "Grain"),
        ("slide 2", "On"),
    ]


def test_tables_keep_empty_cells_and_notes_are_read():
    def row(*cells: str) -> str:
        written = (f"<a:tc>{p(words) if words else ''}</a:tc>" for words in cells)
        return f"<a:tr>{''.join(written)}</a:tr>"

    table = f"<p:graphicFrame><a:tbl>{row('a', 'b')}{row('', 'c')}</a:tbl></p:graphicFrame>"
    notes = slide(shape("Say it slowly.", kind="body"), shape("1", kind="sldNum"))
    document = parse(deck(slide(table), notes=notes))
    assert document.text == "a\tb\n\tc\n\nSay it slowly."


def test_remarks_and_charts_are_read_and_what_is_embedded_is_handed_on_or_told():
    remark = f"<p:cmLst {P}><p:cm><p:text>Too long.</p:text></p:cm></p:cmLst>"
    chart = f"<c {A}>{p('Of rye')}</c>"
    data = deck(
        slide(shape("Rye")),
        slide("<p:pic/>"),
        comments=remark,
        chart=chart,
        package="x",
        oleObject="y",
    )
    document, *others = make({}).parse(SourceFile("a.pptx", "x/y", len(data), "0" * 64), data)
    assert document.text == "Rye\n\nToo long.\n\nOf rye"
    assert [getattr(each, "name", None) or each.where for each in others] == [
        "slide 1",
        "package.xml",
        "oleObject.xml",
    ]


def test_what_is_no_presentation_is_one_clear_message():
    with pytest.raises(SourceError, match="no text"):
        parse(deck(slide()))
    with pytest.raises(SourceError, match="damaged, or not a zip"):
        parse(b"PK\x03\x04")
    with pytest.raises(SourceError, match="encrypted"):
        parse(b"\xd0\xcf\x11\xe0" + bytes(100))
