"""Which reference is the document's own, and which it only cites."""

from __future__ import annotations

from docproc.passages.governing import own_reference
from docproc.records import Document, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer

SOURCE = SourceFile("seeds/a.txt", "text/plain", 3, "0" * 64)
BODY = "Your letter (RGASPI, f. 17, op. 3, d. 225, l. 1) came to me on Monday, and I read it.\n\n"


def understood(text: str) -> Document:
    return LetterNormalizer().normalize(Document(SOURCE, text))


def test_what_the_text_cites_is_found_and_is_not_the_documents_own():
    document = understood(f"Ivanov to Petrov\n\n{BODY}I shall write again when I know more.\n")
    assert [r.printed for r in document.references] == ["RGASPI, f. 17, op. 3, d. 225, l. 1"]
    assert own_reference(document) is None


def test_the_reference_line_is_the_documents_own_wherever_it_stands():
    document = understood(f"Ivanov to Petrov\n\n{BODY}A. Ivanov\n\nGARF. F. 5446. Op. 1. D. 2.\n")
    own = own_reference(document)
    assert own is not None
    assert own.printed == "GARF. F. 5446. Op. 1. D. 2."


def test_a_form_names_its_record_number():
    form = "Agency Information\nAGENCY: FBI\nRECORD NUMBER: = 124-90137-10357\nPAGES: 2\n"
    own = own_reference(understood(form + "\nSee also 124-90137-10468 for the rest of it.\n"))
    assert own is not None
    assert own.printed == "124-90137-10357"
    assert own_reference(understood("See also 124-90137-10468 for the rest of it.\n")) is None
