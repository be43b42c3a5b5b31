"""The edition that prints a document, as the place where it is found: volume, number, page."""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.citing.written import one_line
from docproc.dataclass_on_use import dataclass
from docproc.persons import natural_order
from docproc.records import Citation, Collection, Metadata
from docproc.text.patterns import compile_on_use

_VOLUME = compile_on_use(
    r"(?:volumes?|vols?\.?|bände|band|bd\.?|tom[eo]?|том|т\.|teil|part)\s*(?=[\dIVXLC])", re.I
)
_PAGE = compile_on_use(r"\[?(?:\d+|[ivxlc]+|[IVXLC]+)\]?(?:–\[?(?:\d+|[ivxlc]+|[IVXLC]+)\]?)?")


@dataclass(frozen=True, slots=True)
class Host:
    """An edition with what is known of a document's place in it; every part may be ``""``."""

    collection: Collection
    number: str = ""
    pages: str = ""

    @property
    def title(self) -> str:
        return one_line(self.collection.title).rstrip(".")

    @property
    def editors(self) -> tuple[str, ...]:
        """Their names as they are spoken."""
        return tuple(natural_order(one_line(name)) for name in self.collection.editors)

    @property
    def volume(self) -> str:
        """``"III"`` for ``"Volume III"``."""
        return _VOLUME.sub("", one_line(self.collection.volume or ""), count=1)

    @property
    def publication(self) -> str:
        """``"Washington: Government Printing Office, 1932"``."""
        edition = self.collection
        where = ": ".join(filter(None, (edition.place, edition.publisher)))
        return one_line(", ".join(filter(None, (where, edition.year))))

    @property
    def is_published(self) -> bool:
        """Whether enough is known of it to cite it as a book with documents in it."""
        return bool(self.collection.publisher or self.collection.volume or self.number)

    def within(self, volume: str, document: str, page: str, pages: str) -> list[str]:
        """Where in it, each with its abbreviation: ``["vol. III", "doc. 81", "p. 59"]``."""
        several = "–" in self.pages or "-" in self.pages
        given = (
            (volume, self.volume),
            (document, self.number),
            (pages if several else page, self.pages),
        )
        return [f"{label} {value}" for label, value in given if value]


def host_of(citations: tuple[Citation, ...]) -> Host | None:
    """The edition that prints what is cited; ``None`` where none is known.

    Pages are the edition's own only where it numbers its documents or has volumes; those of a
    letter by itself are the manuscript's.
    """
    first = citations[0]
    collection = container_of(first.metadata)
    if collection is None:
        return None
    number = one_line(first.metadata.number or "")
    found = [each.pages for each in citations if each.pages and _PAGE.fullmatch(each.pages)]
    own = bool(number or collection.volume)
    return Host(collection, number, _join_pages(found) if own and found else "")


def book_of(citations: tuple[Citation, ...]) -> Host | None:
    """The print that is the document itself, by its title, and not in a larger one.

    That is a work whose source says who printed it, or where; what lies in an archive is none.
    """
    first = citations[0]
    edition, title = first.metadata.collection, first.metadata.title
    if edition is None or title is None or first.reference or first.metadata.recipient:
        return None
    if not (edition.publisher or edition.place) or not _is_called(title.text, edition.title):
        return None
    found = [each.pages for each in citations if each.pages and _PAGE.fullmatch(each.pages)]
    return Host(edition, "", _join_pages(found) if found else "")


def journal_of(citations: tuple[Citation, ...]) -> Host | None:
    """The journal that an article is in, with its volume and its pages."""
    about = citations[0].metadata
    if about.kind != "article" or about.collection is None:
        return None
    said = dict(about.other)
    pages = "–".join(dict.fromkeys(filter(None, (said.get("fpage"), said.get("lpage")))))
    volume = about.collection.volume or said.get("volume")
    return Host(replace(about.collection, volume=volume), said.get("issue", ""), pages)


def container_of(about: Metadata) -> Collection | None:
    """The edition that a document is in; ``None`` where it is that itself, by its title."""
    edition, title = about.collection, about.title
    if edition and title and not edition.volume:
        return None if _is_called(title.text, edition.title) else edition
    return edition


def _is_called(title: str, edition: str) -> bool:
    """Whether *title* is that of the *edition* itself, with a date behind it or without."""
    own, whole = one_line(title).casefold(), one_line(edition).rstrip(" .").casefold()
    return own.startswith(whole) and own[len(whole) :].lstrip()[:1] in ("", *",.;([")


def _join_pages(pages: list[str]) -> str:
    """The first and the last of *pages*."""
    ends = [end for each in pages for end in each.split("–")]
    return ends[0] if ends[0] == ends[-1] else f"{ends[0]}–{ends[-1]}"
