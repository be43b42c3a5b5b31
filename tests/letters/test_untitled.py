"""Titles that a program gave are none."""

import pytest

from docproc.letters.vocabulary.program_titles import is_program_title
from docproc.records import Document, Mention, Metadata, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer

NONE = (
    "Document", "# Document", "Document1", "Untitled", "Untitled-1", "[Untitled]", "Unbenannt 2",
    "Sans titre", "Без названия", "Scan_001", "scanned document", "IMG_0412", "DSC00012", "Page 12",
    "Microsoft Word - x.doc", "Brief_Lund.doc", "letter.indd", "PowerPoint-Präsentation", "Title",
)  # fmt: skip
TITLES = (
    "Document 12", "Documents of the Harbour Board", "Scandinavia", "Photo of the pier", "File 7",
    "Untitled poem on the ice", "A page of history", "Titles of honour", "Fax", "Image of 1812",
    "Letter to the Board, see plan.pdf", "Print", "Scans of the deeds of Lund",
)  # fmt: skip


@pytest.mark.parametrize("words", NONE)
def test_a_program_s_title_says_nothing(words):
    assert is_program_title(words)


@pytest.mark.parametrize("words", TITLES)
def test_a_title_of_words_stays(words):
    assert not is_program_title(words)


@pytest.mark.parametrize(("member", "title"), [("", "On the ice"), ("scan.pdf", "Untitled")])
def test_the_first_heading_is_the_title_in_its_place_but_a_part_keeps_its_own(member, title):
    text = "On the ice\n\nThe ice has left the harbour.\n"
    source = SourceFile("a.txt", "text/plain", len(text), "0" * 64)
    known = Metadata(title=Mention("Untitled"))
    read = LetterNormalizer().normalize(Document(source, text, metadata=known, member=member))
    assert read.metadata.title.text == title
