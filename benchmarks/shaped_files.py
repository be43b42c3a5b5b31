"""Files of other formats that hold very many of one thing, for ``benchmarks.shapes``.

Written by hand, as small as their format lets them be; *size* says how many thousands.
"""

from __future__ import annotations

import io
import zipfile

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_LETTER = (
    '<div type="letter" n="1"><opener><dateline>Moscow, 1 May 1921</dateline></opener>'
    "<p>He asks for wheat.</p></div>"
)


def docx_notes(size: int) -> bytes:
    """Footnotes, of which the text marks none."""
    run = "<w:p><w:r><w:t>He asks for wheat.</w:t></w:r></w:p>"
    notes = "".join(f'<w:footnote w:id="{n}">{run}</w:footnote>' for n in range(size * 1000))
    return _package(
        {
            "_rels/.rels": _related("officeDocument", "word/document.xml"),
            "word/document.xml": f"<w:document {_WORD}><w:body>{run}</w:body></w:document>",
            "word/_rels/document.xml.rels": _related("footnotes", "footnotes.xml"),
            "word/footnotes.xml": f"<w:footnotes {_WORD}>{notes}</w:footnotes>",
        }
    )


def odt_comments(size: int) -> bytes:
    comment = (
        "<text:p>wheat<office:annotation><text:p>how much?</text:p></office:annotation></text:p>"
    )
    body = f"<office:body><office:text>{comment * (size * 1000)}</office:text></office:body>"
    return _package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN}>{body}</office:document-content>",
        }
    )


def epub_points(size: int) -> bytes:
    """One numbered list."""
    return _package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>',
            "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" '
            'href="a.html" media-type="application/xhtml+xml"/></manifest><spine>'
            '<itemref idref="a"/></spine></package>',
            "a.html": f"<html><body><ol>{'<li>wheat</li>' * (size * 2000)}</ol></body></html>",
        }
    )


def tei_letters(size: int) -> bytes:
    """Letters of one number, each with its own dateline."""
    return _tei(_LETTER * (size * 1000))


def tei_notes(size: int) -> bytes:
    return _tei('<p>He asks<note n="1">Or begs.</note> for wheat.<lb/></p>' * (size * 1000))


def rtf_notes(size: int) -> bytes:
    return b"{\\rtf1 " + b"wheat\\chftn{\\footnote Or rye.}\\par " * (size * 1000) + b"}"


def ead_components(size: int) -> bytes:
    components = "".join(
        f"<c><did><unittitle>Letters {n}</unittitle><container>{n}</container></did></c>"
        for n in range(size * 1000)
    )
    return (
        "<ead><eadheader><eadid>a</eadid></eadheader><archdesc><did><unittitle>Papers</unittitle>"
        f"</did><dsc>{components}</dsc></archdesc></ead>"
    ).encode()


def page_regions(size: int) -> bytes:
    numbers = range(size * 1000)
    order = "".join(f'<RegionRefIndexed index="{n}" regionRef="r{n}"/>' for n in numbers)
    regions = "".join(
        f'<TextRegion id="r{n}"><TextLine><Coords points="0,{n} 9,{n}"/><TextEquiv><Unicode>wheat'
        "</Unicode></TextEquiv></TextLine></TextRegion>"
        for n in numbers
    )
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
        f'<ReadingOrder><OrderedGroup id="g">{order}</OrderedGroup></ReadingOrder>{regions}'
        "</Page></PcGts>"
    ).encode()


def _tei(body: str) -> bytes:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
        f"{body}</body></text></TEI>"
    ).encode()


def _related(kind: str, target: str) -> str:
    related = f'<Relationship Id="a" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{related}</Relationships>'


def _package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
