"""Why a passage was cited, as lines: its score, its words, its sentence, what stood behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.records import Citation, Searched
from docproc.rendering.lines import Line, Piece, columns, running_width, wrap
from docproc.rendering.quotation import quotation
from docproc.rendering.wording import headline

_LABELS = 18
_SIGNALS = {
    "words document": "words, document",
    "coverage": "words covered",
    "held": "words, all alike",
    "cos passage": "sense, passage",
    "cos sentence": "sense, sentence",
    "cos document": "sense, document",
    "missing": "names missing",
    "absent": "names unknown",
    "untimely": "of another time",
    "unsaid": "not spoken of",
    "told": "told in other words",
    "reranked": "re-ranked",
}
_SAME = 0.995


def explanation_view(
    citation: Citation,
    searched: Searched,
    behind: Sequence[tuple[str, str]],
    width: int,
    understood: str = "",
) -> list[Line]:
    """*citation* explained in lines of *width* cells; *behind* is ``ReadingRoom.behind``."""
    width = running_width(width)
    name = f"{headline(citation.metadata, citation.source)}, {citation.locator}"
    lines = wrap([Piece(name, "title")], width)
    lines += wrap([Piece(understood, "dim")], width) if understood else []
    side = "below" if citation.score < searched.floor else "above"
    score = f"{citation.score:.3f}, {side} the floor of {searched.floor:.3f}"
    lines += [(), *columns("score", [Piece(score)], width, _LABELS)]
    lines += _signals(citation, width)
    lines += [(), *_words(citation, searched, width)]
    lines += _sentences(citation, width)
    lines += [()] if behind else []
    for label, value in behind:
        lines += columns(label, [Piece(value, "dim")], width, _LABELS)
    return lines


def _signals(citation: Citation, width: int) -> Iterator[Line]:
    """What each signal found and what that added to the score, as a bar of its length."""
    gave = dict(citation.gave)
    for signal, value in citation.why:
        pieces = [Piece(f"{value:.3f}")]
        if signal in gave:
            share = gave[signal]
            pieces.append(Piece(f"   gave {share:.3f}  ", "dim"))
            pieces.append(Piece("▪" * round(50 * share), "locator"))
        if signal == "untimely" and value and citation.metadata.date:
            pieces.append(Piece(f"it is dated {citation.metadata.date.printed}", "dim"))
        label = _SIGNALS.get(signal, signal.removeprefix("signal "))  # a plugin's has its name
        if len(label) >= _LABELS:
            label = f"{label[: _LABELS - 2]}…"
        yield from columns(label, pieces, width, _LABELS)


def _words(citation: Citation, searched: Searched, width: int) -> Iterator[Line]:
    """Which words of the question stand in the quotation, in which form; and which do not."""
    for word in dict.fromkeys([*searched.words, *(match.word for match in citation.matched)]):
        found: dict[str, float] = {}
        for match in citation.matched:
            if match.word == word:
                form = match.span.of(citation.quote)
                found[form] = max(match.likeness, found.get(form, 0.0))
        pieces: list[Piece] = []
        for form, likeness in found.items():
            pieces.append(Piece(", " if pieces else ""))
            pieces.append(Piece(f"“{form}”", "highlight"))
            if likeness < _SAME:
                pieces.append(Piece(f" (alike: {likeness:.2f})", "dim"))
        yield from columns(word, pieces or [_elsewhere(word, citation)], width, _LABELS)


def _elsewhere(word: str, citation: Citation) -> Piece:
    """Where a word stands that is not in the quotation: a heading counts for its passages."""
    metadata = citation.metadata
    mentions = (metadata.title, metadata.sender, metadata.recipient)
    heading = " ".join(mention.text for mention in mentions if mention).casefold()
    if word in heading:
        return Piece("not in this passage; in its document's heading", "dim")
    return Piece("not in this passage", "dim")


def _sentences(citation: Citation, width: int) -> Iterator[Line]:
    """The sentences picked, best first."""
    for number, span in enumerate(citation.highlights):
        quoted = quotation(span.of(citation.quote), (), full=True)
        yield from columns("sentence" if not number else "then", quoted, width, _LABELS)
