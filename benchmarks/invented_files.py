"""Invented files of every format, the same on every run: what ``benchmarks.parsing`` reads.

Each holds about 120 paragraphs of a letter book: some 65 kB of reading text (a scan, one page).
"""

from __future__ import annotations

import csv
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from html import escape

COUNT = 120
SEED = 1921
_SAID = (
    "the harvest failed in whole district and governor does not answer our letters we ask you "
    "once more for wheat rye before roads are closed by snow commission has received report on "
    "railway bridge which was destroyed last spring minister wrote that money would be sent to "
    "committee at Moscow but nothing arrived until November workers of mill have no bread "
    "their families leave town as soon they can with kind regards from secretary who signed "
    "this order himself"
)
_WORDS = _SAID.split()
_NAMES = ("Petrov", "Orlova", "Lindqvist", "Gaas", "Riga", "Sloka", "Oskol", "Whitehall")


@cache
def paragraphs() -> tuple[str, ...]:
    """The paragraphs that all files hold, four sentences each."""
    drawn = random.Random(SEED)
    return tuple(
        " ".join(_sentence(drawn) for _ in range(4)) + f" Copy {number}." for number in range(COUNT)
    )


def _sentence(drawn: random.Random) -> str:
    words = [drawn.choice(_WORDS) for _ in range(drawn.randint(12, 26))]
    words[drawn.randrange(len(words))] = drawn.choice(_NAMES)
    if drawn.random() < 0.2:
        words.insert(3, f"on {drawn.randint(1, 28)} November {drawn.randint(1917, 1935)},")
    return f"{words[0].capitalize()} {' '.join(words[1:])}."


def text() -> bytes:
    return "\n\n".join(paragraphs()).encode()


def markdown() -> bytes:
    head = (
        "---\ntitle: Orlova to Lindqvist\ndate: 1921-11-02\nreference: F. 558. Op. 2. D. 51.\n---\n"
    )
    body = "".join(
        f"## Letter {n}\n\n{p}[^{n}]\n\n- *first*, {n}\n- second\n\n"
        for n, p in enumerate(paragraphs())
    )
    notes = "".join(f"[^{n}]: Note {n} on it.\n" for n in range(COUNT))
    return f"{head}\n{body}{notes}".encode()


def html() -> bytes:
    links = "".join(f'<li><a href="/{n}.html">Volume {n}</a></li>' for n in range(20))
    body = "".join(
        f'<h2>Letter {n}</h2>\n<p>{escape(p)}<a href="#n{n}">{n}</a> and <i>so on</i>.</p>\n'
        for n, p in enumerate(paragraphs())
    )
    notes = "".join(f'<p id="n{n}">{n} A note on it.</p>\n' for n in range(COUNT))
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Letters</title></head>"
        f"<body><nav><ul>{links}</ul></nav><main>{body}{notes}</main></body></html>"
    ).encode()


def tei() -> bytes:
    body = "".join(
        f"<p>{escape(p)}<lb/>and <hi>so on</hi>.<note>Note {n} on it.</note></p>\n"
        for n, p in enumerate(paragraphs())
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letters'
        "</title></titleStmt><sourceDesc><msDesc><msIdentifier><settlement>Riga</settlement>"
        "<repository>LVVA</repository><idno>F. 2575. Op. 1.</idno></msIdentifier></msDesc>"
        f"</sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
    ).encode()


def ead() -> bytes:
    components = "".join(
        f"<c01 level='file'><did><unittitle>File {n}</unittitle><unitid>F{n}</unitid>"
        f"<unitdate normal='1921-11-02'>2 November 1921</unitdate>"
        f"<container type='box'>{n}</container></did>"
        f"<scopecontent><p>{escape(p)}</p></scopecontent></c01>\n"
        for n, p in enumerate(paragraphs())
    )
    return (
        "<ead><archdesc><did><unittitle>Papers</unittitle></did>"
        f"<dsc>{components}</dsc></archdesc></ead>"
    ).encode()


def _lines(words: int = 12) -> list[list[str]]:
    said = " ".join(paragraphs()).split()
    return [said[at : at + words] for at in range(0, len(said), words)]


def alto() -> bytes:
    lines = "".join(
        f'<TextLine HPOS="100" VPOS="{40 * n}" WIDTH="2000" HEIGHT="38">'
        + '<SP WIDTH="9"/>'.join(
            f'<String CONTENT="{escape(word)}" HPOS="{100 + 150 * at}" VPOS="{40 * n}" '
            f'WIDTH="140" HEIGHT="38" WC="0.9"/>'
            for at, word in enumerate(line)
        )
        + "</TextLine>\n"
        for n, line in enumerate(_lines())
    )
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page PHYSICAL_IMG_NR="1">'
        f"<PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def page_xml() -> bytes:
    lines = "".join(
        f'<TextLine id="l{n}"><Coords points="100,{n} 2100,{n} 2100,{n + 38} 100,{n + 38}"/>'
        f"<TextEquiv><Unicode>{escape(' '.join(line))}</Unicode></TextEquiv></TextLine>\n"
        for n, line in enumerate(_lines())
    )
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageFilename="a.jpg"><TextRegion id="r">{lines}</TextRegion></Page></PcGts>'
    ).encode()


def hocr() -> bytes:
    lines = "".join(
        f'<span class="ocr_line" title="bbox 100 {40 * n} 2100 {40 * n + 38}">'
        + " ".join(
            f'<span class="ocrx_word" title="bbox {100 + 150 * at} {40 * n} {240 + 150 * at} '
            f'{40 * n + 38}; x_wconf 90">{escape(word)}</span>'
            for at, word in enumerate(line)
        )
        + "</span>\n"
        for n, line in enumerate(_lines())
    )
    return (
        '<html><head><meta name="ocr-system" content="tesseract"/></head><body>'
        f'<div class="ocr_page" title=\'image "a.jpg"\'><p class="ocr_par">{lines}</p></div>'
        "</body></html>"
    ).encode()


def pdf() -> bytes:
    from fpdf import FPDF

    file = FPDF()
    file.set_font("helvetica", size=11)
    for start in range(0, COUNT, 6):
        file.add_page()
        file.multi_cell(0, 6, "\n\n".join(paragraphs()[start : start + 6]), align="L")
    return bytes(file.output())


def scan() -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1650, 2200), 255)
    drawn, font = ImageDraw.Draw(page), ImageFont.load_default(28)
    for number, line in enumerate(_lines(10)[:45]):
        drawn.text((100, 100 + 44 * number), " ".join(line), 0, font)
    stream = io.BytesIO()
    page.save(stream, "PNG", dpi=(200, 200))
    return stream.getvalue()


def docx() -> bytes:
    from docx import Document

    file = Document()
    for number, words in enumerate(paragraphs()):
        file.add_heading(f"Letter {number}", 2)
        written = file.add_paragraph(words)
        written.add_run(" and so on").italic = True
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P, Span

    file = OpenDocumentText()
    for number, words in enumerate(paragraphs()):
        file.text.addElement(H(outlinelevel=2, text=f"Letter {number}"))
        written = P(text=words)
        written.addElement(Span(text=" and so on"))
        file.text.addElement(written)
    stream = io.BytesIO()
    file.write(stream)
    return stream.getvalue()


def rtf() -> bytes:
    body = "".join(
        rf"{{\b Letter {n}}}\par {p}{{\i  and so on}}\par " for n, p in enumerate(paragraphs())
    )
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\f0\fs24 " + body + "}").encode()


def epub() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf"/></rootfiles></container>',
        )
        chapters = range(0, COUNT, 10)
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in chapters
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in chapters)
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata/>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for n in chapters:
            body = "".join(f"<p>{escape(p)} <i>so on</i></p>\n" for p in paragraphs()[n : n + 10])
            page = (
                f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>{n}</h1>{body}</body></html>"
            )
            book.writestr(f"c{n}.xhtml", page)
    return stream.getvalue()


def _message(number: int, words: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Orlova <o@example.org>", "Lindqvist <l@example.org>"
    message["Subject"] = f"Letter {number}"
    message["Date"] = "Wed, 02 Nov 1921 10:00:00 +0000"
    message.set_content(words)
    return message


def eml() -> bytes:
    return bytes(_message(1, "\n\n".join(paragraphs())))


def mbox() -> bytes:
    return b"".join(
        b"From o@example.org Wed Nov  2 10:00:00 1921\n" + bytes(_message(n, p)) + b"\n"
        for n, p in enumerate(paragraphs())
    )


def jsonl() -> bytes:
    rows = ({"id": n, "text": p, "date": "1921-11-02"} for n, p in enumerate(paragraphs()))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def table() -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["id", "text", "date"])
    writer.writerows((n, p, "1921-11-02") for n, p in enumerate(paragraphs()))
    return stream.getvalue().encode()


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, p in enumerate(paragraphs()):
            archive.writestr(f"letters/{n}.txt", p)
    return stream.getvalue()


def tarred() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for n, p in enumerate(paragraphs()):
            member = tarfile.TarInfo(f"letters/{n}.txt")
            member.size = len(p)
            archive.addfile(member, io.BytesIO(p.encode()))
    return stream.getvalue()


FILES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "plain text": ("text", "a.txt", text),
    "Markdown": ("markdown", "a.md", markdown),
    "HTML": ("html", "a.html", html),
    "TEI": ("tei", "a.xml", tei),
    "EAD": ("ead", "a.xml", ead),
    "PDF": ("pdf", "a.pdf", pdf),
    "scan": ("scan", "a.png", scan),
    "DOCX": ("docx", "a.docx", docx),
    "ODT": ("odt", "a.odt", odt),
    "RTF": ("rtf", "a.rtf", rtf),
    "EPUB": ("epub", "a.epub", epub),
    "EML": ("mail", "a.eml", eml),
    "mbox": ("mail", "a.mbox", mbox),
    "ALTO": ("ocr-layout", "a.xml", alto),
    "PAGE XML": ("ocr-layout", "a.xml", page_xml),
    "hOCR": ("ocr-layout", "a.html", hocr),
    "JSON Lines": ("rows", "a.jsonl", jsonl),
    "CSV": ("rows", "a.csv", table),
    "zip": ("archive", "a.zip", zipped),
    "tar": ("archive", "a.tar.gz", tarred),
}
"""Of each format the parser, the name of a file, and what makes its bytes."""
