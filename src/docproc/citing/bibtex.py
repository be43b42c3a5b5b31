"""BibTeX, with the fields that biblatex adds (``date`` in EDTF, ``library``), and biblatex itself.

Nothing in BibTeX has a letter or an archive, so a letter is ``@misc``, whom it was to stands in
``howpublished`` and the address in the archive in ``note``, where every style prints it.
biblatex calls it ``@letter``, other documents ``@unpublished``, and two fields otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docproc.citing.accessed import address
from docproc.citing.days import american, days_of, for_biblatex
from docproc.citing.entries import Entry, entries
from docproc.citing.names import Name, read_name
from docproc.citing.shelf import archive_phrase, has_table, location, without_full_stop
from docproc.citing.wording import witness_phrase
from docproc.citing.written import one_line
from docproc.records import Citation
from docproc.text.patterns import compile_on_use

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CALLED = {"address": "location", "journal": "journaltitle"}
"""What BibTeX and biblatex call differently."""
_MARKS = compile_on_use(r"[\\{}&%$#_~^]")


class BibTeX:
    """An entry for each document, an empty line between."""

    def render(self, citations: Sequence[Citation]) -> str:
        found = entries(citations)
        return "\n\n".join(_entry(each, _kind(each), dict(_fields(each))) for each in found)


class BibLaTeX:
    """The same for biblatex, by its own types and fields."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n\n".join(map(_biblatex, entries(citations)))


def escape(text: str) -> str:
    """*text* on one line, with nothing in it that TeX would take for a command."""
    return _MARKS.sub(lambda mark: _SPECIAL[mark[0]], one_line(text))


def _kind(entry: Entry) -> str:
    if entry.journal or entry.book:
        return "article" if entry.journal else "book"
    return "incollection" if entry.host and entry.host.is_published else "misc"


def _entry(entry: Entry, kind: str, fields: Mapping[str, str]) -> str:
    lines = [f"@{kind}{{{entry.key},"]
    # a brace more keeps the letters of a title, and of a name that has no parts, as they are
    lines += [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([*lines, "}"])


def _biblatex(entry: Entry) -> str:
    kind = _kind(entry)
    if kind == "misc":
        kind = "letter" if entry.is_letter and not entry.second_hand else "unpublished"
    fields = {_CALLED.get(name, name): value for name, value in _fields(entry)}
    if "date" in fields:  # which says the same, and more
        fields = {name: value for name, value in fields.items() if name not in ("year", "month")}
    return _entry(entry, kind, fields)


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    own = not entry.second_hand
    if own:
        yield "author", " and ".join(map(_person, entry.senders))
    yield "title", f"{{{escape(entry.whole_title)}}}"
    if own and entry.is_letter:
        yield "howpublished", escape(entry.addressed)
    host = entry.host if entry.host and entry.host.is_published else None
    if host and host.collection.year:
        if own and entry.date:
            yield "origdate", for_biblatex(entry.date)
            yield "titleaddon", escape(_when_written(entry))
        yield "date", escape(host.collection.year)
        yield "year", escape(host.collection.year)
    elif entry.book and entry.book.collection.year:
        yield "date", escape(entry.book.collection.year)
        yield "year", escape(entry.book.collection.year)
    elif own and entry.date:
        first, last = days_of(entry.date)
        if first and last:
            yield "date", for_biblatex(entry.date)  # whose marks of doubt are no TeX
            yield "year", f"{first.year:04d}"
        if first and first == last and first.month:
            yield "month", str(first.month)
    if entry.reference:
        yield "note", escape(_where_kept(entry))
        yield "library", escape(archive_phrase(entry.reference))
    if journal := entry.journal:
        yield "journal", f"{{{escape(journal.title)}}}"
        yield "volume", escape(journal.volume)
        yield "number", escape(journal.number)
        yield "pages", escape(journal.pages).replace("–", "--")
        yield "doi", dict(entry.metadata.other).get("doi", "")
    elif book := entry.book:
        edition = book.collection
        yield "editor", " and ".join(map(_person, map(read_name, edition.editors)))
        yield "series", f"{{{escape(edition.series or '')}}}"
        yield "volume", escape(book.volume)
        yield "publisher", f"{{{escape(edition.publisher or '')}}}"
        yield "address", escape(edition.place or "")
    elif entry.collection:
        yield "booktitle", f"{{{escape(entry.collection.title.rstrip('.'))}}}"
        yield "editor", " and ".join(map(_person, map(read_name, entry.collection.editors)))
    if host:
        yield "series", f"{{{escape(host.collection.series or '')}}}"
        yield "volume", escape(host.volume)
        yield "publisher", f"{{{escape(host.collection.publisher or '')}}}"
        yield "address", escape(host.collection.place or "")
        yield "addendum", f"doc. {escape(host.number)}" if host.number else ""
        yield "pages", escape(host.pages).replace("–", "--")
    if entry.first.witness:
        yield "type", escape(witness_phrase(entry.first.witness))
    if entry.origin:
        yield "url", escape(address(entry.origin))
        yield "urldate", entry.origin.day
    yield "langid", escape(entry.metadata.language or "")
    yield "annotation", escape(" — ".join(citation.quote for citation in entry.citations))
    yield "docproc", escape(", ".join(entry.identifiers))


def _when_written(entry: Entry) -> str:
    """Where and when the document was written."""
    place = one_line(entry.metadata.place.text).rstrip(" ,.;") if entry.metadata.place else ""
    day = american(entry.date) if entry.date else ""
    return ", ".join(filter(None, (place, day)))


def _person(name: Name) -> str:
    """*name* with its family name first where its form shows it; else whole."""
    parts = filter(None, (name.family, name.suffix, name.given))
    return escape(", ".join(parts)) if name.family else f"{{{escape(name.printed)}}}"


def _where_kept(entry: Entry) -> str:
    reference = entry.reference
    assert reference is not None
    if not has_table(reference):
        now = archive_phrase(reference).removeprefix(reference.archive or "").strip()
        return f"{without_full_stop(reference)} {now}".rstrip()
    return ". ".join(filter(None, (archive_phrase(reference), location(reference))))
