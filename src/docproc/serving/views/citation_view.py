"""A citation as templates show it: words, links, styles, and what Zotero's connector reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote, urlencode

from markupsafe import Markup

from docproc.citing.entries import Entry
from docproc.citing.shelf import archive_phrase, location
from docproc.citing.written import visible
from docproc.dataclass_on_use import dataclass
from docproc.records import Citation
from docproc.rendering.wording import (
    describe_check,
    headline,
    name_place,
    phrase_renamed,
    witness_phrase,
)
from docproc.serving.views.typesetting import typeset_quotation
from docproc.text.output import clip

LONGEST = 4_000
"""Characters of a citation that is shown to be copied."""
COPIED = ("plain", "chicago", "gost")
"""The styles that are shown, to be copied."""
STYLE_NAMES = {
    "plain": "As the source prints it",
    "chicago": "Chicago, a note",
    "gost": "GOST R 7.0.5-2008",
}
DOWNLOADS = (
    ("ris", "RIS"),
    ("bibtex", "BibTeX"),
    ("csl-json", "CSL-JSON"),
    ("tei", "TEI"),
    ("markdown", "Markdown"),
)
MEDIA = {
    "ris": ("application/x-research-info-systems", "ris"),
    "bibtex": ("application/x-bibtex", "bib"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
    "tei": ("application/tei+xml", "xml"),
    "cmif": ("application/tei+xml", "xml"),
    "markdown": ("text/markdown", "md"),
}
"""The media type and the suffix of a style; of any other, plain text."""

Cite = Callable[[Sequence[Citation], str], str]


@dataclass(frozen=True, slots=True)
class CitationView:
    """What a template shows of one citation."""

    rank: int
    headline: str
    where: str
    quote: Markup
    language: str
    anchored: Markup | None
    reference: str
    renamed: str
    witness: str
    states: str
    also: tuple[tuple[str, str], ...]
    standing: str
    standing_style: str
    path: str
    identifier: str
    passage: str
    document: str
    link: str
    permalink: str
    coins: str
    embedded: tuple[tuple[str, str], ...]
    styles: tuple[tuple[str, str], ...]


def citation_view(citation: Citation, cite: Cite, *, full: bool = False) -> CitationView:
    """*citation* for a template; *cite* writes it in a style."""
    words, style = describe_check(citation)
    anchored = citation.anchored
    return CitationView(
        rank=citation.rank,
        headline=clip(headline(citation.metadata, citation.source)),
        where=clip(name_place(citation)),
        quote=typeset_quotation(citation.quote, citation.highlights, full=full),
        language=citation.metadata.language or "",
        anchored=typeset_quotation(anchored.quote, (), full=full) if anchored else None,
        reference=clip(citation.reference.printed) if citation.reference else "",
        renamed=phrase_renamed(citation.reference) if citation.reference else "",
        witness=clip(witness_phrase(citation.witness)) if citation.witness else "",
        states=clip(citation.states),
        also=tuple(
            (each.document_id, clip(each.title or each.source, 160)) for each in citation.also
        ),
        standing=clip(words),
        standing_style=style,
        path=clip(citation.source.path),
        identifier=citation.identifier,
        passage=citation.passage_id,
        document=citation.document_id,
        link=link_to(citation),
        permalink=permalink(citation.identifier),
        coins=coins(citation),
        embedded=meta_elements(citation),
        styles=tuple((name, _copy_form(cite([citation], name))) for name in COPIED),
    )


def _copy_form(words: str) -> str:
    """A citation to be copied; one longer than a page can use is cut, and whole in its file."""
    return visible(words) if len(words) <= LONGEST else clip(words, LONGEST)


def permalink(identifier: str) -> str:
    """The address of a stable name; it outlives generations."""
    return f"/cite/{quote(identifier, safe=':')}"


def link_to(citation: Citation) -> str:
    """The citation in its document, its answering sentences marked."""
    sentences = ",".join(f"{span.start}-{span.end}" for span in citation.highlights)
    query = f"?{urlencode({'answer': sentences})}" if sentences else ""
    return f"{permalink(citation.identifier)}{query}#quote"


def coins(citation: Citation) -> str:
    """*citation* as an OpenURL context object (ANSI/NISO Z39.88-2004) in Dublin Core."""
    entry = Entry((citation,))
    reference = citation.reference
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", _item_type(entry)),
        ("rft.title", clip(entry.whole_title)),
    ]
    if not entry.second_hand:
        pairs += [("rft.creator", clip(name.printed)) for name in entry.senders]
    if entry.date and not entry.second_hand:
        pairs.append(("rft.date", entry.date.edtf))
    if reference:
        pairs.append(("rft.source", clip(reference.printed)))
    pairs.append(("rft.identifier", citation.identifier))
    return urlencode(pairs)


def meta_elements(citation: Citation) -> tuple[tuple[str, str], ...]:
    """*citation* as ``meta`` elements, which Zotero reads ("Embedded Metadata"): of the archive,
    the place in it and the recipient COinS has no field.
    """
    entry, reference = Entry((citation,)), citation.reference
    known = not entry.second_hand
    language = citation.metadata.language
    found = [
        ("z.itemType", _item_type(entry)),
        ("dc.title", entry.whole_title),
        *(("dc.creator", name.printed) for name in entry.senders if known),
        *(("z.recipients", name.printed) for name in entry.recipients if known),
        ("dc.date", entry.date.edtf if entry.date and known else ""),
        ("dc.language", language or ""),
        ("z.archive", archive_phrase(reference) if reference else ""),
        ("z.archiveLocation", location(reference) if reference else ""),
        ("z.extra", citation.identifier),
    ]
    return tuple((name, clip(words)) for name, words in found if words)


def _item_type(entry: Entry) -> str:
    """An item type of Zotero's; what a note cites is of no kind that is known."""
    return "letter" if entry.is_letter and not entry.second_hand else "manuscript"
