"""Minutes and decrees: each item is a passage, and is called by its own number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.letters.paragraphs.minutes import read_opening
from docproc.records import BlockKind, Document, PassageKind, SourceFile
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.segment_structure import StructureSegmenter

HEARD_THEN_RESOLVED = """\
Протокол № 5 заседания правления артели от 3 марта 1924 г.

Присутствовали: тт. Дятлов, Петрова, Орлов.

Слушали:

1. О ремонте моста.

2. О заготовке дров.

Постановили:

1. Просить уезд о досках.

2. Отклонить.

Председатель И. Дятлов
"""
POINT_BY_POINT = """\
ПРОТОКОЛ № 12

заседания бюро губкома от 5 мая 1925 г.

СЛУШАЛИ: 1. О посевной (т. Кротов).

ПОСТАНОВИЛИ: 1. а) Принять.

б) Обязать т. Кротова доложить бюро о посевной не позднее июня месяца.

СЛУШАЛИ: 2. О школах.

ПОСТАНОВИЛИ: Отложить до следующего заседания бюро, запросив отдел образования о сметах.

§ 3. Разное
"""
IN_TWO_PARTS = """\
Протокол заседания от 7 мая 1925 г.

СЛУШАЛИ — ПОСТАНОВИЛИ

1. О мосте. — Чинить.

2. О дровах. — Купить.
"""
MINUTES = """\
Minutes of the Harbour Board held on 4 March 1923

Item 1. Lanterns

It was agreed to buy 600.

Item 2. Coal

3. Any other business

RESOLVED:

1. That the winch be bought.

2. That thanks be sent.
"""
NIEDERSCHRIFT = """\
Protokoll der Sitzung des Hafenamts vom 4. März 1923

Tagesordnung:

1. Laternen

2. Kohle

TOP 1: Laternen

Vertagt.

Beschlossen:

§ 1. Der Kran wird gekauft.

§ 2. Dank an Frau Berg.
"""
ARRETE = """\
Décret du 4 mars 1923

Décide :

Article premier. Le treuil est acheté.

Art. 2. Les lanternes sont louées.
"""
DECREE = """\
Декрет о мостах

Совет Комиссаров постановляет:

1) Мосты чинить.

2) Доски выдать.
"""
LETTER = """\
Dear Miss Orlova,

The ship came on Monday with coal, ropes and lanterns, and we must decide this:

1) who pays;

2) who goes.

A. Hill
"""


def located(text: str) -> dict[str, str]:
    source = SourceFile("x.txt", "text/plain", 1, "0" * 64)
    document = LetterNormalizer().normalize(Document(source, text))
    passages = StructureSegmenter().segment(document)
    assert all(p.text == p.span.of(text) for p in passages)
    return {p.locator: p.text for p in passages if p.kind is PassageKind.BODY}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            HEARD_THEN_RESOLVED,
            {
                "Слушали, point 1": "Слушали:\n\n1. О ремонте моста.",
                "Слушали, point 2": "2. О заготовке дров.",
                "Постановили, point 1": "Постановили:\n\n1. Просить уезд о досках.",
                "Постановили, point 2": "2. Отклонить.",
            },
        ),
        (
            POINT_BY_POINT,
            {
                "СЛУШАЛИ, point 1": "СЛУШАЛИ: 1. О посевной (т. Кротов).",
                "ПОСТАНОВИЛИ, point 1": "ПОСТАНОВИЛИ: 1. а) Принять.",
                "ПОСТАНОВИЛИ, point 1 (б) (paragraph 3)": "б) Обязать",
                "СЛУШАЛИ, point 2": "СЛУШАЛИ: 2. О школах.",
                "ПОСТАНОВИЛИ, on point 2 (paragraph 5)": "ПОСТАНОВИЛИ: Отложить",
                "§ 3": "§ 3. Разное",
            },
        ),
        (
            IN_TWO_PARTS,
            {
                "СЛУШАЛИ — ПОСТАНОВИЛИ, point 1": "СЛУШАЛИ — ПОСТАНОВИЛИ\n\n1. О мосте.",
                "СЛУШАЛИ — ПОСТАНОВИЛИ, point 2": "2. О дровах. — Купить.",
            },
        ),
        (
            MINUTES,
            {
                "Item 1 (paragraphs 1–2)": "Item 1. Lanterns\n\nIt was agreed to buy 600.",
                "Item 2": "Item 2. Coal",
                "paragraph 4 (point 3)": "3. Any other business",
                "RESOLVED, point 1": "RESOLVED:\n\n1. That the winch be bought.",
                "RESOLVED, point 2": "2. That thanks be sent.",
            },
        ),
        (
            NIEDERSCHRIFT,
            {
                "Tagesordnung, point 1": "Tagesordnung:\n\n1. Laternen",
                "Tagesordnung, point 2": "2. Kohle",
                "TOP 1 (paragraphs 3–4)": "TOP 1: Laternen\n\nVertagt.",
                "Beschlossen, § 1": "Beschlossen:\n\n§ 1. Der Kran wird gekauft.",
                "Beschlossen, § 2": "§ 2. Dank an Frau Berg.",
            },
        ),
        (
            ARRETE,
            {
                "Décide, Article premier": "Décide :\n\nArticle premier. Le treuil est acheté.",
                "Décide, Art. 2": "Art. 2. Les lanternes sont louées.",
            },
        ),
        (
            DECREE,
            {
                "постановляет, point 1": "1) Мосты чинить.",
                "постановляет, point 2": "2) Доски выдать.",
            },
        ),
    ],
)
def test_each_item_of_a_protocol_is_cited_by_its_number(text: str, wanted: dict[str, str]) -> None:
    found = located(text)
    for locator, begins in wanted.items():
        assert locator in found
        assert found[locator].startswith(begins)


def test_the_short_points_of_a_letter_stay_with_their_neighbours() -> None:
    assert list(located(LETTER)) == ["paragraphs 1–3"]


def test_the_words_that_open_a_section_are_headings() -> None:
    source = SourceFile("x.txt", "text/plain", 1, "0" * 64)
    document = LetterNormalizer().normalize(Document(source, HEARD_THEN_RESOLVED))
    headings = [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [HEARD_THEN_RESOLVED.splitlines()[0], "Слушали:", "Постановили:"]
    assert document.metadata.kind == "minutes"


@pytest.mark.parametrize(
    "text",
    ["Article 5 of the treaty says so.", "Decided as he was, he left.", "Point 3 is moot.",
     "Ordered by name.", "items 2 and 3", "See § 3 of it", "Top 10 ships"],
)  # fmt: skip
def test_prose_opens_no_item(text: str) -> None:
    opening = read_opening(text)
    assert opening.section is None
    assert opening.label is None


@given(st.text(alphabet="СлушаиПотновl:—-§ .1234)Item№IV\n", max_size=80))
def test_whatever_opens_is_printed_there(text: str) -> None:
    opening = read_opening(text)
    flat = " ".join(text.split())
    assert (opening.section or "") in flat
    assert (opening.label or "") in flat
