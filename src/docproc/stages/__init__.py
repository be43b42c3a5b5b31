"""The built-in plugins, offered through the same hooks as a stranger's.

Factories are named by address, so that listing them imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docproc.citing import STYLES, built_in_style
from docproc.hooks import CitationStyle, ReferenceGrammar, Registration, Setting, hookimpl

_OCR_SETTINGS = (
    Setting("languages", ["eng"], "What Tesseract is to expect, such as 'rus', 'eng'."),
    Setting("confidence", 60.0, "A word that OCR is less sure of (0 to 100) is marked in search."),
)

_GRAMMARS = {
    "fond": "Russian and Soviet: fond, opis, delo, leaf.",
    "australia": "National Archives of Australia: series, control symbol, part.",
    "britain": "UK National Archives: class, piece, folio.",
    "america": "US National Archives: record group, entry, box, folder.",
    "germany": "German: Bestand, Akte, Blatt.",
    "france": "French: série, carton ou volume, folio.",
    "italy": "Italian: series, filza or busta, carte.",
    "boxes": "Collections kept in boxes and folders.",
    "shelf-marks": "Manuscripts by shelf mark and folio.",
}


@hookimpl
def docproc_parsers() -> list[Registration]:
    """The parsers that come with docproc."""
    return [
        Registration(
            "text",
            "docproc.stages.parse_text:make",
            summary="Plain text in any encoding common in archives.",
        ),
        Registration(
            "markdown",
            "docproc.stages.parse_markdown:make",
            summary="Markdown, with YAML or TOML front matter as metadata.",
            settings=(
                Setting("max_lines", 100_000, "Lines after so many are read as plain text."),
            ),
        ),
        Registration(
            "docx",
            "docproc.stages.docx.parser:make",
            summary="Word since 2007: lists, tables, notes with their marks, comments.",
            libraries=("lxml",),
        ),
        Registration(
            "epub",
            "docproc.stages.parse_epub:make",
            summary="EPUB: the chapters in order, notes tied to their marks.",
            libraries=("lxml",),
        ),
        Registration(
            "mail",
            "docproc.stages.mail.parser:make",
            summary="E-mail: EML and mbox; what is attached is read in its turn.",
        ),
        Registration(
            "outlook",
            "docproc.stages.mail.outlook:make",
            summary="Outlook's messages (MSG); what is attached is read in its turn.",
            libraries=("python-oxmsg",),
        ),
        Registration(
            "doc",
            "docproc.stages.parse_doc:make",
            summary="Word 97 to 2003, through LibreOffice where it is installed.",
        ),
        Registration(
            "archive",
            "docproc.stages.parse_archive:make",
            summary="zip and tar: their members, as if they were files of a folder.",
        ),
        Registration(
            "pptx",
            "docproc.stages.parse_pptx:make",
            summary="PowerPoint since 2007: slides as pages, titles, tables, speaker's notes.",
            libraries=("lxml",),
        ),
        Registration(
            "djvu",
            "docproc.stages.parse_djvu:make",
            summary="DjVu: its layer of text, through DjVuLibre where it is installed.",
        ),
        Registration(
            "warc",
            "docproc.stages.parse_warc:make",
            summary="Web archives (WARC, WACZ): the pages and documents that were fetched.",
        ),
        Registration(
            "mediawiki",
            "docproc.stages.parse_mediawiki:make",
            summary="Exports of MediaWiki: one document a page, with its notes.",
            libraries=("lxml", "mwparserfromhell"),
        ),
        Registration(
            "jats",
            "docproc.stages.parse_jats:make",
            summary="JATS: articles of journals with sections, notes, tables.",
            libraries=("lxml",),
        ),
        Registration(
            "mods",
            "docproc.stages.parse_mods:make",
            summary="MODS and METS: one document a description.",
            libraries=("lxml",),
        ),
        Registration(
            "latex",
            "docproc.stages.parse_latex:make",
            summary="LaTeX as it is printed: sections, lists, tables, notes.",
            libraries=("pylatexenc",),
        ),
        Registration(
            "rst",
            "docproc.stages.parse_rst:make",
            summary="reStructuredText: sections, lists, tables, notes.",
            libraries=("docutils",),
        ),
        Registration(
            "org",
            "docproc.stages.parse_org:make",
            summary="Org: headings, lists, tables, notes.",
        ),
        Registration(
            "compressed",
            "docproc.stages.parse_compressed:make",
            summary="Single files in gzip, bzip2, xz or Zstandard: what is in them.",
            libraries=("zstandard",),
        ),
        Registration(
            "subtitles",
            "docproc.stages.parse_subtitles:make",
            summary="Timed transcripts (SubRip, WebVTT): who speaks, and at what time.",
        ),
        Registration(
            "other-formats",
            "docproc.stages.name_others:make",
            summary="Names the format of a file that is not read, and the way out.",
        ),
        Registration(
            "rows",
            "docproc.stages.parse_rows:make",
            summary="CSV, sheets and JSON: one document a row; what Zotero and Tropy export.",
            libraries=("python-calamine",),
            settings=(
                Setting(
                    "text",
                    ["text", "body", "content", "transcription", "transcript"],
                    "The columns that hold the text.",
                ),
                Setting(
                    "id", ["id", "identifier", "number"], "The columns that tell the rows apart."
                ),
                Setting(
                    "columns",
                    [],
                    "What other columns mean, such as 'Absender = sender', 'Datum = date'; those "
                    "called as the keys of front matter may be are understood without.",
                ),
            ),
        ),
        Registration(
            "odt",
            "docproc.stages.odt.parser:make",
            summary="LibreOffice's texts: lists, tables, notes with their marks, comments.",
            libraries=("lxml",),
        ),
        Registration(
            "rtf",
            "docproc.stages.rtf.parser:make",
            summary="RTF in any codepage: headings, tables, notes with their marks, comments.",
        ),
        Registration(
            "pdf",
            "docproc.stages.pdf.parser:make",
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
            "docproc.stages.pdf.scan:make",
            summary="Scans (PNG, JPEG, TIFF), read by Tesseract where it is installed.",
            settings=_OCR_SETTINGS,
            libraries=("pillow",),
        ),
        Registration(
            "html",
            "docproc.stages.html.parser:make",
            summary="Web pages: the main text apart from navigation; lists, tables, notes.",
            libraries=("lxml",),
        ),
        Registration(
            "ocr-layout",
            "docproc.stages.ocr_layout.parser:make",
            summary="ALTO, PAGE XML and hOCR: recognized pages, by the names of their images.",
            settings=_OCR_SETTINGS[1:],
            libraries=("lxml",),
        ),
        Registration(
            "ead",
            "docproc.stages.ead.parser:make",
            summary="Finding aids (EAD 2002, EAD3): a document for each component.",
            libraries=("lxml",),
        ),
        Registration(
            "oai",
            "docproc.stages.parse_oai:make",
            summary="Answers of OAI-PMH: the finding aids and editions that they hold.",
            libraries=("lxml",),
        ),
        Registration(
            "tei",
            "docproc.stages.tei.parser:make",
            summary="TEI P5: letters and documents, one or many in a file; pages, notes, choices.",
            libraries=("lxml",),
        ),
    ]


@hookimpl
def docproc_normalizers() -> list[Registration]:
    """The normalizers that come with docproc."""
    return [
        Registration(
            "letter",
            "docproc.stages.normalize_letter:make",
            summary="The parts of a letter, decree or telegram; who, to whom, when; notes.",
        ),
        Registration(
            "search-text",
            "docproc.stages.normalize_search_text:make",
            summary="Cleans the text that is searched; the text that is shown stays as it is.",
        ),
    ]


@hookimpl
def docproc_segmenters() -> list[Registration]:
    """The segmenters that come with docproc."""
    return [
        Registration(
            "structure",
            "docproc.stages.segment_structure:make",
            summary="Passages along the structure: paragraph, list item, note, apparatus.",
            settings=(
                Setting("max_words", 150, "A longer paragraph is split between sentences."),
                Setting("min_words", 8, "A shorter paragraph is kept with its neighbour."),
            ),
        ),
    ]


@hookimpl
def docproc_embedders() -> list[Registration]:
    """The embedders that come with docproc."""
    return [
        Registration(
            "sentence-transformers",
            "docproc.stages.embed.embedder:make",
            summary="Any sentence-transformers model; one is bundled.",
            settings=(
                Setting(
                    "model",
                    "all-MiniLM-L6-v2",
                    "The bundled model, a folder, or a name on the model hub.",
                ),
                Setting(
                    "precision",
                    "fp32",
                    "How exactly passages are computed: fp32, bf16, int8 by channel (CPU only), or "
                    "auto: int8 where the processor has VNNI or AMX, else fp32.",
                ),
                Setting(
                    "batch_tokens",
                    0,
                    "How many tokens are embedded at once; 0: what suits the device.",
                ),
                Setting(
                    "max_tokens", 0, "Longer texts are cut to so many; 0: the model's own limit."
                ),
                Setting("device", "", "Where to compute, such as cpu or cuda; empty: the best."),
                Setting(
                    "download",
                    False,
                    "Fetch a model that is not on this machine; only where you allowed it.",
                ),
                Setting(
                    "prompts",
                    {},
                    "What stands before each text, such as {query = 'query: ', document = "
                    "'passage: '}; what is not given is as the model declares it.",
                ),
                Setting(
                    "dimensions",
                    0,
                    "Keep so many numbers of each vector, of a Matryoshka model; 0: all.",
                ),
                Setting("revision", "", "A branch, tag or commit of a model on the hub."),
            ),
        ),
    ]


@hookimpl
def docproc_query_encoders() -> list[Registration]:
    """The query encoders that come with docproc."""
    return [
        Registration(
            "onnx",
            "docproc.stages.embed.opener:make",
            summary="Encodes questions with ONNX Runtime, from what the embedder left.",
        ),
    ]


@hookimpl
def docproc_vector_indexes() -> list[Registration]:
    """The vector indexes that come with docproc."""
    return [
        Registration(
            "faiss",
            "docproc.stages.index_faiss:make",
            summary="FAISS: exact while vectors are few, inverted lists when they are many.",
            settings=(
                Setting("exact_below", 50_000, "Fewer vectors than this are compared one by one."),
                Setting("target_recall", 0.98, "The recall@10 that inverted lists must reach."),
            ),
        ),
    ]


@hookimpl
def docproc_text_indexes() -> list[Registration]:
    """The text indexes that come with docproc."""
    return [
        Registration(
            "tantivy",
            "docproc.stages.index_tantivy.indexer:make",
            summary="tantivy: BM25 over stemmed words, in six languages and others unstemmed.",
            settings=(
                Setting(
                    "context_weight",
                    0.3,
                    "What a word counts in the title, names and dates, against 1 in the text.",
                ),
                Setting(
                    "pair_weight",
                    0.3,
                    "What two words that stand together as in the question count beside that.",
                ),
                Setting(
                    "name_weight",
                    0.8,
                    "What a name counts that is found in another spelling only.",
                ),
            ),
        ),
    ]


@hookimpl
def docproc_reference_grammars() -> list[Registration]:
    """The grammars of references that come with docproc; they are always read."""

    def maker(name: str) -> Callable[[Any], ReferenceGrammar]:
        def make(_: Any) -> ReferenceGrammar:
            from docproc.references import GRAMMARS

            return GRAMMARS[name]

        return make

    return [Registration(name, maker(name), summary=words) for name, words in _GRAMMARS.items()]


@hookimpl
def docproc_citation_styles() -> list[Registration]:
    """The citation styles that come with docproc."""

    def maker(name: str) -> Callable[[Any], CitationStyle]:
        return lambda _: built_in_style(name)

    return [
        Registration(name, maker(name), summary=summary) for name, (_, summary) in STYLES.items()
    ]


@hookimpl
def docproc_executors() -> list[Registration]:
    """How the shards of a run are built by what comes with docproc."""
    return [
        Registration(
            "in-process",
            "docproc.stages.execute:make_in_process",
            summary="One shard after another, in this process.",
        ),
        Registration(
            "worker-processes",
            "docproc.stages.execute:make_worker_processes",
            summary="Several shards at once, each in a process of its own.",
            settings=(Setting("processes", 0, "How many; 0: one for each two cores."),),
        ),
    ]


@hookimpl
def docproc_vetoes() -> list[Registration]:
    """The veto that comes with docproc; config.toml must name it to be asked."""
    return [
        Registration(
            "steady",
            "docproc.stages.veto_steady:make",
            summary="Objects where documents or passages fall, or failures rise, by much.",
            settings=(
                Setting("fall", 0.2, "The share by which documents or passages may fall."),
                Setting("failures", 0.05, "The share of sources that may newly fail."),
            ),
        )
    ]
