"""Marks: which characters of Markdown are no words, as edits of the text that is searched.

The text that is shown keeps them all.  A mark taken away too many or too few costs a search
little and a quotation nothing, so these are patterns, each bounded, and no second parser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from docproc.records import Block, BlockKind, Edit, Span, strip_span
from docproc.text.patterns import compile_on_use

_TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|cite|code|col|dd|del|details|div|dl|dt|em|figcaption|"
    "figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins|kbd|li|link|main|mark|meta|nav|ol|p|"
    "pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|"
    "tr|tt|u|ul|var|wbr"
)
TAG = compile_on_use(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE)
"""A tag of HTML.  ``<illegible>`` is none: it is an editor's word."""

_MARKS = compile_on_use(
    rf"""
    [\\\[<&*_~`]
    (?: (?P<escape> (?<=\\)(?:[!-/:-@\[-`{{-~]|(?=[\r\n])) )
      | (?P<note> (?<=\[)\^[^\[\]\s]{{1,80}}\]:? )
      | (?P<tag> (?<=<){TAG.pattern[1:]} )
      | (?P<entity> (?<=&)(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}}); )
      | (?P<star> (?<=\*)(?<!\*\*)\*{{0,2}}(?!\*) )
      | (?P<line> (?<=_)(?<!__)_{{0,2}}(?!_) )
      | (?P<struck> (?<=~)(?<!~~)~(?!~) )
      | (?P<code> (?<=`)`{{0,2}} )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""It begins with a set of characters, and no more, for so it is searched for fast."""
_QUOTE = compile_on_use(r"^[ \t]{0,3}(?:>[ \t]?){1,50}", re.MULTILINE)
_LINK = compile_on_use(
    r"(?P<open>!?\[)(?P<words>[^\[\]\n]{0,300})"
    r"(?P<target>\]\(\s?[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\))"
)
_BEFORE_HEADING = compile_on_use(
    r"[ >\t]{0,40}(?:(?:[-+*]|\d{1,9}[.)])[ \t]+){0,20}#{1,6}(?:[ \t]+|$)"
)
RULE_OF_TABLE = compile_on_use(
    r"^(?=[^|\r\n]{0,400}\|)(?=[^\r\n-]{0,400}-)[ \t>:|-]+\r?$", re.MULTILINE
)
"""The line below the head of a table."""


def edits(text: str, start: int, end: int, blocks: Sequence[Block]) -> list[Edit]:
    """The edits that take the marks of Markdown away from *text* between *start* and *end*."""
    found = [edit for block in blocks for edit in _of_block(text, block)]
    found += (Edit(comment, " ") for comment in comments(text, start, end))
    found += _links(text, start, end)
    found += _inline(text, start, end)
    if ">" in text:
        found += (Edit(Span(*match.span()), "") for match in _QUOTE.finditer(text, start, end))
    apart: list[Edit] = []
    taken = start
    for edit in sorted(found, key=lambda e: (e.span.start, -e.span.end)):
        if edit.span.start >= taken and len(edit.span):
            apart.append(edit)
            taken = edit.span.end
    return apart


def comments(text: str, start: int, end: int) -> Iterator[Span]:
    """The comments of HTML in ``text[start:end]``; one that is not closed is none."""
    while (at := text.find("<!--", start, end)) >= 0:
        close = text.find("-->", at + 4, end)
        if close < 0:
            return
        start = close + 3
        yield Span(at, start)


def words_of_heading(text: str, span: Span) -> Span:
    """The part of a heading that is words: without the ``#`` around it or the line below it."""
    lines = span.of(text).splitlines()
    before = _BEFORE_HEADING.match(text, span.start, span.end)
    start, end = (before.end() if before else span.start), span.end
    if before:
        bare = span.of(text).rstrip("#")
        # A closing `#` stands behind a space: the one of "C#" is a word's.
        end = span.start + len(bare) if bare[-1:].isspace() else span.end
    elif len(lines) > 1:
        end = span.end - len(lines[-1])
    return strip_span(text, start, max(start, end))


def _of_block(text: str, block: Block) -> Iterator[Edit]:
    """What only the block that it stands in makes a mark."""
    span = block.span
    if block.kind is BlockKind.HEADING:
        inner = words_of_heading(text, span)
        yield Edit(Span(span.start, inner.start), "")
        yield Edit(Span(inner.end, span.end), "")
    elif block.kind is BlockKind.PARAGRAPH and RULE_OF_TABLE.search(text, span.start, span.end):
        for found in RULE_OF_TABLE.finditer(text, span.start, span.end):
            yield Edit(Span(*found.span()), "")
        for found in re.compile(r"\|").finditer(text, span.start, span.end):
            yield Edit(Span(*found.span()), " ")


def _links(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _LINK.finditer(text, start, end):
        if re.fullmatch(r"[\d*]{1,3}", match["words"]):  # a mark of a note: "[1](#note1)"
            yield Edit(Span(match.start("target") + 1, match.end()), "")
            continue
        yield Edit(Span(*match.span("open")), "")
        yield Edit(Span(*match.span("target")), "")


def _inline(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _MARKS.finditer(text, start, end):
        kind, replacement = match.lastgroup, ""
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if kind == "star" and not (before.strip() or after.strip()):
            continue
        if kind == "line" and (before.isalnum() and after.isalnum()):
            continue
        if kind == "escape":
            yield Edit(Span(match.start(), match.start() + 1), "")
            continue
        if kind == "entity":
            replacement = html.unescape(match[0])
            if replacement == match[0]:
                continue
        if kind == "tag" and re.match(r"</?(?:br|p|div|t[dhr]|li|h\d)\b", match[0], re.IGNORECASE):
            replacement = " "
        yield Edit(Span(*match.span()), replacement)
