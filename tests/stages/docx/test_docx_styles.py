"""Styles cut out of their part say what they say when the whole part is parsed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.stages.parse.office.docx.parts import W
from docproc.stages.parse.office.docx.styles import Style, Styles

OPENED = f'<w:styles xmlns:w="{W[1:-1]}">'
HEADING = (
    '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Heading 2"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
)
BASED = '<w:style w:styleId="B"><w:name w:val="mine"/><w:basedOn w:val="A"/></w:style>'
TITLE = '<w:style w:styleId="A"><w:name w:val="Title"/></w:style>'
ODD = (
    "<!-- <w:style w:styleId='C'/> -->",
    '<!--<w:style w:styleId="B"><w:name w:val="Title"/></w:style>-->',
    '<w:style w:styleId="B"/>',
    '<w:style><w:name w:val="Title"/></w:style>',
    '<w:style\nw:styleId="B"><w:name w:val="Title"/></w:style>',
    "<w:style w:styleId='B'><w:name w:val='Title'/></w:style>",
    '<w:style w:styleId="&#66;"><w:name w:val="Title"/></w:style>',
    f'<x:style xmlns:x="{W[1:-1]}" x:styleId="B"><x:name x:val="Title"/></x:style>',
    f'<w:style xmlns:w="{W[1:-1]}" w:styleId="B"><w:name w:val="Title"/></w:style>',
    '<w:style xmlns:w="urn:other" w:styleId="B"><w:name w:val="Title"/></w:style>',
    '<w:style w:styleId="C"><w:style w:styleId="B"><w:name w:val="Title"/></w:style></w:style>',
    '<w:style w:styleId="C"><![CDATA[<w:style w:styleId="B"></w:style>]]></w:style>',
    '<w:style w:styleId="C"><w:name w:val="w:styleId="/></w:style >',
    '<w:docDefaults/><w:latentStyles w:count="1"/>',
    '<?old <w:style w:styleId="B"></w:style>?>',
)


def of(parts: list[str], *, whole: bool = False) -> Styles:
    """The styles of a part made of *parts*; with *whole*, written so that it is parsed whole."""
    opened = f"<!--whole-->{OPENED}" if whole else OPENED
    return Styles.read(f"{opened}{''.join(parts)}</w:styles>".encode(), "styles.xml")


@example(['<w:style w:styleId="B"/>', '<w:style><w:name w:val="Title"/></w:style>'])
@example([ODD[12], '<w:style><w:name w:val="Title"/></w:style>'])
@given(st.lists(st.sampled_from((HEADING, BASED, TITLE, *ODD)), max_size=5))
def test_however_the_part_is_written_its_styles_say_the_same(parts):
    cut, whole = of(parts), of(parts, whole=True)
    for name in ("A", "B", "C", "", "none"):
        assert cut.find(name) == whole.find(name)


@pytest.mark.parametrize("odd", ["", *ODD])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="utf-8"?>\n'])
def test_a_style_is_known_beside_whatever_is_unusual(odd, declared):
    written = f"{declared}{OPENED}{odd}{HEADING}</w:styles>"
    assert Styles.read(written.encode(), "x").find("A") == Style(2, ("7", 1))


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "utf-8-sig"])
def test_names_are_read_in_the_encoding_that_the_part_is_written_in(encoding):
    declared = encoding.removesuffix("-sig")
    written = f'<?xml version="1.0" encoding="{declared}"?>{OPENED}{HEADING}</w:styles>'
    written = written.replace('"A"', '"Заголовок"')
    assert Styles.read(written.encode(encoding), "x").find("Заголовок").level == 2


def test_only_what_is_asked_for_is_parsed():
    styles = of([BASED, HEADING, '<w:style w:styleId="C"><w:name></w:style>'])
    assert styles.find("B") == Style(2, ("7", 1))
    with pytest.raises(SourceError, match=r"styles\.xml is not XML"):
        styles.find("C")


def test_without_such_a_part_there_are_no_styles():
    assert Styles.read(None).find("A") == Style()


class BeginningFirst:
    """The parts of a document whose styles are *data*; ``asked`` are the bytes asked for."""

    def __init__(self, data: bytes) -> None:
        self.data, self.asked = data, []

    def read_part(self, kind: str, most: int | None = None):
        self.asked.append(most)
        return self.data[:most], "styles.xml"


@pytest.mark.parametrize("odd", ["", *ODD])
def test_a_style_that_stands_far_on_is_known_and_read_only_if_it_is_asked_for(odd):
    table = '<w:style w:styleId="T{}"><w:name w:val="a table that is {}"/></w:style>'
    far = "".join(table.format(n, "x" * 200) for n in range(250))
    parts = BeginningFirst(f"{OPENED}{HEADING}{far}{BASED}{odd}</w:styles>".encode())
    styles = Styles.of(parts)
    assert (styles.find("A").level, styles.find("").level, len(parts.asked)) == (2, None, 1)
    assert styles.find("B").level == of([HEADING, BASED, odd], whole=True).find("B").level
    assert (styles.find("none").level, len(parts.asked)) == (None, 2)
