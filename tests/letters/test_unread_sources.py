"""A line that says where a document is kept is its reference, though no grammar reads all of it."""

import pytest

from docproc.passages.governing import own_reference
from docproc.records import Document, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer

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
        ("Landesarchiv Libau, Rep. 5, Nr. 88,\nBl. 3. Abschrift.",
         "Landesarchiv Libau, Rep. 5, Nr. 88,\nBl. 3"),
        ("A.D. Charente-Haute, 2 M 41.", "A.D. Charente-Haute, 2 M 41"),
        ("Lund, Universitetsbiblioteket, Ep. L 4:7.", "Lund, Universitetsbiblioteket, Ep. L 4:7"),
        ("HVStA Libau, StK Russland II, Kt. 5, fol. 4r–5v.",
         "HVStA Libau, StK Russland II, Kt. 5, fol. 4r–5v"),
        ("Archivo General de Visby, Estado, legajo 29, fol. 7.",
         "Archivo General de Visby, Estado, legajo 29, fol. 7"),
        ("Biblioteka Miejska w Libawie, rkps 12 III, k. 4.",
         "Biblioteka Miejska w Libawie, rkps 12 III, k. 4"),
        ("Государственный архив Либавы, фонд 5, папка 3.",
         "Государственный архив Либавы, фонд 5, папка 3"),
        ("Box 3, Falk Papers, Visby Town Library.", "Box 3, Falk Papers, Visby Town Library"),
        ("Private collection of B. Falk, No. 3.", "Private collection of B. Falk, No. 3"),
        ("Privatbesitz Familie Falk, Visby.", "Privatbesitz Familie Falk, Visby"),
        ("TNA, FO 371/56, N 5/3/38.", "TNA, FO 371/56, N 5/3/38"),
        ("Letter, box 3, Falk Papers, Visby Libraries.",
         "Letter, box 3, Falk Papers, Visby Libraries"),
        ("Libavas vēstures arhīvs, 1. f., 10. apr., 12. l.",
         "Libavas vēstures arhīvs, 1. f., 10. apr., 12. l"),
        ("SUB Visby, Cod. Ms. Falk, Briefe A: Bessel 12.",
         "SUB Visby, Cod. Ms. Falk, Briefe A: Bessel 12"),
    ],
)  # fmt: skip
def test_it_is_kept_as_printed(line, printed):
    reference = kept(line)
    assert reference.printed == printed
    assert reference.span.of(LETTER + line) == printed


@pytest.mark.parametrize(
    ("line", "archive", "levels"),
    [
        ("Central Archives, Libau, F. 1, op. 5, a.e. 34", "Central Archives, Libau",
         {"fond": "1", "opis": "5", "delo": "34"}),
        ("ДАЛО, ф. 1, оп. 36, спр. 12, арк. 5 зв.", "ДАЛО",
         {"fond": "1", "opis": "36", "delo": "12", "leaves": "5 ob."}),
        ("Архив Либавы. Ф. 56. Оп. 1. Д. 12.", "Архив Либавы",
         {"fond": "56", "opis": "1", "delo": "12"}),
    ],
)  # fmt: skip
def test_levels_are_read_of_an_archive_that_nobody_knows(line, archive, levels):
    reference = kept(line)
    assert reference.printed == line
    assert reference.archive in (archive, None)
    assert dict(reference.components) == levels


@pytest.mark.parametrize(
    "line",
    ["[the ship sailed on 3/5]", "(see the library of my uncle)", "[1884]", "Answer soon.",
     "Source: Smith, A History of Steel, London 1904, p. 12.", "Source: the Ministry.",
     "Town Library, Visby, 3 May 1884.", "The Record Office, 12 Castle Street, Visby.",
     "Ich war im Landesarchiv Libau, Rep. 5, Nr. 88.", "Archiv für Hafenbau, Bd. 5, S. 45–67.",
     "Revista del Archivo de Visby, 5, 1884, p. 3.", "The archive has 3 rooms, and box 4 is damp.",
     "Town Library, 3 boxes of letters.", "Museum of Steel, Park West, Visby 24, N.Y.",
     "I found it in the Record Office, box 12.", "Falk family papers, 1882-1995.",
     "B. Falk, Archive of the Falks (Visby, 1904), vol. 2.", "N.B. Papers of 1848, see box 3."],
)  # fmt: skip
def test_other_lines_are_no_references(line):
    assert kept(line) is None
