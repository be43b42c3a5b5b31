"""Headings, datelines and signatures, which help to find a letter and do not tell its story.

They answer who, where and when.  Any other question is answered by the text, where there is one
that answers it; they stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from docproc.letters.paragraphs.minutes import is_heard_section, read_opening
from docproc.questions import ParsedQuestion
from docproc.questions.writing import DECIDED
from docproc.records import Citation, Passage
from docproc.retrieval.doubts.missing_words import decides
from docproc.retrieval.evidence.score import hold_below
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.query.answer_kind import wanted_kind
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use

_FURNITURE: Final = ("heading", "dateline", "signature")
_STATED: Final = ("name", "date")
"""Kinds of answers that furniture states."""
_WHERE: Final = compile_on_use(r"\W*(?:where|wo|wohin|où|где|куда|d[óo]nde|dove)\b", re.IGNORECASE)
_WORDS: Final = compile_on_use(r"[^\W\d_]{2,}")
_SUPERSCRIBED: Final = compile_on_use(
    r"\W*(?:To|An|À|Al|К)\s+(?:[^\W\d_a-zа-яё][\w'’-]*[.,]?\s*){1,6}"
)
"""``To Walt Whitman.``: whom a letter is for, on a line of its own."""
KEPT: Final = compile_on_use(
    r"\n[^\n]*(?:archiv|papers|nachla[sß]|librar|biblio|fonds|collection|museum|архив|фонд)"
    r"[^\n]*\d[^\n]*|\n[^\n]{0,100}?(?-i:[A-ZА-Я]{1,5})\s?\d+(?:/\d+)+[^\n]{0,20}",
    re.IGNORECASE,
)
"""A last line that names an archive, or is a shelfmark."""
_MARKS: Final = ("?", "？")


def text_first(held: OpenGeneration, found: Search, parsed: ParsedQuestion) -> Search:
    """*found*, what answers led by the passages of text, if *parsed* asks what a text tells.

    Why a thing was done is told by no heading of a letter at all, and no question by its signature
    alone.  What was decided goes before what was heard.
    """
    found = _decision_first(held, found, parsed)
    asked = wanted_kind(parsed.text)
    asks = asked is not None or parsed.text.rstrip().endswith(_MARKS)
    where = _WHERE.match(parsed.text) is not None
    if not asks or (asked in _STATED and not where) or parsed.field or parsed.phrases:
        return found
    above = int((found.scores >= found.floor).sum())
    if not above:
        return found
    mute = _is_signed if where else is_furniture  # a dateline says where
    (first,) = held.catalog.passages(found.rows[:1].tolist())
    if not (mute(first) or is_address(first)):  # as mostly: the others need not be read
        return found
    passages = held.catalog.passages(found.rows[:above].tolist())
    letters = _of_letters(held, passages)
    bare = np.array([mute(p) or (letters and is_address(p)) for p in passages], np.bool_)
    signed = asked is not None and all(map(_is_signed, passages))
    why = bool(bare[0]) and letters and (asked == "reason" or signed)
    if why and bare.all():
        return replace(found, scores=hold_below(found.scores, found.floor))
    least = found.floor if why or parsed.parties else WEIGHTS.before_furniture * found.scores[0]
    if not bare[0]:
        return found
    if not (~bare & (found.scores[:above] >= least)).any():
        return found if asked else _text_of(held, found, first)
    order = np.arange(len(found.rows), dtype=np.int64)
    order[:above] = np.argsort(bare, kind="stable")
    return _reorder(found, order)


def _text_of(held: OpenGeneration, found: Search, first: Passage) -> Search:
    """*found*, led by the best text of the document whose furniture is *first*.

    A dateline that holds all words of a question, "what was written from Lund", says which letter
    is meant, and nothing of what is in it.
    """
    behind = held.catalog.passages(found.rows[1:].tolist())
    for at, passage in enumerate(behind, 1):
        if passage.document_id == first.document_id and not (
            is_furniture(passage) or is_address(passage)
        ):
            order = np.array([at, *range(at), *range(at + 1, len(found.rows))], np.int64)
            led = _reorder(found, order)
            scores = led.scores.copy()
            scores[0] = max(found.scores[0], WEIGHTS.just_above * found.floor)
            return replace(led, scores=scores)
    return found


def _decision_first(held: OpenGeneration, found: Search, parsed: ParsedQuestion) -> Search:
    """*found*, led by what was decided where *parsed* asks for that and what was heard leads."""
    above = int((found.scores >= found.floor).sum())
    if above < 2 or not DECIDED.search(parsed.text):
        return found
    rows = found.rows[:above].tolist()
    after = rows[0] + 1  # what was decided on it; what stands above was decided on another
    if after not in rows:
        return found
    heard, decided = held.catalog.passages([rows[0], after])
    one_document = heard.document_id == decided.document_id
    heard_so = is_heard_section(read_opening(heard.text).section or "")
    if not (one_document and heard_so and decides(decided.text)):
        return found
    at = rows.index(after)
    order = np.arange(len(found.rows), dtype=np.int64)
    order[: at + 1] = [at, *range(at)]
    return _reorder(found, order)


def _reorder(found: Search, order: Rows) -> Search:
    return replace(
        found,
        rows=found.rows[order],
        scores=found.scores[order],
        signals=found.signals.take(order),
    )


def _of_letters(held: OpenGeneration, passages: Sequence[Passage]) -> bool:
    """Whether each of *passages* is of a document that somebody sent."""
    rows = held.catalog.document_rows({passage.document_id for passage in passages})
    return all(row.sender for row in rows.values())


def _is_signed(passage: Passage) -> bool:
    """Whether *passage* is a signature, with what stands below it, or an address."""
    return passage.locator.endswith("signature") or is_address(passage)


def is_address(passage: Passage) -> bool:
    """Whether *passage* is lines of names alone: an envelope, a name above a shelfmark."""
    if is_furniture(passage):
        return False
    if _SUPERSCRIBED.fullmatch(passage.text):
        return True
    text = passage.text.rstrip()
    kept = KEPT.fullmatch(text, max(text.rfind("\n"), 0))
    words = _WORDS.findall(text[: kept.start()] if kept else text)
    if kept and len(words) < WEIGHTS.shelfmark_words and "\n" not in text[: kept.start()].strip():
        return True  # who signs, above where it is kept
    if "\n" not in text.strip() or not 0 < len(words) <= WEIGHTS.address_words:
        return False
    small = sum(word[0].islower() for word in words)
    return bool(small <= WEIGHTS.address_small * len(words))


def is_furniture(passage: Passage | Citation) -> bool:
    """Whether *passage* is a heading, a dateline or a signature alone."""
    return passage.locator.rpartition(", ")[2].split(" ")[0] in _FURNITURE
