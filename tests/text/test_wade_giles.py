"""Wade-Giles is read as pinyin, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.names.wade_giles import MOST_SYLLABLES, pinyin

READ = (
    "Tse-tung zedong, En-lai enlai, Hsiao-p'ing xiaoping, Shao-ch'i shaoqi, Tso-lin zuolin, "
    "Yü-hsiang yuxiang, P'ei-fu peifu, Ch'i-jui qirui, Hsüeh-liang xueliang, Ching-wei jingwei, "
    "Tu-hsiu duxiu, Ta-chao dazhao, Ch'i-ch'ao qichao, Kuo-feng guofeng, Shih-k'ai shikai, "
    "Yüan-p'ei yuanpei, Yu-jen youren, Ssu-ma sima, Tzu-wen ziwen, Ho-nan henan, "
    "Hung-chang hongzhang, Kuo-t'ao guotao, Po-ta boda, Te-huai dehuai, Erh-k'ang erkang, "
    "Jung-chi rongji, Yung-fa yongfa, Yeh-t'ing yeting, Yen-an yanan, I-li yili, Wu-han wuhan"
)


@pytest.mark.parametrize(("written", "read"), [pair.split() for pair in READ.split(", ")])
def test_every_name_is_read_with_its_marks_and_without(written: str, read: str) -> None:
    assert read in pinyin(written)
    assert read in pinyin(written.upper())
    assert read in pinyin(written.replace("'", "").replace("ü", "u"))


def test_where_breath_is_marked_what_has_no_mark_has_none() -> None:
    assert pinyin("Shih-k'ai") == {"shikai"}
    assert pinyin("Chi-ch'ao") == {"jichao"}
    assert pinyin("Tse-tung") == {"zedong", "zetong", "cedong", "cetong"}


OTHER = (
    "Anglo-Afghan Russian-Muslim mid-June Jean-Luc Anne-Marie Ali-Pasha so-called Zedong Mao "
    "Kai-shek Yat-sen al-Qadhafi he-she- -tung a-b 12-13"
)


@pytest.mark.parametrize("word", OTHER.split())
def test_no_other_word_is_taken_for_chinese(word: str) -> None:
    assert pinyin(word) == frozenset()


@given(st.text(st.sampled_from("aeghiknopstuüê'’-")) | st.text())
def test_any_text_has_few_readings_and_they_are_letters(word: str) -> None:
    found = pinyin(word)
    assert len(found) <= 4**MOST_SYLLABLES
    assert all(reading.isascii() and reading.isalpha() for reading in found)
