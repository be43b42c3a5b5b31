"""Offices: a signature's name is told from what its signer is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.letters.vocabulary.offices import is_office, office_and_name
from docproc.records import Document, SourceFile
from docproc.stages.normalize.letter import SENDER_OFFICE, LetterNormalizer

SIGNED = [
    ("Секретарь ЦК В. Дятлов", "В. Дятлов", "Секретарь ЦК"),
    ("Секретарь А. Петрова", "А. Петрова", "Секретарь"),
    ("И. о. секретаря П. Орлов", "П. Орлов", "И. о. секретаря"),
    ("Зам. наркома Г. Чижов", "Г. Чижов", "Зам. наркома"),
    ("Председатель Совета Комиссаров В. Ильин (Ленский)", "В. Ильин (Ленский)", None),
    ("Secretary of State A. B. Hill", "A. B. Hill", "Secretary of State"),
    ("Secretary,\nJ. Hill", "J. Hill", "Secretary"),
    ("(signed) A. Hill, Chairman", "A. Hill", "Chairman"),
    ("Yours sincerely,\nJohn Hill\nMinister for Harbours", "John Hill", "Minister for Harbours"),
    ("Der Reichsminister des Verkehrs C. v. Berg", "C. v. Berg", "Der Reichsminister des Verkehrs"),
    ("gez. A. Berg", "A. Berg", None),
    ("Le Ministre des Ports A. Dumont", "A. Dumont", "Le Ministre des Ports"),
    ("Il segretario G. Riva", "G. Riva", "Il segretario"),
    ("J. V. Hill", "J. V. Hill", None),
]


@pytest.mark.parametrize(("signature", "name", "office"), SIGNED)
def test_a_signature_gives_the_name_and_keeps_the_office_apart(
    signature: str, name: str, office: str | None
) -> None:
    text = f"Dear Sir,\n\nThe ship came on Monday, and leaves in May.\n\n{signature}\n"
    source = SourceFile("x.txt", "text/plain", 1, "0" * 64)
    metadata = LetterNormalizer().normalize(Document(source, text)).metadata
    assert metadata.sender is not None
    assert metadata.sender.text == name
    assert metadata.sender.span is not None
    assert metadata.sender.span.of(text) == name
    said = dict(metadata.other).get(SENDER_OFFICE)
    assert said == office or (office is None and said is not None and name not in said)


@pytest.mark.parametrize("text", ["J. Secretary", "Member Hill", "The Head", "P. Head", "Minister"])
def test_what_is_no_office_with_a_name_is_not_parted(text: str) -> None:
    assert office_and_name(text) is None or office_and_name(text)[1].of(text) == "Hill"  # type: ignore[index]


def test_an_office_without_a_name_is_one() -> None:
    assert is_office("Secretary of State")
    assert is_office("Народный комиссар иностранных дел")
    assert not is_office("Секретарь ЦК В. Дятлов")


@given(st.text(alphabet="Секретарь ЦКВ.Дятлов,\n ()minister", max_size=60))
def test_whatever_is_read_stands_in_the_text(text: str) -> None:
    found = office_and_name(text)
    if found:
        office, name = found
        assert 0 <= office.start < office.end <= name.start < name.end <= len(text)
        assert name.of(text).strip() == name.of(text)
