"""The citation that docs/citing.md shows in every style: made up, from a letter that is not."""

from __future__ import annotations

from docproc.records import (
    Citation,
    CitationId,
    Collection,
    Document,
    Mention,
    Metadata,
    PassageKind,
    SourceFile,
    Span,
    StatedDate,
    Witness,
)
from docproc.references import parse_reference

QUOTE = "The harbour needs 600 lanterns, 40 tons of coal, 12 ropes and one steam winch."
TEXT = f"G. V. Orlova to P. I. Lindqvist\n\nMarch 4, 1923\n\n{QUOTE}\n"


def example() -> Citation:
    """The sentence of the made-up letter, cited."""
    metadata = Metadata(
        title=Mention("G. V. Orlova to P. I. Lindqvist"),
        sender=Mention("G. V. Orlova"),
        recipient=Mention("P. I. Lindqvist"),
        dates=(StatedDate("March 4, 1923", "1923-03-04", "heading"),),
        collection=Collection(
            "Letters from the River. 1919-1926", ("A. B. Petrenko", "C. D. Alvarez"), year="1991"
        ),
        kind="letter",
        language="en",
    )
    source = SourceFile("seeds/01_orlova_to_lindqvist.txt", "text/plain", len(TEXT), "0" * 64)
    document = Document(source=source, text=TEXT, metadata=metadata)
    start = TEXT.index(QUOTE)
    span = Span(start, start + len(QUOTE))
    reference = parse_reference("RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1-3ob.")
    return Citation(
        rank=1,
        quote=QUOTE,
        span=span,
        highlights=(),
        passage_id="",
        document_id=document.id,
        metadata=metadata,
        kind=PassageKind.BODY,
        locator="paragraph 2",
        source=source,
        score=1.0,
        verified=True,
        verification="verbatim",
        reference=reference,
        document_reference=reference,
        witness=Witness(
            "Typewritten text. Signature - autograph.", "typewritten", None, "autograph"
        ),
        identifier=str(CitationId.of(document, span)),
    )
