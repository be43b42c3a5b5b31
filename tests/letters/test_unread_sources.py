"""A line that says where a document is kept is its reference, though no grammar reads it."""

import pytest

from docproc.passages.governing import own_reference
from docproc.records import Document, SourceFile
from docproc.stages.normalize_letter import LetterNormalizer

LETTER = (
    "Letter of Brita Falk to Olof Falk\n\nVisby, 3 May 1884\n\nDear Olof,\n\nThe limestone was "
    "loaded on Tuesday, and the captain has paid in silver.\n\nBrita Falk\n\n"
)


def kept(line):
    text = LETTER + line
    source = SourceFile("seeds/a.txt", "text/plain", len(text), "0" * 64)
    return own_reference(LetterNormalizer().normalize(Document(source, text)))


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("[Q44/7/12, Falk Papers, Town Library]", "Q44/7/12, Falk Papers, Town Library"),
        ("(Town Library, Nachlass 239, Mappe 4)", "Town Library, Nachlass 239, Mappe 4"),
        ("Signatur: N Müller 29 (7)", "N Müller 29 (7)"),
        ("Call number: MS 5/15.", "MS 5/15"),
        ("Source: Board of Trade, Harbour Files, 1950-1953 (Lot File 95 D 113), Box 1, Docks. An "
         "unknown hand wrote in the margins.",
         "Board of Trade, Harbour Files, 1950-1953 (Lot File 95 D 113), Box 1, Docks"),
        ("Quelle: Stadtarchiv Libau, Bestand 5, Mappe 88. Ausfertigung.",
         "Stadtarchiv Libau, Bestand 5, Mappe 88"),
    ],
)  # fmt: skip
def test_it_is_kept_as_printed(line, printed):
    reference = kept(line)
    assert reference.printed == printed
    assert reference.span.of(LETTER + line) == printed


@pytest.mark.parametrize(
    "line",
    ["[the ship sailed on 3/5]", "(see the library of my uncle)", "[1884]", "Answer soon.",
     "Source: Smith, A History of Steel, London 1904, p. 12.", "Source: the Ministry."],
)  # fmt: skip
def test_other_lines_are_no_references(line):
    assert kept(line) is None
