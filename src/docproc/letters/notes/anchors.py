"""Anchors: the marks in the text that the notes belong to.

A note is tied to a mark only where there is no doubt: exactly one mark of its label in the
stretch of text that its notes belong to.  Numbers are everywhere in a letter, so a bare one
is a mark only where a number cannot stand: between a space and a stop (``I. Stalin 3 .``),
behind a name in a signature, or glued to a word (``Politburo3``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from docproc.records import Block, BlockKind, Span
from docproc.text.layout.labels import EMPHASIS, note_label_of
from docproc.text.patterns import compile_on_use

_NO_MARKS = (
    BlockKind.NOTE,
    BlockKind.REFERENCE,
    BlockKind.WITNESS,
    BlockKind.FURNITURE,
    BlockKind.EDITION,
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STYLES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("square", "[{", compile_on_use(
        r"(?P<mark>[\[{](?P<label>\d{1,3}|\*{1,3}|(?<=\[)[^\W\d_])[\]}])"
    )),
    ("super", "⁰¹²³⁴⁵⁶⁷⁸⁹", compile_on_use(
        r"(?P<mark>(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹](?:(?<=[^\W\d].)|(?<=[.,;:!?)\]»”\"'’].))[⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}))"
    )),
    ("star", "*",
     compile_on_use(r"(?<=[\w.,;:!?)»”\"'’])\s?(?P<mark>(?P<label>\*{1,3}))(?![\w*])")),
    ("closed", ")", compile_on_use(
        r"(?P<mark>(?P<label>\d(?:(?<=[^\W\d_]\d)|(?<=[^\W\d_]\s\d))\d{0,2})\))"
    )),
    ("round", "(", compile_on_use(r"(?<=[^\W\d_.,;:!?])\s?(?P<mark>\((?P<label>\d{1,3})\))")),
    ("spaced", "", compile_on_use(
        r"(?P<mark>(?P<label>\d(?<=[^\s\d][ \xa0]\d)\d{0,2}))[ \xa0][.,;:!?](?=\s|$)"
    )),
    ("glued", "", compile_on_use(
        r"(?P<mark>(?P<label>\d(?<=[a-zа-яё]{3}\d)\d?))(?=[\s.,;:!?)»”]|$)"
    )),
)  # fmt: skip
"""Styles of marks: the name, characters of which a mark has one, the form.

A form begins with a set of characters where it can, for so it is searched for fast.
"""
_POSSIBLE = compile_on_use(r"[\d*⁰¹²³⁴⁵⁶⁷⁸⁹\[]")
"""What every mark holds; most paragraphs hold none."""
_ONLY_IF_THE_NOTE_HAS_IT = ("closed", "round")
"""Styles that are also an enumeration's: they count only where the note's own label has them."""

_SIGNED = compile_on_use(r"(?<=[^\W\d_])[\s.]\s?(?P<mark>(?P<label>\d{1,3}))(?=[\s.]*$)")


def anchor_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """*blocks*, with the anchor of each note that has a mark of its own."""
    tied = list(blocks)
    scope: list[Block] = []
    run: list[int] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE:
            run.append(number)
            continue
        if run and block.kind not in _NO_MARKS:
            _tie_run(text, tied, scope, run)
            scope, run = [], []
        if block.kind not in _NO_MARKS:
            scope.append(block)
    _tie_run(text, tied, scope, run)
    return tied


def _tie_run(text: str, blocks: list[Block], scope: list[Block], run: list[int]) -> None:
    """Tie the notes at the places *run* to marks in *scope*, in place."""
    if not run:
        return
    labels = Counter(blocks[number].label for number in run)
    marks = _marks(text, scope)
    for number in run:
        note = blocks[number]
        if note.anchor is not None or note.label is None or labels[note.label] > 1:
            continue
        own = note_label_of(note.span.of(text)[:12])
        for style, _, _ in _STYLES:
            found = marks.get((style, note.label), [])
            if style in _ONLY_IF_THE_NOTE_HAS_IT and (own is None or own.form != style):
                continue
            if found:
                if len(found) == 1:
                    blocks[number] = replace(note, anchor=found[0])
                break


def _marks(text: str, scope: list[Block]) -> dict[tuple[str, str], list[Span]]:
    """Every possible mark by its style and label."""
    found: dict[tuple[str, str], list[Span]] = {}
    for block in scope:
        start, part = block.span.start, block.span.of(text)
        if not _POSSIBLE.search(part):
            continue
        styles = [
            (style, form)
            for style, signs, form in _STYLES
            if not signs or any(sign in part for sign in signs)
        ]
        if block.kind is BlockKind.SIGNATURE:
            styles.append(("spaced", _SIGNED))
        emphasised = {match.end() for match in EMPHASIS.finditer(part)} if "*" in part else ()
        for style, form in styles:
            for match in form.finditer(part):
                if style == "star" and match.end() in emphasised:
                    continue
                key = (style, match["label"].translate(_PLAIN))
                span = Span(start + match.start("mark"), start + match.end("mark"))
                if span not in found.setdefault(key, []):
                    found[key].append(span)
    return found
