"""The page docs/editions.md: five editions cited; an edition, a finding aid, a mailbox listed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from rich.console import Console

from docproc.citing import built_in_style
from docproc.cli.printing.document_table import document_table
from docproc.config import Limits
from docproc.hooks import Parser
from docproc.passages.governing import own_reference
from docproc.records import (
    Citation,
    CitationId,
    Document,
    DocumentRow,
    PassageKind,
    SourceFile,
)
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.mail.parser import make as make_mail
from docproc.stages.parse.xml.ead.parser import EadParser
from docproc.stages.parse.xml.tei.parser import TeiParser
from docproc.stages.segment_structure import StructureSegmenter

_TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
_WORDS = "The ice has gone out of the inner basin, and two pilots have been engaged."


def _tei(titles: str, print_: str, text: str, source: str = "<p/>", profile: str = "") -> bytes:
    return (
        f"<TEI {_TEI}><teiHeader><fileDesc><titleStmt>{titles}</titleStmt><publicationStmt>{print_}"
        f"</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>{profile}</teiHeader>"
        f"<text><body>{text}</body></text></TEI>"
    ).encode()


def _kept(*parts: tuple[str, str]) -> str:
    inside = "".join(f"<{name}>{words}</{name}>" for name, words in parts)
    return f"<msDesc><msIdentifier>{inside}</msIdentifier></msDesc>"


def _sent(sender: str, recipient: str, date: str, place: str) -> str:
    return (
        f'<profileDesc><correspDesc><correspAction type="sent"><persName>{sender}</persName>'
        f"<placeName>{place}</placeName>{date}</correspAction>"
        f'<correspAction type="received"><persName>{recipient}</persName></correspAction>'
        "</correspDesc></profileDesc>"
    )


VOLUME = _tei(
    '<title type="complete">Papers of the Harbour Board, 1931, Libau, Volume III</title>'
    "<editor>Ann B. Roscoe</editor>",
    "<publisher>Harbour Press</publisher><pubPlace>Riga</pubPlace><date>1934</date>",
    '<pb n="58"/><div type="document" n="81" xml:id="d81"><note rend="inline" type="source">File '
    'No. 561.71/209</note><head>The Consul at Libau (<persName type="from">Ames</persName>) to the '
    '<gloss type="to">Secretary of the Board</gloss></head><note>[Telegram]</note><dateline>'
    '<placeName>Libau</placeName>, <date when="1931-03-04">March 4, 1931, 8 p.m.</date></dateline>'
    f'<p>{_WORDS}</p></div><div type="document" n="82" xml:id="d82"><head>82. Memorandum of '
    'Conversation Between the Consul and the Mayor<note n="1" type="source">Source: City Archive, '
    'Libau, 5/88. Confidential.</note></head><dateline><date when="1931-03-06">March 6, 1931'
    "</date></dateline><p>The Mayor said that the bread ration would be raised.</p></div>",
)
LETTERS = _tei(
    '<title level="s">Erik Sallström: Gesammelter Briefwechsel</title><title level="a">Maja '
    "Lindqvist an Erik Sallström, 11. 2. 1903</title><editor>Karin Ek</editor>",
    "<publisher>Chorverlag</publisher><pubPlace>Lund</pubPlace><date>1988</date>",
    "<p>Die Noten sind endlich angekommen, und der Chor beginnt am Montag mit den Proben.</p>",
    _kept(("settlement", "Lund"), ("repository", "Universitätsbibliothek"), ("idno", "Hs. 12, 4")),
    _sent(
        "Lindqvist, Maja", "Sallström, Erik",
        '<date when="1903-02-11">[11. 2.? 1903]</date>', "Lund",
    ),
)  # fmt: skip
RUSSIAN = _tei(
    '<title level="a">А. П. Орлова — Н. И. Бергу</title><title level="m">Письма с реки</title>'
    "<editor>Петренко, А. Б.</editor>",
    "<publisher>Наука</publisher><pubPlace>Москва</pubPlace><date>1991</date>",
    "<p>Лёд сошёл, и два лоцмана уже наняты на всё лето, а хлеба в городе нет.</p>",
    _kept(("repository", "РГАСПИ"), ("idno", "Ф. 558. Оп. 2. Д. 51. Л. 1")),
    _sent(
        "А. П. Орлова", "Н. И. Берг",
        '<date when="1918-02-14" calendar="#julian">1 (14) февраля 1918 г.</date>', "Тверь",
    ),
)  # fmt: skip
SOURCE = _tei(
    "<title>On the tunnel, to the directors of the line</title>",
    "<publisher>Nyberg online</publisher><date>2015</date>",
    "<p>The survey of the northern line is finished, and the tunnel will be shorter.</p>",
    '<bibl type="letter"/><biblFull><titleStmt><title>On the tunnel</title><author><persName>'
    "<forename>Ida</forename> <surname>Holm</surname></persName></author></titleStmt></biblFull>"
    + _kept(("settlement", "Malmö"), ("repository", "Stadsarkiv"), ("idno", "Nyberg 7")),
    '<profileDesc><creation><date when="1871-05-02">2 May 1871</date></creation></profileDesc>',
)
MINUTES = _tei(
    "<title>Protokoll vom 24. Februar 1848</title><meeting><date when='1848-02-24'>24. Februar "
    "1848</date><placeName>Wien</placeName></meeting><title level='s'>Die Protokolle des "
    "Hafenrates</title><title level='m'>Band 2</title><editor>Anna Berg</editor>",
    "<publisher>Akademie</publisher><pubPlace>Wien</pubPlace><date>2019</date>",
    "<p>Der Hafenmeister verlangt sechs Bagger, und der Rat vertagt die Sache auf Montag.</p>",
)
EDITIONS = (
    ("A volume of diplomatic documents: number, source note, page", "volume.xml", VOLUME),
    ("Letters with titles of several levels, names turned round, a doubtful day", "l.xml", LETTERS),
    ("A Russian letter in both calendars", "r.xml", RUSSIAN),
    ("A letter whose author only the description of its source names", "s.xml", SOURCE),
    ("Minutes", "m.xml", MINUTES),
)
AID = (
    b"<ead><eadheader><filedesc><titlestmt><titleproper>Papers of Karl Thoms</titleproper>"
    b"</titlestmt></filedesc></eadheader><archdesc level='collection'><did><repository><corpname>"
    b"City Archive of Libau<subarea>Manuscripts</subarea></corpname></repository><unitid>MS 12"
    b"</unitid><unittitle>Papers of Karl Thoms</unittitle></did><dsc><c01 level='series'><did>"
    b"<unittitle>Correspondence, <unitdate normal='1915/1917'>1915-1917</unitdate></unittitle>"
    b"</did><c02 level='item'><did><unittitle>Letter from Anna Reiss to Karl Thoms</unittitle>"
    b"<unitdate normal='1916-04-03'>3 April 1916</unitdate><container type='box'>3</container>"
    b"<container type='folder'>7</container></did></c02></c01></dsc></archdesc></ead>"
)
MAILBOX = (
    b"From ann@example.org Tue May  3 10:00:00 2011\nFrom: Ann Hill <ann@example.org>\n"
    b"To: Bob Lowe <bob@example.org>\nDate: Tue, 3 May 2011 10:00:00 +0000\n"
    b"Subject: The mill accounts\n\nThe accounts of the mill are in the third drawer.\n\n"
    b"From bob@example.org Wed May  4 09:00:00 2011\nFrom: Bob Lowe <bob@example.org>\n"
    b"To: Ann Hill <ann@example.org>\nDate: Wed, 4 May 2011 09:00:00 +0000\n"
    b"Subject: Re: The mill accounts\n\nFound.\n\n> The accounts of the mill are in the third\n"
)
_HEAD = """\
# Editions, finding aids, mailboxes

What docproc makes of them. The files are invented; they are read again whenever this page is made.
[Formats](formats.md) says what is read, [Citing](citing.md) in which styles documents are cited.

## Five editions, cited

The first paragraph of each, in the styles `chicago`, `gost` and `csl-json` (without `custom`,
`annote` and `note`, which hold the quotation and its name).
"""
_LISTED = """\
## What `docproc documents` shows

Of a volume, a finding aid and a mailbox.
"""


def read(parser: Parser, path: str, data: bytes) -> list[Document]:
    """The documents of a file, understood."""
    source = SourceFile(f"seeds/{path}", "", len(data), sha256(data).hexdigest())
    parsed = (each for each in parser.parse(source, data) if isinstance(each, Document))
    return [LetterNormalizer().normalize(each) for each in parsed]


def cited(path: str, data: bytes) -> Citation:
    """The first paragraph of the first document of an edition that has one."""
    segmenter = StructureSegmenter(max_words=120, min_words=1)
    document, passage = next(
        (document, passage)
        for document in read(TeiParser(Limits()), path, data)
        for passage in segmenter.segment(document)
        if passage.kind is PassageKind.BODY
    )
    reference = own_reference(document)
    labels = [page.label for page in document.pages if page.span.overlaps(passage.span)]
    return Citation(
        rank=1, quote=passage.span.of(document.text), span=passage.span, highlights=(),
        passage_id="", document_id=document.id, metadata=document.metadata, kind=passage.kind,
        locator=passage.locator, source=document.source, score=1.0, verified=True,
        verification="verbatim", reference=reference, document_reference=reference,
        witness=document.witness, identifier=str(CitationId.of(document, passage.span)),
        pages="–".join(dict.fromkeys(labels[:1] + labels[-1:])) or None, member=document.member,
    )  # fmt: skip


def listed(documents: Iterable[Document]) -> str:
    """The table of *documents* as a terminal of a hundred columns shows it."""
    rows = [_row(each) for each in documents]
    screen = io.StringIO()
    Console(file=screen, width=100, color_system=None).print(document_table(rows))
    return "\n".join(line.rstrip() for line in screen.getvalue().strip("\n").splitlines())


def _row(document: Document) -> DocumentRow:
    about, reference = document.metadata, own_reference(document)
    words = [m.text if m else None for m in (about.title, about.sender, about.recipient)]
    return DocumentRow(
        id=document.id, source=document.source.path, member=document.member, title=words[0],
        sender=words[1], recipient=words[2], place=about.place.text if about.place else None,
        date=about.date.edtf if about.date else None,
        date_printed=about.date.printed if about.date else None, kind=about.kind,
        language=about.language, reference=reference.printed if reference else None,
        characters=len(document.text), first_row=0, passages=1,
    )  # fmt: skip


def _csl(citation: Citation) -> str:
    (item,) = json.loads(built_in_style("csl-json").render([citation]))
    kept = {name: value for name, value in item.items() if name not in ("custom", "annote", "note")}
    lines = [f'  "{name}": {json.dumps(each, ensure_ascii=False)}' for name, each in kept.items()]
    return "[{\n" + ",\n".join(lines) + "\n}]"


def editions() -> str:
    """The page."""
    parts = [_HEAD]
    for called, path, data in EDITIONS:
        citation = cited(path, data)
        chicago, gost = (built_in_style(name).render([citation]) for name in ("chicago", "gost"))
        parts.append(f"### {called}\n\n```text\n{chicago}\n```\n\n```text\n{gost}\n```\n")
        parts.append(f"```json\n{_csl(citation)}\n```\n")
    parts.append(_LISTED)
    limits = Limits()
    shown: Sequence[tuple[Parser, str, bytes]] = (
        (TeiParser(limits), "volume.xml", VOLUME),
        (EadParser(limits), "thoms.xml", AID),
        (make_mail({}), "mill.mbox", MAILBOX),
    )
    for parser, path, data in shown:
        parts.append(f"```text\n$ docproc documents   # {path}\n")
        parts[-1] += f"{listed(read(parser, path, data))}\n```\n"
    return "\n".join(parts).rstrip() + "\n"
