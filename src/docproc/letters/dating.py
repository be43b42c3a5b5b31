"""When and where: every date that the document states of itself, the ranking one first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docproc.letters.paragraphs.forms import ADDRESS, LETTERHEAD, is_undated
from docproc.letters.vocabulary.words import DATELINE_WORDS, is_marking
from docproc.records import Block, BlockKind, Mention, Span, StatedDate, strip_span
from docproc.references import FoundDate, find_dates, if_julian
from docproc.references.dates.finding_aid_dates import parse_statement
from docproc.references.dates.months import MONTHS
from docproc.text.patterns import compile_on_use

_DIGIT = compile_on_use(r"\d")
_SIGNS = " ,.(;:[])\n\t\xa0"
_DASHES = "-–—"
_OCCASION = compile_on_use(
    r"(?<!\w)(?:zum|zur|the|le|la|du|au|il|al|del)\s\d+(?:\.|th|st|nd|rd|e|er|º)\s", re.IGNORECASE
)
"""What a day is kept for, and no place: "Zum 75. Geburtstag Müllers am 15. Mai"."""
_STATE = compile_on_use(
    r"(?:Ala|Ariz|Ark|Cal(?:if)?|Colo|Conn|Del|Fla|Ga|Ida|Ill|Ind|Kans?|Ky|La|Mass|Md|Me|Mich|Minn"
    r"|Miss|Mo|Mont|Nebr?|Nev|N\.?\s?[HJMYCD]|Okla|Oreg?|Pa|Penna?|R\.?\s?I|S\.?\s?[CD]|Tenn|Texa?s?"
    r"|Vt|Va|W\.?\s?Va|Wash|Wisc?|Wyo?|D\.?\s?C|Ont|Que|B\.\s?C|N\.\s?[SB]|Man|Sask|Alta"
    r"|Alabama|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Idaho"
    r"|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan"
    r"|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico)"
    r"|(?:North|South)\s(?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland"
    r"|Tennessee|Utah|Vermont|(?:West\s)?Virginia|Wisconsin|Wyoming|Ontario|Quebec)\.?"
)
"""What stands behind the name of a town in North America, and belongs to it."""
_RANK = {"metadata": 0, "heading": 1, "dateline": 2, "signature": 3}


def stated_dates(
    text: str, blocks: Sequence[Block], title: Mention | None, known: Sequence[StatedDate]
) -> tuple[StatedDate, ...]:
    """The dates of headings, datelines and signature, after those already *known*.

    The editor's date ranks before the writer's, for it is meant to be read; but a date that
    agrees with it and says more ranks first.  A year in two figures is read with the help
    of the dates that have it in four.
    """
    dates = list(known)
    near = next((int(d.edtf[:4]) for d in dates if d.edtf[:4].isdigit()), None)
    places = _places(blocks, title)
    if near is None:
        full = (d for block, _ in places for d in _dates(text, block, None))
        near = next((int(d.edtf[:4]) for d in full if d.edtf[:4].isdigit()), None)
    for block, place in places:
        for date in _dates(text, block, near):
            if not any(_same(date, other) for other in dates):
                dates.append(StatedDate(date.printed, date.edtf, place, date.span, date.julian))
    if not dates and title and title.span is None:  # a title from beside the text
        dates = _date_title(title.text, near)
    dates[len(known) :] = sorted(dates[len(known) :], key=lambda date: _RANK.get(date.place, 0))
    if dates:
        finer = [d for d in dates if d.edtf.startswith(dates[0].edtf + "-")]
        if finer:
            dates.remove(finer[0])
            dates.insert(0, finer[0])
    return tuple(dates)


def _date_title(title: str, near: int | None) -> list[StatedDate]:
    """The date of a *title*: all that it says, as of a folder called by its dates, or the last.

    That is the last of those that say most: "4 April 1888. Diary 1879–1931" is of a day.

    The titles of what a component lies in date that, and not the component.
    """
    own = title.rpartition(" › ")[2]
    if edtf := parse_statement(own):
        return [StatedDate(own, edtf, "heading")]
    dates = find_dates(own, near=near)
    exact = max((len(found.edtf.partition("/")[0]) for found in dates), default=0)
    return [
        StatedDate(found.printed, found.edtf, "heading", None, found.julian)
        for found in dates
        if len(found.edtf.partition("/")[0]) == exact
    ][-1:]


def _same(found: FoundDate, known: StatedDate) -> bool:
    """Whether *found* is *known* already: at its place, or as the markup of that place has it."""
    if known.span is not None:
        return known.span.overlaps(found.span)
    return (
        known.place != "metadata"
        and known.edtf.rstrip("?~%") == found.edtf.rstrip("?~%")
        and found.printed in known.printed
    )


def with_calendars(dates: Sequence[StatedDate], language: str | None) -> tuple[StatedDate, ...]:
    """*dates*, a Russian document's with the day that each is if it is in Old Style.

    Russia counted by the Julian calendar until 31 January 1918.  Where one date of a document
    is given in both calendars, the others are taken as printed.
    """
    if language != "ru" or any(date.julian for date in dates):
        return tuple(dates)
    return tuple(replace(date, if_old_style=if_julian(date.edtf)) for date in dates)


def stated_place(text: str, blocks: Sequence[Block]) -> Mention | None:
    """The place of writing: the name beside the date in a dateline.

    Behind the letter, a name on the line below the date is that of who signed it.
    """
    behind = False
    for block in blocks:
        behind |= block.kind is BlockKind.PARAGRAPH
        if block.kind is not BlockKind.DATELINE:
            continue
        words = block.span.of(text)
        dates = find_dates(words, near=1930)
        if dates:
            end = dates[-1].span.end
            below = "\n" in words[end:].rstrip()
            name = _name_before(words, dates[0].span.start)
            if name is None and not (behind and below):
                name = _name_after(words, end)
        elif day := _DIGIT.search(words):  # a day without its year: what is before it
            name = _name_before(words, _before_month(words, day.start()))
        else:
            name = None if is_undated(words) else _name_without_day(words)
        if name:
            return Mention(name.of(words), name.shift(block.span.start))
    return None


def _name_without_day(words: str) -> Span | None:
    """*words* without the day of the week and the time of day behind a place: ``Lund, Sunday``."""
    found = list(re.finditer(r"\S+", words))
    whole = len(found)
    while found and _small(found[-1][0]):
        found.pop()
    if not found:
        return None
    end = found[-1].end() if len(found) < whole else len(words)
    return Span(0, len(words[:end].rstrip(_SIGNS)) if len(found) < whole else end)


def _before_month(words: str, end: int) -> int:
    """Where the name of a month begins that ends at *end*, in full or cut short; or *end*."""
    last = next(iter(words[:end].rstrip(_SIGNS + _DASHES).split()[-1:]), "")
    bare = last.casefold()
    cut = len(bare) > 2 and any(month.startswith(bare) for month in MONTHS)
    return words.rindex(last, 0, end) if cut or bare in MONTHS else end


def _name_before(words: str, end: int) -> Span | None:
    """The name that ends at *end*: ``BATAVIA`` in ``Letter (air mail) BATAVIA, 9 September``."""
    found = list(re.finditer(r"\S+", words[:end]))
    while found and (_small(found[-1][0]) or not found[-1][0].strip(_SIGNS)):
        found.pop()
    if not found or _OCCASION.search(words, 0, end):
        return None
    start = stop = found[-1].start() + len(found[-1][0].rstrip(_SIGNS))
    for word in reversed(found):
        bare = word[0].strip(_SIGNS)
        closes = word[0].endswith((",", ")", ";")) and word.end() < stop
        closes = closes and not _STATE.fullmatch(words, start, stop)  # "Branson, Mo."
        closes |= start < stop and "\n" in words[word.end() : start]  # a letterhead
        # "Frankfurt am Main", "St. Louis"
        inside = (bare.islower() or bare in _SAINTS) and start < stop
        if closes or any(char.isdigit() for char in bare) or (_small(bare) and not inside):
            break
        start = word.start()
    while start < stop and not words[start].isupper():
        start += 1
    named = words[start:stop].casefold().split()
    if any(word.strip(_SIGNS) in MONTHS and word != "mai" for word in named):
        return None  # "the last of January or the beginning of February 1718"
    return Span(start, stop) if stop - start > 1 else None


_SAINTS = ("St", "Ste", "Sta", "Sto", "S")


def _name_after(words: str, start: int) -> Span | None:
    """The name that follows the date: ``16 мая 1920 г. Москва``."""
    name = strip_span(words, start, len(words))
    rest = name.of(words).lstrip(_SIGNS)
    printed = rest.rstrip(_SIGNS)
    if len(printed) < 2 or not printed[0].isupper() or is_marking(printed):
        return None
    if any(char.isdigit() for char in printed) or any(_small(word) for word in printed.split()):
        return None
    at = name.end - len(rest)
    return Span(at, at + len(printed))


def _small(word: str) -> bool:
    bare = word.strip(_SIGNS + _DASHES)
    return DATELINE_WORDS.fullmatch(bare) is not None or (bool(bare) and is_marking(bare))


def _dates(text: str, block: Block, near: int | None) -> tuple[FoundDate, ...]:
    return find_dates(text, block.span.start, block.span.end, near=near)


def _places(blocks: Sequence[Block], title: Mention | None) -> list[tuple[Block, str]]:
    """The blocks that date the document, each with the name of its place.

    A bare date under the title is the editor's, like one in the title itself; behind the
    last paragraph it is signed.  Other headings speak of other things.
    """
    body = [
        number
        for number, block in enumerate(blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SALUTATION)
    ]
    first = body[0] if body else len(blocks)
    opens = next((n for n in body if blocks[n].kind is BlockKind.SALUTATION), 0)
    if opens < LETTERHEAD and all(len(block.span) <= ADDRESS for block in blocks[:opens]):
        first = max(first, opens)  # a letterhead, and whom the letter is for, stand above it
    last = body[-1] if body else -1
    headed: list[tuple[Block, str]] = []
    found: list[tuple[Block, str]] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.NOTE:
            break
        if title and title.span and block.span.contains(title.span):
            headed.append((block, "heading"))
        elif number < first and block.kind is BlockKind.DATELINE:
            found.append((block, "heading" if headed else "dateline"))
        elif number > last and block.kind in (BlockKind.DATELINE, BlockKind.SIGNATURE):
            found.append((block, "signature"))
    return found + headed
