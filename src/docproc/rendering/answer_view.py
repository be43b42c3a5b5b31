"""An answer as lines: passages with their references, or an honest "not found"."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.dataclass_on_use import dataclass
from docproc.records import Answer, Citation, Copy, Searched, Verdict
from docproc.rendering.lines import (
    Line,
    Piece,
    append_piece,
    running_width,
    set_at_both_margins,
    wrap,
)
from docproc.rendering.quotation import ELISION, quotation
from docproc.rendering.wording import (
    count_phrase,
    describe_check,
    headline,
    name_place,
    not_read_phrase,
    phrase_renamed,
    witness_phrase,
)

NEAREST = "The nearest passages; none is an answer:"

_CLOSE = 0.5
"""The share of the floor from which the nearest passage is shown with a refusal, and not only
named: over five editions, 34 of 38 questions refused though something answers came so near (17 of
them with what answers), and none of 8 about other matters."""
_SMALL_GAP = 0.01
_MARGIN = [Piece("    ")]


@dataclass(frozen=True, slots=True)
class NextCommands:
    """How the reader gets at more, in words of the command; an empty ``whole`` is not said."""

    whole: str = "--full shows the whole passages"
    nearest: str = "--nearest"
    typed: str = "--as-typed asks it as it was typed"
    """How a question that was completed is asked as it was typed."""


def answer_view(
    answer: Answer,
    width: int,
    *,
    full: bool = False,
    nearest: bool = False,
    ways: NextCommands | None = None,
    scope_said: bool = False,
) -> list[Line]:
    """*answer* as lines of at most *width* cells.

    Long quotations are shown in part unless *full*; with *nearest* a refusal shows the
    passages that came nearest.  An answer tells its scope unless that was *scope_said*.
    """
    ways = ways or NextCommands()
    width = running_width(width)
    lines = [] if scope_said else understood_lines(answer.understood, width, ways)
    for remark in answer.remarks:
        lines += wrap([Piece(remark)], width)
    lines += [()] if lines else []
    return lines + _verdict_view(answer, width, ways, full=full, nearest=nearest, said=scope_said)


def understood_lines(understood: Sequence[str], width: int, ways: NextCommands) -> list[Line]:
    """What was read from a question, in a dim line, and how it is asked as it was typed."""
    if not understood:
        return []
    undo = f" ({ways.typed})" if ways.typed else ""
    return wrap([Piece(f"understood as: {'; '.join(understood)}{undo}", "dim")], width)


def _verdict_view(
    answer: Answer, width: int, ways: NextCommands, *, full: bool, nearest: bool, said: bool
) -> list[Line]:
    """The citations, or the refusal; the scope unless that was *said*."""
    if answer.verdict is Verdict.ANSWERED:
        lines = citations_view(answer.citations, width, full=full)
        if answer.searched.scope and not said:
            lines += [
                (),
                *wrap(
                    [Piece(f"Searched {searched_phrase(answer.searched)}.", "dim")], width, _MARGIN
                ),
            ]
        return lines + elision_hint(lines, ways, width)
    close = answer.searched.best >= _CLOSE * answer.searched.floor
    lines = _refusal(answer, width, ways, shown=nearest, close=close)
    if answer.nearest and (nearest or close):
        if nearest:
            lines += [(), *wrap([Piece(NEAREST, "dim")], width)]
        shown = answer.nearest if nearest else answer.nearest[:1]
        lines += [(), *citations_view(shown, width, full=full)]
        lines += elision_hint(lines, ways, width)
    return lines


def citations_view(
    citations: tuple[Citation, ...], width: int, *, full: bool = False
) -> list[Line]:
    """Each of *citations*, with an empty line between."""
    lines: list[Line] = []
    for citation in citations:
        if lines:
            lines.append(())
        lines += citation_view(citation, width, full=full)
    return lines


def citation_view(citation: Citation, width: int, *, full: bool = False) -> list[Line]:
    """One citation: its document and locator, the quotation, the reference, how it stands."""
    width = running_width(width)
    lines = set_at_both_margins(
        [Piece(headline(citation.metadata, citation.source), "title")],
        Piece(name_place(citation), "locator"),
        width,
        [Piece(f"{citation.rank:>2}", "rank"), Piece("  ")],
    )
    if citation.states:
        lines += wrap([Piece(citation.states, "dim")], width, _MARGIN)
    lines += wrap(quotation(citation.quote, citation.highlights, full=full), width, _MARGIN)
    if citation.anchored:
        said = [Piece("to: ", "dim"), *quotation(citation.anchored.quote, (), full=full)]
        lines += wrap(said, width, _MARGIN)
    reference = citation.reference
    if reference:
        printed = wrap([Piece(reference.printed, "reference")], width, _MARGIN)
        lines += append_piece(printed, Piece(phrase_renamed(reference), "dim"), width, _MARGIN)
    else:
        lines += wrap([Piece("no archival reference", "dim")], width, _MARGIN)
    if citation.also:
        lines += wrap([Piece(f"also in {'; '.join(map(_holding, citation.also))}", "dim")], width,
                      _MARGIN)  # fmt: skip
    if origin := citation.metadata.origin:
        fetched = f"fetched {origin.day} from {origin.address}"
        lines += wrap([Piece(fetched, "dim")], width, _MARGIN)
    mark, style = describe_check(citation)
    last = [Piece(f"{witness_phrase(citation.witness)} · ", "dim")] if citation.witness else []
    last.append(Piece(mark, style))
    one_line = wrap([*last, Piece(f" · {citation.source.path}", "dim")], width, _MARGIN)
    if len(one_line) == 1:
        return lines + one_line
    path = wrap([Piece(citation.source.path, "dim")], width, _MARGIN)
    return lines + wrap(last, width, _MARGIN) + path


def _holding(copy: Copy) -> str:
    """A copy by its reference, or by its name where it has none; and its file."""
    return f"{copy.reference.printed if copy.reference else copy.title} ({copy.source})"


def searched_phrase(searched: Searched) -> str:
    """``"1 document, 14 passages (scope: F. 558)"``."""
    documents = count_phrase(searched.documents, "document")
    phrase = f"{documents}, {count_phrase(searched.passages, 'passage')}"
    return f"{phrase} (scope: {searched.scope})" if searched.scope else phrase


def elision_hint(lines: list[Line], ways: NextCommands, width: int) -> list[Line]:
    """What the mark of elision means and how to see the whole, if *lines* hold the mark."""
    if not ways.whole or not any(piece.style == "elision" for line in lines for piece in line):
        return []
    return [(), *wrap([Piece(f"{ELISION} is left out here; {ways.whole}.", "dim")], width, _MARGIN)]


def _refusal(
    answer: Answer, width: int, ways: NextCommands, *, shown: bool, close: bool
) -> list[Line]:
    """That there is no answer, what was searched, and how near the nearest passage came."""
    searched = answer.searched
    where = "within this scope " if searched.scope else ""
    lines = wrap([Piece(f"Not found: no passage {where}answers the question.", "title")], width)
    lines += wrap([Piece(f"Searched: {searched_phrase(searched)}.")], width)
    if missing := not_read_phrase(searched.not_read):
        lines += wrap(
            [Piece(f"{missing[0].upper()}{missing[1:]} (`docproc status --failed`).")], width
        )
    if not answer.nearest:
        return lines
    best = answer.nearest[0]
    gap = searched.floor - searched.best
    digits = 2 if gap >= _SMALL_GAP else 4
    scored = (
        f"scored {searched.best:.{digits}f}, {gap:.{digits}f} below the floor of "
        f"{searched.floor:.{digits}f}"
    )
    if close and not shown:
        what = f"The nearest passage {scored}; it" if gap > 0 else "The nearest passage"
        return lines + wrap([Piece(f"{what} is no answer ({ways.nearest} shows others):")], width)
    text = f"Nearest: {headline(best.metadata, best.source)}, {best.locator}"
    text += f". It {scored}" if gap > 0 else ""
    return lines + wrap(
        [Piece(f"{text}." if shown else f"{text}; {ways.nearest} shows it.")], width
    )
