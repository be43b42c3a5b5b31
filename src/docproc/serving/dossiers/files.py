"""Dossiers as files to write with: Markdown and DOCX, each passage with its source in a footnote.

No library writes footnotes into DOCX (python-docx does not), so the few parts of such a file that
are needed are written here: ECMA-376, part 1, 11.3 (WordprocessingML parts) and 17.11 (footnotes).
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from docproc.dataclass_on_use import dataclass
from docproc.text.output import visible
from docproc.text.patterns import compile_on_use

_DATE = (1980, 1, 1, 0, 0, 0)
"""The time of every part: the same dossier gives the same bytes."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_XML = compile_on_use("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """One kept passage: its words as they were kept, your note, and its source as a footnote.

    ``warning`` says what became of it since, ``""`` where it stands; ``language`` is a code.
    """

    quote: str
    source: str
    note: str = ""
    tags: tuple[str, ...] = ()
    warning: str = ""
    language: str = ""


def as_markdown(
    title: str, entries: Sequence[DossierEntry], bibliography: Sequence[str] = ()
) -> str:
    """The dossier *title* as Markdown: each passage with its note, its source as a footnote."""
    lines = [f"# {_inline(title)}", ""]
    notes: list[str] = []
    for number, each in enumerate(entries, 1):
        quoted = (_inline(line) for line in each.quote.split("\n"))
        lines += ["\n".join(f"> {line}".rstrip() for line in quoted) + f"[^{number}]", ""]
        lines += [f"**{_inline(each.warning)}**", ""] if each.warning else []
        lines += [_inline(each.note), ""] if each.note else []
        lines += [f"Tags: {_inline(', '.join(each.tags))}", ""] if each.tags else []
        notes.append(f"[^{number}]: {_inline(' '.join(each.source.split()))}")
    if bibliography:
        lines += ["## Sources", "", *(f"- {_inline(each)}" for each in bibliography), ""]
    return visible("\n".join([*lines, *notes, ""]))


def as_docx(title: str, entries: Sequence[DossierEntry], bibliography: Sequence[str] = ()) -> bytes:
    """The dossier *title* as DOCX, its sources in footnotes, and a bibliography at its end."""
    body = [_paragraph(_run(title), "Title")]
    notes = []
    for number, each in enumerate(entries, 1):
        mark = (
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{_reference(number)}</w:r>'
        )
        quoted = _run(each.quote, each.language) + mark
        body.append(_paragraph(quoted, "Quote", right_to_left=_is_right_to_left(each.quote)))
        body += [_paragraph(_run(each.warning, bold=True))] if each.warning else []
        body += [_paragraph(_run(part)) for part in each.note.split("\n") if part.strip()]
        body += [_paragraph(_run(f"Tags: {', '.join(each.tags)}"), "Tags")] if each.tags else []
        notes.append(_footnote(number, " ".join(each.source.split())))
    if bibliography:
        body.append(_paragraph(_run("Sources"), "Heading1"))
        body += [_paragraph(_run(each), "Bibliography") for each in bibliography]
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" '
    page += 'w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": _part("document", f"<w:body>{''.join(body)}{page}</w:body>"),
        "word/footnotes.xml": _part("footnotes", _SEPARATORS + "".join(notes)),
        "word/styles.xml": _part("styles", _STYLES),
        "word/settings.xml": _part("settings", _SETTINGS),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("footnotes", "footnotes.xml"), ("settings", "settings.xml")
        ),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, text.encode("utf-8"))
    return written.getvalue()


def _inline(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _run(text: str, language: str = "", *, bold: bool = False) -> str:
    """*text* as a run; its lines stay lines."""
    right = "<w:rtl/>" if _is_right_to_left(text) else ""
    lang = f"<w:lang w:val={quoteattr(language)}/>" if re.fullmatch(r"[\w-]+", language) else ""
    style = f"{'<w:b/>' if bold else ''}{right}{lang}"
    lines = (_text(line) for line in text.replace("\r\n", "\n").split("\n"))
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{'<w:br/>'.join(lines)}</w:r>"


def _text(line: str) -> str:
    said = escape(_NO_XML.sub("", visible(line)))
    return f'<w:t xml:space="preserve">{said}</w:t>' if said else ""


def _paragraph(runs: str, style: str = "", *, right_to_left: bool = False) -> str:
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    said += "<w:bidi/>" if right_to_left else ""
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{runs}</w:p>"


def _reference(number: int) -> str:
    return f'<w:footnoteReference w:id="{number}"/>'


def _footnote(number: int, words: str) -> str:
    mark = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
    said = _paragraph(f"{mark}{_run(f' {words}')}", "FootnoteText")
    return f'<w:footnote w:id="{number}">{said}</w:footnote>'


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter of *text* is of a script that is written from right to left."""
    for each in text:
        direction = unicodedata.bidirectional(each)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _part(name: str, inner: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{_W}">{inner}</w:{name}>'


def _relationships(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/></Types>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)
_SETTINGS = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'


def _style(
    name: str, says: str, paragraph: str = "", run: str = "", kind: str = "paragraph"
) -> str:
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" and name != "Normal" else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val="{says}"/>{based}'
        f"{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}"
        f"{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


_STYLES = "".join(
    (
        _style("Normal", "Normal", '<w:spacing w:after="120"/>', '<w:sz w:val="23"/>'),
        _style("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="34"/>'),
        _style("Heading1", "heading 1", '<w:spacing w:before="360"/>', '<w:b/><w:sz w:val="28"/>'),
        _style("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>'),
        _style("Tags", "Tags", "", '<w:i/><w:sz w:val="20"/>'),
        _style("Bibliography", "Bibliography", '<w:ind w:left="425" w:hanging="425"/>'),
        _style("FootnoteText", "footnote text", "", '<w:sz w:val="19"/>'),
        _style(
            "FootnoteReference",
            "footnote reference",
            run='<w:vertAlign w:val="superscript"/>',
            kind="character",
        ),
    )
)
