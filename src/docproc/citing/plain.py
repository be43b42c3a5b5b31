"""Plain text: one line for each citation, everything as the source prints it."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.citing.accessed import address
from docproc.citing.host import book_of, host_of
from docproc.citing.wording import date_phrase, headline, phrase_renamed
from docproc.citing.written import one_line, sentence
from docproc.records import Citation


class Plain:
    """One line to paste into a footnote."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n".join(one_line(plain_citation(citation)) for citation in citations)


def plain_citation(citation: Citation) -> str:
    """Title, date, reference as printed with the archive's present name, place, source."""
    metadata = citation.metadata
    parts = [headline(metadata, citation.source)]
    if metadata.date and metadata.date.printed not in (parts[0], date_phrase(metadata.date)):
        parts[0] += f" [“{metadata.date.printed}”]"
    if citation.reference:
        parts.append(f"{citation.reference.printed} {phrase_renamed(citation.reference)}".rstrip())
    parts.append(citation.locator[:1].upper() + citation.locator[1:])
    if book := book_of((citation,)):
        parts.append(", ".join(filter(None, (book.publication, book.pages))))
    elif metadata.collection:
        collection = metadata.collection
        editors = f", comp. {', '.join(collection.editors)}" if collection.editors else ""
        host = host_of((citation,))
        within = host.within("vol.", "doc.", "p.", "pp.") if host else []
        if host and host.is_published:
            editors = f", ed. {', '.join(host.editors)}" if host.editors else ""
            parts.append("In: " + ", ".join([f"{host.title}{editors}", *within]))
        else:
            parts.append(f"In: {collection.title}{editors}")
    parts.append(f"Source: {citation.source.path}")
    line = " ".join(sentence(part) for part in parts)
    origin = metadata.origin
    # no full stop at the end, which would be taken for a part of the address
    return f"{line} Fetched from <{address(origin)}>, {origin.day}" if origin else line
