"""Where sentences end in letters, references and notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Span
from docproc.text.language.sentences import sentences

WHOLE = [
    "Compiled by: A.V.Kvashonkin, L.P.Kosheleva, O.V.Khlevnyuk.",
    "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
    "РГАСПИ. Ф. 17. Оп. 3. Д. 225. Л. 1–3 об.",
    "L. D. Trotsky met Mr. G. V. Chicherin, i.e. the commissar, at 9.30 p.m. sharp.",
    "Письмо т. Сталина от 2 ноября 1921 г. получено, т. е. дошло.",
    "Он жил в г. Москве на ул. Лесной.",
    "I. Stalin 3 .",
    "Am 5. März wurde, z. B. in Berlin, beschlossen.",
    "See vol. 151, pp. 644-45, and No. 7 of the series.",
    "He wrote to the U.S. Government and waited.",
    "1. We must go.",
    "2/XI - 21.",
    "Why did the V. Ts. I. K. keep Yu. Larin and Kh.G. Orlov?",
]
PARTED = [
    ("It was in 1922.. In addition, we wait.", ["It was in 1922..", "In addition, we wait."]),
    ("Resolved in the Politburo . The end.", ["Resolved in the Politburo .", "The end."]),
    ("He came! Did he? Yes.", ["He came!", "Did he?", "Yes."]),
    ("“To wait.” He left.", ["“To wait.”", "He left."]),
    ("The announcement.[3] Another.", ["The announcement.[3]", "Another."]),
    ("Это было в 1921 г. Политбюро решило.", ["Это было в 1921 г.", "Политбюро решило."]),
    ("Хлеб, соль и т. д. Потом всё.", ["Хлеб, соль и т. д.", "Потом всё."]),
    ("L. 1. Typewritten text. Signature - autograph.",
     ["L. 1.", "Typewritten text.", "Signature - autograph."]),
    ("the flow is laminar . the wing (swept) . then it stalls ... and drops , see fig . five .",
     ["the flow is laminar .", "the wing (swept) .",
      "then it stalls ... and drops , see fig . five ."]),
    ("Than I. The next.", ["Than I.", "The next."]),
    ("他来了。我走了。", ["他来了。", "我走了。"]),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_a_stop_of_an_abbreviation_ends_nothing(text):
    assert [span.of(text) for span in sentences(text)] == [text]


@pytest.mark.parametrize(("text", "parts"), PARTED)
def test_sentences_part_where_a_reader_would(text, parts):
    assert [span.of(text) for span in sentences(text)] == parts


@given(st.text(st.sampled_from("ab AB.!?…\n\t12)(”[]。ы"), max_size=120), st.data())
def test_sentences_cover_every_word_once_in_order(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, Span(start, end))
    at = start
    kept = ""
    for span in found:
        assert at <= span.start < span.end <= end
        assert span.of(text).strip() == span.of(text)
        kept += span.of(text)
        at = span.end
    assert "".join(kept.split()) == "".join(text[start:end].split())
