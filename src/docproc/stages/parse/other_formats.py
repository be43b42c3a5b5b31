"""The parser of last resort: names the format of a file that docproc does not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from docproc.errors import SourceError
from docproc.formats.sniffing import first_entry, root_of
from docproc.records import Document, SourceFile

_DOCX = "open it with the program that made it, or LibreOffice, and save it as DOCX or ODT"
_PDF = "export it as PDF"
_UNPACK = "unpack it, and put what is in it into the folder"
_IMAGE = "convert it to TIFF, PNG or JPEG"
_SOUND = "transcribe it, and put the transcript (.txt, .vtt, .srt) into the folder"
_CSV = "export its tables as CSV"
_SHEET = "open it with LibreOffice, and save it as XLSX or CSV"
_EPUB = "convert it to EPUB (Calibre does)"
_MAIL = "export its messages as mbox or EML"

SUFFIXES: dict[str, tuple[str, str]] = {
    ".iwa": ("a Pages, Numbers or Keynote file", "export it as DOCX, XLSX or PPTX"),
    ".pages": ("a Pages file", "export it as DOCX"),
    ".numbers": ("a Numbers file", "export it as XLSX or CSV"),
    ".key": ("a Keynote file", "export it as PPTX or PDF"),
    ".wpd": ("a WordPerfect file", _DOCX),
    ".wp": ("a WordPerfect file", _DOCX),
    ".wp5": ("a WordPerfect file", _DOCX),
    ".wp6": ("a WordPerfect file", _DOCX),
    ".wps": ("a Works or WPS file", _DOCX),
    ".wri": ("a Windows Write file", _DOCX),
    ".sxw": ("an OpenOffice 1 file", _DOCX),
    ".sxc": ("an OpenOffice 1 sheet", _SHEET),
    ".sxi": ("an OpenOffice 1 presentation", _PDF),
    ".sxd": ("an OpenOffice 1 drawing", _PDF),
    ".sdw": ("a StarWriter file", _DOCX),
    ".abw": ("an AbiWord file", _DOCX),
    ".zabw": ("an AbiWord file", _DOCX),
    ".lwp": ("a Lotus Word Pro file", _DOCX),
    ".hwp": ("a Hangul file", _DOCX),
    ".hwpx": ("a Hangul file", _DOCX),
    ".scriv": ("a Scrivener project", "compile it as DOCX"),
    ".nb": ("a Mathematica notebook", _PDF),
    ".one": ("a OneNote section", "export its pages as DOCX or PDF"),
    ".onepkg": ("a OneNote package", "export its pages as DOCX or PDF"),
    ".enex": ("an Evernote export", "export the notes as HTML"),
    ".ppt": ("a PowerPoint file before 2007", "save it as PPTX"),
    ".pps": ("a PowerPoint file before 2007", "save it as PPTX"),
    ".odg": ("a LibreOffice drawing", _PDF),
    ".vsd": ("a Visio drawing", _PDF),
    ".vsdx": ("a Visio drawing", _PDF),
    ".pub": ("a Publisher file", _PDF),
    ".indd": ("an InDesign file", _PDF),
    ".idml": ("an InDesign file", _PDF),
    ".qxp": ("a QuarkXPress file", _PDF),
    ".qxd": ("a QuarkXPress file", _PDF),
    ".pm6": ("a PageMaker file", _PDF),
    ".p65": ("a PageMaker file", _PDF),
    ".ps": ("a PostScript file", "convert it to PDF (ps2pdf does)"),
    ".eps": ("a PostScript image", "convert it to PDF (ps2pdf does)"),
    ".dvi": ("a DVI file", "convert it to PDF (dvipdf does), or give its LaTeX source"),
    ".xps": ("an XPS file", "print it to PDF"),
    ".oxps": ("an XPS file", "print it to PDF"),
    ".ai": ("an Illustrator file", _PDF),
    ".dwg": ("an AutoCAD drawing", _PDF),
    ".cdr": ("a CorelDRAW file", _PDF),
    ".fm": ("a FrameMaker file", _PDF),
    ".mif": ("a FrameMaker file", _PDF),
    ".mpp": ("a Project file", _PDF),
    ".swf": ("a Flash film", "put the text that it shows into a file"),
    ".sdc": ("a StarCalc file", _SHEET),
    ".sdd": ("a StarImpress file", "open it with LibreOffice 5 or older, and save it as PDF"),
    ".vor": ("a StarOffice template", "open it with LibreOffice 5 or older, and save it as PDF"),
    ".xls4": ("an Excel file before version 5", _SHEET),
    **dict.fromkeys((".wk1", ".wk3", ".wk4", ".wks", ".123"), ("a Lotus 1-2-3 sheet", _SHEET)),
    **dict.fromkeys((".wb1", ".wb2", ".wb3", ".qpw"), ("a Quattro Pro sheet", _SHEET)),
    ".slk": ("a SYLK sheet", _SHEET),
    ".dif": ("a sheet in DIF", _SHEET),
    ".cwk": ("a ClarisWorks or AppleWorks file", _DOCX),
    ".mcw": ("a MacWrite file", _DOCX),
    ".mw": ("a MacWrite file", _DOCX),
    ".wn": ("a WriteNow file", _DOCX),
    ".ws": ("a WordStar file", _DOCX),
    ".lyx": ("a LyX text", "export it as LaTeX"),
    ".texi": ("a Texinfo text", "convert it to HTML or plain text (makeinfo does)"),
    ".ged": ("a family tree (GEDCOM)", "export it as a report in DOCX, HTML or CSV"),
    ".mrc": ("MARC records", "convert them to MODS (yaz-marcdump does to MARCXML first)"),
    ".tmx": ("a translation memory", "export it as CSV"),
    ".xliff": ("a file for translators", "export it as CSV"),
    ".xlf": ("a file for translators", "export it as CSV"),
    ".nbib": ("a list of references", "export it as CSL-JSON or CSV, with its abstracts"),
    ".enw": ("a list of references", "export it as CSL-JSON or CSV, with its abstracts"),
    ".gpx": ("a map", "export its places as CSV"),
    ".ris": ("a list of references", "export it as CSL-JSON or CSV, with its abstracts"),
    ".bib": ("a list of references", "export it as CSL-JSON or CSV, with its abstracts"),
    ".xlsb": ("a binary Excel file", "save it as XLSX"),
    ".ttf": ("a font", "it holds no text"),
    ".otf": ("a font", "it holds no text"),
    ".raw": ("a raw photograph", _IMAGE),
    ".docbook": ("a DocBook text", "convert it to HTML or DOCX (pandoc does)"),
    ".dbk": ("a DocBook text", "convert it to HTML or DOCX (pandoc does)"),
    ".dita": ("a DITA topic", "publish it as HTML or PDF"),
    ".opml": ("an outline", "export it as HTML, DOCX or Markdown"),
    ".rss": ("a feed", "save the pages that it names"),
    ".atom": ("a feed", "save the pages that it names"),
    ".kml": ("a map", "export its places as CSV"),
    ".yaml": ("a YAML file", "convert it to JSON"),
    ".yml": ("a YAML file", "convert it to JSON"),
    ".ttml": ("timed text", "convert it to SRT or VTT"),
    ".dfxp": ("timed text", "convert it to SRT or VTT"),
    ".ass": ("SubStation subtitles", "convert it to SRT or VTT"),
    ".ssa": ("SubStation subtitles", "convert it to SRT or VTT"),
    ".eaf": ("an ELAN transcript", "export it as SRT or plain text"),
    ".textgrid": ("a Praat transcript", "export it as SRT or plain text"),
    ".trs": ("a Transcriber transcript", "export it as SRT or plain text"),
    ".hlp": ("a Windows help file", "convert it to RTF (helpdeco does)"),
    ".chm": ("a Windows help file", "unpack its pages (7-Zip does)"),
    ".lit": ("a Microsoft Reader book", _EPUB),
    ".mobi": ("a Mobipocket book", _EPUB),
    ".ibooks": ("a book of Apple Books", _EPUB),
    ".pdb": ("a Palm book", _EPUB),
    ".lrf": ("a book of Sony's reader", _EPUB),
    ".prc": ("a Mobipocket book", _EPUB),
    ".azw": ("a Kindle book", _EPUB),
    ".azw3": ("a Kindle book", _EPUB),
    ".kfx": ("a Kindle book", _EPUB),
    ".cbz": ("a book of images", "unpack it, and put its images into the folder"),
    ".cbr": ("a book of images", "unpack it, and put its images into the folder"),
    ".pst": ("an Outlook data file", f"{_MAIL} (readpst does)"),
    ".ost": ("an Outlook data file", f"{_MAIL} (readpst does)"),
    ".olm": ("an Outlook for Mac archive", _MAIL),
    ".dbx": ("an Outlook Express folder", _MAIL),
    ".nsf": ("a Notes database", _MAIL),
    ".msf": ("a Thunderbird index", "the messages are in the file of the same name without .msf"),
    ".p7m": ("an encrypted or signed message", "open it in a mail program, and save it as EML"),
    ".p7s": ("the signature of a message", "it holds no text"),
    ".sig": ("the signature of a message", "it holds no text"),
    ".tnef": ("a winmail.dat of Outlook", "open the message in Outlook, or unpack it (tnef does)"),
    ".gpg": ("an encrypted file", "decrypt it, and put the text into the folder"),
    ".pgp": ("a PGP message, key or signature", "decrypt it, and put the text into the folder"),
    ".gdoc": ("a link to a Google document", "download it as DOCX"),
    ".gsheet": ("a link to a Google sheet", "download it as XLSX or CSV"),
    ".gslides": ("a link to Google slides", "download them as PPTX or PDF"),
    ".url": ("a link", "save the page that it leads to"),
    ".webloc": ("a link", "save the page that it leads to"),
    ".lnk": ("a link to a file", "put the file itself into the folder"),
    ".webarchive": ("a Safari web archive", "save the page as HTML or PDF"),
    ".arc": ("a web archive before WARC", "convert it to WARC (warcio recompress does)"),
    ".maff": ("a Firefox web archive", _UNPACK),
    ".mdb": ("an Access database", _CSV),
    ".accdb": ("an Access database", _CSV),
    ".fp7": ("a FileMaker database", _CSV),
    ".fmp12": ("a FileMaker database", _CSV),
    ".dbf": ("a dBase table", _CSV),
    ".db": ("a database", _CSV),
    ".sqlite": ("an SQLite database", _CSV),
    ".sqlite3": ("an SQLite database", _CSV),
    ".odb": ("a LibreOffice database", _CSV),
    ".sas7bdat": ("a SAS file", _CSV),
    ".sav": ("an SPSS file", _CSV),
    ".dta": ("a Stata file", _CSV),
    ".parquet": ("a Parquet table", _CSV),
    ".enl": ("an EndNote library", "export its references as RIS or its notes as RTF"),
    ".tropy": ("a Tropy project", "export its items as JSON-LD (File > Export)"),
    ".tpy": ("a Tropy project", "export its items as JSON-LD (File > Export)"),
    ".7z": ("a 7z archive", _UNPACK),
    ".rar": ("a RAR archive", _UNPACK),
    ".z": ("a compressed file", _UNPACK),
    ".lzh": ("an LHA archive", _UNPACK),
    ".lha": ("an LHA archive", _UNPACK),
    ".arj": ("an ARJ archive", _UNPACK),
    ".cab": ("a CAB archive", _UNPACK),
    ".sit": ("a StuffIt archive", _UNPACK),
    ".sitx": ("a StuffIt archive", _UNPACK),
    ".hqx": ("a BinHex file", _UNPACK),
    ".lz4": ("an LZ4 file", _UNPACK),
    ".br": ("a Brotli file", _UNPACK),
    ".iso": ("an image of a disk", _UNPACK),
    ".dmg": ("an image of a disk", _UNPACK),
    ".jp2": ("a JPEG 2000 image", _IMAGE),
    ".jpx": ("a JPEG 2000 image", _IMAGE),
    ".j2k": ("a JPEG 2000 image", _IMAGE),
    ".gif": ("a GIF image", _IMAGE),
    ".bmp": ("a BMP image", _IMAGE),
    ".webp": ("a WebP image", _IMAGE),
    ".heic": ("a HEIC image", _IMAGE),
    ".heif": ("a HEIF image", _IMAGE),
    ".avif": ("an AVIF image", _IMAGE),
    ".psd": ("a Photoshop image", _IMAGE),
    ".xcf": ("a GIMP image", _IMAGE),
    ".svg": ("an SVG drawing", _PDF),
    ".dng": ("a raw photograph", _IMAGE),
    ".cr2": ("a raw photograph", _IMAGE),
    ".nef": ("a raw photograph", _IMAGE),
    ".arw": ("a raw photograph", _IMAGE),
    **dict.fromkeys(
        (".mp3", ".wav", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".aif", ".aiff", ".wma"),
        ("a sound recording", _SOUND),
    ),
    **dict.fromkeys(
        (".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".wmv", ".mpg", ".mpeg", ".mts"),
        ("a film", _SOUND),
    ),
}
"""By suffix: what the format is called, and what to do."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xffWPC", ".wpd"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"\x1f\x9d", ".z"),
    (b"!BDN", ".pst"),
    (b"\x78\x9f\x3e\x22", ".tnef"),
    (b"-----BEGIN PGP", ".pgp"),
    (b"%!PS", ".ps"),
    (b"SQLite format 3\x00", ".sqlite"),
    (b"GIF8", ".gif"),
    (b"8BPS", ".psd"),
    (b"\x00\x00\x00\x0cjP  ", ".jp2"),
    (b"ITSF", ".chm"),
    (b"filedesc://", ".arc"),
    (b"PAR1", ".parquet"),
    (b"-----BEGIN PKCS7", ".p7m"),
    (b"-----BEGIN CMS", ".p7m"),
    (b"ID3", ".mp3"),
    (b"fLaC", ".flac"),
    (b"OggS", ".ogg"),
    (b"\xf7\x02\x01\x83\xc0", ".dvi"),
    (b"(This file must be converted with BinHex", ".hqx"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", ".one"),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", ".indd"),
    (b"AC10", ".dwg"),
    (b"\x00\x01\x00\x00Standard Jet DB", ".mdb"),
    (b"\x00\x01\x00\x00Standard ACE DB", ".accdb"),
    (b"<MIFFile", ".mif"),
    (b"<MakerFile", ".fm"),
    (b"FWS", ".swf"),
    (b"CWS", ".swf"),
    (b"ITOLITLS", ".lit"),
    (b"HWP Document File", ".hwp"),
    (b"?_\x03\x00", ".hlp"),
    *((bytes((9, version, length, 0)), ".xls4") for version, length in ((0, 4), (2, 6), (4, 6))),
)
"""By its first bytes: the suffix that the format usually has."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(
    (name.encode("utf-16-le"), suffix)
    for name, suffix in (
        ("WordDocument", ".doc"), ("PowerPoint Document", ".ppt"), ("VisioDocument", ".vsd"),
        ("Workbook", ".xls"), ("__substg1.0_", ".msg"), ("HwpSummaryInformation", ".hwp"),
        ("MatOST", ".wps"), ("StarWriterDocument", ".sdw"), ("StarCalcDocument", ".sdc"),
        ("StarImpressDocument", ".sdd"), ("Quill", ".pub"), ("TBkndTask", ".mpp"), ("Book", ".xls"),
    )
)  # fmt: skip
"""What the container of the older Office holds, by the suffix that the format usually has."""
_READ = {
    ".doc": "a Word file of 97 to 2003",
    ".xls": "an Excel file before 2007",
    ".msg": "an Outlook message",
}
ARCHIVES = {
    "Index/": ".iwa",
    "QuickLook/Thumbnail": ".iwa",
    "buildVersionHistory.plist": ".iwa",
    "thumbs/mt": ".iwa",
}
"""With what the first entry of a zip begins that is a file of a program, and no archive."""
_WORKS = (".pages", ".numbers", ".key")
MIMETYPES = {
    b"application/x-ibooks+zip": ".ibooks",
    b"application/vnd.sun.xml.writer": ".sxw",
    b"application/vnd.sun.xml.calc": ".sxc",
    b"application/vnd.sun.xml.impress": ".sxi",
    b"application/vnd.sun.xml.draw": ".sxd",
}
"""What such an entry says that is called ``mimetype``."""
_SEALED = (
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03",
    b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17",
)
"""The kinds of CMS that messages are signed and encrypted as (RFC 5652, RFC 5083), in DER."""


ELEMENTS: dict[str, tuple[str, str]] = {
    "eac-cpf": ("an EAC-CPF record of a person or body", "export what it says as HTML or text"),
    "article": ("a DocBook text", "convert it to HTML or DOCX (pandoc does)"),
    "book": ("a DocBook text", "convert it to HTML or DOCX (pandoc does)"),
    **dict.fromkeys(("topic", "concept", "task", "map"), SUFFIXES[".dita"]),
    **dict.fromkeys(("rss", "feed", "rdf"), SUFFIXES[".rss"]),
    "opml": SUFFIXES[".opml"],
    "kml": SUFFIXES[".kml"],
    "gpx": SUFFIXES[".kml"],
    "annotation_document": SUFFIXES[".eaf"],
    "trans": SUFFIXES[".trs"],
    "tt": SUFFIXES[".ttml"],
    "svg": SUFFIXES[".svg"],
    "score-partwise": ("a score", _PDF),
    "mei": ("a score", _PDF),
    "lido": ("a LIDO record of an object", "export its descriptions as MODS or CSV"),
    "dc": ("a Dublin Core record", "export its descriptions as MODS or CSV"),
    "ncx": ("a part of an EPUB", "put the whole EPUB into the folder"),
    "package": ("a part of an EPUB", "put the whole EPUB into the folder"),
}
"""By the outermost element of XML, in small letters."""
_NAMESPACES = {
    "http://www.loc.gov/MARC21/slim": (
        "MARCXML", "convert it to MODS (the Library of Congress has a stylesheet), which is read"
    ),
    "http://www.abbyy.com/FineReader_xml": ("pages read by FineReader", "export them as ALTO"),
}  # fmt: skip
"""By the beginning of a namespace that the outermost element declares."""


def way_out_of_xml(head: bytes) -> str | None:
    """What to say of XML that no parser reads and that begins with *head*; ``None`` of others."""
    root = root_of(head)
    if root is None or root.name.lower() == "html":
        return None
    spaces = (own for each in root.namespaces for own in _NAMESPACES if each.startswith(own))
    name, way = _NAMESPACES.get(next(spaces, ""), ELEMENTS.get(root.name.lower(), ("", "")))
    if not name:
        name = f"XML of a kind that no parser in use reads (<{root.name}>)"
        way = "convert it to TEI, HTML or plain text"
    return f"{name}: {way}"


def suffix_of(data: bytes) -> str:
    """The suffix that *data*, a file or its beginning, should have; empty where that is unknown."""
    if data.startswith(OLE):
        return next((own for name, own in _STREAMS if name in data), "")
    entry, said = first_entry(data)
    if entry == "mimetype":
        return next((own for name, own in MIMETYPES.items() if said.startswith(name)), "")
    if entry:
        return next((own for name, own in ARCHIVES.items() if entry.startswith(name)), "")
    if data[:1] == b"\x30" and any(0 < data.find(kind, 0, 24) < 8 for kind in _SEALED):
        return ".p7m"
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return ".mobi"
    return next((own for mark, own in SIGNATURES if data.startswith(mark)), "")


def way_out(suffix: str, head: bytes) -> str | None:
    """What to say of a file with *suffix* that begins with *head*; ``None`` of an unknown one.

    For example: ``"a Pages file: export it as DOCX"``.
    """
    known = suffix if suffix in _WORKS else suffix_of(head) or suffix
    if head[4:8] == b"ftyp" and known not in SUFFIXES:
        known = ".mp4"
    if known in _READ:
        return f"{_READ[known]}: give it the suffix {known}"
    if head.startswith(OLE) and known not in SUFFIXES:
        return (
            "a file of an Office before 2007: give it the suffix of its program, or save it as DOCX"
        )
    if known not in SUFFIXES:
        return way_out_of_xml(head)
    name, way = SUFFIXES[known]
    return f"{name}: {way}"


class OtherFormats:
    """Claims what no other parser does, to say what it is and what to do."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """Less than that of any parser that could read the file.

        It is surer than those that take a file by a suffix that its first bytes belie.
        """
        found = suffix_of(head)
        if found in (".xls4", ".mif", ".fm", ".p7m"):
            return 0.95
        if found and source.suffix in ("", ".zip") and head.startswith(b"PK"):
            return 0.75
        if source.suffix in (".txt", ".doc") and (found or head.startswith(OLE)):
            return 0.35
        return 0.02 if way_out(source.suffix, head) else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Raise ``SourceError``: the name of the format, and the way out."""
        said = way_out(source.suffix, data)
        raise SourceError(said or f"no parser reads this kind of file ({source.media_type})")


def make(_: Mapping[str, Any]) -> OtherFormats:
    """The factory; there are no settings."""
    return OtherFormats()
