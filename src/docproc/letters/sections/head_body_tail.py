"""Head, body and tail: what the place of a paragraph allows it to be.

A section is a document or an enclosure.  Its head is headings, datelines and a salutation;
its tail is a signature, datelines and the source line; its body is the rest.  What is not
plainly anything else is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.letters.paragraphs.forms import (
    ADDRESS,
    LETTERHEAD,
    dates_in_dateline,
    ends_as_sentence,
    heading_level,
    is_heading,
    is_inner_heading,
    is_name_of_place,
    is_number,
    is_salutation,
    is_signature,
    is_strong_signature,
    is_telegraphic_end,
    is_title,
    is_undated,
)
from docproc.letters.paragraphs.minutes import is_section, item_label, read_opening
from docproc.letters.paragraphs.part import Part, count_words
from docproc.letters.sections.quoted_replies import count_own_parts, is_quoted
from docproc.letters.vocabulary.words import GREETING_START, POSTSCRIPT, is_marking, kind_of
from docproc.records import BlockKind
from docproc.text.language.stop_words import STOP_WORDS
from docproc.text.layout.labels import label_of
from docproc.text.words import word_set

_HEAD = (
    BlockKind.HEADING,
    BlockKind.DATELINE,
    BlockKind.FURNITURE,
    BlockKind.EDITION,
    BlockKind.REFERENCE,
    BlockKind.WITNESS,
)
_TAIL = (
    BlockKind.REFERENCE,
    BlockKind.WITNESS,
    BlockKind.NOTE,
    BlockKind.FURNITURE,
    BlockKind.EDITION,
    BlockKind.DATELINE,
    BlockKind.REGISTER,
)
_LAST_WORDS = word_set(
    "next then end finis fin fine ende amen yes no continued here nothing done finally again later "
    "weiter schluss slut koniec einde fim nichts ja nein suite rien oui non конец далее нет да"
)
_ENDS = word_set("end finis fin fine ende schluss amen конец slut koniec einde fim continued")
"""What stands below a whole text; it signs none, with or without a stop."""
_LONGEST_DATE = 40
_MONTH = len("1931-06")
_MOST_HEADINGS = 5
_MOST_SIGNATURES = 4
_WORDS_OF_A_LETTERHEAD = 6
_WORDS_OF_A_DATE = 5
_OF_BODIES = ("minutes", "decree", "resolution")


def mark_section(
    text: str, parts: list[Part], *, headed: bool = False, dated: bool = False
) -> list[Part]:
    """Claim every part of one section that can be claimed; the rest are paragraphs.

    *headed* says that the source marks its headings itself: what it calls a paragraph is none,
    however short, except between a title and the dateline or the salutation below it.  *dated*
    says that the source dates the document itself.
    """
    own = count_own_parts(text, parts)
    parts, repeated = parts[:own], [each.as_(BlockKind.PARAGRAPH) for each in parts[own:]]
    parts = [each.as_(BlockKind.PARAGRAPH) if is_quoted(text, each) else each for each in parts]
    marked = _head(text, parts, dated=dated)
    if headed:
        marked = _without_guesses(parts, marked)
    marked = _tail(text, marked)
    marked = [_list_item(text, part) for part in marked]
    own_ = [_inner(text, marked, number, headed=headed) for number in range(len(marked))]
    return own_ + repeated


def _without_guesses(parts: list[Part], marked: list[Part]) -> list[Part]:
    """*marked*, without the headings that no dateline and no salutation follows in the head."""
    opening = (BlockKind.DATELINE, BlockKind.SALUTATION)
    last = max((n for n, part in enumerate(marked) if part.kind in opening), default=-1)
    return [
        before if before.kind is None and part.kind is BlockKind.HEADING and number > last else part
        for number, (before, part) in enumerate(zip(parts, marked, strict=True))
    ]


def _head(text: str, parts: list[Part], *, dated: bool) -> list[Part]:
    """The headings, datelines, marks of secrecy and salutation that open a section."""
    marked = list(parts)
    headings = 0
    for number, part in enumerate(parts):
        if part.kind in _HEAD:
            headings += part.kind is BlockKind.HEADING
            continue
        if part.kind is not None:
            if not dated and _is_date_alone(text, parts, number):
                marked[number] = replace(part.as_(BlockKind.DATELINE), block=None)
            else:
                _mark_below_letterhead(text, marked, number, dated=dated)
            break
        words_ = part.span.of(text)
        alone = not any(other.kind is None for other in parts[number + 1 :])
        if is_marking(words_):
            marked[number] = part.as_(BlockKind.HEADING, level=3)
        elif is_number(words_) and not alone:
            marked[number] = part.as_(BlockKind.HEADING, level=2)
        elif _opens_items(text, parts, number):
            break
        elif _goes_on(text, marked, number):
            marked[number] = part.as_(BlockKind.HEADING, level=2)
        elif not (number or alone) and _is_title_of_body(words_):
            marked[number] = part.as_(BlockKind.HEADING, level=1)
            headings += 1
        elif dates_in_dateline(words_) or is_undated(words_) or _over_date(text, parts, number):
            marked[number] = part.as_(BlockKind.DATELINE)
        elif is_salutation(words_, opening=True):
            marked[number] = part.as_(BlockKind.SALUTATION)
            break
        elif not alone and headings < _MOST_HEADINGS and _heads(words_, first=not headings):
            level = heading_level(words_) if headings else 1
            marked[number] = part.as_(BlockKind.HEADING, level=level)
            headings += 1
        else:
            _mark_below_letterhead(text, marked, number, dated=dated)
            break
    return marked


def _mark_below_letterhead(text: str, marked: list[Part], start: int, *, dated: bool) -> None:
    """Mark the dateline between the lines of a letterhead and the salutation that is near."""
    near = list(range(start, min(start + LETTERHEAD, len(marked))))
    words_ = {number: marked[number].span.of(text) for number in near}
    opens = next((n for n in near if GREETING_START.match(words_[n])), None)
    if dated or opens is None or not is_salutation(words_[opens], opening=True):
        return
    for number in range(start, opens):
        part = marked[number]
        if part.kind not in (None, BlockKind.PARAGRAPH) or len(part.span) > ADDRESS:
            return
        if words_[number].endswith(":") or _is_sentence(words_[number]):
            return  # the letter stands within another text
        if dates_in_dateline(words_[number]):
            marked[number] = replace(part.as_(BlockKind.DATELINE), block=None)


def _is_sentence(text: str) -> bool:
    """Whether *text* is a sentence of several words, as no line of a letterhead is."""
    return ends_as_sentence(text) and len(text.split()) > _WORDS_OF_A_LETTERHEAD


def _is_date_alone(text: str, parts: list[Part], number: int) -> bool:
    """Whether what the source calls a paragraph is a date over a text, and not one of several."""
    return (
        number + 1 < len(parts)
        and _is_date(text, parts[number])
        and not any(_is_date(text, each) for each in parts[number + 1 :])
    )


def _is_date(text: str, part: Part) -> bool:
    """Whether *part* is a paragraph of the source that is nothing but a date."""
    if part.kind is not BlockKind.PARAGRAPH or len(part.span) > _LONGEST_DATE:
        return False
    words_ = part.span.of(text)
    dates = dates_in_dateline(words_)
    if len(dates) != 1 or len(dates[0].edtf) < _MONTH:
        return False
    around = words_[: dates[0].span.start] + words_[dates[0].span.end :]
    return not any(map(str.isalnum, around))


def _opens_items(text: str, parts: list[Part], number: int) -> bool:
    """Whether an item of a protocol begins, or its section's word stands over the first one."""
    words_ = parts[number].span.of(text)
    return item_label(words_) is not None or (
        number + 1 < len(parts)
        and is_section(words_)
        and read_opening(parts[number + 1].span.of(text)).label is not None
    )


def _goes_on(text: str, parts: list[Part], number: int) -> bool:
    """Whether a line goes on from a title of few words: ``PROTOCOL No. 12`` / ``of the board``."""
    if not number or parts[number - 1].kind is not BlockKind.HEADING:
        return False
    before, words_ = parts[number - 1].span.of(text), parts[number].span.of(text)
    return (
        words_[:1].islower()
        and len(before.split()) < 5
        and kind_of(before) is not None
        and is_heading(words_.capitalize())
    )


def _over_date(text: str, parts: list[Part], number: int) -> bool:
    """Whether a place stands on the line over a date."""
    if number + 1 >= len(parts) or parts[number + 1].kind is not None:
        return False
    span, below = parts[number].span, parts[number + 1].span
    return (
        text.count("\n", span.end, below.start) == 1
        and is_name_of_place(span.of(text))
        and bool(dates_in_dateline(below.of(text)))
    )


def _is_title_of_body(text: str) -> bool:
    """Whether *text* names what a body issued, with the day: ``Minutes of the Board, 5 May``."""
    return kind_of(text) in _OF_BODIES and len(text.split()) > _WORDS_OF_A_DATE and is_title(text)


def _heads(text: str, *, first: bool) -> bool:
    """Whether *text* can stand in the head: the title may be of any words, the others not."""
    return is_title(text) if first else is_inner_heading(text)


def _tail(text: str, parts: list[Part]) -> list[Part]:
    """The signature and what stands with it, from the end upwards."""
    marked = list(parts)
    opened = any(_opens(text, part) for part in parts)
    signed: list[int] = []
    number = len(parts) - 1
    while number >= 0 and (parts[number].kind in _TAIL or parts[number].kind is None):
        part = parts[number]
        words_ = part.span.of(text)
        if part.kind is None:
            if dates_in_dateline(words_) or is_undated(words_):
                marked[number] = part.as_(BlockKind.DATELINE)
            elif _may_sign(text, words_, opened=opened):
                marked[number] = part.as_(BlockKind.SIGNATURE)
                signed.append(number)
            elif signed or not is_telegraphic_end(words_):
                break
        number -= 1
    if signed and not _any_body(parts[: number + 1]):
        signed, first = signed[:-1], signed[-1]  # the one line of a short message
        marked[first] = parts[first]
        number = first
    if not _signs(text, parts, number, signed):
        for place in signed:
            marked[place] = parts[place]
    elif number >= 0:
        _before_postscript(text, marked, number)
    return marked


def _opens(text: str, part: Part) -> bool:
    """Whether *part* shows that somebody writes: a dateline, a greeting, a title of a kind."""
    if part.kind is BlockKind.HEADING:
        return kind_of(part.span.of(text)) is not None
    return part.kind in (BlockKind.DATELINE, BlockKind.SALUTATION)


def _may_sign(text: str, words_: str, *, opened: bool) -> bool:
    """Whether *words_*, at the end, are a signature; where nothing *opened*, no word alone is."""
    if not is_signature(words_) or _is_common_word(text, words_):
        return False
    named = len(re.findall(r"[^\W\d_]{2,}", words_)) > 1
    return opened or named or is_strong_signature(words_)


def _is_common_word(text: str, words_: str) -> bool:
    """Whether *words_* are one word with a stop that is no name: ``After.``; or ``The End``."""
    said = [each.lower() for each in re.findall(r"[^\W\d_]+", words_)]
    if said and said[-1] in _ENDS and all(map(_says_little, said)):
        return True
    word = words_.strip().rstrip(".!?")
    if " " in word or word == words_.strip() or not word[1:].islower():
        return False
    small = word.lower()
    return _says_little(small) or re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text) is not None


def _says_little(word: str) -> bool:
    return word in _LAST_WORDS or any(word in each for each in STOP_WORDS.values())


def _any_body(parts: list[Part]) -> bool:
    return any(part.kind in (None, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) for part in parts)


def _signs(text: str, parts: list[Part], number: int, signed: list[int]) -> bool:
    """Whether names at the end sign what is before them, at *number*, and do not continue it."""
    if len(signed) > _MOST_SIGNATURES or number < 0:
        return False
    before = parts[number]
    if before.kind in (BlockKind.SALUTATION, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
        return True
    return before.kind is None and (
        ends_as_sentence(before.span.of(text))
        or all(is_strong_signature(parts[place].span.of(text)) for place in signed)
    )


def _before_postscript(text: str, marked: list[Part], last: int) -> None:
    """Where paragraphs follow the signature (a postscript), the signature before them."""
    for number in range(last, max(last - 3, 0), -1):
        part = marked[number - 1]
        if part.kind is not None:
            return
        words_ = part.span.of(text)
        postscript = POSTSCRIPT.match(marked[number].span.of(text))
        if is_strong_signature(words_) or (postscript and is_signature(words_)):
            marked[number - 1] = part.as_(BlockKind.SIGNATURE)
            return


def _list_item(text: str, part: Part) -> Part:
    if part.kind is not None:
        return part
    words_ = part.span.of(text)
    if is_section(words_):
        return part.as_(BlockKind.HEADING, level=3)
    named = item_label(words_)
    if named:
        return part.as_(BlockKind.LIST_ITEM, named)
    label = label_of(words_[:40])
    return part.as_(BlockKind.LIST_ITEM, label.text) if label else part


def _inner(text: str, parts: list[Part], number: int, *, headed: bool) -> Part:
    """A heading or a greeting in the middle of the body."""
    part = parts[number]
    if part.kind is not None:
        return part
    words_ = part.span.of(text)
    if is_salutation(words_, opening=False):
        return part.as_(BlockKind.SALUTATION)
    following = parts[number + 1] if number + 1 < len(parts) else None
    if headed or following is None or following.kind not in (None, BlockKind.LIST_ITEM):
        return part
    if number and text[parts[number - 1].span.end - 1] == ",":
        return part
    next_words = following.span.of(text)
    if (
        is_inner_heading(words_)
        and count_words(next_words) > 2 * count_words(words_)
        and (number == 0 or not is_heading(parts[number - 1].span.of(text)))
    ):
        return part.as_(BlockKind.HEADING, level=heading_level(words_))
    return part
