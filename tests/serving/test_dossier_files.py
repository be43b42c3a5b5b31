"""A dossier as a file to write with: each passage, its note, and its source in a footnote."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from docproc.config import Limits
from docproc.records import BlockKind, SourceFile
from docproc.serving.dossiers.files import DossierEntry, as_docx, as_markdown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENTRIES = [
    DossierEntry(
        "Send 40 sacks of seed rye\nbefore the river freezes.",
        "P. Orlov to A. Lebedeva, 14 October 1921, F. 558. Op. 2. D. 51.",
        note="Which <river>?\nThe Volga & its arms.",
        tags=("rye", "seed"),
        language="en",
    ),
    DossierEntry("הקמח הגיע לעיר ביום שלישי", "Letter from the mill.", language="he"),
    DossierEntry("Words that went.", "Gone: it is no longer there", warning="Changed: it is gone"),
]
SOURCES = ["Orlov, P. Letter to A. Lebedeva. 14 October 1921."]


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: etree.fromstring(file.read(name)) for name in file.namelist()}


def words(element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def test_every_source_is_a_footnote_of_its_passage():
    made = parts(as_docx("Grain 1921", ENTRIES, SOURCES))
    body, notes = made["word/document.xml"], made["word/footnotes.xml"]
    marked = [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")]
    written = {each.get(f"{W}id"): words(each).strip() for each in notes}
    assert [written[number] for number in marked] == [each.source for each in ENTRIES]
    assert "Which <river>?" in words(body)
    assert SOURCES[0] in words(body)
    assert "Changed: it is gone" in words(body)


def test_hebrew_stands_from_right_to_left_and_says_its_language():
    body = parts(as_docx("D", ENTRIES))["word/document.xml"]
    (paragraph,) = [p for p in body.iter(f"{W}p") if "הקמח" in words(p)]
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    assert paragraph.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert paragraph.find(f"{W}r/{W}rPr/{W}lang").get(f"{W}val") == "he"


@pytest.mark.parametrize(
    "hostile", ["\x00\x1b[2J", "a\ud800b", "]]><w:p/>", "\u202eevil", "\ufffe"]
)
def test_nothing_in_a_source_breaks_the_file_or_commands_its_reader(hostile):
    entry = DossierEntry(hostile, hostile, hostile, (hostile,), hostile, hostile)
    body = words(parts(as_docx(hostile, [entry], [hostile]))["word/document.xml"])
    assert "\x1b" not in body
    assert "\u202e" not in body
    as_markdown(hostile, [entry], [hostile]).encode("utf-8")


def test_docproc_itself_reads_the_passages_and_the_notes_beside_them():
    from docproc.stages.parse.office.docx.parser import DocxParser

    data = as_docx("Grain 1921", ENTRIES, SOURCES)
    source = SourceFile("d.docx", "application/zip", len(data), "0" * 64)
    (document,) = [
        each for each in DocxParser(Limits()).parse(source, data) if hasattr(each, "text")
    ]
    notes = [b for b in document.blocks if b.kind is BlockKind.NOTE]
    assert len(notes) == len(ENTRIES)
    assert all(note.anchor for note in notes)
    assert "before the river freezes." in document.text


def test_the_same_dossier_gives_the_same_bytes():
    assert as_docx("D", ENTRIES) == as_docx("D", ENTRIES)


def test_lines_of_a_quotation_stay_lines_in_markdown():
    written = as_markdown("D", ENTRIES, SOURCES)
    assert "> Send 40 sacks of seed rye\n> before the river freezes.[^1]" in written
    assert "## Sources\n\n- Orlov" in written
    assert "[^3]: Gone" in written
