"""Sample documents: letters, minutes and registers in several languages and formats.

All of them are invented.  ``FILES`` are what a parser meets, ``documents()`` what a
normalizer or a segmenter meets, ``PASSAGES`` what an embedder or an index meets.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import replace
from functools import cache
from typing import Any

from docproc.records import (
    Alignment,
    ArchivalReference,
    Block,
    BlockKind,
    Collection,
    Document,
    Edit,
    Mention,
    Metadata,
    Page,
    Person,
    SourceFile,
    Span,
    StatedDate,
    Witness,
)

__all__ = [
    "FILES", "HEAD", "NOISE", "PASSAGES", "document", "documents", "odd_documents", "samples_for",
    "source",
]  # fmt: skip

HEAD = 8192
"""How many of the first bytes of a file a parser is shown, to say whether it takes it."""

_ENGLISH = """\
I. K. Orlova to P. Lindqvist

Riga, 3 May 1920

Dear Lindqvist,

The mill at Sloka has stood idle since Easter. Forty-two workers are without bread[1], and the
directors have sent no answer to our second letter.

I ask you for three things:
1. flour, not less than 600 poods;
2. a loan of 12,500 roubles until the harvest;
3. a man who can read the accounts.

Yours, Orlova

LVVA. F. 2575. Op. 1. D. 14. L. 8-9.
Typewritten. Autograph signature.

[1] See the minutes of 28 April: LVVA. F. 2575. Op. 1. D. 12. L. 3.
"""
_RUSSIAN = """\
Протокол № 7 заседания правления
12 октября 1921 г.

Присутствовали: тт. Петренко, Гаас, Вейс.

СЛУШАЛИ: доклад т. Гааса о ремонте моста через реку Оскол.
ПОСТАНОВИЛИ: отпустить 3 000 руб. и 40 брёвен; работы окончить к 1 ноября.

Председатель Петренко

ГАХО. Ф. Р-203. Оп. 1. Д. 88. Л. 12. Подлинник. Машинопись.
"""
_OLD_RUSSIAN = """\
Милостивый Государь Ѳедоръ Ильичъ!

Посылаю Вамъ съ симъ письмомъ три книги и прошу увѣдомить меня о полученіи оныхъ.
Вѣрный слуга Вашъ.
"""
_GERMAN = """\
Bericht über die Brücke

Die Brücke über den Fluß ist am 4. März 1913 um 6 Uhr früh einge\u00ad
stürzt. Verletzt wurde niemand; der Schaden beträgt 3.200 Mark.
Gez. Weiß
"""
_FRENCH = """\
À Monsieur le Préfet

Le maire a l’honneur de vous faire connaître que la route est coupée depuis « dimanche ».
"""
_GREEK = "Ἡ ἐπιστολὴ ἐστάλη τῇ τρίτῃ Μαΐου.\n\nΟὐδεὶς ἀπεκρίθη.\n"
_JAPANESE = "大正十年五月三日\n\n橋の修理は来月に終わる予定である。費用は三千円。\n"
_HEBREW = "לכבוד מר לוי\n\nהמכתב הגיע אתמול.\n"

_MARKDOWN = f"""\
---
title: Orlova to Lindqvist
date: 1920-05-03
---

# A letter from Riga

{_ENGLISH}
"""
_HTML = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Orlova to Lindqvist</title></head>
<body><h1>Orlova to Lindqvist</h1><p>The mill at <b>Sloka</b> has stood idle since Easter.</p>
<p>Forty-two workers are without bread &mdash; and the directors are silent.</p></body></html>
"""
_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Minutes</title>
</titleStmt><publicationStmt><p>Invented</p></publicationStmt><sourceDesc><p>None</p></sourceDesc>
</fileDesc></teiHeader><text><body><p>The bridge was repaired.</p></body></text></TEI>
"""
_EML = """\
From: Orlova <orlova@example.org>\r
To: Lindqvist <lindqvist@example.org>\r
Date: Mon, 3 May 2021 10:00:00 +0000\r
Subject: The mill\r
Content-Type: text/plain; charset=utf-8\r
\r
The mill at Sloka has stood idle since Easter.\r
"""

FILES: dict[str, bytes] = {
    "letter.txt": _ENGLISH.encode(),
    "minutes.txt": _RUSSIAN.encode(),
    "dos.txt": _ENGLISH.replace("\n", "\r\n").encode(),
    "old spelling.txt": _OLD_RUSSIAN.encode(),
    "bericht.txt": _GERMAN.encode(),
    "préfet.txt": _FRENCH.encode(),
    "ἐπιστολή.txt": _GREEK.encode(),
    "橋.txt": _JAPANESE.encode(),
    "מכתב.txt": _HEBREW.encode(),
    "windows-1251.txt": _RUSSIAN.encode("cp1251"),
    "koi8-r.txt": _RUSSIAN.replace("№", "N").encode("koi8-r"),
    "utf-16.txt": _RUSSIAN.encode("utf-16"),
    "latin-1.txt": _GERMAN.encode("latin-1"),
    "letter.md": _MARKDOWN.encode(),
    "register.csv": b"number,date,title\r\n1,1920-05-03,A letter\r\n",
    "register.json": b'[{"number": 1, "date": "1920-05-03", "title": "A letter"}]\n',
    "page.html": _HTML.encode(),
    "page.xml": _XML.encode(),
    "mail.eml": _EML.encode(),
    "Letter no. 12": _ENGLISH.encode(),
}
"""Files of several kinds by name; a parser is checked with those that it takes."""

NOISE: dict[str, bytes] = {
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1",
    "scan.pdf": b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n",
    "archive.zip": b"PK\3\4\x14\0\0\0\0\0",
    "noise": hashlib.shake_256(b"noise").digest(9000),
    "noise.txt": hashlib.shake_256(b"text").digest(9000),
    "empty.txt": b"",
    "blank.txt": b" \r\n\t\n",
}
"""Files that hold nothing readable: a parser may raise a ``SourceError``, and nothing else."""

PASSAGES: tuple[tuple[str, str], ...] = (
    ("en", "The mill at Sloka has stood idle since Easter."),
    ("en", "Forty-two workers are without bread, and the directors have sent no answer."),
    ("en", "I ask you for a loan of 12,500 roubles until the harvest."),
    ("en", "The bridge over the river was repaired in November."),
    ("en", "Minutes of the board: present were Petrenko, Haas and Weiss."),
    ("ru", "Слушали доклад о ремонте моста через реку Оскол."),
    ("ru", "Постановили отпустить 3 000 рублей и сорок брёвен."),
    ("ru", "Посылаю Вамъ съ симъ письмомъ три книги."),
    ("de", "Die Brücke über den Fluß ist am 4. März 1913 eingestürzt."),
    ("de", "Verletzt wurde niemand; der Schaden beträgt 3.200 Mark."),
    ("fr", "Le maire a l’honneur de vous faire connaître que la route est coupée."),
    ("el", "Ἡ ἐπιστολὴ ἐστάλη τῇ τρίτῃ Μαΐου."),
    ("ja", "橋の修理は来月に終わる予定である。"),
)
"""Passages that tell different things: their language and their words."""


def source(path: str, data: bytes) -> SourceFile:
    """The record of a file at *path* that holds *data*; there is no such file on the disk."""
    media_type = mimetypes.MimeTypes().guess_type(path, strict=False)[0]
    return SourceFile(
        path, media_type or "application/octet-stream", len(data), hashlib.sha256(data).hexdigest()
    )


def samples_for(parser: Any) -> dict[str, bytes]:
    """Those of ``FILES`` that *parser* takes, by name."""
    return {
        name: data
        for name, data in FILES.items()
        if parser.confidence(source(f"seeds/{name}", data), data[:HEAD]) > 0
    }


def document(text: str, name: str = "sample.txt") -> Document:
    """A document of *text* and nothing else, as a parser of plain text leaves it."""
    return Document(source(f"seeds/{name}", text.encode("utf-8", "surrogatepass")), text)


@cache
def documents() -> tuple[Document, ...]:
    """Documents as parsers leave them: bare ones in several languages, and understood ones."""
    bare = {
        "letter.txt": _ENGLISH,
        "dos.txt": _ENGLISH.replace("\n", "\r\n"),
        "minutes.txt": _RUSSIAN,
        "old.txt": _OLD_RUSSIAN,
        "bericht.txt": _GERMAN,
        "prefet.txt": _FRENCH,
        "greek.txt": _GREEK,
        "bridge.txt": _JAPANESE,
        "hebrew.txt": _HEBREW,
        "empty.txt": "",
        "blank.txt": " \n\n\t\n",
    }
    return (*(document(text, name) for name, text in bare.items()), make_understood())


@cache
def odd_documents() -> tuple[Document, ...]:
    """Documents with what normalizers like to edit: old letters, hyphens, signs, spaced words."""
    odd = (
        "groſſe Hauſ", "ein-\nſtürzt", "ge\u00adſchrieben", "\ufb01n de si\u00e8cle",
        "мостъ и Ѳедоръ", "S T A L I N", "The  mill", "e\u0301te\u0301", "«так» “so” … — –",
        "Page 3\n", "- 12 -\n", "[1] note", "(1) item", "colour, connexion",
        "rn for m, l for 1, O for 0", "& and &amp;", "№ 7", "Mr. and Mrs.", "12 poods 3 lbs.",
        "\u200bnothing\ufeff", "`code` *star* _under_", "soft¬\nness",
    )  # fmt: skip
    before, after = "The earlier words stand here.\n\n", "\n\nAnd the later words stand there."
    texts = [*(f"{before}{each}{after}" for each in odd), before + "\n".join(odd) + after]
    return tuple(document(text, f"odd-{number}.txt") for number, text in enumerate(texts))


SCRATCHED = "QZXQZ"
"""A word that an earlier normalizer took out of the search text of ``make_understood()``."""


def make_understood() -> Document:
    """A document of which the parser knew much, with one word taken out of its search text."""
    furniture, title = "PAGE 8 OF THE EDITION", "Orlova to Lindqvist, 3 May 1920"
    first = f"The mill at Sloka {SCRATCHED} has stood idle since Easter, and nobody answers."
    second = "The directors of the mill have sent no answer to the second letter of the workers."
    printed = "LVVA. F. 2575. Op. 1. D. 14. L. 8."
    parts = (furniture, title, first, second, printed)
    text = "\n\n".join(parts) + "\n"
    spans = [Span(at := text.index(part), at + len(part)) for part in parts]
    kinds = (
        BlockKind.FURNITURE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.REFERENCE,
    )
    at = text.index(SCRATCHED)
    return Document(
        source("seeds/understood.txt", text.encode()),
        text,
        blocks=tuple(Block(kind, span) for kind, span in zip(kinds, spans, strict=True)),
        metadata=Metadata(
            title=Mention(title, spans[1]),
            sender=Mention("Orlova", Span(spans[1].start, spans[1].start + 6)),
            recipient=Mention("P. Lindqvist"),
            place=Mention("Riga"),
            dates=(StatedDate("3 May 1920", "1920-05-03", "metadata"),),
            collection=Collection("Letters of a mill", ("A. Editor",)),
            kind="letter",
            language="en",
            encoding="utf-8",
            other=(("shelf", "14"),),
        ),
        references=(
            ArchivalReference(
                printed,
                "fond",
                (("fond", "2575"), ("opis", "1"), ("delo", "14"), ("leaf", "8")),
                span=spans[4],
            ),
        ),
        pages=(Page("8", Span(0, spans[2].start), 8), Page("9", Span(spans[2].start, len(text)))),
        search=Alignment((Edit(Span(at, at + len(SCRATCHED) + 1), ""),)),
    )


def make_known() -> Document:
    """``make_understood()``, with a witness, and two persons and a second date."""
    understood = make_understood()
    dates = (*understood.metadata.dates, StatedDate("4 May 1920", "1920-05-04", "metadata"))
    return replace(
        understood,
        metadata=replace(understood.metadata, dates=dates),
        witness=Witness("Copy", status="copy"),
        persons=(Person("orlova", "Orlova"), Person("lindqvist", "P. Lindqvist")),
    )
