"""The line that says where the document is kept, and the words on what it physically is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docproc.letters.paragraphs.part import Part
from docproc.letters.sources.source_lines import is_private, is_source_line
from docproc.records import Block, BlockKind, Span, Witness, strip_span
from docproc.references import FindsReferences, find_references, find_witness
from docproc.references.source_notes import opens_its_bracket, read_source_note
from docproc.text.patterns import compile_on_use

_LONGEST_SOURCE_LINE = 500
_LINE = compile_on_use(r"[\W_]*([^\W\d_][^\n()\[\]]{2,40}?)[\W_]*")
_ASIDE = compile_on_use(r"[(\[]([^\W\d_][^\n()\[\]]{2,40})[)\]]")
_OPENING = 120
"""A source line shows a number within so many characters; most paragraphs do not."""
_PUBLISHED = compile_on_use(
    r"\W*(?:печатается по|публикуется по|впервые опубликован|опубликован|опубл\.|первая публикация|"
    r"(?:first |previously )?published|printed from|gedruckt|publié)",
    re.IGNORECASE,
)
_LONGEST_UNREAD = 200
_BRACKETED = compile_on_use(r"[\[(]\s*(.+?)\s*[\])]\.?")
_LABELLED = compile_on_use(
    r"(?:archival reference|shelf\s?-?mark|call number|signatur|standort|шифр|segnatura"
    r"|collocazione|cote|signatura)\s*[:.]\s*(.+?)\.?",
    re.IGNORECASE,
)
_SHELFMARK = compile_on_use(
    r"(?<!\w)(?:[^\W\d_]{1,6}[\s.]?\d+(?:[/.:-]\d+)+|\d+(?:/\d+)+|(?:MSS?|Add|Cod|Hs|Nachlass|N|NL|inv)"
    r"\.?\s[\w./ ()-]*\d|(?:box|folder|fasc|mappe|bundle|papers)\.?,?\s\d)",
    re.IGNORECASE,
)
_HOUSE = compile_on_use(
    r"(?<!\w)(?:librar|archiv|record office|papers|museum|bibliothe|bibliote|collection|university|"
    r"nachlass|sammlung|institut|архив|библиотек|музей|фонд|society)",
    re.IGNORECASE,
)
_TOLD = compile_on_use(r"[\W_]*(?:source|quelle|fonte|fuente|источник)\s*:\s", re.IGNORECASE)
_OFFICE = compile_on_use(
    r"(?<!\w)(?:department|ministry|board|office|embassy|records)(?!\w)|\w(?:archiv|biblioth|samml)",
    re.IGNORECASE,
)
_FILED = compile_on_use(
    r"(?<!\w)(?:lot|box|folder|files?|carton|reel|bundle|entry|series|karton|mappe|busta)(?!\w).*\d"
    r"|\d{3}[A-Z]?\.[\w.]+/",
    re.IGNORECASE,
)
_BEFORE = compile_on_use(
    r"[\W_]*(?:source|archival reference|reference|ref|archive|источник|архив|шифр|quelle)?[\W_]*",
    re.IGNORECASE,
)

_SAID = compile_on_use(r"[\W_]*(?:[^\W\d_][^\W\d_A-ZА-Я]{2,19}\s?:\s)?")


def mark_sources(
    text: str, parts: list[Part], grammars: Sequence[FindsReferences] = ()
) -> list[Part]:
    """Claim reference lines and witnesses beside them; *grammars* are those of plugins."""
    marked: list[Part] = []
    for number, part in enumerate(parts, 1):
        if part.kind is None and len(part.span) <= _LONGEST_SOURCE_LINE:
            if number == len(parts) > 2 and is_private(part.span.of(text)):
                part = part.as_(BlockKind.REFERENCE)
            marked += _split(text, part, grammars)
        elif (block := part.block) and part.kind is BlockKind.PARAGRAPH and _tells(text, part.span):
            block = replace(block, kind=BlockKind.REFERENCE)
            marked.append(replace(part, kind=BlockKind.REFERENCE, block=block))
        else:
            marked.append(part)
    return [_lone_witness(text, marked, number) for number in range(len(marked))]


def witnesses_in(text: str, span: Span) -> list[Witness]:
    """The descriptions of the witness in *span*, read as a text of its own."""
    return [
        replace(found, span=found.span.shift(span.start))
        for found in find_witness(span.of(text))
        if found.span
    ]


def stated_witness(text: str, blocks: Sequence[Block]) -> Witness | None:
    """What the head says of the witness: a line ``Copy``, or ``Letter (copy)`` over the date."""
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return None
        asides: list[re.Match[str]] = []
        if block.kind is BlockKind.HEADING:
            asides = list(filter(None, [_LINE.fullmatch(text, block.span.start, block.span.end)]))
        elif block.kind is BlockKind.DATELINE:
            asides = list(_ASIDE.finditer(text, block.span.start, block.span.end))
        for aside in asides:
            words = aside[1]
            found = find_witness(words[:1].upper() + words[1:])
            if found and len(found[0].printed.rstrip(".")) == len(words):
                return replace(found[0], printed=words, span=Span(*aside.span(1)))
    return None


def _split(text: str, part: Part, grammars: Sequence[FindsReferences]) -> list[Part]:
    """*part* as reference and witness, whichever stands first; or as it was."""
    start, end = part.span.start, part.span.end
    if part.kind or not any(map(str.isdigit, text[start : min(end, start + _OPENING)])):
        return [part]
    references = [r.span for r in find_references(text, start, end, grammars) if r.span]
    unread = find_unread_source(text, part.span)
    if not references and unread is None:
        return [part]
    witnesses = [w.span for w in witnesses_in(text, part.span) if w.span]
    first = unread or references[0]
    if not unread and not _BEFORE.fullmatch(text, start, first.start):
        before = next((w for w in witnesses if w.end <= first.start), None)
        if before is None or _words_in(text, start, before.start) > 0:
            return [part]
        if _words_in(text, before.end, first.start) > 0:
            return [part]
        return [
            Part(strip_span(text, start, first.start), BlockKind.WITNESS),
            Part(Span(first.start, end), BlockKind.REFERENCE),
        ]
    after = next((w for w in witnesses if w.start >= first.end), None)
    if after is None:
        return [part.as_(BlockKind.REFERENCE)]
    return [
        Part(strip_span(text, start, after.start), BlockKind.REFERENCE),
        Part(Span(after.start, end), BlockKind.WITNESS),
    ]


_FIELD = compile_on_use(r"\n[ \t]*[^\W\d_]+:\s")
"""A further field of a form, ``PAGES: 2``, below the line that it begins with."""


def find_unread_source(text: str, span: Span) -> Span | None:
    """Where in a line that says where the document is kept the reference stands, though no
    grammar reads it: ``[Q44/7/12, Falk Papers, Town Library]``, ``Signatur: N Müller 29 (7)``.

    The line is in brackets, with a shelfmark and a house that keeps papers; or it is labelled.
    """
    line = span.of(text)
    if (told := _TOLD.match(line)) and len(line) <= _LONGEST_SOURCE_LINE:
        found = read_source_note(line)
        if found and found.span and found.span.start >= told.end() - 1 and _is_kept(found.printed):
            return found.span.shift(span.start)
    if len(line) > _LONGEST_UNREAD or line.count("\n") > 2:
        return None
    bracketed = _BRACKETED.fullmatch(line)
    if bracketed and _SHELFMARK.search(line) and _HOUSE.search(line) and "\n" not in line:
        return Span(*bracketed.span(1)).shift(span.start)
    labelled = _LABELLED.fullmatch(line)
    if labelled and _SHELFMARK.search(labelled[1]) and "\n" not in line:
        return Span(*labelled.span(1)).shift(span.start)
    return None if _FIELD.search(line) else _bare(text, span)


def _bare(text: str, span: Span) -> Span | None:
    """A line without brackets or label that says where the document is kept, and no more.

    What describes the witness behind it, and a label before it, are not of the reference.
    """
    begin = _SAID.match(text, span.start, span.end)
    kept = strip_span(text, begin.end() if begin else span.start, span.end)
    for witness in reversed(witnesses_in(text, kept)):
        if witness.span and not text[witness.span.end : kept.end].strip(" .)]"):
            kept = strip_span(text, kept.start, witness.span.start)
    while kept and (
        text[kept.end - 1] in ".,;"
        or (text[kept.end - 1] in ")]" and not opens_its_bracket(kept.of(text)))
    ):
        kept = strip_span(text, kept.start, kept.end - 1)
    return kept if kept and is_source_line(" ".join(kept.of(text).split())) else None


def _tells(text: str, span: Span) -> bool:
    """Whether a paragraph of the markup says first that it is on the source."""
    return _TOLD.match(text, span.start) is not None and find_unread_source(text, span) is not None


def _is_kept(printed: str) -> bool:
    """Whether *printed* names a house and the number, box or file that something has there."""
    return bool(_HOUSE.search(printed) or _OFFICE.search(printed)) and bool(
        _SHELFMARK.search(printed) or _FILED.search(printed)
    )


def _lone_witness(text: str, parts: list[Part], number: int) -> Part:
    """A paragraph beside a reference line that describes the witness or names its edition."""
    part = parts[number]
    if part.kind is not None or len(part.span) > _LONGEST_SOURCE_LINE:
        return part
    beside = parts[max(0, number - 1) : number + 2]
    if not any(other.kind is BlockKind.REFERENCE for other in beside):
        return part
    if _PUBLISHED.match(text, part.span.start):
        return part.as_(BlockKind.WITNESS)
    described = sum(len(w.span) for w in witnesses_in(text, part.span) if w.span)
    return part.as_(BlockKind.WITNESS) if described * 2 > len(part.span) else part


def _words_in(text: str, start: int, end: int) -> int:
    return sum(any(char.isalnum() for char in word) for word in text[start:end].split())
