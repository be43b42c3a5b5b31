"""Markdown: the quotation word for word, and under it where it comes from.

What Markdown would take for its own marks is escaped, so that a reader of the page sees the
source's characters; white space apart, nothing else is changed.  CommonMark 0.31.2: 2.4
(backslash escapes), 5.1 (block quotes), 6.7 (hard breaks).
"""

from __future__ import annotations

from collections.abc import Sequence

from docproc.citing.accessed import address
from docproc.citing.host import book_of
from docproc.citing.wording import headline, phrase_renamed, witness_phrase
from docproc.citing.written import visible
from docproc.records import Citation
from docproc.text.patterns import compile_on_use

_MARKS = compile_on_use(r"[\\`*_\[\]<&|~]")
_AT_THE_HEAD = compile_on_use(r"^(?:(?=[#+=>-])|(\d{1,9})(?=[.)]))")
"""What begins a heading, a list, a rule, a quotation; elsewhere it is no mark."""
_LINES = compile_on_use(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Markdown:
    """A block quote for each citation, and a line that says whose words they are."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n\n".join(_cite(citation) for citation in citations)


def _cite(citation: Citation) -> str:
    name = headline(citation.metadata, citation.source)
    parts = [f"**{escape(name)}**, {escape(citation.locator)}"]
    reference = citation.reference
    if reference:
        parts.append(f"{escape(reference.printed)} {escape(phrase_renamed(reference))}".rstrip())
    if citation.witness:
        parts.append(escape(witness_phrase(citation.witness)))
    if book := book_of((citation,)):
        parts.append(escape(book.publication))
    elif citation.metadata.collection:
        parts.append(f"In: *{escape(citation.metadata.collection.title)}*")
    if origin := citation.metadata.origin:
        parts.append(f"<{address(origin)}>, accessed {origin.day}")
    parts.append(f"{escape(citation.source.path)} `{citation.identifier}`")
    lines = [*block_quote(citation.quote), ">"]
    lines += [f"> {part}\\" for part in parts[:-1]]
    return "\n".join([*lines, f"> {parts[-1]}"])


def escape(text: str) -> str:
    """*text* on one line, with nothing in it that Markdown would take for a mark."""
    line = _MARKS.sub(lambda mark: "\\" + mark[0], " ".join(visible(text).split()))
    return _AT_THE_HEAD.sub(lambda head: f"{head[1] or ''}\\", line)


def block_quote(text: str) -> list[str]:
    """*text* as the lines of a block quote; an empty line begins a paragraph, as it does there."""
    lines = [escape(line) for line in _LINES.split(text.strip())]
    quoted = []
    for number, line in enumerate(lines):
        following = lines[number + 1 : number + 2]
        end = "\\" if line and following and following[0] else ""
        quoted.append(f"> {line}{end}".rstrip())
    return quoted
