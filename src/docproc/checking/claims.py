"""What a draft says of where a quotation comes from, held against what the source says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.passages.governing import own_reference
from docproc.records import ArchivalReference, Document, DocumentRow, Span
from docproc.references import find_dates, parse_reference
from docproc.text.patterns import compile_on_use

_TRANSLATED = compile_on_use(
    r"(?:my|own|author['’]s) translation|translation(?: is)? (?:mine|my own|by the author)"
    r"|trans(?:l|lated)?\.? (?:mine|by the author)"
    r"|перевод (?:мой|наш|автора)|пер\. (?:мой|автора)"
    r"|\[Übers\.|Übers(?:etzung)?\.? (?:d\. ?Verf|des Verfassers|der Verfasserin|von mir)"
    r"|eigene Übersetzung|meine Übersetzung"
    r"|ma traduction|notre traduction|traduction de l['’]auteur|traduit par nos soins",
    re.IGNORECASE,
)
_PAGE = compile_on_use(
    r"(?:\bpp?\.|\bpages?|\bс(?:тр)?\.|\bS\.|\bSeiten?)\s?(\d{1,4})(?:\s?[-–—]\s?(\d{1,4}))?"
)
_NUMBER = compile_on_use(
    r"(?:\bdoc(?:ument)?\.?|\bдок(?:умент)?\.?|\bDok\.)\s?(?:No\.?|№|Nr\.?)?\s?(\d{1,5})\b"
)


_NAMED = compile_on_use(
    r"(?:\b(?:newspapers?|journals?|magazines?|books?|novels?|articles?|essays?|pamphlets?|series"
    r"|(?:en)?titled|газет\w*|журнал\w*|сборник\w*|книг\w*|стать\w+|брошюр\w+|под названием"
    r"|Zeitung|Zeitschrift|Buch|Aufsatz|betitelt|revue|quotidien|livre|intitulé\w*))"
    r"\W{0,4}\Z",
    re.IGNORECASE,
)
_NUMBERS = compile_on_use(r"\d+")
_CITED, _LOOKED = 12, 400
"""Documents that one note is taken to name, and whose references are read for it, at most."""
_APPEARED = compile_on_use(
    r"[”“»’\"'.,]*\s*(?:,|//|\bin\b:?|dans|в (?:кн|сб)\.).{0,140}?\b(?:1[5-9]|20)\d\d\b",
    re.IGNORECASE | re.DOTALL,
)
_ACCESSED = compile_on_use(
    r"(?:accessed|retrieved|consulted|last seen|дата обращения|abgerufen|Zugriff|consulté)\b"
    r".{0,40}",
    re.IGNORECASE,
)
"""What stands before the day on which a page of the web was read."""


def is_translation(said: str) -> bool:
    """Whether *said* calls the quotation a translation of the draft's author."""
    return bool(_TRANSLATED.search(said))


def is_title(text: str, after: str) -> bool:
    """Whether words in marks in a note are a title: capitals, or where it appeared follows."""
    longer = [word for word in text.split() if len(word) > 4]
    capital = sum(word.lstrip("“‘«„'([")[:1].isupper() for word in longer)
    if len(text.split()) > 30:
        return False
    return capital * 3 >= len(longer) * 2 > 0 or bool(_APPEARED.match(after))


def is_named(before: str) -> bool:
    """Whether *before*, what stands before the mark, says that a name or a title follows."""
    return bool(_NAMED.search(before))


def references_agree(given: ArchivalReference, own: ArchivalReference) -> bool:
    """Whether two references can name one place: no level that both give differs."""
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


class CitedDocuments:
    """The documents of an archive by the figures of their references."""

    def __init__(self, rows: Sequence[DocumentRow]) -> None:
        self._rows = rows
        self._known: dict[str, list[int]] = {}

    def by(self, given: Sequence[ArchivalReference]) -> list[str]:
        """The ids of the documents that one of *given* names, few at most."""
        if not self._known:
            for number, row in enumerate(self._rows):
                for figure in set(_NUMBERS.findall(row.reference or "")):
                    self._known.setdefault(figure, []).append(number)
        found: dict[str, None] = {}
        for each in given[:3]:
            figures = [figure for _, value in each.components for figure in _NUMBERS.findall(value)]
            rarest = min((self._known[f] for f in figures if f in self._known), key=len, default=[])
            for number in rarest[:_LOOKED]:
                own = parse_reference(self._rows[number].reference or "")
                if own and references_agree(each, own) and len(found) < _CITED:
                    found[self._rows[number].id] = None
        return list(found)


def find_contradictions(said: str, document: Document, span: Span) -> list[str]:
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
    dates = [date for date in find_dates(_ACCESSED.sub("", said)) if len(date.edtf) == 10]
    if days and dates and not days.intersection(date.edtf for date in dates):
        first = document.metadata.dates[0].printed
        found.append(f"the draft gives {dates[0].printed}, the source is of {first}")
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
