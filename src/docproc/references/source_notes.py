"""Source notes of editions: ``Source: Department of State, Central Files, 611.61/2-460. Secret.``

An editor says in a note where the document is kept.  What a grammar reads there is read; the rest
is kept as printed up to the end of its sentence: ``File No. 861.00/2504`` is ``861.00/2504``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.records import ArchivalReference, Span, strip_span
from docproc.references.find import find_references
from docproc.references.printed_form import UNPARSED
from docproc.text.patterns import compile_on_use

SOURCES = frozenset(
    (
        *("source", "sourcenote", "source-note", "provenance", "überlieferung", "ueberlieferung"),
        *("standort", "provenienz", "collocazione"),
    )
)
"""How editions call, in lower case, the note that says where a document is kept."""
_LABEL = compile_on_use(
    r"[\s\[(]*(?:\d{1,3}\s)?(?:(?:source|source text|quelle|überlieferung|standort|источник|архив"
    r"|fonte|collocazione|fuente|provenance)\s*[:.—–]\s*)?"
    r"(?:(?:file|dossier)\s+(?:no\.?|nos\.|number)\s*)?",
    re.IGNORECASE,
)
_STOP = compile_on_use(r"(?<![\s.])\.(?=\s+[\"“(\[]?[^\W\d_a-zа-яё])|\s*[;]\s|\n")
_SHORT = compile_on_use(
    r"(?:(?<!\w)(?:no|nos|nr|vol|vols|bd|op|f|d|l|ll|doc|ms|mss|fol|ff|p|pp|st|mt|u\.s|box|cf|ed|hg|hrsg"
    r"|оп|ф|д|л|г|inv|fasc|sér|ser|art|lib|coll|univ|dept|dep|gen|a\.k|c"
    r"|codd?|hss?|mscr?|hist|lit|theol|phil|philol|jur|med|lat|gr|germ|gall|fr|ital|hebr|or|orient"
    r"|autogr|nachl|slg|sign|sygn|rkps|kart|ktn|kaps|fasz|konv|abt|rep|urk|nouv|acq|add|harl|egert"
    r"|lansd|barb|vat|pal|reg|urb|chig|ottob|arch|bibl|cart|b|segn|carte|leg|exp)"
    r"|(?<!\w)[^\W\d])\Z",
    re.IGNORECASE,
)
_KEPT = compile_on_use(
    r"\d|(?<!\w)(?:librar|archiv|papers|files?(?!\w)|collection|records|nachla|bibliothe|museum|mss|"
    r"manuscripts?|possession|privat|фонд|архив|rg(?!\w)|university|sammlung)",
    re.IGNORECASE,
)
_ASIDE = compile_on_use(
    r"\W*(?:sent|drafted|printed from|text from|not printed|repeated|received|transmitted"
    r"|the source|no (?:classification|drafting)|secret|confidential|top secret|unclassified"
    r"|limited|eyes)(?!\w)",
    re.IGNORECASE,
)
_KIND = compile_on_use(r":\s*(?=[A-Z][a-z]+(?:[\s—–-]+[A-Za-z]+){0,3}\.?\s*\Z)")
_DECIMAL = compile_on_use(
    r"(?<![\w.])\d{3}[A-Z]?\.[\dA-Z][\w.]*(?:\s[A-Z][\w.]*)*/[\w–—-]+(?:\s?[½¼¾])?"
)
_NUMBER_ALONE = compile_on_use(r"(\d{3}[A-Z]?\.[\dA-Z][\w.]*/[\w–—-]+)[\s.\])]*\Z")
_LOT = compile_on_use(
    r"(?<!\w)lot(?:\sfiles?)?(?:\sno\.)?\s(\d{2}\s?[A-Z]\s?\d{1,4})", re.IGNORECASE
)
_BOX = compile_on_use(r"(?<!\w)(box|folder|carton|mappe|karton)\s([\w–-]+)", re.IGNORECASE)
_LONGEST = 400


def read_source_note(text: str, start: int = 0, end: int | None = None) -> ArchivalReference | None:
    """The reference in a note at ``text[start:end]``, with where it stands; ``None`` for none."""
    end = len(text) if end is None else end
    label = _LABEL.match(text, start, end)
    begin = label.end() if label else start
    told = begin > start and text[start:begin].strip(" [(") != ""
    stop = _end(text, begin, min(end, begin + _LONGEST))
    if number := _NUMBER_ALONE.match(text, begin, stop):
        levels = (("decimal number", number[1]),)
        return ArchivalReference(number[1], "file number", levels, span=Span(*number.span(1)))
    for found in find_references(text, begin, stop):
        if found.span and not text[begin : found.span.start].strip(' \n\t([“"'):
            return found
    span = strip_span(text, begin, stop)
    while span and text[span.end - 1] in ".,;:])" and not opens_its_bracket(span.of(text)):
        span = strip_span(text, span.start, span.end - 1)
    if not span or _ASIDE.match(span.of(text)):
        return None
    if not (told or _KEPT.search(span.of(text))) or not any(map(str.isalnum, span.of(text))):
        return None
    printed = span.of(text)
    return ArchivalReference(printed, _scheme(printed), _levels(printed), span=span)


def without_span(reference: ArchivalReference) -> ArchivalReference:
    """*reference* as one from outside the reading text, on one line."""
    return replace(reference, printed=" ".join(reference.printed.split()), span=None)


def kind_after_number(text: str) -> str | None:
    """What a source note calls the document behind its number: ``861.00/1-845: Telegram``."""
    match = _KIND.search(text)
    return text[match.end() :].strip(" .") if match else None


def _end(text: str, begin: int, end: int) -> int:
    """Where the sentence that begins at *begin* ends, abbreviations passed over."""
    kind = _KIND.search(text, begin, end)
    if kind:
        end = kind.start()
    for stop in _STOP.finditer(text, begin, end):
        if text[stop.start()] != "." or not _SHORT.search(text[begin : stop.start()]):
            return stop.start()
    return end


def opens_its_bracket(printed: str) -> bool:
    """Whether the bracket that ends *printed* was opened in it."""
    pairs = {")": "(", "]": "["}
    return printed[-1] in pairs and pairs[printed[-1]] in printed


def _scheme(printed: str) -> str:
    return "file number" if _DECIMAL.search(printed) or _LOT.search(printed) else UNPARSED


def _levels(printed: str) -> tuple[tuple[str, str], ...]:
    """The levels of an American source note, as far as their forms say what they are."""
    found: list[tuple[str, str]] = []
    if number := _DECIMAL.search(printed):
        found.append(("decimal number", number[0]))
    if lot := _LOT.search(printed):
        found.append(("lot file", lot[1]))
    found += [(level.casefold(), value) for level, value in _BOX.findall(printed)]
    if found and "," in printed:
        repository = printed.partition(",")[0].strip()
        if not any(map(str.isdigit, repository)):
            found.insert(0, ("repository", repository))
    return tuple(found)
