"""A written answer as lines: the model's words, plainly so, and under each its quotations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from docproc.records.written import WrittenAnswer, WrittenSentence
from docproc.rendering.lines import Line, Piece, running_width, wrap
from docproc.rendering.wording import count_phrase
from docproc.text.output import clip

_QUOTED = [Piece("    ")]


def written_view(written: WrittenAnswer, width: int) -> list[Line]:
    """*written* as lines of *width* cells: whose words, each sentence, and what was set apart."""
    width = running_width(width)
    said = (
        f"Written by {written.writer}: its words are not the sources'; the quotations are, and [1] "
        "is passage 1 below."
    )
    lines = wrap([Piece(said, "dim")], width) if written.sentences else []
    for sentence in written.sentences:
        lines += [(), *_sentence(sentence, width)]
    if not written.sentences:
        nothing = f"{written.writer} wrote nothing that a quotation stands behind."
        lines += wrap([Piece(nothing, "warning")], width)
    if written.apart:
        lines.append(())
    for each in written.apart:
        words = f" “{clip(each.words, 120)}”" if each.words else ""
        lines += wrap([Piece(f"set apart, since {each.why}:{words}", "dim")], width)
    return lines


def _sentence(sentence: WrittenSentence, width: int) -> list[Line]:
    lines = wrap([Piece(sentence.words)], width) if sentence.words else []
    for quotation in sentence.quotations:
        quote = f"“{' '.join(quotation.quote.split())}” [{quotation.rank}]"
        lines += wrap([Piece(quote)], width, _QUOTED)
    if sentence.lacking:
        flagged = f"not in {_its(len(sentence.quotations))}: {', '.join(sentence.lacking)}"
        lines += wrap([Piece(flagged, "warning")], width, _QUOTED)
    return lines


def _its(quotations: int) -> str:
    return "its quotation" if quotations == 1 else f"its {count_phrase(quotations, 'quotation')}"


def written_json(written: WrittenAnswer | None) -> dict[str, Any] | None:
    """*written* as plain values: ``start`` and ``end`` are places in the document's text."""
    if written is None:
        return None
    return {
        "writer": written.writer,
        "sentences": [
            {
                "words": sentence.words,
                "quotations": [
                    {
                        "quote": each.quote,
                        "start": each.span.start,
                        "end": each.span.end,
                        "citation": each.rank,
                    }
                    for each in sentence.quotations
                ],
                "lacking": list(sentence.lacking),
            }
            for sentence in written.sentences
        ],
        "apart": [asdict(each) for each in written.apart],
    }
