"""Where the original is kept and under which number, and what the header says of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docproc.formats.described import make_reference
from docproc.formats.xml import Element, local, words_of
from docproc.records import ArchivalReference, StatedDate
from docproc.references.source_notes import SOURCES, read_source_note, without_span
from docproc.stages.parse.xml.tei.dates import read_date
from docproc.stages.parse.xml.tei.names import XML_LANG
from docproc.text.patterns import compile_on_use

_DESCRIPTIONS = ("bibl", "biblFull", "biblStruct")
_HOUSES = ("repository", "institution", "orgName", "settlement", "collection")
_CALL_NUMBERS = (
    *("callno", "call-number", "callnumber", "shelfmark", "shelf", "signature", "signatur"),
    *("cote", "segnatura", "signatuur", "signum", "call_number"),
)
_LISTED = compile_on_use(
    r"regist|regest|catalog|katalog|ur[il]|doi|isbn|gnd|viaf|transkribus|(?:letter|doc)[-_ ]?id\Z",
    re.I,
)
"""How the types of numbers begin that are those of lists and of the web."""
_PRINT = compile_on_use(r"print|first.?edition|original", re.I)
"""What the types of descriptions of prints hold: ``printSource``, ``firstEdition``."""
_EDITION = compile_on_use(
    r"\s*[:,;(–—-]\s*(?:[\w-]+\s){0,2}?(?:[ée]dition|edici[óo]n|edizione|edição|ausgabe|wydanie|vydání|kiadás|издание)"
    r"(?:\s[\w-]+){0,3}\)?\Z",
    re.I,
)
_TELLING = 12
"""More letters than titles have that many texts bear."""
_KEEPS = compile_on_use(
    r"librar|archiv|collection|museum|biblioth|bibliote|universit|society|institut", re.IGNORECASE
)
_LEVELS = (
    ("country", "country"),
    ("settlement", "settlement"),
    ("institution", "institution"),
    ("repository", "repository"),
    ("collection", "collection"),
)


def child(element: Element | None, name: str) -> Element | None:
    """The first child called *name*."""
    if element is None:
        return None
    return next(element.iterchildren(f"{{*}}{name}"), None)


def below(element: Element | None, name: str) -> Iterator[Element]:
    """The elements called *name* in *element*."""
    found: Iterator[Element] = element.iter(f"{{*}}{name}") if element is not None else iter(())
    return found


def find_described(header: Element) -> list[Element]:
    """The descriptions of the source, and of the one item of its manuscript."""
    source = child(child(header, "fileDesc"), "sourceDesc")
    items = list(below(source, "msItem"))
    own = [] if source is None else [e for e in source if local(e) in _DESCRIPTIONS]
    return own + (items if len(items) == 1 else [])


def references_in(header: Element) -> Iterator[ArchivalReference]:
    """The shelfmarks: each ``msIdentifier``, and the ``altIdentifier`` in it.

    Those of the source come first; elsewhere in a header other manuscripts are named.
    """
    described = child(child(header, "fileDesc"), "sourceDesc")
    own = list(below(described, "msIdentifier"))
    others = [each for each in below(header, "msIdentifier") if each not in own]
    for identifier in (*own, *others):
        numbers = _shelf_marks([each for each in identifier if local(each) == "idno"])
        shelf = next((n for n in numbers if n.get("type") in ("shelf", "shelfmark")), None)
        levels = [(level, _in_one_language(child(identifier, name))) for name, level in _LEVELS]
        levels += [(number.get("type") or "number", words_of(number)) for number in numbers]
        reference = make_reference(words_of(shelf), levels)
        if reference:
            yield reference
        for other in below(identifier, "altIdentifier"):
            number = child(other, "idno")
            listed = number is not None and _LISTED.match(number.get("type") or "")
            alternative = None if listed else make_reference(words_of(number), ())
            if alternative:
                yield alternative
    if not own:
        yield from filter(None, (_read_shelf_mark(each) for each in find_described(header)))
    for note in below(header, "note"):
        if (note.get("type") or "").casefold() not in SOURCES or _is_of_print(note):
            continue
        if found := _source(note):
            yield found


def _in_one_language(element: Element | None) -> str:
    """The words of *element*; of those that say the same in several languages, the first."""
    parts = list(element) if element is not None else []
    spoken = len({each.get(XML_LANG) for each in parts}) == len(parts) > 1
    if spoken and element is not None and not (element.text or "").strip():
        return words_of(parts[0])
    return words_of(element)


def _is_of_print(note: Element) -> bool:
    """Whether *note* only says again what the description of a printed text says."""
    described = note.getparent()
    return local(described) == "bibl" and child(described, "title") is not None


def _shelf_marks(numbers: list[Element]) -> list[Element]:
    """Those of *numbers* that say where the original is kept, and not where it is listed.

    Where one is called a shelfmark, be it left empty, the others are none.
    """
    called = [n for n in numbers if (n.get("type") or "").casefold() in _CALL_NUMBERS]
    return called or [n for n in numbers if not _LISTED.match(n.get("type") or "")]


def _read_shelf_mark(described: Element) -> ArchivalReference | None:
    """Where a ``bibl`` says that the original is: the house, and the number it has there."""
    houses, numbers = _find_house_and_number(described)
    levels = [("repository", words_of(each)) for each in houses]
    levels += [("number", words_of(each)) for each in numbers]
    return make_reference(None, levels) if levels else None


def _find_house_and_number(described: Element) -> tuple[list[Element], list[Element]]:
    """Who keeps the original and under which number, by a ``bibl``; empty if it says no such."""
    houses = [each for each in described if local(each) in _HOUSES]
    numbers = [each for each in described if local(each) == "idno"]
    called = [n for n in numbers if (n.get("type") or "").casefold() in _CALL_NUMBERS]
    keeps = any(_KEEPS.search(words_of(each)) for each in houses)
    published = next(below(described, "publisher"), None) is not None
    if published or not (called or keeps or (houses and numbers)):
        return [], []
    return houses, called or numbers


def date_of_original(described: Element) -> StatedDate | None:
    """The day that a ``bibl`` gives of the original, which it says where to find."""
    return read_date(child(described, "date")) if any(_find_house_and_number(described)) else None


def own_description(header: Element, title: str) -> Element | None:
    """The description of the print whose text this is, called *title*, be it cut short there.

    A letter in an edition is called otherwise than the edition, whose year is not its own.
    """
    own = _bare(title)
    for each in find_described(header):
        called = (t for t in below(each, "title") if t.get("level") in (None, "a", "m"))
        for words in map(_bare, map(words_of, called)):
            if words == own or (len(own) > _TELLING and words.startswith(own)):
                return each
    return None


def printed_date(header: Element, described: Element | None) -> StatedDate | None:
    """When what is *described* was printed, or a print that *header* calls one of this text."""
    others = [each for each in find_described(header) if _PRINT.search(each.get("type") or "")]
    own = [] if described is None else [described]
    dates = (read_date(date) for each in (*own, *others) for date in below(each, "date"))
    found = next(filter(None, dates), None)
    if found and found.printed.count("[") != found.printed.count("]"):  # "[Riga? : 1558]", parted
        return replace(found, printed=found.printed.strip(" []"))
    return found


def without_edition(header: Element, title: str) -> str:
    """*title* without what it says of the file, where the source is called by the rest.

    ``Le dernier amour : édition ELTeC``.
    """
    tail = _EDITION.search(title)
    if tail is None:
        return title
    own = _bare(title[: tail.start()])
    called = [_bare(words_of(t)) for each in find_described(header) for t in below(each, "title")]
    same = any(words and (words.startswith(own) or own.startswith(words)) for words in called)
    return title[: tail.start()] if same else title


def date_of_issue(header: Element) -> StatedDate | None:
    """When the number of a newspaper or a journal came out that the source description names."""
    for source in below(header, "sourceDesc"):
        for whole in below(source, "monogr"):
            if any(title.get("level") == "j" for title in whole):
                return next(filter(None, map(read_date, below(whole, "date"))), None)
    return None


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _source(note: Element) -> ArchivalReference | None:
    """Where a *note* of a header says that the document is kept."""
    found = read_source_note(words_of(note))
    return without_span(found) if found else None
