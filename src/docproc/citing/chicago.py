"""The Chicago Manual of Style, 17th edition: notes, short notes, bibliography.

For what lies in an archive the manual asks for the item first, then its date, where it lies
in its collection, and the repository (14.221 to 14.231); in a bibliography the writer's
family name comes first.  The published edition that the text was read in follows, since the
reader of docproc has read that, and not the leaf.  *Italics* are marked as in Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence

from docproc.citing.accessed import phrase_accessed
from docproc.citing.days import american
from docproc.citing.entries import Entry, entries
from docproc.citing.host import Host
from docproc.citing.names import join_names, sort_names
from docproc.citing.shelf import archive_phrase, has_table, running_location, without_full_stop
from docproc.citing.written import one_line, sentence
from docproc.records import ArchivalReference, Citation, Collection


class ChicagoNote:
    """A note, as at the first mention: one line for each document."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n".join(_note(entry) for entry in entries(citations))


class ShortNote:
    """A note, as at every later mention."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n".join(_short(entry) for entry in entries(citations))


class Bibliography:
    """The entries of a bibliography, sorted by their first words."""

    def render(self, citations: Sequence[Citation]) -> str:
        made = (_bibliography(entry) for entry in entries(citations))
        return "\n".join(sorted(dict.fromkeys(made), key=str.casefold))


def _note(entry: Entry) -> str:
    parts = [_item(entry)]
    kept = _where_kept(entry.reference)
    if entry.second_hand:
        host = _join(_item(entry), _note_number(entry))
        parts = [kept, f"cited in {host}"]
    elif kept:
        parts.append(kept)
    if entry.book:
        parts = [_book(entry, entry.book)]
    elif entry.journal:
        parts = [_item(entry, dated=False), _journal(entry.journal)]
    elif entry.host and entry.host.is_published:
        parts.append(f"in {_host(entry.host, published=not entry.host.volume)}")
    elif entry.collection:
        parts.append(f"in {_edition(entry.collection)}")
    parts += [phrase_accessed(entry.origin)] if entry.origin else []
    return _capitalize(one_line(_end_sentence(_join(*parts))))


def _short(entry: Entry) -> str:
    sender, recipient, author = (
        join_names(name.short for name in names)
        for names in (entry.senders, entry.recipients, entry.authors)
    )
    parts = [f"{sender} to {recipient}" if entry.is_letter else _title(entry)]
    if author:
        parts = [_join(author, *parts)]
    printed = entry.book or entry.journal
    if entry.date and not printed and (entry.is_letter or entry.date.printed not in entry.title):
        parts.append(american(entry.date))
    if entry.second_hand:
        parts.append(_note_number(entry))
    elif entry.reference and entry.reference.archive:
        parts.append(entry.reference.archive)
    return _capitalize(_end_sentence(_join(*parts)))


def _bibliography(entry: Entry) -> str:
    by = [sort_names(entry.senders)] if entry.senders else []
    parts = [*by, entry.addressed if entry.is_letter else _title(entry)]
    said = entry.title if not entry.is_letter else ""
    if entry.date and entry.date.printed not in said and not (entry.book or entry.journal):
        parts[-1] = _join(parts[-1], american(entry.date))
    kept = _where_kept(entry.first.document_reference if entry.second_hand else entry.reference)
    parts += [_capitalize(kept)] if kept else []
    if entry.book:
        parts = [*by, f"*{entry.title}*", *_imprint(entry.book)]
    elif entry.journal:
        parts.append(_journal(entry.journal))
    elif entry.host and entry.host.is_published:
        parts.append(f"In {_host(entry.host, published=True)}")
    elif entry.collection:
        parts.append(f"In {_edition(entry.collection)}")
    if entry.origin:
        at = phrase_accessed(entry.origin)
        parts.append(_capitalize(at))
    return one_line(" ".join(_end_sentence(part) for part in parts))


def _capitalize(note: str) -> str:
    """*note* with a capital at its head, also where an article or a particle stands there (8.5)."""
    return note[:1].upper() + note[1:]


def _item(entry: Entry, *, dated: bool = True) -> str:
    """``"J. V. Stalin to L. D. Trotsky, November 2, 1921"``."""
    name = entry.between if entry.is_letter else _title(entry)
    if entry.authors:
        name = _join(join_names(each.printed for each in entry.authors), name)
    place = entry.metadata.place
    if entry.is_letter and place and entry.host and entry.host.is_published:
        name = _join(name, one_line(place.text).rstrip(" ,.;"))
    said = not dated or entry.date is None or entry.date.printed in name
    if entry.date and not said and american(entry.date) not in name:
        name = _join(name, american(entry.date))
    return name


def _book(entry: Entry, book: Host) -> str:
    """``"Ida Holm, *The Pier*, ed. A (Riga: Harbour Press, 1898), 58"`` (14.23)."""
    who = [join_names(each.printed for each in entry.authors)] if entry.authors else []
    editors = [f"ed. {join_names(book.editors)}"] if book.editors else []
    volume = [f"vol. {book.volume}"] if book.volume else []
    line = ", ".join([*who, f"*{entry.title}*", *editors, *volume])
    line += f" ({book.publication})" if book.publication else ""
    return ", ".join(filter(None, (line, book.pages)))


def _imprint(book: Host) -> list[str]:
    """What stands behind the title of a book in a bibliography (14.23)."""
    editors = [f"Edited by {join_names(book.editors)}"] if book.editors else []
    return [*editors, *([f"Vol. {book.volume}"] if book.volume else []), book.publication]


def _journal(journal: Host) -> str:
    """``"*Annals* 7, no. 2 (1999): 14–19"`` (14.171)."""
    line = f"*{journal.title}*" + (f" {journal.volume}" if journal.volume else "")
    line += f", no. {journal.number}" if journal.number else ""
    line += f" ({journal.collection.year})" if journal.collection.year else ""
    return f"{line}: {journal.pages}" if journal.pages else line


def _title(entry: Entry) -> str:
    """A title of one's own stands in quotation marks; its own become single ones (13.30).

    That of a book is in italics.
    """
    if entry.book:
        return f"*{entry.title}*"
    title = entry.title.translate({ord("“"): "‘", ord("”"): "’"})
    return f"“{title}”"


def _join(first: str, *rest: str) -> str:
    """*first* and the *rest*, commas between, which stand within a closing quotation mark (6.9)."""
    for part in rest:
        first = f"{first[:-1]},” {part}" if first.endswith("”") else f"{first}, {part}"
    return first


def _end_sentence(text: str) -> str:
    """*text* with a full stop, which stands within a closing quotation mark as well (6.9)."""
    if text.endswith("”") and not text.endswith((".”", "!”", "?”")):
        return f"{text[:-1]}.”"
    return sentence(text)


def _where_kept(reference: ArchivalReference | None) -> str:
    """``"f. 558, op. 2, d. 51, l. 1, RTsKhIDNI (now RGASPI)"``."""
    if reference is None:
        return ""
    archive = archive_phrase(reference)
    if has_table(reference):
        return ", ".join(filter(None, (running_location(reference), archive)))
    now = archive.removeprefix(reference.archive or "").strip()
    return f"{without_full_stop(reference)} {now}".rstrip()


def _note_number(entry: Entry) -> str:
    return entry.first.locator.replace("note ", "n. ", 1)


def _host(host: Host, *, published: bool) -> str:
    """``"*Title*, ed. A and B, vol. III (Washington: Press, 1932), doc. 81, p. 59"``.

    In a note, what is in volumes is found without knowing who published it (14.116 to 14.121
    ask for it once, in the bibliography).
    """
    title = f"*{host.title}*"
    if host.editors:
        *most, last = host.editors
        people = f"{', '.join(most)}{',' if len(most) > 1 else ''} and {last}" if most else last
        title += f", ed. {people}"
    within = host.within("vol.", "doc.", "p.", "pp.")
    volume = [within.pop(0)] if host.volume else []
    series = host.collection.series
    about = [one_line(series)] if published and series else []
    line = ", ".join([title, *volume, *about])
    if published and host.publication:
        line += f" ({host.publication})"
    return ", ".join([line, *within])


def _edition(collection: Collection) -> str:
    """``"*Title*, comp. A and B (1996)"``."""
    title = f"*{collection.title.rstrip('.')}*"
    if collection.editors:
        *most, last = collection.editors
        people = f"{', '.join(most)}{',' if len(most) > 1 else ''} and {last}" if most else last
        title += f", comp. {people}"
    return f"{title} ({collection.year})" if collection.year else title
