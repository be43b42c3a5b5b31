"""GOST R 7.0.5-2008: references to archival documents, in the standard's own Cyrillic marks.

The title and the date stand before ``//``, the address in the archive after it (clause 11);
then what the clause 11.10 asks for where it is known: whether the document is an original
or a copy, how the text was made, and whether text or signature is an autograph.  What the
document is called stays in its own language.  A document that an editor's note cites is
cited at second hand: «Цит. по:» (clause 6.8 and 7.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docproc.citing.accessed import russian_access
from docproc.citing.days import russian
from docproc.citing.entries import Entry, entries
from docproc.citing.host import Host
from docproc.citing.shelf import has_table, russian_archive, russian_location, without_full_stop
from docproc.citing.wording import undated_headline
from docproc.citing.written import one_line, sentence
from docproc.records import ArchivalReference, Citation, Collection, Witness

_STATUS = {
    "original": "Подлинник",
    "copy": "Копия",
    "draft": "Черновик",
    "certified copy": "Заверенная копия",
    "certified": "Заверено",
}
_TECHNIQUE = {
    "typewritten": "Машинопись",
    "handwritten": "Рукопись",
    "printed": "Типографский экз.",
    "telegraph form": "Телеграфный бланк",
}
_SIGNATURE = {
    "autograph": "Подпись — автограф",
    "facsimile": "Подпись — факсимиле",
    "typewritten": "Подпись машинописная",
}


class Gost:
    """One line for each document."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n".join(_cite(entry) for entry in entries(citations))


def _cite(entry: Entry) -> str:
    if entry.second_hand and entry.reference:
        host = f"{_item(entry)}{_where_kept(entry.first.document_reference)}"
        parts = [_address(entry.reference), f"Цит. по: {host}", _note_number(entry)]
    else:
        parts = [f"{_item(entry)}{_where_kept(entry.reference)}"]
        parts += remarks(entry.first.witness) if entry.first.witness else []
    if entry.book:
        parts = [_host(entry.book, _item(entry, dated=False))]
    elif entry.journal:
        parts = [f"{_item(entry, dated=False)} // {_journal(entry.journal)}"]
    elif entry.host and entry.host.is_published:
        parts.append(f"Опубл.: {_host(entry.host)}")
    elif entry.collection:
        parts.append(f"Опубл.: {_edition(entry.collection)}")
    parts += [russian_access(entry.origin)] if entry.origin else []
    return one_line(" ".join(sentence(part) for part in parts if part))


def remarks(witness: Witness) -> list[str]:
    """What clause 11.10 asks for, as far as it is known: authenticity, technique, autograph."""
    if witness.status == "original" and witness.technique == "handwritten":
        return ["Автограф"] if not witness.signature else ["Автограф", _SIGNATURE["autograph"]]
    values = (
        _STATUS.get(witness.status or ""),
        _TECHNIQUE.get(witness.technique or ""),
        _SIGNATURE.get(witness.signature or ""),
    )
    return [value for value in values if value]


def _journal(journal: Host) -> str:
    """``"Annals. 1999. Т. 7. № 2. С. 14–19"``."""
    parts = [journal.title, journal.collection.year or ""]
    parts += [f"Т. {journal.volume}"] if journal.volume else []
    parts += [f"№ {journal.number}"] if journal.number else []
    parts += [f"С. {journal.pages}"] if journal.pages else []
    return " ".join(sentence(part) for part in parts if part)


def _item(entry: Entry, *, dated: bool = True) -> str:
    name = entry.title
    if entry.is_letter:
        name = one_line(undated_headline(entry.metadata, entry.first.source, _join))
    elif len(entry.authors) > 1:
        name = f"{name} / {_join(author.printed for author in entry.authors)}"
    elif entry.authors:
        name = f"{sentence(entry.authors[0].inverted)} {name}"
    if entry.is_letter or entry.metadata.title:  # and no file's name
        name = name[:1].upper() + name[1:]
    if dated and entry.date and entry.date.printed not in name:
        name += f", {russian(entry.date)}"
    return name


def _join(names: Iterable[str]) -> str:
    """Up to three of *names*, commas between; of more the first alone (clause 5.5)."""
    found = list(names)
    return f"{found[0]} [и др.]" if len(found) > 3 else ", ".join(found)


def _where_kept(reference: ArchivalReference | None) -> str:
    return f" // {_address(reference)}" if reference else ""


def _address(reference: ArchivalReference) -> str:
    """``"РЦХИДНИ (ныне РГАСПИ). Ф. 558. Оп. 2. Д. 51. Л. 1"``."""
    archive = russian_archive(reference)
    if not has_table(reference):
        now = archive.partition(" (ныне ")[2]
        return without_full_stop(reference) + (f" (ныне {now}" if now else "")
    return ". ".join(filter(None, (archive, russian_location(reference))))


def _note_number(entry: Entry) -> str:
    return entry.first.locator.replace("note", "Примеч.", 1)


def _host(host: Host, title: str = "") -> str:
    """``"Title / ред. A, B. Washington : Press, 1932. Т. III. Док. 81. С. 59"``.

    A book's *title* stands behind its author.
    """
    editors = list(host.editors)
    by = ", ".join(editors if len(editors) <= 3 else editors[:1])
    more = " [и др.]" if len(editors) > 3 else ""
    edition = host.collection
    where = " : ".join(filter(None, (edition.place, edition.publisher)))
    series = f"({one_line(edition.series)})" if edition.series else ""
    parts = [
        f"{title or host.title}{f' / ред. {by}{more}' if by else ''}",
        ", ".join(filter(None, (where, edition.year))),
        *host.within("Т.", "Док.", "С.", "С."),
        series,
    ]
    return " ".join(sentence(one_line(part)) for part in parts if part)


def _edition(collection: Collection) -> str:
    """Of more than three compilers the first is named (GOST R 7.0.5-2008, 4.9.2)."""
    editors = list(collection.editors)
    named = ", ".join(editors if len(editors) <= 3 else editors[:1])
    more = " [и др.]" if len(editors) > 3 else ""
    parts = [f"{collection.title.rstrip('.')}{f' / сост. {named}{more}' if named else ''}"]
    return " ".join(sentence(p) for p in [*parts, *([collection.year] if collection.year else [])])
