"""A document: its reading text, and all that the stages have understood of it."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.records.alignment import Alignment
from docproc.records.block import Block
from docproc.records.identity import identity
from docproc.records.reference import ArchivalReference
from docproc.records.source import Origin, SourceFile
from docproc.records.span import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a phrase as the source prints it; ``span`` is ``None`` for outside metadata.

    ``identity`` says whom it names, where the source does: a ``Person.identity``.  ``family`` is
    the part of a person's name that is the family name, where the source marks it.  ``name`` is
    the person, where ``text`` is an office (``"the Ambassador in Russia (Francis)"``).  Several
    have semicolons between them, in each of these; the identity is that of the first.
    ``own_names`` are other names by which the document itself calls that person.
    """

    text: str
    span: Span | None = None
    identity: str | None = None
    family: str | None = None
    name: str | None = None
    own_names: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """The person's name where it is known, else whatever ``text`` names."""
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as printed and as EDTF (ISO 8601-2:2019, levels 0 and 1).

    ``place`` says where it was stated: ``"heading"``, ``"dateline"``, ``"signature"``,
    ``"metadata"``, …  ``edtf`` is Gregorian where the source says which calendar it uses, and
    ``julian`` the same day in Old Style where the source gives that.  Where it does not say,
    and Russia still counted by the Julian calendar, ``if_old_style`` is the Gregorian day that
    is meant if the printed one is Julian.
    """

    printed: str
    edtf: str
    place: str
    span: Span | None = None
    julian: str | None = None
    if_old_style: str | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """The description of the physical witness, as printed and as values.

    ``technique``: ``"typewritten"``, ``"handwritten"``, ``"autograph"`` (in the author's own
    hand), ``"printed"``, ``"telegraph form"``;
    ``status``: ``"original"``, ``"copy"``, ``"draft"``, ``"certified copy"``, ``"certified"``;
    ``signature``: ``"autograph"``, ``"facsimile"``, ``"typewritten"``; each ``None`` if not stated.
    """

    printed: str
    technique: str | None = None
    status: str | None = None
    signature: str | None = None
    span: Span | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """Every word of ``WITNESS_VALUES`` that holds of the witness.

        An autograph is handwritten too, and a certified copy is certified, and a copy.
        """
        signed = self.signature and f"{self.signature} signature"
        stated = [value for value in (self.technique, self.status, signed) if value]
        stated += [wider for value in stated for wider in _WIDER.get(value, ())]
        return tuple(dict.fromkeys(stated))


_WIDER = {"autograph": ("handwritten",), "certified copy": ("copy", "certified")}

WITNESS_VALUES = (
    "typewritten", "handwritten", "autograph", "printed", "telegraph form", "original", "copy",
    "certified copy", "certified", "draft", "autograph signature", "facsimile signature",
    "typewritten signature",
)  # fmt: skip
"""What can be said of a witness, and asked for."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The edition or collection that prints the document.

    ``volume`` is as printed (``"Volume III"``); ``series`` is what the edition is part of.
    """

    title: str
    editors: tuple[str, ...] = ()
    statement: str | None = None
    """A further line of the title page, as printed (``"Collection of documents 1996."``)."""
    year: str | None = None
    volume: str | None = None
    series: str | None = None
    publisher: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One of a register: a person, a body or a place, and every name that it has there.

    ``identity`` is the address of an authority file (``"https://d-nb.info/gnd/118607626"``) or,
    where the source only has a key of its own, that key with what it is a key of
    (``"seeds/volume.xml#p_FDR1"``).  ``same`` are further identities of the same one; ``kind`` is
    ``"person"``, ``"organization"`` or ``"place"``.
    """

    identity: str
    name: str
    names: tuple[str, ...] = ()
    kind: str = "person"
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page or leaf: its printed label and the span of the text that stands on it."""

    label: str
    span: Span
    number: int | None = None
    image: str = ""
    """Where the source says that an image of it is: an address, as of IIIF; never fetched."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the document as a whole."""

    title: Mention | None = None
    sender: Mention | None = None
    recipient: Mention | None = None
    place: Mention | None = None
    dates: tuple[StatedDate, ...] = ()
    """Every date stated of the document, the ranking one first."""
    collection: Collection | None = None
    kind: str | None = None
    """The kind of document: ``"letter"``, ``"telegram"``, ``"decree"``, …"""
    enclosures: tuple[Mention, ...] = ()
    """The headings of what is enclosed: each its title, or the line that opens it."""
    language: str | None = None
    """An ISO 639-1 code."""
    encoding: str | None = None
    """The character encoding that the source's bytes were read with, where there is one."""
    other: tuple[tuple[str, str], ...] = ()
    number: str | None = None
    """The number under which its edition prints the document (``"81"``)."""
    origin: Origin | None = None
    """Where its source file was fetched from, and when."""

    @property
    def date(self) -> StatedDate | None:
        """The date that ranks, where several are stated."""
        return self.dates[0] if self.dates else None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of one source file.

    ``text`` is the *reading text*, the base of every span and every citation; no stage
    after parsing changes it.  ``search`` holds the cleaning: edits that make the text
    that is searched, and map any span of it back.  ``member`` tells the documents of one
    source apart (``""`` where the source holds only one).
    """

    source: SourceFile
    text: str
    member: str = ""
    blocks: tuple[Block, ...] = ()
    metadata: Metadata = Metadata()
    references: tuple[ArchivalReference, ...] = ()
    """Every reference found, in the order of the text; see ``governing``."""
    witness: Witness | None = None
    pages: tuple[Page, ...] = ()
    search: Alignment = Alignment()
    persons: tuple[Person, ...] = ()
    """The register that the document holds or comes with."""
    quoted: tuple[Span, ...] = ()
    """What the source's markup says is quoted: elements such as ``<q>``, a style called Quote."""

    @property
    def id(self) -> str:
        """SHA-256 over the source's path, the member and the reading text."""
        return identity("document", self.source.path, self.member, self.text)
