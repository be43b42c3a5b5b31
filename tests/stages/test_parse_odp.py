"""ODP: the slides of a presentation in their order, titles first, with tables and notes."""

import io
import zipfile

import pytest

from docproc.errors import SourceError
from docproc.records import BlockKind, SourceFile
from docproc.stages.parse.office.odp import make

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("draw", "drawing"), ("text", "text"), ("table", "table")),
        *(("presentation", "presentation"), ("meta", "meta")),
    )
)
SLIDES = """<draw:page draw:name="1"><draw:frame presentation:class="outline"><draw:text-box>
<text:list><text:list-item><text:p>Rye<text:s text:c="2"/>and oats</text:p></text:list-item>
</text:list></draw:text-box></draw:frame>
<draw:frame presentation:class="title"><draw:text-box><text:p>The mill
</text:p></draw:text-box></draw:frame>
<draw:g><draw:custom-shape><text:p>In a <text:span>shape</text:span>
</text:p></draw:custom-shape></draw:g>
<draw:frame presentation:class="footer"><draw:text-box><text:p>
Harbour   board</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame presentation:class="notes"><draw:text-box>
<text:p>Say that it burned.</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<draw:page><draw:frame><table:table><table:table-row>
<table:table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>x</text:p>
</table:table-cell></table:table-row></table:table></draw:frame></draw:page>"""
TYPE = "application/vnd.oasis.opendocument.presentation"


def content(slides=SLIDES, kind="presentation", more=""):
    return (
        f'<office:document {NAMES} office:mimetype="{TYPE}">{more}<office:body><office:{kind}>'
        f"{slides}</office:{kind}></office:body></office:document>"
    ).encode()


def package(data, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", TYPE)
        made.writestr("content.xml", data)
        for name, text in more.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def parse(data, name):
    source = SourceFile(name, "", len(data), "0" * 64)
    assert make({}).confidence(source, data[:8192]) > 0.9
    (document,) = make({}).parse(source, data)
    return document


@pytest.mark.parametrize("flat", [True, False])
def test_slides_are_read_in_order_titles_first(flat):
    data = content() if flat else package(content())
    document = parse(data, "a.fodp" if flat else "a.odp")
    assert document.text == (
        "The mill\n\nRye  and oats\n\nIn a shape\n\nHarbour board\n\nSay that it burned.\n\n\tx\tx"
    )
    assert [block.kind for block in document.blocks] == [
        *(BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.FURNITURE),
        *(BlockKind.PARAGRAPH, BlockKind.PARAGRAPH),
    ]
    assert [page.label for page in document.pages] == ["slide 1", "slide 2"]


def test_what_is_no_presentation_is_empty_or_encrypted_is_refused_in_words():
    source = SourceFile("a.odp", "", 1, "0" * 64)
    for data, words in (
        (content("", "text"), "not a presentation"),
        (content("<draw:page/>"), "no text"),
        (package(content(), **{"META-INF__manifest_xml": "<encryption-data/>"}), "encrypted"),
    ):
        with pytest.raises(SourceError, match=words):
            list(make({}).parse(source, data))
