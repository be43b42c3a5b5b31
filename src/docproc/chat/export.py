"""A conversation as Markdown: every question, the passages word for word, their references.

Quotations are block quotes.  What Markdown would take for its own marks in them is escaped,
so that a reader of the page sees the source's characters; white space apart, nothing else
is changed.  CommonMark 0.31.2: 2.4 (backslash escapes), 5.1 (block quotes), 6.7 (hard breaks).
"""

from __future__ import annotations

from docproc.chat.history import SavedConversation
from docproc.chat.session import scope_phrase
from docproc.chat.turn import Turn
from docproc.citing.markdown import block_quote, escape
from docproc.records import Citation, Verdict
from docproc.rendering.answer_view import searched_phrase
from docproc.rendering.wording import (
    count_phrase,
    describe_check,
    headline,
    name_place,
    phrase_renamed,
    witness_phrase,
)


def as_markdown(conversation: SavedConversation) -> str:
    """*conversation* as one page."""
    began = conversation.began.replace("T", " ").replace("Z", " UTC")
    lines = [
        f"# A conversation of {escape(began)}",
        "",
        f"{count_phrase(len(conversation.turns), 'question')} put to generation "
        f"`{conversation.generation}` with docproc {escape(conversation.docproc)}.",
        "",
    ]
    for turn in conversation.turns:
        lines += _turn(turn)
    return "\n".join(lines).rstrip() + "\n"


def _turn(turn: Turn) -> list[str]:
    answer = turn.answer
    lines = [f"## {escape(turn.question)}", ""]
    scope = scope_phrase(turn.scope)
    lines += [f"*{escape(turn.understood)}*", ""] if turn.understood else []
    lines += [f"*scope: {escape(scope)}*", ""] if scope else []
    if answer.verdict is Verdict.NOT_FOUND:
        searched = escape(searched_phrase(answer.searched))
        lines += [f"Not found. Searched: {searched}.", ""]
    for citation in answer.citations:
        lines += _citation(citation)
    return lines


def _citation(citation: Citation) -> list[str]:
    name = headline(citation.metadata, citation.source)
    lines = [f"{citation.rank}\\. **{escape(name)}**, {escape(name_place(citation))}", ""]
    lines += [*block_quote(citation.quote), ""]
    if citation.anchored:
        lines += ["to:", "", *block_quote(citation.anchored.quote), ""]
    reference = citation.reference
    if reference:
        parts = [f"{escape(reference.printed)} {escape(phrase_renamed(reference))}".rstrip()]
    else:
        parts = ["no archival reference"]
    parts += [escape(witness_phrase(citation.witness))] if citation.witness else []
    mark, _ = describe_check(citation)
    source = citation.source
    at = f"characters {citation.span.start} to {citation.span.end}"
    parts += [escape(mark), f"{escape(source.path)}, {at}, SHA-256 `{source.sha256[:16]}…`"]
    return [*lines, "  \n".join(parts), ""]
