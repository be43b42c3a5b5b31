"""What scanning leaves in a text is kept out of its way when it is searched.

Running heads and page numbers that repeat over the pages; words broken over a page, with a head
between the halves; phrases of spaced-out letters (``п о  в с е м  г о р о д а м``); letters of
another script that only look right (a Latin C in ``Cталин``), figures that stand for letters
(``3аседание``).  What is shown stays as it was read, letter for letter; but a head that stands by
itself is marked as furniture, and so is never quoted.  Hyphens at the ends of lines, soft hyphens
and single words of spaced-out letters are cleaned by docproc itself (``search-text``).

Name it before the others: ``normalizers = ["ocr-cleanup", "..."]``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docproc.hooks import Registration, Setting, hookimpl
from docproc.records import Alignment, Block, BlockKind, Document, Edit, Span, strip_span

DOCPROC_API_VERSION = 1

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlc]{1,7})[\W_]*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_EDGE = 2
"""How many lines at the top and at the bottom of a page may be heads."""
_LONGEST, _NEAR = 100, 200
_BREAK = re.compile(r"\r\n|[\r\n]")
_BROKEN_OFF = re.compile(r"[^\W\d_]{2}[-\u2010\u00ac\u00ad]\s*\Z")
_GOES_ON = re.compile(r"\s*(?=[a-zà-öø-ÿа-яё]{2})")
_SPACED = r"[^\W\d_](?:[ \xa0][^\W\d_])+"
_SPACED_PHRASE = re.compile(rf"(?<![^\W_]){_SPACED}(?:[ \xa0]{{2,4}}{_SPACED})+(?![^\W_]|\.)")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
_LATIN, _CYRILLIC = "ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_COUNTED = "январ|феврал|март|апрел|ма[йя]|ию[нл]|август|сентябр|октябр|ноябр|декабр|час|руб|лет"
_FIGURE = re.compile(
    rf"(?<!\w)3(?=[а-яё]{{4}})(?!(?:{_COUNTED}|год|стр|тыс|пуд|верст))"
    r"|(?<=[А-Яа-яЁё])0(?=[А-Яа-яЁё])|(?<!\w)0(?=[а-яё]{4})"
)
"""A 3 or a 0 where a letter must stand; not a number whose space was lost (``3апреля``)."""


@dataclass(frozen=True, slots=True)
class OcrCleanup:
    """Cleans the search text; ``pages`` is on how many a line must repeat to be a head."""

    pages: int = 3

    def normalize(self, document: Document) -> Document:
        """Return *document* with more edits, and its heads that stand alone marked."""
        text = document.text
        found = heads(text, _pages(document), self.pages)
        kept = document.search.edits
        cleaned = [edit.span for edit in kept]
        new = [edit for edit in _without(text, found) if _clear_of(cleaned, edit.span)]
        search = Alignment(tuple(sorted([*kept, *new], key=lambda edit: edit.span)))
        search = search.then(text, _cleaned(search.apply(text)))
        known = [block.span for block in document.blocks]
        marked = [
            Block(BlockKind.FURNITURE, head)
            for head in found
            if _stands_alone(text, head) and _clear_of(known, head)
        ]
        if not marked and search == document.search:
            return document
        blocks = sorted([*document.blocks, *marked], key=lambda block: block.span)
        return replace(document, search=search, blocks=tuple(blocks))


def heads(text: str, pages: Sequence[Span], least: int) -> list[Span]:
    """The running heads and page numbers at the edges of *pages*, without the space around them.

    A line is one if its letters, or that it is nothing but a number, come again at the same edge
    of *least* pages, and of a fifth of all.
    """
    if len(pages) < least:
        return []
    seen: dict[tuple[str, str], list[Span]] = {}
    for page in pages:
        found = (strip_span(text, *m.span()) for m in _LINE.finditer(text, page.start, page.end))
        lines = [line for line in found if len(line)]
        edges = dict.fromkeys(lines[:_EDGE], "top")
        edges |= {line: "bottom" for line in lines[-_EDGE:] if line not in edges}
        for line, edge in edges.items():
            if name := _name(line.of(text)):
                seen.setdefault((edge, name), []).append(line)
    often = max(least, -(-len(pages) // 5))
    return sorted(line for lines in seen.values() if len(lines) >= often for line in lines)


def _name(line: str) -> str:
    """What a head says on every page: its letters; ``#`` for a bare number; ``""`` if neither."""
    if _NUMBER.fullmatch(line):
        return "#"
    letters = _NOT_LETTERS.sub("", line).casefold()
    return letters if len(letters) > 3 and len(line) <= _LONGEST else ""


def _pages(document: Document) -> list[Span]:
    """The pages that the parser knew, or else what form feeds set apart."""
    if document.pages:
        return sorted(page.span for page in document.pages)
    borders = [0, *(match.end() for match in re.finditer("\f", document.text)), len(document.text)]
    return [Span(start, end) for start, end in pairwise(borders) if start < end]


def _without(text: str, found: Sequence[Span]) -> Iterator[Edit]:
    """The edits that take the heads out, and join the word that one of them parts."""
    groups: list[list[Span]] = []
    for head in found:
        if groups and not text[groups[-1][-1].end : head.start].strip():
            groups[-1].append(head)
        else:
            groups.append([head])
    for group in groups:
        before = _BROKEN_OFF.search(text, max(0, group[0].start - _NEAR), group[0].start)
        after = _GOES_ON.match(text, group[-1].end)
        if before and after:
            yield Edit(Span(before.start() + 2, after.end()), "")
        else:
            yield from (Edit(head, "") for head in group)


def _stands_alone(text: str, head: Span) -> bool:
    """Whether blank lines, or the borders of a page, set *head* apart: a paragraph of its own."""
    start, end = head.start, head.end
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    before, after = text[start : head.start], text[head.end : end]
    return (not start or _parts(before)) and (end == len(text) or _parts(after))


def _parts(gap: str) -> bool:
    return "\f" in gap or len(_BREAK.findall(gap)) > 1


def _clear_of(taken: Sequence[Span], span: Span) -> bool:
    """Whether *span* overlaps none of *taken*, which are in order and apart."""
    at = bisect_left(taken, span.end, key=lambda other: other.start)
    return not at or not taken[at - 1].overlaps(span)


def _cleaned(text: str) -> list[Edit]:
    """The edits that mend words of *text*, in order and apart."""
    found = [*_joined(text), *_of_one_script(text), *_letters_for_figures(text)]
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.span.start, -edit.span.end)):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return kept


def _joined(text: str) -> Iterator[Edit]:
    for phrase in _SPACED_PHRASE.finditer(text):
        words = [re.sub(r"[ \xa0]", "", word) for word in re.split(r"[ \xa0]{2,4}", phrase[0])]
        if max(map(len, words)) > 3 and all(w[1:].islower() or w.isupper() for w in words):
            yield Edit(Span(*phrase.span()), " ".join(words))


def _of_one_script(text: str) -> Iterator[Edit]:
    """Words of two scripts where all letters of the rarer one have a double in the other."""
    for word in _WORD.finditer(text):
        if word[0].isascii() or not _MIXED.search(word[0]):
            continue
        latin = [letter for letter in word[0] if letter.isascii()]
        cyrillic = [letter for letter in word[0] if not letter.isascii()]
        if len(latin) <= len(cyrillic) and set(latin) <= set(_LATIN):
            yield Edit(Span(*word.span()), word[0].translate(_TO_CYRILLIC))
        elif len(cyrillic) < len(latin) and set(cyrillic) <= set(_CYRILLIC):
            yield Edit(Span(*word.span()), word[0].translate(_TO_LATIN))


def _letters_for_figures(text: str) -> Iterator[Edit]:
    for figure in _FIGURE.finditer(text):
        at = figure.start()
        inside = at > 0 and text[at - 1].isalpha() and text[at - 1].islower()
        letter = "З" if figure[0] == "3" else "о" if inside else "О"
        yield Edit(Span(*figure.span()), letter)


@hookimpl
def docproc_normalizers() -> list[Registration]:
    """The normalizer, for ``[pipeline] normalizers``."""
    return [
        Registration(
            "ocr-cleanup",
            lambda given: OcrCleanup(max(2, given["pages"])),
            summary="Searches scans without running heads, broken words, letters of other scripts.",
            settings=(Setting("pages", 3, "On how many pages a line must repeat to be a head."),),
        )
    ]
