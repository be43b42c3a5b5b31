"""TEI P5: manuscript and correspondence descriptions, and the quotations themselves.

``msDesc`` says where each document is kept and how it was made (chapter 10 of the Guidelines),
``correspDesc`` who wrote to whom and when (2.4.6), ``cit`` what is quoted and from where.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from docproc.citing.accessed import address
from docproc.citing.entries import Entry, entries
from docproc.citing.host import Host
from docproc.citing.shelf import location
from docproc.citing.xml import add, date_attributes, start_tei, write
from docproc.records import ArchivalReference, Citation, Mention, StatedDate, Witness
from docproc.references import find_archive


class Tei:
    """One TEI document with all that is cited."""

    def render(self, citations: Sequence[Citation]) -> str:
        found = entries(citations)
        root, header = start_tei()
        file = add(header, "fileDesc")
        add(add(file, "titleStmt"), "title", "Quotations from archival documents")
        add(add(file, "publicationStmt"), "p", "Written by docproc from the documents cited.")
        source = add(file, "sourceDesc")
        for entry in found:
            _manuscript(source, entry)
        letters = [e for e in found if not e.second_hand and (e.senders or e.recipients)]
        if letters:
            profile = add(header, "profileDesc")
            for entry in letters:
                correspondence(profile, entry)
        body = add(add(root, "text"), "body")
        for entry in found:
            _quotations(body, entry)
        return write(root)


def print_date(date: StatedDate) -> tuple[str | None, dict[str, str]]:
    """*date* as its source prints it, and as TEI's attributes."""
    return date.printed, date_attributes(date)


def correspondence(
    profile: ET.Element,
    entry: Entry,
    unknown: str = "",
    *,
    dating: Callable[[StatedDate], tuple[str | None, dict[str, str]]] = print_date,
    **attributes: str,
) -> None:
    """The ``correspDesc`` of *entry*, within *profile*; *unknown* names whom nobody knows.

    *dating* makes the text and the attributes of a date's element.
    """
    described = add(profile, "correspDesc", **attributes)
    senders, recipients = (
        [name.printed for name in names] or [unknown] * bool(unknown)
        for names in (entry.senders, entry.recipients)
    )
    printed, dated = dating(entry.date) if entry.date else (None, {})
    if senders or entry.metadata.place or dated:
        sent = add(described, "correspAction", type="sent")
        _write_names(sent, senders, entry.metadata.sender)
        if entry.metadata.place:
            add(sent, "placeName", entry.metadata.place.text)
        if dated:
            add(sent, "date", printed, **dated)
    if recipients:
        received = add(described, "correspAction", type="received")
        _write_names(received, recipients, entry.metadata.recipient)


def _write_names(action: ET.Element, names: Sequence[str], mention: Mention | None) -> None:
    """Each of *names*; the identity is the first one's."""
    for at, name in enumerate(names):
        add(action, "persName", name, **({} if at else _authority_link(mention)))


def _authority_link(mention: Mention | None) -> dict[str, str]:
    """The address of a person in an authority file."""
    identity = mention.identity if mention else None
    return {"ref": identity} if identity and "://" in identity else {}


def _manuscript(source: ET.Element, entry: Entry) -> None:
    described = add(source, "msDesc", xml_id=entry.key)
    named = add(described, "msIdentifier")
    if entry.reference:
        _write_repositories(named, entry.reference)
    else:
        add(named, "idno", entry.first.source.path, type="source")
    contents = add(add(described, "msContents"), "msItem")
    for author in () if entry.second_hand else entry.senders:
        add(contents, "author", author.printed)
    add(contents, "title", entry.whole_title)
    if entry.metadata.language and not entry.second_hand:
        add(contents, "textLang", mainLang=entry.metadata.language)
    witness = entry.first.witness
    if witness:
        _write_making(described, witness)
    if entry.date and not entry.second_hand:
        origin = add(add(described, "history"), "origin")
        old = {"when-custom": entry.date.julian} if entry.date.julian else {}
        add(origin, "origDate", entry.date.printed, **date_attributes(entry.date), **old)
    if printed := entry.collection or (entry.book and entry.book.collection):
        listed = add(add(described, "additional"), "listBibl")
        bibl = add(listed, "bibl")
        add(bibl, "title", printed.title)
        for name in printed.editors:
            add(bibl, "editor", name)
        if printed.year:
            add(bibl, "date", printed.year, when=printed.year)
        _write_publication(bibl, entry.host or entry.book)


def _write_publication(bibl: ET.Element, host: Host | None) -> None:
    """Who published the edition, and where in it the document stands."""
    if host is None:
        return
    if host.collection.publisher:
        add(bibl, "publisher", host.collection.publisher)
    if host.collection.place:
        add(bibl, "pubPlace", host.collection.place)
    if host.collection.series:
        add(bibl, "title", host.collection.series, level="s")
    for unit, value in (("volume", host.volume), ("number", host.number), ("page", host.pages)):
        if value:
            add(bibl, "biblScope", value, unit=unit)


def _write_repositories(named: ET.Element, reference: ArchivalReference) -> None:
    """The present repository, and the one that the reference names as a former identifier."""
    now, then = reference.archive_now, reference.archive
    archive = find_archive(now or then or "")
    if archive and archive.country:
        add(named, "country", archive.country, key=archive.country)
    if now or then:
        add(named, "repository", now or then or "")
    if fond := reference.get("fond"):
        add(named, "collection", f"fond {fond}", type="fond")
    address = add(named, "idno", location(reference), type="reference")
    address.set("n", " ".join(reference.printed.split()))
    for level, value in reference.components:
        if level != "fond":
            other = add(named, "altIdentifier", type="level")
            add(other, "idno", value, type=level.replace(" ", "-"))
    if then and now and then != now:
        former = add(named, "altIdentifier", type="former")
        add(former, "repository", then)
        add(former, "idno", " ".join(reference.printed.split()))


def _write_making(described: ET.Element, witness: Witness) -> None:
    made = add(described, "physDesc")
    add(made, "p", witness.printed)
    # TEI keeps further words for hands and types; the values stand as typed terms
    values = add(made, "p")
    for kind in ("technique", "status", "signature"):
        if value := getattr(witness, kind):
            add(values, "term", value, type=kind)


def _quotations(body: ET.Element, entry: Entry) -> None:
    for citation in entry.citations:
        cited = add(body, "cit")
        add(cited, "quote", citation.quote)
        bibl = add(cited, "bibl")
        add(bibl, "ref", entry.whole_title, target=f"#{entry.key}")
        add(bibl, "citedRange", citation.locator)
        if entry.origin:
            add(bibl, "ref", target=address(entry.origin))
            add(bibl, "date", type="accessed", when=entry.origin.day)
        if citation.identifier:
            add(bibl, "idno", citation.identifier, type="docproc")
