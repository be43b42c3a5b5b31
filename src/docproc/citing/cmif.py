"""CMIF, the Correspondence Metadata Interchange Format of TEI's Correspondence SIG.

An index of letters, as correspSearch and others read it: who wrote to whom, when and from where,
and in which edition.  Who publishes an index, where, and under which licence is for its
publisher to say: what the format demands and docproc cannot know is marked to be filled in.

By the SIG's own schema (github.com/TEI-Correspondence-SIG/CMIF, ``schema/cmi-customization.rng``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docproc.citing.entries import Entry, entries
from docproc.citing.host import Host
from docproc.citing.tei import correspondence
from docproc.citing.wording import phrase_renamed
from docproc.citing.written import one_line
from docproc.citing.xml import add, date_attributes, start_tei, write
from docproc.records import Citation, StatedDate, identity

TO_FILL = "to be filled in by the publisher of this index"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The only licence that the format admits; it is for the metadata, not for the letters."""


class Cmif:
    """One index of every letter that is cited; what is no letter is left out."""

    def __init__(self, today: date | None = None) -> None:
        """*today* is the day that the index says it was made on, if not this one."""
        self._today = today

    def render(self, citations: Sequence[Citation]) -> str:
        letters = [
            entry
            for entry in _by_document(entries(citations))
            if (entry.senders or entry.recipients)
        ]
        root, header = start_tei()
        file = add(header, "fileDesc")
        title = add(file, "titleStmt")
        add(title, "title", "Index of letters cited")
        add(title, "editor", TO_FILL)
        published = add(file, "publicationStmt")
        add(published, "publisher", TO_FILL)
        add(published, "idno", TO_FILL.replace(" ", "-"), type="url")
        add(published, "date", when=(self._today or date.today()).isoformat())
        add(
            add(published, "availability"),
            "licence",
            "This file is licensed under the terms of the Creative Commons License CC-BY 4.0",
            target=LICENCE,
        )
        source = add(file, "sourceDesc")
        editions = dict.fromkeys(_edition(entry) for entry in letters)
        for words, kind in editions:
            add(source, "bibl", words, type=kind, xml_id=_edition_key(words))
        if not editions:
            add(source, "bibl", "No letter is cited.", type="online")
        profile = add(header, "profileDesc")
        for entry in letters:
            words, _ = _edition(entry)
            key = entry.first.document_id[:12]
            source_key = f"#{_edition_key(words)}"
            correspondence(
                profile, entry, unknown="Unknown", dating=_bare, key=key, source=source_key
            )
        add(add(add(root, "text"), "body"), "p")
        return write(root)


def _bare(date: StatedDate) -> tuple[None, dict[str, str]]:
    """*date* in attributes alone: the format's dates are empty, and know only one kind of doubt."""
    attributes = date_attributes(date)
    if attributes.pop("precision", None):
        attributes.setdefault("cert", "medium")
    return None, attributes


def _by_document(found: Sequence[Entry]) -> list[Entry]:
    documents: dict[str, Entry] = {}
    for entry in found:
        documents.setdefault(entry.first.document_id, entry)
    return list(documents.values())


def _edition(entry: Entry) -> tuple[str, str]:
    """What the index points to: the edition, or the leaf, or the file; and its type."""
    collection = entry.collection
    if entry.host and entry.host.is_published:
        return one_line(_publication(entry.host)), "print"
    if collection:
        people = f", comp. {', '.join(collection.editors)}" if collection.editors else ""
        year = f" ({collection.year})" if collection.year else ""
        return one_line(f"{collection.title.rstrip('.')}{people}{year}"), "print"
    reference = entry.first.document_reference or entry.reference
    if reference:
        return one_line(f"{reference.printed} {phrase_renamed(reference)}"), "print"
    return one_line(entry.first.source.path), "online"


def _publication(host: Host) -> str:
    people = f", ed. {', '.join(host.editors)}" if host.editors else ""
    volume = f", vol. {host.volume}" if host.volume else ""
    series = f", {host.collection.series}" if host.collection.series else ""
    about = f" ({host.publication})" if host.publication else ""
    return f"{host.title}{people}{volume}{series}{about}"


def _edition_key(words: str) -> str:
    return f"edition-{identity('edition', words)[:12]}"
