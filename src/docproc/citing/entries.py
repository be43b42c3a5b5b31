"""Entries: citations of one document under one reference, joined, with a key of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.citing.days import days_of
from docproc.citing.host import Host, book_of, container_of, host_of, journal_of
from docproc.citing.names import Name, join_names, read_names
from docproc.citing.wording import correspondents, undated_headline
from docproc.citing.written import one_line
from docproc.dataclass_on_use import dataclass
from docproc.records import (
    ArchivalReference,
    Citation,
    Collection,
    Mention,
    Metadata,
    Origin,
    PassageKind,
    StatedDate,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document under one reference; ``citations`` are the quotations from it, in order.

    It is at ``second hand`` where an editor's note cites another document: then what is known
    of the letter is not known of what the note cites.
    """

    citations: tuple[Citation, ...]

    @property
    def first(self) -> Citation:
        return self.citations[0]

    @property
    def metadata(self) -> Metadata:
        return self.first.metadata

    @property
    def reference(self) -> ArchivalReference | None:
        return self.first.reference

    @property
    def second_hand(self) -> bool:
        return second_hand(self.first)

    @property
    def senders(self) -> tuple[Name, ...]:
        """Who wrote it; of what is sent to nobody, a book say, its author."""
        about = self.metadata
        if about.sender or about.recipient or about.kind:
            return read_names(about.sender)
        author = dict(about.other).get("author")
        return read_names(Mention(author) if author else None)

    @property
    def recipients(self) -> tuple[Name, ...]:
        return read_names(self.metadata.recipient)

    @property
    def date(self) -> StatedDate | None:
        return self.metadata.date

    @property
    def collection(self) -> Collection | None:
        return None if self.book else container_of(self.metadata)

    @property
    def host(self) -> Host | None:
        """The edition that prints the document, and where in it."""
        return None if self.book else host_of(self.citations)

    @property
    def book(self) -> Host | None:
        """The book that the document is, with the pages that are quoted."""
        return None if self.second_hand else book_of(self.citations)

    @property
    def journal(self) -> Host | None:
        """The journal that the document is an article in: its issue is ``number``."""
        return None if self.second_hand else journal_of(self.citations)

    @property
    def origin(self) -> Origin | None:
        """Where the file was fetched from, and when."""
        return self.metadata.origin

    @property
    def title(self) -> str:
        """The title, with the correspondents where it does not say them.

        Of one who writes to nobody that is known it is the title alone: styles name the author.
        """
        if self.metadata.title and self.senders and not self.recipients:
            return one_line(self.metadata.title.text)
        return one_line(undated_headline(self.metadata, self.first.source))

    @property
    def authors(self) -> tuple[Name, ...]:
        """Those who wrote what has no recipient, where the title does not name them."""
        if self.recipients or not self.metadata.title:
            return ()
        title = self.title.casefold()
        said = all(name.printed.casefold() in title for name in self.senders)
        return () if said else self.senders

    @property
    def whole_title(self) -> str:
        """The title for a style that has the correspondents apart from it.

        Where it is at second hand, it says which note of the document it stands in.
        """
        if self.second_hand:
            return f"{self.first.locator} to {self.title}"
        title = self.metadata.title if self.is_letter else None
        return one_line(title.text) if title else self.title

    @property
    def between(self) -> str:
        """``"J. V. Stalin to L. D. Trotsky"``, where both are known; else the title."""
        return one_line(correspondents(self.metadata)) if self.is_letter else self.title

    @property
    def is_letter(self) -> bool:
        """Whether one person or office writes to another."""
        return bool(self.senders and self.recipients)

    @property
    def addressed(self) -> str:
        """``"Telegram to L. D. Trotsky"``; ``"To L. D. Trotsky"`` where its kind is not known."""
        recipient = join_names(name.printed for name in self.recipients)
        kind = one_line(self.metadata.kind or "").capitalize()
        return f"{kind} to {recipient}" if kind else f"To {recipient}"

    @property
    def key(self) -> str:
        """``"stalin1921-1a2b3c"``: letters of ASCII, figures and hyphens, the same every time."""
        who = self.senders[0].short if self.senders else self.title
        word = re.sub(r"[^a-z]", "", (who.casefold().split() or [""])[-1]) or "document"
        first = days_of(self.date)[0] if self.date else None
        year = str(abs(first.parts[0])) if first else ""
        number = "" if not self.second_hand else re.sub(r"\W", "", self.first.locator)
        return f"{word[:20]}{year}-{self.first.document_id[:6]}{number and '-' + number}"

    @property
    def identifiers(self) -> list[str]:
        """The stable names of the quotations."""
        return [citation.identifier for citation in self.citations if citation.identifier]

    @property
    def locators(self) -> str:
        """Where in the document the quotations stand."""
        return ", ".join(dict.fromkeys(citation.locator for citation in self.citations))


def entries(citations: Sequence[Citation]) -> list[Entry]:
    """*citations* by document and reference, in the order in which each is first quoted."""
    found: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in citations:
        printed = citation.reference.printed if citation.reference else ""
        note = citation.locator if second_hand(citation) else ""
        found.setdefault((citation.document_id, printed, note), []).append(citation)
    return [Entry(tuple(each)) for each in found.values()]


def second_hand(citation: Citation) -> bool:
    """Whether a note of the document, not the document, is what the reference belongs to."""
    return (
        citation.kind is PassageKind.NOTE
        and citation.reference is not None
        and citation.reference != citation.document_reference
    )
