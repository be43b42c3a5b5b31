"""A text's script is that of most of its letters; its language, what its small words show."""

import pytest

from docproc.text.scripts import script_of, writings


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("6,000 rifles", "Latin"),
        ("Décision № 12", "Latin"),
        ("письмо Ленина, ВЦСПС", "Cyrillic"),
        ("Πατήστε το Orca", "Greek"),
        ("使用 Orca 屏幕阅读器和可刷新盲文显示器", "Han"),
        ("ファイルを開く", "Han"),
        ("파일 열기", "Hangul"),
        ("Ф. 558", "Cyrillic"),
        ("1921, 6.000!", None),
        ("", None),
    ],
)
def test_the_script_of_most_letters_is_the_texts(text, script):
    assert script_of(text) == script


def test_what_a_text_is_written_in_is_told_from_the_narrowest():
    assert writings("Il raccolto della stagione") == ("Latin it", "Latin")
    assert writings("rifles Kabul") == ("Latin",)
    assert writings("1921") == ()
