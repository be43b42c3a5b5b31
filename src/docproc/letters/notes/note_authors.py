"""Whose a note is: the author's own, the archive's, or an editor's, where the note says so.

Told by what opens or closes a note (``Note in the original.``, ``— Ed.``, ``(Прим. ред.)``)
or by the heading over it (``Author's notes``).  What is not said is not concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docproc.records import Block, BlockKind, NoteHand

_AUTHOR = r"""
    (?:author|writer)['’]?s?['’]?\s+(?:own\s+)?(?:foot)?notes?
  | (?:foot)?notes?\s+(?:by|of)\s+the\s+author
  | (?:foot)?note\s+(?:in|of)\s+(?:the\s+)?(?:original|document|source|text)
  | (?:original|author['’]s)\s+footnote
  | прим(?:\.|ечани[ея])\s*(?:авт(?:\.|ора)|(?:в\s+)?(?:документ[ае]|оригинал[ае]|подлинник[ае]))
  | сноск[аи]\s+(?:автора|документа|в\s+документе|в\s+оригинале)
  | anm(?:\.|erkung(?:en)?)\s*(?:d(?:\.|es)\s*)?(?:verf(?:\.|assers)|autors|originals|im\s+original)
  | notes?\s+de\s+l['’]auteur | n\.\s?d\.\s?a\. | not[ae]\s+dell['’]autore
"""
_ARCHIVE = r"""
    (?:archival|archivist['’]?s?|archive['’]?s?)\s+notes?
  | notes?\s+(?:by|of)\s+the\s+(?:archiv(?:e|es|ist)|record\s+office)
  | прим(?:\.|ечани[ея])\s*архив(?:а|иста) | архивн(?:ое|ая|ые)\s+(?:примечани[ея]|помет[аы])
  | помет[аы]\s+архива
  | (?:archivische|archivalische)\s+(?:notiz|anmerkung) | archivvermerk
  | note\s+d['’]archives? | nota\s+archivistica
"""
_EDITOR = r"""
    (?:eds?|editors?|the\s+editors?|transl|translator)\.?(?=\W*\Z)
  | (?:editor(?:ial)?|translator|compiler)['’]?s?['’]?\s+(?:foot)?notes?
  | (?:foot)?notes?\s+(?:by|of)\s+the\s+(?:editors?|compilers?|translator)
  | прим(?:\.|ечани[ея])\s*(?:ред(?:\.|акции|актор\w*)|сост(?:\.|авител\w*)|публ(?:\.|икатор\w*)
      |изд(?:\.|ателя)|перев(?:\.|одчика)|к\s+документу) | ред\.(?=\W*\Z)
  | anm(?:\.|erkung(?:en)?)\s*(?:d(?:\.|er|es)\s*)?(?:hg|hrsg|herausgebers?|red(?:\.|aktion))
  | notes?\s+de\s+(?:l['’]éditeur|la\s+rédaction) | n\.\s?d\.\s?[lr]\.\s?r\.? | n\.\s?d\.\s?[ec]\.
  | nota\s+del\s+(?:curatore|redattore)
"""
_HANDS = ((NoteHand.AUTHOR, _AUTHOR), (NoteHand.ARCHIVE, _ARCHIVE), (NoteHand.EDITOR, _EDITOR))
_HEADING = tuple(
    (hand, re.compile(rf"\W*(?:{words})\W*", re.VERBOSE | re.IGNORECASE)) for hand, words in _HANDS
)
_LABEL = r"\W*(?:\d{1,3}\W+)?"
_OPENS = tuple(
    (hand, re.compile(rf"{_LABEL}(?:{words})\s*(?:[.:—–\])]|\Z)", re.VERBOSE | re.IGNORECASE))
    for hand, words in _HANDS
)
_CLOSES = tuple(
    (hand, re.compile(rf"[—–\[(-](?:(?<!-)|\s)\s*(?:{words})\W*\Z", re.VERBOSE | re.IGNORECASE))
    for hand, words in _HANDS
)
_LONGEST = 80
"""Characters: what opens or closes a note is no longer."""


def attribute_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """*blocks*, each note with whose it is, where it or the line over the notes says so."""
    told: list[Block] = []
    headed: NoteHand | None = None
    for block in blocks:
        if block.kind is not BlockKind.NOTE:
            headed = _of(_HEADING, block.span.of(text)) if len(block.span) < _LONGEST else None
            told.append(block)
        else:
            own = note_author(block.span.of(text)) or headed
            told.append(replace(block, hand=own) if block.hand is None and own else block)
    return told


def note_author(note: str) -> NoteHand | None:
    """Whose *note* says it is; ``None`` where it does not say."""
    opening = next((hand for hand, form in _OPENS if form.match(note[:_LONGEST])), None)
    return opening or next((hand for hand, form in _CLOSES if form.search(note[-_LONGEST:])), None)


def is_notes_heading(line: str) -> bool:
    """Whether *line* announces the notes of one hand, as ``Author's notes`` does."""
    return _of(_HEADING, line) is not None


def _of(forms: Sequence[tuple[NoteHand, re.Pattern[str]]], line: str) -> NoteHand | None:
    return next((hand for hand, form in forms if form.fullmatch(line)), None)
