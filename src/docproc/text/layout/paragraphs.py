"""Layout: lines to paragraphs, whatever a plain text uses to tell them apart.

Paragraphs may be set apart by blank lines, by indentation, or by nothing but a line that
stops short; and each may be one long line or hard-wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docproc.records import Span, strip_span
from docproc.text.layout.cleaning import HYPHENS
from docproc.text.layout.labels import BRACKETED_NOTE, label_of
from docproc.text.patterns import compile_on_use

_LINE = compile_on_use(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BREAK = compile_on_use(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")

_GOES_ON = compile_on_use(r"[\s\d]*[a-zà-öø-ÿа-яё]")
_RULE = compile_on_use(r"[-_=*~#•·—–\s]+")
_ENDED = compile_on_use(r"[.!?:;…][\W\d]*$")

_DIVIDED = compile_on_use(rf"[^\W\d_][{HYPHENS}]\s*$")
"""The end of a line within a word, which ends no paragraph however short the line is."""

_LONGEST_WRAPPED = 130
"""Typists and e-mail programs break lines before this; a longer line is a whole paragraph."""

_SHORT = 0.75
"""A line that would have fitted its successor's first word into this much of the width has
ended a paragraph.  Ragged right margins of typescripts stay above it."""


def paragraphs(text: str, within: Span | None = None, width: int | None = None) -> list[Span]:
    """The paragraphs of *text* (or of the part *within*), without the white space around them.

    In order, apart, and together covering every character that is not white space.
    *width* is the line width of the whole text (``line_width``), where it is already known.
    """
    if within is None:
        within = Span(0, len(text))
    if width is None:
        width = line_width(text)
    found: list[Span] = []
    for group in _groups(text, within):
        start = group[0].start
        note = BRACKETED_NOTE.match(text, start, group[0].end) is not None
        for before, after in pairwise(group):
            if note:
                breaks = BRACKETED_NOTE.match(text, after.start, after.end) is not None
            else:
                breaks = _breaks(text, before, after, width)
            if breaks:
                found.append(strip_span(text, start, before.end))
                start = after.start
        found.append(strip_span(text, start, group[-1].end))
    return found


def line_width(text: str) -> int:
    """The width that the lines of *text* are filled to: all but the longest few stay within it."""
    lengths = sorted(len(match[0].rstrip()) for match in _LINE.finditer(text))
    lengths = [length for length in lengths if length]
    return lengths[(len(lengths) - 1) * 19 // 20] if lengths else 0


def lines(text: str, span: Span) -> list[Span]:
    """The lines of *span* that are not blank, each without the white space around it."""
    found = (
        strip_span(text, match.start(), match.end())
        for match in _LINE.finditer(text, span.start, span.end)
    )
    return [line for line in found if len(line)]


def _groups(text: str, within: Span) -> Iterator[list[Span]]:
    """Runs of lines with no blank line between them; lines keep their indentation."""
    group: list[Span] = []
    last_end = within.start
    for match in _LINE.finditer(text, within.start, within.end):
        if not match[0].strip():
            continue
        if group and len(_BREAK.findall(text, last_end, match.start())) > 1:
            yield group
            group = []
        group.append(Span(match.start(), match.end()))
        last_end = match.end()
    if group:
        yield group


def _breaks(text: str, before: Span, after: Span, width: int) -> bool:
    """Whether a new paragraph begins with the line *after*."""
    line, following = before.of(text), after.of(text)
    if is_rule(line) or is_rule(following):
        return True
    if _DIVIDED.search(line[-4:]) and following.lstrip()[:1].islower():
        return False
    if width > _LONGEST_WRAPPED:
        return not (_GOES_ON.match(following) and not _ENDED.search(line[-40:]))
    if _indent(following) > _indent(line) + 1:
        return True
    if label_of(following.lstrip()):
        return True
    if following.lstrip()[:1].islower() and (line.rstrip()[-1:].isalnum() or line[-1:] == ","):
        return False
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) <= width * _SHORT


def is_rule(line: str) -> bool:
    """Whether *line* is a rule or an ornament: ``-----``, ``* * *``."""
    return _RULE.fullmatch(line) is not None and len("".join(line.split())) > 2


def _indent(line: str) -> int:
    """The white space before the first word, a tab counting as eight columns."""
    return sum(8 if char == "\t" else 1 for char in line[: len(line) - len(line.lstrip())])
