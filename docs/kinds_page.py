"""The page of kinds: what the tests of reading hold, in the words of their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
_FORMATS = (
    ("TEI", ("stages/test_parse_tei.py", "stages/test_tei_*.py", "stages/tei/test_*.py")),
    ("Finding aids: EAD, OAI-PMH", ("stages/test_parse_ead.py", "stages/test_parse_oai.py")),
    (
        "Recognized pages: ALTO, PAGE XML, hOCR",
        (
            "stages/test_parse_ocr_layout.py",
            "stages/test_ocr_layout_*.py",
            "stages/test_words_of_pages.py",
        ),
    ),
    (
        "Web pages",
        ("stages/test_parse_html.py", "stages/test_html_*.py", "formats/test_markup*.py"),
    ),
    (
        "Word: DOCX, DOC, RTF",
        ("stages/docx/test_*.py", "stages/test_parse_doc.py", "stages/test_parse_rtf.py"),
    ),
    (
        "ODT, ODP, PPTX",
        ("stages/odt/test_*.py", "stages/test_parse_odp.py", "stages/test_parse_pptx.py"),
    ),
    ("Mail", ("stages/mail/test_*.py",)),
    ("PDF and scans", ("stages/pdf/test_*.py",)),
    (
        "Plain text, Markdown, encodings",
        (
            "stages/test_parse_text.py",
            "stages/test_*markdown*.py",
            "stages/test_bad_bytes.py",
            "text/test_*.py",
        ),
    ),
    ("Books", ("stages/test_parse_epub.py", "stages/test_parse_fb2.py")),
    (
        "Rows, cards, transcripts with times",
        (
            "stages/test_parse_rows.py",
            "stages/test_parse_cards.py",
            "stages/test_parse_subtitles.py",
        ),
    ),
    (
        "Articles, wikis, descriptions, markup of authors",
        (
            *("stages/test_parse_jats.py", "stages/test_parse_mediawiki.py"),
            *(
                "stages/test_parse_mods.py",
                "stages/test_parse_mets.py",
                "stages/test_parse_latex.py",
            ),
            *("stages/test_parse_rst.py", "stages/test_parse_org.py"),
        ),
    ),
    (
        "Files within files, and beside them",
        (
            *("stages/test_parse_archive.py", "stages/test_parse_compressed.py"),
            *("stages/test_parse_warc.py", "stages/test_parse_djvu.py"),
            *("stages/test_name_others.py", "pipeline/test_beside.py"),
            "stages/test_included_texts.py",
        ),
    ),
    ("Letters: heads, names, dates, notes", ("letters/test_*.py", "stages/test_letter_*.py")),
)


def kinds() -> str:
    """The page: a table of formats, and below each what its tests hold."""
    lines = [
        "# Kinds, and the tests that hold them\n",
        "What docproc is held to where it reads files, in the words of its tests' names; many of "
        "them try several cases. [Formats](formats.md) says with which library each is read.\n",
        "| format | kinds | in |",
        "| --- | --- | --- |",
    ]
    below: list[str] = []
    for title, patterns in _FORMATS:
        files = [file for pattern in patterns for file in sorted(TESTS.glob(pattern))]
        held = [(file, list(_names_in(file))) for file in files]
        count = sum(len(names) for _, names in held)
        where = ", ".join(sorted({f"`tests/{file.parent.relative_to(TESTS)}`" for file in files}))
        lines.append(f"| {title} | {count} | {where} |")
        below.append(f"\n## {title}\n")
        for file, names in held:
            if names:
                below.append(f"`tests/{file.relative_to(TESTS)}`\n")
                below += [f"- {name}" for name in names]
                below.append("")
    return "\n".join([*lines, *below]).rstrip("\n") + "\n"


def _names_in(file: Path) -> Iterator[str]:
    """The names of the tests in *file*, as sentences."""
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.removeprefix("test_").replace("_", " ")
