"""The forms of marks, written so that they are searched for fast, find what the plain ones find."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from docproc.letters.notes.anchors import _STYLES

PLAIN = {
    "square": r"(?P<mark>\[(?P<label>\d{1,3}|\*{1,3}|[^\W\d_])\])",
    "super": r"(?<=[^\W\d]|[.,;:!?)\]»”\"'’])(?P<mark>(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))",
    "star": r"(?<=[\w.,;:!?)»”\"'’])\s?(?P<mark>(?P<label>\*{1,3}))(?![\w*])",
    "closed": r"(?<=[^\W\d_])\s?(?P<mark>(?P<label>\d{1,3})\))",
    "round": r"(?<=[^\W\d_.,;:!?])\s?(?P<mark>\((?P<label>\d{1,3})\))",
    "spaced": r"(?<=[^\s\d])[ \xa0](?P<mark>(?P<label>\d{1,3}))[ \xa0][.,;:!?](?=\s|$)",
    "glued": r"(?<=[a-zа-яё]{3})(?P<mark>(?P<label>\d{1,2}))(?=[\s.,;:!?)»”]|$)",
}
"""A mark and what must stand before it, in the order of the text."""
PIECES = (
    "a",
    "bcd",
    "ёж",
    " ",
    "\xa0",
    "\n",
    "1",
    "23",
    "4",
    "²",
    "⁴⁵",
    "*",
    "[",
    "]",
    "(",
    ")",
    ".",
    "_",
    "”",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("Politburo3, the Centre 4 . and (5) on[6] end”7) ²")
def test_a_form_finds_what_its_plain_way_of_writing_finds(text):
    for style, signs, form in _STYLES:
        found = [(m.span("mark"), m["label"]) for m in form.finditer(text)]
        plain = re.compile(PLAIN[style])
        assert found == [(m.span("mark"), m["label"]) for m in plain.finditer(text)], style
        assert not found or not signs or any(sign in text for sign in signs), style
