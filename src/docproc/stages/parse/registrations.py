"""The built-in parsers: the name of each, where it is, its settings and its libraries."""

from __future__ import annotations

from docproc.hooks import Registration, Setting, hookimpl

_OCR_SETTINGS = (
    Setting("languages", ["eng"], "What Tesseract is to expect, such as 'rus', 'eng'."),
    Setting("confidence", 60.0, "A word that OCR is less sure of (0 to 100) is marked in search."),
)


@hookimpl
def docproc_parsers() -> list[Registration]:
    """The parsers that come with docproc."""
    return [
        Registration(
            "text",
            "docproc.stages.parse.text.plain:make",
            summary="Plain text in any encoding common in archives.",
        ),
        Registration(
            "markdown",
            "docproc.stages.parse.text.markdown:make",
            summary="Markdown, with YAML or TOML front matter as metadata.",
            settings=(
                Setting("max_lines", 100_000, "Lines beyond this many are read as plain text."),
            ),
        ),
        Registration(
            "docx",
            "docproc.stages.parse.office.docx.parser:make",
            summary="Word since 2007: lists, tables, notes with their marks, comments.",
            libraries=("lxml",),
        ),
        Registration(
            "epub",
            "docproc.stages.parse.books.epub:make",
            summary="EPUB: the chapters in order, notes tied to their marks.",
            libraries=("lxml",),
        ),
        Registration(
            "mail",
            "docproc.stages.parse.mail.parser:make",
            summary="E-mail: EML and mbox, with attachments.",
        ),
        Registration(
            "outlook",
            "docproc.stages.parse.mail.outlook:make",
            summary="Outlook messages (MSG), with attachments.",
            libraries=("python-oxmsg",),
        ),
        Registration(
            "doc",
            "docproc.stages.parse.office.doc:make",
            summary="Word 97 to 2003, through LibreOffice where it is installed.",
        ),
        Registration(
            "archive",
            "docproc.stages.parse.containers.archive:make",
            summary="zip and tar: their members, as if they were files of a folder.",
        ),
        Registration(
            "pptx",
            "docproc.stages.parse.office.pptx:make",
            summary="PowerPoint since 2007: slides as pages, titles, tables, speaker's notes.",
            libraries=("lxml",),
        ),
        Registration(
            "djvu",
            "docproc.stages.parse.pages.djvu:make",
            summary="DjVu: its layer of text, through DjVuLibre where it is installed.",
        ),
        Registration(
            "warc",
            "docproc.stages.parse.web.warc:make",
            summary="Web archives (WARC, WACZ): the pages and documents that were fetched.",
        ),
        Registration(
            "mediawiki",
            "docproc.stages.parse.text.mediawiki:make",
            summary="Exports of MediaWiki: one document for each page, with its notes.",
            libraries=("lxml", "mwparserfromhell"),
        ),
        Registration(
            "jats",
            "docproc.stages.parse.xml.jats:make",
            summary="JATS: articles of journals with sections, notes, tables.",
            libraries=("lxml",),
        ),
        Registration(
            "mods",
            "docproc.stages.parse.xml.mods:make",
            summary="MODS: one document for each description.",
            libraries=("lxml",),
        ),
        Registration(
            "mets",
            "docproc.stages.parse.pages.ocr_layout.mets:make",
            summary="METS: the recognized pages in its folder as one document; descriptions.",
            settings=_OCR_SETTINGS[1:],
            libraries=("lxml",),
        ),
        Registration(
            "latex",
            "docproc.stages.parse.text.latex.parser:make",
            summary="LaTeX as it is printed: sections, lists, tables, notes.",
            libraries=("pylatexenc",),
        ),
        Registration(
            "rst",
            "docproc.stages.parse.text.rst:make",
            summary="reStructuredText: sections, lists, tables, notes.",
            libraries=("docutils",),
        ),
        Registration(
            "org",
            "docproc.stages.parse.text.org:make",
            summary="Org: headings, lists, tables, notes.",
        ),
        Registration(
            "compressed",
            "docproc.stages.parse.containers.compressed:make",
            summary="Single files in gzip, bzip2, xz or Zstandard: what is in them.",
            libraries=("zstandard",),
        ),
        Registration(
            "subtitles",
            "docproc.stages.parse.text.subtitles:make",
            summary="Timed transcripts (SubRip, WebVTT): who speaks, and at what time.",
        ),
        Registration(
            "fb2",
            "docproc.stages.parse.books.fb2:make",
            summary="FictionBook: a book by its chapters, notes tied to their marks.",
            libraries=("lxml",),
        ),
        Registration(
            "odp",
            "docproc.stages.parse.office.odp:make",
            summary="ODP and flat ODP: slides as pages, titles, tables, notes.",
            libraries=("lxml",),
        ),
        Registration(
            "cards",
            "docproc.stages.parse.records.cards:make",
            summary="Calendars (iCalendar) and address cards (vCard): one document each.",
        ),
        Registration(
            "other-formats",
            "docproc.stages.parse.other_formats:make",
            summary="Names the format of a file that no parser reads, and what to do with it.",
        ),
        Registration(
            "rows",
            "docproc.stages.parse.records.rows.parser:make",
            summary="CSV, sheets, JSON: one document for each row; what Zotero and Tropy export.",
            libraries=("python-calamine",),
            settings=(
                Setting(
                    "text",
                    [
                        *("text", "full text", "body", "content", "transcription", "transcript"),
                        "words",
                        *("volltext", "transkription", "texte", "testo", "texto", "tekst", "текст"),
                    ],
                    "The columns that hold the text.",
                ),
                Setting(
                    "id", ["id", "identifier", "number"], "The columns that tell the rows apart."
                ),
                Setting(
                    "columns",
                    [],
                    "What other columns mean, such as 'Absender = sender', 'Datum = date'; columns "
                    "named like the keys of front matter need no entry.",
                ),
            ),
        ),
        Registration(
            "odt",
            "docproc.stages.parse.office.odt.parser:make",
            summary="LibreOffice's texts: lists, tables, notes with their marks, comments.",
            libraries=("lxml",),
        ),
        Registration(
            "rtf",
            "docproc.stages.parse.office.rtf.parser:make",
            summary="RTF in any codepage: headings, tables, notes with their marks, comments.",
        ),
        Registration(
            "pdf",
            "docproc.stages.parse.pages.pdf.parser:make",
            summary="PDF: text by page, in reading order; encrypted, rotated, right to left.",
            libraries=("pypdfium2",),
            settings=(
                Setting(
                    "passwords", [], "Passwords to try on files that are encrypted.", secret=True
                ),
                Setting("max_pages", 20_000, "A file of more pages is reported and left out."),
                *_OCR_SETTINGS,
            ),
        ),
        Registration(
            "scan",
            "docproc.stages.parse.pages.pdf.scan:make",
            summary="Scans (PNG, JPEG, TIFF), read by Tesseract where it is installed.",
            settings=_OCR_SETTINGS,
            libraries=("pillow",),
        ),
        Registration(
            "html",
            "docproc.stages.parse.web.html.parser:make",
            summary="Web pages: the main text apart from navigation; lists, tables, notes.",
            libraries=("lxml",),
        ),
        Registration(
            "ocr-layout",
            "docproc.stages.parse.pages.ocr_layout.parser:make",
            summary="ALTO, PAGE XML and hOCR: recognized pages, by the names of their images.",
            settings=_OCR_SETTINGS[1:],
            libraries=("lxml",),
        ),
        Registration(
            "ead",
            "docproc.stages.parse.xml.ead.parser:make",
            summary="Finding aids (EAD 2002, EAD3): a document for each component.",
            libraries=("lxml",),
        ),
        Registration(
            "oai",
            "docproc.stages.parse.xml.oai:make",
            summary="Answers of OAI-PMH: the finding aids and editions that they hold.",
            libraries=("lxml",),
        ),
        Registration(
            "tei",
            "docproc.stages.parse.xml.tei.parser:make",
            summary="TEI P5: letters and documents, one or many in a file; pages, notes, choices.",
            libraries=("lxml",),
        ),
    ]
