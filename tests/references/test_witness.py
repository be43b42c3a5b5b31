"""The description of a witness: real ones with their values, and sentences that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import grows_by_length

from docproc.references import find_witness

# printed: technique, status, signature
DESCRIPTIONS: dict[str, tuple[str | None, str | None, str | None]] = {
    "Typewritten text. Signature - autograph.": ("typewritten", None, "autograph"),
    "Autograph.": ("autograph", "original", None),
    "Copy. Typewritten.": ("typewritten", "copy", None),
    "Certified copy.": (None, "certified copy", None),
    "Copy. Certified.": (None, "certified copy", None),
    "Certified true.": (None, "certified", None),
    "Заверено.": (None, "certified", None),
    "Draft.": (None, "draft", None),
    "Original. Typescript. Autograph signature.": ("typewritten", "original", "autograph"),
    "Telegraph form.": ("telegraph form", None, None),
    "Carbon copy.": ("typewritten", "copy", None),
    "Typewritten text with handwritten corrections.": ("typewritten", None, None),
    "Signature: facsimile.": (None, None, "facsimile"),
    "Машинописный текст. Подпись — автограф.": ("typewritten", None, "autograph"),
    "Подлинник. Машинописный текст. Подписи — автографы.": (
        "typewritten",
        "original",
        "autograph",
    ),
    "Подлинник. Машинописный текст. Подписи – автографы А.И. Микояна, И.В. Сталина, факсимиле"
    " Г.М. Маленкова.": ("typewritten", "original", "autograph"),
    "Машинописная выписка на бланке ЦК ВКП(б).": ("typewritten", None, None),
    "Подлинник на бланке постановлений Политбюро ЦК ВКП(б).": (None, "original", None),
    "Автограф.": ("autograph", "original", None),
    "Заверенная копия. Машинописный текст.": ("typewritten", "certified copy", None),
    "Заверенная машинописная копия.": ("typewritten", "certified copy", None),
    "Рукописный текст.": ("handwritten", None, None),
    "Телеграфный бланк.": ("telegraph form", None, None),
    "Типографский экземпляр.": ("printed", None, None),
    "Черновик. Автограф.": ("autograph", "draft", None),
    "Копия.": (None, "copy", None),
    "Abschrift. Maschinenschriftlich.": ("typewritten", "copy", None),
    "Entwurf.": (None, "draft", None),
    "Copie certifiée conforme.": (None, "certified copy", None),
    "Minuta. Autografo.": ("autograph", "draft", None),
    "Texte dactylographié.": ("typewritten", None, None),
}


@pytest.mark.parametrize(("printed", "values"), DESCRIPTIONS.items(), ids=DESCRIPTIONS)
def test_a_description_is_found_whole_with_its_values(
    printed: str, values: tuple[str | None, str | None, str | None]
) -> None:
    text = f"RGASPI. F. 558. Op. 2. D. 51. L. 1. {printed}\n\nNotes:"
    (found,) = find_witness(text)
    assert found.printed == printed
    assert found.span is not None
    assert found.span.of(text) == printed
    assert (found.technique, found.status, found.signature) == values


@pytest.mark.parametrize(
    "text",
    [
        "The original of the letter is lost. A copy was sent.",
        "Copy the text. Draft a reply. Original ideas are few.",
        "He signed the draft; the copy, typewritten, was burnt.",
        "an autograph. a copy.",
        "It came in two states: typewritten; copy.",
        "Printed matter was sent to them",
        "Копия письма отправлена. Автограф артиста.",
    ],
)
def test_a_sentence_is_no_description(text: str) -> None:
    assert find_witness(text) == ()


def test_two_descriptions_apart_are_two() -> None:
    found = find_witness("L. 1. Copy.\nText of another letter.\nL. 2. Autograph.")
    assert [one.printed for one in found] == ["Copy.", "Autograph."]


@given(st.lists(st.one_of(st.sampled_from(list(DESCRIPTIONS)), st.text(max_size=15)), max_size=6))
def test_spans_are_exact_in_order_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find_witness(text):
        assert found.span is not None
        assert found.printed == found.span.of(text) != ""
        assert found.span.start >= end
        end = found.span.end


def test_hostile_text_is_read_in_linear_time() -> None:
    for text in ("Copy. " * 30_000, "Copy with " * 20_000, "." * 100_000, "A" * 100_000):
        assert grows_by_length(lambda text: list(find_witness(text)), text)
