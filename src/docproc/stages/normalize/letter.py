"""The normalizer of letters: the parts of a document, and what they say of it as a whole.

Blocks that are there already stay as they are; the text between them is structured.  So a
parser that knows its format marks what it knows and leaves the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import Any, Self

from docproc.dataclass_on_use import dataclass
from docproc.formats.described import PATH
from docproc.letters.correspondents.own_names import add_own_name
from docproc.letters.correspondents.sender_recipient import (
    Correspondents,
    heading_correspondents,
    letter_correspondents,
)
from docproc.letters.dating import stated_dates, stated_place, with_calendars
from docproc.letters.notes.anchors import anchor_notes
from docproc.letters.notes.labelled_notes import mark_notes, split_at_enclosures
from docproc.letters.notes.note_authors import attribute_notes
from docproc.letters.paragraphs.forms import dates_in_dateline, is_title
from docproc.letters.paragraphs.part import Part, parts_of
from docproc.letters.sections.head_body_tail import mark_section
from docproc.letters.sections.memoranda import is_memorandum_field, read_memorandum
from docproc.letters.sources.source_parts import (
    find_unread_source,
    mark_sources,
    stated_witness,
    witnesses_in,
)
from docproc.letters.vocabulary.offices import is_office
from docproc.letters.vocabulary.program_titles import is_program_title
from docproc.letters.vocabulary.words import SENT, is_marking, kind_of
from docproc.persons import natural_order
from docproc.records import (
    ArchivalReference,
    Block,
    BlockKind,
    Document,
    Mention,
    Metadata,
    Span,
    Witness,
)
from docproc.references import FindsReferences, as_printed, find_references
from docproc.text.language.identify import language_of
from docproc.text.layout.paragraphs import lines
from docproc.text.patterns import compile_on_use

_HEAD = (BlockKind.HEADING, BlockKind.DATELINE, BlockKind.FURNITURE)
SENDER_OFFICE = "sender's office"
_PUBLISHED = ("article",)
"""Kinds whose titles say what they are about, never who wrote to whom."""
_E_MAIL = "e-mail"
"""A kind of document whose datelines, the headers, name no place."""
"""What a signature says its signer is, under this name in ``Metadata.other``."""
PARTICIPANTS = "participants"
"""Those whose talk a document tells of, under this name in ``Metadata.other``."""
_LONGEST_HEAD = 400
_HEAD_PARTS = 3
"""How many paragraphs, where it is kept and its witness before the others, may be of the head."""
_FAR = 20
"""Paragraphs before a greeting that is that of a letter, or of verses, within the document."""
_GROUPS = ("collection", "fonds", "subfonds", "recordgrp", "subgrp", "class", "series", "subseries")
"""Levels of finding aids that hold documents of many kinds, whatever they are called."""
_ABOUT_LETTERS = compile_on_use(
    r"(?<!\w)(?:letters|briefe|lettres|lettere|cartas|письма)(?!\w)", re.IGNORECASE
)
"""What the title of a work about letters, or of many, names, and no letter's."""
_OF_A_LETTER = (BlockKind.SALUTATION, BlockKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class LetterNormalizer:
    """Structures letters, decrees, minutes, telegrams, and leaves plain prose as paragraphs.

    ``grammars`` are those of plugins, read beside the built-in ones.
    """

    grammars: tuple[FindsReferences, ...] = ()

    def with_grammars(self, grammars: Sequence[FindsReferences]) -> Self:
        """The same, reading the references of *grammars* as well."""
        return replace(self, grammars=tuple(grammars))

    def normalize(self, document: Document) -> Document:
        """Return *document* with blocks over all of its text, metadata, references, witness."""
        text = document.text
        parts = _part_head(text, parts_of(document), self.grammars)
        parts = mark_notes(text, mark_sources(text, parts, self.grammars))
        sections = split_at_enclosures(text, parts)
        headed = any(block.kind is BlockKind.HEADING for block in document.blocks)
        dated = bool(document.metadata.dates)
        marked = [mark_section(text, each, headed=headed, dated=dated) for each in sections]
        blocks = [part.to_block() for section in marked for part in section]
        blocks = attribute_notes(text, anchor_notes(text, blocks))
        own = blocks[: sum(len(section) for section in sections[:1])]
        return replace(
            document,
            blocks=tuple(blocks),
            metadata=replace(
                _metadata(document, own), enclosures=_enclosures(document, marked[1:])
            ),
            references=_references(document, blocks, self.grammars),
            witness=document.witness or _witness(text, own),
        )


def make(_: Mapping[str, Any]) -> LetterNormalizer:
    """The factory; there are no settings."""
    return LetterNormalizer()


def _part_head(text: str, parts: Sequence[Part], grammars: Sequence[FindsReferences]) -> list[Part]:
    """*parts*, the first ones cut into where it is kept, the title, the dateline."""
    first = [_cut_head(text, part, grammars) for part in parts[:_HEAD_PARTS]]
    return [*chain.from_iterable(first), *parts[_HEAD_PARTS:]]


def _cut_head(text: str, part: Part, grammars: Sequence[FindsReferences]) -> list[Part]:
    if part.kind is not None or len(part.span) > _LONGEST_HEAD or "\n" not in part.span.of(text):
        return [part]
    head = lines(text, part.span)
    kept = mark_sources(text, [Part(head[0])], grammars)[0].kind is BlockKind.REFERENCE
    found = head[:1] if kept else []
    rest = head[len(found) :]
    dated = rest[-1:] if rest and dates_in_dateline(rest[-1].of(text)) else []
    title = rest[: len(rest) - len(dated)]
    whole = [Span(each[0].start, each[-1].end) for each in (title, dated) if each]
    if title and _says_what_it_is(whole[0], text):
        found += whole
    elif dated:
        found.append(Span(rest[0].start, rest[-1].end))
    else:
        return [part]
    return [Part(span) for span in found]


def _says_what_it_is(title: Span, text: str) -> bool:
    """Whether lines over a dateline name a kind of document, or who writes to whom."""
    words = title.of(text)
    if not is_title(words):
        return False
    who = heading_correspondents(Mention(words), letter=True)
    return bool(who.sender and who.recipient) or kind_of(words) is not None


def _metadata(document: Document, blocks: Sequence[Block]) -> Metadata:
    """What the blocks of the document itself, not of its enclosures, say of the whole."""
    text, known = document.text, document.metadata
    blocks = _drop_quoted(document, blocks)
    blocks = _drop_far_greetings(blocks)
    title = known.title
    if title is None or (not document.member and is_program_title(title.text)):
        title = _title(text, blocks)
    letter = (
        known.kind in SENT
        or any(block.kind in _OF_A_LETTER for block in blocks)
        or _begins_with_author(title, known)
    )
    own = _own_title(title) if known.kind not in _PUBLISHED else None
    who = heading_correspondents(own, letter=letter) if own else Correspondents()
    inside = letter_correspondents(text, blocks)
    memo = None if known.sender or known.recipient else read_memorandum(text)
    if memo:
        known = replace(known, sender=memo.sender, recipient=memo.recipient)
        dated = (memo.date,) if memo.date and not known.dates else known.dates
        known = replace(known, dates=dated)
        if memo.subject and (title is None or (title.span and is_memorandum_field(title.text))):
            title = memo.subject
    sender = known.sender or _with_name(who.sender, inside.sender) or inside.sender
    if sender is None and known.kind in SENT and (author := dict(known.other).get("author")):
        sender = Mention(author)
    recipient = known.recipient or who.recipient or inside.recipient
    language = known.language or language_of(text)
    signed = sender == inside.sender and inside.office and " ".join(inside.office.text.split())
    other = (*known.other, (SENDER_OFFICE, signed)) if signed else known.other
    if who.participants and not sender:
        other = (*other, (PARTICIPANTS, " ".join(who.participants.text.split())))
    return replace(
        known,
        title=title,
        sender=add_own_name(sender, inside.sender),
        recipient=add_own_name(recipient, inside.recipient),
        place=known.place
        or (stated_place(text, blocks) if known.kind != _E_MAIL and not memo else None),
        dates=with_calendars(stated_dates(text, blocks, title, known.dates), language),
        kind=known.kind
        or (memo.kind if memo else None)
        or _kind(
            text,
            own,
            blocks,
            bool(letter and (sender or recipient)) or bool(sender and recipient),
            group=dict(known.other).get("level") in _GROUPS,
        ),
        language=language,
        other=other,
    )


def _drop_quoted(document: Document, blocks: Sequence[Block]) -> Sequence[Block]:
    """*blocks* without those that the source's markup says are quoted, where others have words."""
    if not document.quoted:
        return blocks
    own = [each for each in blocks if not any(q.contains(each.span) for q in document.quoted)]
    return own if any(each.kind is BlockKind.PARAGRAPH for each in own) else blocks


def _drop_far_greetings(blocks: Sequence[Block]) -> Sequence[Block]:
    """*blocks* without the salutations that stand too far from the beginning to be its own."""
    body = [n for n, b in enumerate(blocks) if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    if len(body) <= _FAR:
        return blocks
    far = body[_FAR]
    return [b for n, b in enumerate(blocks) if n < far or b.kind is not BlockKind.SALUTATION]


def _begins_with_author(title: Mention | None, known: Metadata) -> bool:
    """Whether *title* begins with the name of the author, as that of a letter: ``X to Y``."""
    author = dict(known.other).get("author")
    return bool(title and author and title.text.startswith(natural_order(author)))


def _own_title(title: Mention | None) -> Mention | None:
    """*title* without the titles of what the document lies in, which say nothing of it."""
    if title is None or title.span or PATH not in title.text:
        return title
    return Mention(title.text.rpartition(PATH)[2])


def _with_name(office: Mention | None, signed: Mention | None) -> Mention | None:
    """*office*, by which a heading calls the sender, with the name of the one who *signed*."""
    if office is None or signed is None or office.name or not is_office(office.text):
        return office
    return replace(office, name=" ".join(signed.text.split()))


def _enclosures(document: Document, sections: Sequence[Sequence[Part]]) -> tuple[Mention, ...]:
    """The title of each enclosure, or the line that opens it where it has none of its own."""
    found = list(document.metadata.enclosures)
    for opening, *parts in sections:
        head = takewhile(lambda part: part.kind in _HEAD, parts)
        titles = (
            part.span
            for part in head
            if part.kind is BlockKind.HEADING and not is_marking(part.span.of(document.text))
        )
        span = next(titles, opening.span)
        found.append(Mention(span.of(document.text), span))
    return tuple(found)


def _title(text: str, blocks: Sequence[Block]) -> Mention | None:
    """The first heading of words; numbers and marks of secrecy are passed over."""
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SALUTATION):
            return None
        words = block.span.of(text)
        letters = sum(char.isalpha() for char in words)
        if block.kind is BlockKind.HEADING and letters > 3 and not is_program_title(words):
            return Mention(words, block.span)
    return None


def _kind(
    text: str, title: Mention | None, blocks: Sequence[Block], letter: bool, *, group: bool
) -> str | None:
    """The kind that title or dateline name; a *group*, as a series "Letters", is of none."""
    if group:
        return None
    heads = [title.text] if title else []
    heads += [b.span.of(text) for b in blocks[:6] if b.kind is BlockKind.DATELINE]
    named = next((kind for head in heads if (kind := kind_of(head))), None)
    if named == "letter" and not letter and title and _ABOUT_LETTERS.search(title.text):
        return None
    return named or ("letter" if letter else None)


def _references(
    document: Document, blocks: Sequence[Block], grammars: Sequence[FindsReferences]
) -> tuple[ArchivalReference, ...]:
    """Those already known, and those of the text, in the order of the text."""
    text = document.text
    known = [reference.span for reference in document.references if reference.span]
    told = [reference.printed for reference in document.references if not reference.span]
    found = [
        reference
        for block in blocks
        if block.kind not in (BlockKind.FURNITURE, BlockKind.EDITION)
        for reference in find_references(text, block.span.start, block.span.end, grammars)
        if not (reference.span and any(span.contains(reference.span) for span in known))
        and not any(each.endswith(f", {reference.printed}") for each in told)
    ]
    placed = {r.span for r in (*document.references, *found) if r.span}
    for block in blocks:
        if block.kind is not BlockKind.REFERENCE or not (
            unread := find_unread_source(text, block.span)
        ):
            continue
        within = [each for each in placed if block.span.contains(each)]
        if not within:
            found.append(replace(as_printed(""), printed=unread.of(text), span=unread))
        elif len(within) == 1 and unread.start <= within[0].start:
            line = Span(unread.start, max(unread.end, within[0].end))
            found = [_whole(text, r, line) if r.span == within[0] else r for r in found]
    return tuple(
        sorted((*document.references, *found), key=lambda r: r.span.start if r.span else -1)
    )


def _whole(text: str, read: ArchivalReference, line: Span) -> ArchivalReference:
    """*read* with all of the *line* that it stands in, where a grammar reads only a part of it."""
    assert read.span is not None
    if read.scheme != "fond":
        return replace(read, printed=line.of(text), span=line)
    if read.archive or read.span.start == line.start:
        return read
    house = text[line.start : read.span.start].strip(" ,.:;\n")  # one that no authority knows
    whole = Span(line.start, read.span.end)
    return replace(read, printed=whole.of(text), span=whole, archive=" ".join(house.split()))


def _witness(text: str, blocks: Sequence[Block]) -> Witness | None:
    for block in blocks:
        if block.kind is BlockKind.WITNESS:
            found = witnesses_in(text, block.span)
            if found:
                return found[0]
    return stated_witness(text, blocks)
