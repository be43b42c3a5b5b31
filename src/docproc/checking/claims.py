"""What a draft says of where a quotation comes from, held against what the source says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.passages.governing import own_reference
from docproc.records import ArchivalReference, Document, Span
from docproc.references import FindsReferences, find_dates, find_references

_SAME = re.compile(
    r"\b(?:ibid(?:em)?|ebd|ebenda|idem|loc\. ?cit|op\. ?cit|a\. ?a\. ?O)\b|там же|указ\. ?соч",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"(?:my|own|author['’]s) translation|translation(?: is)? (?:mine|my own|by the author)"
    r"|trans(?:l|lated)?\.? (?:mine|by the author)"
    r"|перевод (?:мой|наш|автора)|пер\. (?:мой|автора)"
    r"|\[Übers\.|Übers(?:etzung)?\.? (?:d\. ?Verf|des Verfassers|der Verfasserin|von mir)"
    r"|eigene Übersetzung|meine Übersetzung"
    r"|ma traduction|notre traduction|traduction de l['’]auteur|traduit par nos soins",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\bpp?\.|\bpages?|\bс(?:тр)?\.|\bS\.|\bSeiten?)\s?(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?"
)
_NUMBER = re.compile(
    r"(?:\bdoc(?:ument)?\.?|\bдок(?:умент)?\.?|\bDok\.)\s?(?:No\.?|№|Nr\.?)?\s?(\d{1,5})\b"
)


def is_repeated(said: str) -> bool:
    """Whether *said* points back to the note before (``ibid.``, ``там же``, ``ebd.``)."""
    return bool(_SAME.search(said))


def is_translation(said: str) -> bool:
    """Whether *said* calls the quotation a translation of the draft's author."""
    return bool(_TRANSLATED.search(said))


def references_in(
    said: str, grammars: Sequence[FindsReferences] = ()
) -> tuple[ArchivalReference, ...]:
    """The archival references in *said*."""
    return find_references(said, grammars=grammars)


def agree(given: ArchivalReference, own: ArchivalReference) -> bool:
    """Whether two references can name one place: no level that both give differs.

    A renamed archive is the same archive.  A range of leaves that touches another agrees with it.
    """
    if given.printed.casefold().strip(" .") == own.printed.casefold().strip(" ."):
        return True
    archives = [each.archive_now or each.archive for each in (given, own)]
    if all(archives) and archives[0] != archives[1]:
        return False
    levels = dict(given.components)
    both = [(levels[name], value) for name, value in own.components if name in levels]
    if not both:
        return bool(all(archives)) and not given.components
    return all(_alike(mine, theirs) for mine, theirs in both)


def doubts(said: str, document: Document, span: Span) -> list[str]:
    """What *said* gives that contradicts *document*: its page, its number, its date."""
    found = []
    on = [page for page in document.pages if page.span.start < span.end > page.span.start]
    labels = {page.label for page in on if span.start < page.span.end}
    pages = list(_PAGE.finditer(said))
    if labels and pages and not any(_on(match, labels) for match in pages):
        stands = ", ".join(sorted(labels))
        found.append(f"the draft gives page {pages[0][1]}, the source page {stands}")
    number, numbers = document.metadata.number, _NUMBER.findall(said)
    if number and numbers and number not in numbers:
        found.append(f"the draft gives document {numbers[0]}, the source is document {number}")
    days = {date.edtf for date in document.metadata.dates if len(date.edtf) == 10}
    days |= {date.julian for date in document.metadata.dates if date.julian}
    dates = [date.edtf for date in find_dates(said) if len(date.edtf) == 10]
    if days and dates and not days.intersection(dates):
        found.append(f"the draft gives {dates[0]}, the source is of {min(days)}")
    return found


def _alike(mine: str, theirs: str) -> bool:
    if mine.casefold() == theirs.casefold():
        return True
    ranges = [_range(value) for value in (mine, theirs)]
    if None in ranges:
        return False
    (a, b), (c, d) = ((r or (0, 0)) for r in ranges)
    return a <= d and c <= b


def _range(value: str) -> tuple[int, int] | None:
    figures = [int(each) for each in re.findall(r"\d+", value)]
    return (min(figures), max(figures)) if figures else None


def _on(match: re.Match[str], labels: set[str]) -> bool:
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    last = last if last >= first else first
    return any(str(n) in labels for n in range(first, min(last, first + 500) + 1))


def reference_of(document: Document) -> ArchivalReference | None:
    """The reference of the source document itself."""
    return own_reference(document)
