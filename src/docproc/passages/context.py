"""Context: the words put before a passage so that a model knows what it is part of."""

from __future__ import annotations

from docproc.passages.runs import Run
from docproc.records import Document, PassageKind


class Context:
    """The context lines of one document's passages."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.line = _line(document)

    def of(self, run: Run) -> str:
        """The line that goes before the words of *run*; may be empty."""
        if run.kind is PassageKind.NOTE:
            label = run.blocks[0].label
            name = f"Note {label}" if label else "Note"
            return f"{name} to {self.line}" if self.line else name
        if run.kind is PassageKind.BODY:
            return self.line
        about = self._about(run)
        line = self.line.rstrip(".")
        return f"{line}. {about}" if line else about

    def _about(self, run: Run) -> str:
        """What apparatus is about, in words that a question would use."""
        metadata, witness = self._document.metadata, self._document.witness
        kind = metadata.kind or "document"
        if run.place == "edition":
            return "Edition: title and compilers (editors) of the collection of documents"
        if run.place == "heading":
            return f"Heading of the {kind}: sender, recipient, date of writing"
        about = [f"Signature and date of the {kind}"]
        if any(b.kind.value == "reference" for b in run.blocks):
            about.append("archive where it is kept")
        if witness:
            values = (
                witness.technique,
                witness.status,
                witness.signature and f"{witness.signature} signature",
            )
            about.append("physical form: " + ", ".join(value for value in values if value))
        return ", ".join(about)


def _line(document: Document) -> str:
    """Title, who to whom unless the title says so, and the date as printed."""
    metadata = document.metadata
    title = metadata.title.text if metadata.title else ""
    pieces = [" ".join(title.split())]
    sender = metadata.sender.text if metadata.sender else ""
    recipient = metadata.recipient.text if metadata.recipient else ""
    if (sender and sender not in title) or (recipient and recipient not in title):
        who = f"{sender} to {recipient}" if recipient else sender
        pieces.append(" ".join(who.split()).strip() if sender else f"to {recipient}")
    if metadata.date and metadata.date.printed not in title:
        pieces.append(" ".join(metadata.date.printed.split()))
    return ", ".join(piece for piece in pieces if piece)
