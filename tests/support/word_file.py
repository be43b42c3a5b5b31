"""A chapter in Markdown written as Word writes one: styles, footnotes, its own properties."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOTE = re.compile(r"\[\^(\d+)\]")
_STYLES = f"""{HEAD}<w:styles {W}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif"
 w:cs="Liberation Serif"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:after="120" w:line="480" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:left="567" w:right="567"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
<w:rPr><w:sz w:val="20"/></w:rPr></w:style>
</w:styles>"""
_SUPERSCRIPT = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def as_docx(markdown: str, **parts: str) -> bytes:
    """The DOCX of *markdown*: headings, paragraphs, ``>`` quotations and footnotes.

    *parts* are further parts of the folder ``word``, such as ``comments``.
    """
    body, notes = [], {}
    for block in re.split(r"\n\s*\n", markdown.strip()):
        if block.startswith("[^"):
            for line in block.splitlines():
                label, words = re.fullmatch(r"\[\^(\d+)\]: (.*)", line).groups()
                notes[label] = words
        elif block.startswith("#"):
            level = len(block) - len(block.lstrip("#"))
            body.append(_paragraph(block.lstrip("# "), f"Heading{level}"))
        elif block.startswith(">"):
            body.append(_paragraph(re.sub(r"(?m)^> ?", "", block), "Quote"))
        else:
            body.append(_paragraph(block, ""))
    footnotes = "".join(
        f'<w:footnote w:id="{label}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r>{_SUPERSCRIPT}<w:footnoteRef/></w:r>{_run(' ' + words)}</w:p></w:footnote>"
        for label, words in notes.items()
    )
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1701" '
    page += 'w:bottom="1701" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    return package(
        f"{HEAD}<w:document {W}><w:body>{''.join(body)}{page}</w:body></w:document>",
        styles=_STYLES,
        footnotes=f"{HEAD}<w:footnotes {W}>{footnotes}</w:footnotes>",
        **parts,
    )


def package(document: str, **parts: str) -> bytes:
    """A DOCX of its main part and *parts* of the folder ``word``."""
    stream = io.BytesIO()
    known = {"styles": "styles", "footnotes": "footnotes", "comments": "comments"}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:

        def write(name: str, content: str) -> None:
            out.writestr(zipfile.ZipInfo(name, (2021, 11, 2, 0, 0, 0)), content)

        write(
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
            + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{known[name]}+xml"/>'
                for name in parts
            )
            + "</Types>",
        )
        write(
            "_rels/.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        write("word/document.xml", document)
        write(
            "word/_rels/document.xml.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="rId{number}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
                for number, name in enumerate(parts, 1)
            )
            + "</Relationships>",
        )
        for name, content in parts.items():
            write(f"word/{name}.xml", content)
    return stream.getvalue()


def _paragraph(text: str, style: str) -> str:
    text = " ".join(text.split())
    form = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs, at = "", 0
    for mark in _NOTE.finditer(text):
        reference = f'<w:r>{_SUPERSCRIPT}<w:footnoteReference w:id="{mark[1]}"/></w:r>'
        runs += _run(text[at : mark.start()]) + reference
        at = mark.end()
    return f"<w:p>{form}{runs}{_run(text[at:])}</w:p>"


def _run(text: str) -> str:
    """Runs of *text*, a part of it between stars in italics."""
    runs = ""
    for number, piece in enumerate(text.split("*")):
        form = "<w:rPr><w:i/></w:rPr>" if number % 2 else ""
        if piece:
            words = escape(piece.replace("`", ""), quote=False)
            runs += f'<w:r>{form}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return runs
