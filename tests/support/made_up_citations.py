"""Made-up citations: a letter, a note that cites its own source, a cablegram, a bare text."""

from __future__ import annotations

from docproc.records import (
    ArchivalReference,
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

QUOTE = "The ice left the harbour on Sunday; 50% of the barges & 6 ropes are {lost}."
NOTE = "2 The commission decided otherwise (RTsKhIDNI. F. 17. Op. 3. D. 225. L. 1-3ob.)."


def _reference(printed: str) -> ArchivalReference:
    found = parse_reference(printed)
    assert found is not None, printed
    return found


def cited(
    quote: str,
    *,
    metadata: Metadata,
    reference: ArchivalReference | None,
    own: ArchivalReference | None = None,
    kind: PassageKind = PassageKind.BODY,
    locator: str = "paragraph 2",
    witness: Witness | None = None,
    path: str = "seeds/orlova.txt",
) -> Citation:
    source = SourceFile(path, "text/plain", len(quote), "ab" * 32)
    document = Document(source=source, text=f"{path}\n\n{quote}", metadata=metadata)
    start = len(path) + 2
    span = Span(start, start + len(quote))
    return Citation(
        rank=1,
        quote=quote,
        span=span,
        highlights=(),
        passage_id="p",
        document_id=document.id,
        metadata=metadata,
        kind=kind,
        locator=locator,
        source=source,
        score=1.0,
        verified=True,
        verification="verbatim",
        reference=reference,
        document_reference=own or reference,
        witness=witness,
        identifier=str(CitationId.of(document, span)),
    )


ORLOVA = Metadata(
    title=Mention("G. V. Orlova to P. I. Lindqvist"),
    sender=Mention("G. V. Orlova"),
    recipient=Mention("P. I. Lindqvist"),
    place=Mention("Nizhny"),
    dates=(StatedDate("4/III - 23.", "1923-03-04", "signature"),),
    collection=Collection(
        "Letters from the River. 1919-1926.",
        ("A.B.Petrenko", "C.D.Alvarez", "E.F.Weiss", "G.H.Haas"),
        year="1991",
    ),
    kind="letter",
    language="en",
)
OWN = _reference("RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.")
TYPED = Witness("Typewritten text. Signature - autograph.", "typewritten", None, "autograph")
LETTER = cited(QUOTE, metadata=ORLOVA, reference=OWN, witness=TYPED)
AT_SECOND_HAND = cited(
    NOTE,
    metadata=ORLOVA,
    reference=_reference("RTsKhIDNI. F. 17. Op. 3. D. 225. L. 1-3ob."),
    own=OWN,
    kind=PassageKind.NOTE,
    locator="note 2",
)
CABLEGRAM = cited(
    "Regret delay.",
    metadata=Metadata(
        title=Mention("Cablegram from Weiss to Department of Rivers"),
        sender=Mention("Weiss"),
        recipient=Mention("Department of Rivers"),
        dates=(StatedDate("[May] 1945", "1945-05~", "heading"),),
    ),
    reference=_reference("NAA: A1838, 532/7 part 1"),
    path="seeds/weiss.txt",
)
CYRILLIC = cited(
    "Лёд сошёл в воскресенье.",
    metadata=Metadata(
        title=Mention("Орлова Г. В. Петренко А. Б."),
        sender=Mention("Орлова Г. В."),
        recipient=Mention("Петренко А. Б."),
        dates=(StatedDate("не позднее 4 марта 1923 г.", "../1923-03-04", "heading"),),
        language="ru",
    ),
    reference=_reference("ГАРФ. Ф. Р-5446. Оп. 1. Д. 12. Л. 3 и об."),
    witness=Witness("Автограф.", "handwritten", "original", None),
    path="seeds/орлова.txt",
)
BARE = cited("Words.", metadata=Metadata(), reference=None, path="seeds/bare.txt")
ALL = (LETTER, AT_SECOND_HAND, CABLEGRAM, CYRILLIC, BARE)
