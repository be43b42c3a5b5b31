"""Scans are searched without what scanning left in them, and shown as they were read."""

import pytest
from drop_ins import drop_in, public

from docproc.records import BlockKind, Page, Span
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.normalize.search_text import SearchTextNormalizer
from docproc.stages.segment_structure import StructureSegmenter
from docproc.testing import NormalizerContract, samples

PLUGIN = drop_in("ocr_cleanup")

PAGES = [
    "ПРОТОКОЛЫ СЪЕЗДА\n\nДоклад о мосте заслушан, и т. Гаас напомнил, что постано-\n\n— 11 —",
    "ПРОТОКОЛЫ СЪЕЗДА.\n\nвление о ремонте принято, а деньги не отпущены.\n\n— 12 —",
    "ПРОТОКОЛЫ СЪЕЗДА\n\nСъезд постановил отпустить 3 000 рублей и закрылся.\n\n— 13 —",
]  # fmt: skip
SCAN = "\f".join(PAGES)


class TestOcrCleanup(NormalizerContract):
    examples = 20

    @pytest.fixture
    def plugin(self):
        return drop_in("ocr_cleanup").OcrCleanup()  # as loaded now: it is pickled by name

    @pytest.fixture
    def documents(self):
        return [*samples.documents(), samples.document(SCAN)]


def cleaned(text, **settings):
    found = PLUGIN.OcrCleanup(**settings).normalize(samples.document(text))
    assert found.text == text
    return found


def searched(text):
    found = cleaned(text)
    return found.search.apply(text)


def test_heads_and_numbers_that_repeat_are_not_searched_and_a_word_between_them_is_joined():
    found = cleaned(SCAN)
    search = found.search.apply(SCAN)
    assert "ПРОТОКОЛЫ" not in search
    assert "что постановление о ремонте принято" in search
    assert not any(number in search for number in ("11", "12", "13"))
    at = search.index("постановление")
    assert found.search.to_source(Span(at, at + 13)).of(SCAN).startswith("постано-\n\n— 11 —\f")


def test_a_head_that_stands_alone_is_furniture_and_is_never_quoted():
    document = LetterNormalizer().normalize(cleaned(SCAN))
    heads = [b.span.of(SCAN) for b in document.blocks if b.kind is BlockKind.FURNITURE]
    assert heads == [line for page in PAGES for line in (page.split("\n")[0], page[-6:])]
    document = SearchTextNormalizer().normalize(document)
    for passage in StructureSegmenter().segment(document):
        assert "СЪЕЗДА" not in passage.text
        assert passage.text == passage.span.of(SCAN)


def test_pages_that_the_parser_knows_are_taken():
    text = SCAN.replace("\f", "\n\n")
    ends = [text.index(f"{n} —") + 4 for n in (11, 12, 13)]
    pages = tuple(
        Page(str(n), Span(start, end))
        for n, start, end in zip((11, 12, 13), [0, *ends[:-1]], ends, strict=True)
    )
    from dataclasses import replace

    found = PLUGIN.OcrCleanup().normalize(replace(samples.document(text), pages=pages))
    assert "ПРОТОКОЛЫ" not in found.search.apply(text)


@pytest.mark.parametrize(
    "text",
    [
        "\f".join(PAGES[:2]),  # two pages are not enough
        "\f".join(f"Доклад {word}" for word in ("один", "два", "три")),
        "Dear Sir,\n\nI am.\n\nYours\n",
        "",
    ],
)
def test_what_does_not_repeat_over_the_pages_stays(text):
    assert searched(text) == text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("п о  в с е м  г о р о д а м", "по всем городам"),
        ("Т О В А Р И Щ У  Г А А С У", "ТОВАРИЩУ ГААСУ"),
        ("Cталин и Tроцкий", "Сталин и Троцкий"),  # a Latin C and T
        ("thе mill", "the mill"),  # a Cyrillic е
        ("3аседание 0тложено", "Заседание Отложено"),
        ("пр0токол", "протокол"),
    ],
)
def test_words_are_searched_as_they_are_meant(read, meant):
    assert searched(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "а и  б в",
        "3апреля 1921",
        "3 апреля",
        "т. Гаас",
        "x-лучи и Wi-Fi",
        "СССРGB",
        "№ 30, л. 0",
        "дом 3а",
    ],
)
def test_what_may_be_meant_as_it_stands_stays(text):
    assert searched(text) == text


def test_it_uses_the_public_api_alone():
    assert public("ocr_cleanup") == {"docproc.hooks", "docproc.records"}
