"""The edition that prints a document: which of its titles is whose, volume, editors, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from docproc.formats.xml import Element, local, words_of
from docproc.letters.correspondents.sender_recipient import heading_correspondents
from docproc.records import Collection, Mention, Metadata
from docproc.stages.parse.xml.tei.names import in_one_form
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

_NAMED = ("orgName", "placeName", "name")
_VOLUME_TYPES = ("volumenumber", "volume-number", "volume_number", "vol", "volumeno")
_SERIES_TYPES = ("series",)
_NO_TITLES = (
    *_VOLUME_TYPES, *_SERIES_TYPES, "subseries", "sub-series", "volume", "iso-date", "sort",
    "filing", "gmd", "desc", "abbr", "abbreviated", "url", "complete", "editionstitel", "alt",
    "short", "sub", "subordinate", "subtitle",
)  # fmt: skip
_PEOPLE = ("author", "editor", "persName", "name")
"""What dates of a life stand in."""
_CONTAINERS = ("m", "j", "s", "u")
_YEAR = compile_on_use(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_VOLUME_WORDS = r"(?:volume|vol\.?|band|bd\.?|tome|том|т\.|tomo|teil|part|bind)\s([IVXLC\d]+)\W*"
_VOLUME = compile_on_use(rf"[\s,.;:(–—-]+{_VOLUME_WORDS}\Z", re.I)
_VOLUME_ALONE = compile_on_use(_VOLUME_WORDS, re.I)
_MAIN = ("", "main")
_COLLECTS = compile_on_use(
    r"archive|edition|papers|letters|correspondence|project|online|digital|briefe|korrespondenz"
    r"|archiv\w*|corr?espond\w*|lettere|carteggio|epistol\w+|письма",
    re.IGNORECASE,
)
"""How collections of letters on the web call themselves."""
_EDITS = compile_on_use(
    rf"{_COLLECTS.pattern}|ausgabe|édition|edizione|edici[óo]n|edição|издани|wydani|vydán|kiadás"
    r"|uitgave|utgåva|udgave|tagebu|diar|journal|collection|database|corpus|version|text|werke|works",
    re.IGNORECASE,
)
"""How editions call themselves where they have no title."""
_ON_SCREEN = compile_on_use(r"digital|electronic|online|web", re.I)
_OF_FILE = compile_on_use(r"\W*(?:an?\s)?(?:tei|xml|digital|electronic|online)\sedition\W*", re.I)
_SHORTEST = 8
_NAME = compile_on_use(r"[^\W\d_a-zа-яё]\w+")
NOBODY = Metadata()
"""Where nothing is known of who wrote to whom."""
_NOT_PUBLISHED = ("content-date", "content", "created", "coverage")


def own_title(titles: Element | None, who: Metadata = NOBODY) -> str | None:
    """The title of what the file holds: that of an article before others, never the series'.

    *who* is what is known of who wrote to whom.
    """
    if titles is None:
        return None
    found = [
        (_rank(each), number, shown_words(each))
        for number, each in enumerate(titles)
        if local(each) == "title"
    ]
    ranked = sorted(each for each in found if each[2])
    if not ranked:
        return None
    rank, _, words = ranked[0]
    below = _subtitle(titles) if rank == 1 else ""
    if not below or _names_both_sides(words, who):
        return words
    stop = "" if words.endswith(("!", "?", "…")) else "."
    return f"{words.rstrip('.')}{stop} {below}"


def _subtitle(titles: Element) -> str:
    """What the main title is called below that, if it is more than "TEI edition"."""
    for each in titles:
        if local(each) == "title" and each.get("type") in ("sub", "subordinate"):
            words = shown_words(each)
            return "" if _OF_FILE.fullmatch(words) else words
    return ""


def _names_both_sides(title: str, known: Metadata) -> bool:
    """Whether *title* is that of a letter itself, below which only its edition can be named."""
    if not (known.sender and known.recipient):
        read = heading_correspondents(Mention(title), letter=True)
        return bool(read.sender and read.recipient)
    names = (known.sender.text, known.recipient.text)
    return all(any(word in title for word in _NAME.findall(name)) for name in names)


def _rank(title: Element) -> int:
    level: str | None = title.get("level")
    kind: str = (title.get("type") or "").casefold()
    if level == "a":
        return 0
    if kind == "complete":
        return 3
    if kind in _NO_TITLES:
        return 6
    if level in _CONTAINERS:
        return 5 if level == "s" else 4
    return 1 if kind in ("main", "") else 2


def printed_edition(header: Element) -> Collection | None:
    """The edition that the source description names, from which the file was made."""
    for source in header.iter("{*}sourceDesc"):
        for level in ("m", "j", "s"):
            for title in source.iter("{*}title"):
                if title.get("level") == level and words_of(title):
                    return _describe(title)
    return next(map(_describe, _titles_of_prints(header)), None)


def _titles_of_prints(header: Element) -> Iterable[Element]:
    """The titles of books that the source description names with who printed them, or where."""
    for described in header.iter("{*}sourceDesc"):
        for each in described.iter("{*}bibl"):
            title = next(each.iterchildren("{*}title"), None)
            printed = next(each.iterchildren("{*}publisher", "{*}pubPlace"), None)
            if title is None or not words_of(title) or not words_of(printed):
                continue
            if title.get("level") is None and not _ON_SCREEN.match(each.get("type") or ""):
                yield title


def edition_of(header: Element, who: Metadata, *, several: bool) -> Collection | None:
    """The edition that the file itself is, or is part of; of *several* documents it is one.

    *who* is what is known of who wrote to whom.
    """
    titles = next(header.iter("{*}titleStmt"), None)
    if titles is None:
        return None
    stated = [
        (each.get("level"), (each.get("type") or "").casefold(), words)
        for each in titles
        if local(each) == "title" and (words := words_of(each))
    ]
    typed = {kind: words for _, kind, words in reversed(stated)}
    stated.sort(key=lambda each: _MAIN.index(each[1]) if each[1] in _MAIN else len(_MAIN))
    levels = {level: words for level, _, words in reversed(stated)}
    complete = typed.get("complete")
    if complete and not several:  # "Letter From Ida Holm to Per Ek" is the letter itself
        read = heading_correspondents(Mention(complete), letter=False)
        complete = None if read.sender and read.recipient else complete
    title = complete or levels.get("m") or levels.get("j") or levels.get("s")
    title = title or (own_title(titles) if several else None)
    outer = next(
        (
            words
            for place in ("editionStmt", "seriesStmt")
            for statement in header.iter(f"{{*}}{place}")
            for each in statement.iter("{*}title")
            if (words := words_of(each))
        ),
        None,
    )
    below = "" if several or title or outer else _subtitle(titles)
    if not (_COLLECTS.search(below) and _names_both_sides(own_title(titles, who) or "", who)):
        below = ""
    title = title or outer or below or _edition_named(header)
    if not title:
        return None
    volume = next((typed[kind] for kind in _VOLUME_TYPES if kind in typed), None)
    volume = volume or _scope(header.iter("{*}seriesStmt"), "volume", "vol")
    if (alone := _VOLUME_ALONE.fullmatch(title)) and levels.get("s"):
        title, volume = levels["s"], volume or alone[1]
    series = next((typed[kind] for kind in _SERIES_TYPES if kind in typed), None)
    series = series or (levels.get("s") if levels.get("s") != title else None) or outer
    found = Collection(
        _VOLUME.sub("", title) if volume else title,
        tuple(_editors(titles)),
        volume=volume,
        series=series if series and series not in title else None,
    )
    return _add_publication(found, next(header.iter("{*}publicationStmt"), None))


def find_distribution(header: Element, letter: Collection) -> Collection | None:
    """The edition that gives out a *letter*, whose own title is all that the header calls it by.

    That is one which distributes the file and is called an archive, an edition or the like.
    """
    for statement in header.iter("{*}publicationStmt"):
        for each in statement:
            words = name_alone(each) if local(each) in ("distributor", "authority") else ""
            if _COLLECTS.search(words):
                return replace(letter, title=words, publisher=None)
    return None


def _edition_named(header: Element) -> str | None:
    """What an ``edition`` without a title calls itself: its first sentence."""
    for each in header.iter("{*}edition"):
        words = re.split(r"(?<=\w{3})\.\s", words_of(each))[0].rstrip(".")
        if len(words) > _SHORTEST and any(map(str.isspace, words)) and _EDITS.search(words):
            return words
    return None


def _describe(title: Element) -> Collection:
    """What a ``bibl`` or ``monogr`` says of the edition called *title*."""
    parent = title.getparent()
    whole = parent.getparent() if local(parent) in ("monogr", "series", "analytic") else parent
    editors = tuple(_editors(parent))
    series = next((t for t in whole.iter("{*}title") if t.get("level") == "s"), None)
    found = Collection(
        words_of(title),
        editors,
        volume=_scope([parent, whole], "volume", "vol"),
        series=words_of(series) or None if series is not None and series is not title else None,
        year=_year(d for d in parent.iter("{*}date") if local(d.getparent()) not in _PEOPLE),
        publisher=_read_bare(next(parent.iter("{*}publisher"), None)),
        place=_read_bare(next(parent.iter("{*}pubPlace"), None)),
    )
    if found.volume and found.volume in found.title:
        return replace(found, title=_VOLUME.sub("", found.title))
    return found


def _scope(places: Iterable[Element], *units: str) -> str | None:
    for place in places:
        for each in place.iter("{*}biblScope"):
            if each.get("unit", each.get("type", "")).casefold() in units and words_of(each):
                return words_of(each)
    return None


def _add_publication(edition: Collection, statement: Element | None) -> Collection:
    if statement is None:
        return edition
    publisher = next((e for e in statement if local(e) == "publisher"), None)
    name = publisher
    if publisher is not None:
        name = next((e for e in publisher if local(e) in ("orgName", "name")), publisher)
    place = next((e for e in statement if local(e) == "pubPlace"), None)
    return replace(
        edition,
        publisher=_read_bare(name),
        place=_read_bare(place),
        year=_year(each for each in statement if local(each) == "date"),
    )


def _read_bare(element: Element | None) -> str | None:
    """A publisher or a place, in its first language, without what catalogs print behind it."""
    names = [] if element is None else [e for e in element if local(e) in _NAMED]
    name = in_one_form(names)[0] if len(names) > 1 else element
    return words_of(name).strip(" ,;:") or None


def _year(dates: Iterable[Element]) -> str | None:
    for each in dates:
        if each.get("type") in _NOT_PUBLISHED:
            continue
        found = _YEAR.search(f"{words_of(each)} {each.get('when') or ''}")
        if found:
            return found[1]
    return None


def _editors(titles: Element) -> Iterable[str]:
    """The editors by name, those of the volume before those of the series."""
    found: list[tuple[bool, str]] = []
    for each in titles:
        if local(each) != "editor":
            continue
        names = in_one_form([e for e in each if local(e) in ("persName", "name")]) or [each]
        general = each.get("role") in ("general", "series", "chief")
        found += [(general, words) for name in names if (words := name_alone(name))]
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def name_alone(element: Element) -> str:
    """The words of a name without the addresses and numbers that stand in it."""
    words = [element.text or ""]
    for each in element:
        if local(each) not in ("email", "idno", "ref", "ptr", "note", "affiliation", "address"):
            words.append(name_alone(each))
        words.append(each.tail or "")
    return " ".join(" ".join(words).split()).strip(" ,;")
