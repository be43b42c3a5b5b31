"""Which documents a file holds: one, or the letters of an edition, each with what is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from docproc.dataclass_on_use import dataclass
from docproc.formats.described import mention
from docproc.formats.xml import Element, lies_in, local, text_of
from docproc.letters.correspondents.sender_recipient import heading_correspondents
from docproc.letters.correspondents.title_outlines import TO
from docproc.letters.vocabulary.offices import is_office
from docproc.letters.vocabulary.words import SENT, kind_of
from docproc.records import Mention, Metadata
from docproc.stages.parse.xml.tei.correspondence import read_correspondence
from docproc.stages.parse.xml.tei.dates import is_of_another, own_dates, own_place
from docproc.stages.parse.xml.tei.header import Header, language_of, read_header
from docproc.stages.parse.xml.tei.heads import Head, read_head
from docproc.stages.parse.xml.tei.marks import targets_of
from docproc.stages.parse.xml.tei.names import XML_ID, Keys, read_mention
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

ROOTS = ("TEI", "teiCorpus", "TEI.2")
_MAIN = ("letter", "brief", "lettre", "lettera", "dispatch", "despatch", "письмо")
_LETTERS = (
    *("letter", "document", "telegram", "dispatch", "decree", "minutes", "memorandum", "protocol"),
    *("brief", "dokument", "lettre", "lettera", "dispaccio", "carta", "письмо", "документ"),
    *("enclosure", "attachment", "diaryentry", "entry", "charter", "despatch", "note_verbale"),
    *("postcard", "postkarte", "telegramm", "tagebucheintrag", "urkunde", "historical-document"),
)
"""Values of ``@type`` or ``@subtype`` that make a division a document of its own among several."""


_WORDY = compile_on_use(r"(?:[^\W\d_][\W\d_]*){4}")
"""More letters than "No. 12" has."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One document: its element, its header, and the documents within it that are their own."""

    element: Element
    header: Header
    member: str = ""
    without: frozenset[Element] = frozenset()
    notes: tuple[Element, ...] = ()
    """Notes to it that stand elsewhere."""
    head: Element | None = None
    """The head that its title is of."""
    pages: Mapping[Element, tuple[Element, int]] = field(default_factory=dict)


def units(tei: Element, outer: Header, keys: Keys) -> Iterator[Unit]:
    """The documents of *tei*, what *outer*, the header of its corpus, says of them too."""
    header = read_header(tei, keys).under(outer)
    inner = [each for each in tei if local(each) in ROOTS]
    for number, each in enumerate(inner, 1):
        for unit in units(each, header.with_edition(several=True), keys):
            name = each.get(XML_ID) or each.get("n") or f"TEI {number}"
            yield replace(unit, member=f"{name}/{unit.member}" if unit.member else name)
    for text in (each for each in tei if local(each) in ("text", "sourceDoc")):
        yield from _texts(text, header, tei, keys)


def _texts(text: Element, header: Header, tei: Element, keys: Keys) -> Iterator[Unit]:
    """The documents of a ``text``: those of its group, its letters, or itself."""
    grouped = [
        each
        for each in text.iter("{*}text")
        if each is not text and local(each.getparent()) == "group"
    ]
    if grouped:
        yield from _several(text, grouped, header, tei, keys)
        return
    letters = _letters(text, _descriptions(tei))
    if len(letters) > 1:
        yield from _several(text, letters, header, tei, keys)
    else:
        own = letters[0] if letters else text
        notes = _notes_of(tei, [text]).get(text, [])
        header = header.with_edition(several=False)
        titled = letters != [] and _is_container(header)
        about = _add_said(header, own, keys, _head(own), titled=titled)
        yield Unit(text, about, "", notes=tuple(notes))


def _several(
    text: Element, parts: list[Element], header: Header, tei: Element, keys: Keys
) -> Iterator[Unit]:
    """What stands outside *parts*, if anything, and each of *parts*.

    What a part's own ``correspDesc`` does not say it does not take from the header's, unless
    it is the only letter, with others enclosed, or one in several languages.
    """
    outermost = _outermost(parts)
    notes = _notes_of(tei, outermost)
    described = _descriptions(tei)
    elsewhere = frozenset(outermost).union(*notes.values())
    header = header.with_edition(several=True)
    own = len(described) > 0 or len(list(tei.iter("{*}correspDesc"))) > 1
    shared = _share(header)
    yield Unit(text, shared if own else header, "", elsewhere)
    letters = [part for part in outermost if _types(part) & set(_MAIN)]
    pages = _pages_before(text, frozenset(outermost))
    for number, part in enumerate(outermost, 1):
        own = part.get(XML_ID, "")
        member = own or part.get("n") or f"{part.get('type') or 'text'} {number}"
        description = described.get(own) if own else None
        for target in _pointers(part):
            description = described.get(target, description)
        if description is None:
            description = next(iter(part.iter("{*}correspDesc")), None)
        whole = [part] == letters or (part in letters and _are_versions(letters))
        about = header if whole and not described else shared
        if description is not None:
            about = replace(
                about,
                metadata=_with_parties(about.metadata, read_correspondence(description, keys)),
            )
        head = None
        if about is not header:
            head = _head(part)
            about = _add_said(about, part, keys, head, titled=True)
            if head is None and description is not None:
                about = _without_title(about)
        else:
            about = _with_own_date(about, part)
            kind = about.metadata.kind or _kind(part, "")
            about = replace(about, metadata=replace(about.metadata, kind=kind))
        yield Unit(part, about, member, notes=tuple(notes.get(part, ())), head=head, pages=pages)


def _without_title(header: Header) -> Header:
    """*header*, of a letter without a head, without the title of what it is printed in.

    Who wrote to whom says what the letter is; where that is not known, the title does.
    """
    known = header.metadata
    if not (known.sender and known.recipient):
        return header
    return replace(header, metadata=replace(known, title=None))


def _are_versions(letters: list[Element]) -> bool:
    """Whether *letters* are one in several languages, each in another."""
    languages = [language_of(each) for each in letters]
    return None not in languages and len(set(languages)) == len(languages)


def _is_container(header: Header) -> bool:
    """Whether the only title of *header* is that of the edition, and not the letter's."""
    title, edition = header.metadata.title, header.metadata.collection
    return title is None or (edition is not None and title.text.startswith(edition.title))


def _descriptions(tei: Element) -> dict[str, Element]:
    """The ``correspDesc`` elements by their ids, and by those of the letters that they describe."""
    found: dict[str, Element] = {}
    for each in tei.iter("{*}correspDesc"):
        targets = (each.get("corresp") or each.get("target") or "").split()
        for target in (*targets, each.get(XML_ID) or ""):
            if target:
                found[target.removeprefix("#")] = each
    return found


def _pages_before(text: Element, parts: frozenset[Element]) -> dict[Element, tuple[Element, int]]:
    """The ``pb`` before each of *parts*, whose page it begins on, and how many there were."""
    found: dict[Element, tuple[Element, int]] = {}
    last: Element | None = None
    number = 0
    names = {f"{{*}}{local(part)}" for part in parts}
    for each in text.iter("{*}pb", *names):
        if local(each) == "pb":
            last, number = each, number + 1
        elif each in parts and last is not None:
            found[each] = (last, number)
    return found


def _add_said(
    header: Header, part: Element, keys: Keys, element: Element | None, *, titled: bool
) -> Header:
    """*header*, with what the head, the dateline and the signature of *part* say.

    *element* is its head.  With *titled*, a title of the part's own goes before the header's.
    """
    known = header.metadata
    said = read_head(part, element, keys) if titled or not known.sender else Head()
    sender, recipient = known.sender or said.sender, known.recipient or said.recipient
    unknown = not (titled or sender or recipient)
    if unknown and said.title and TO.search(said.title) and _reads_as_letter(part):
        who = heading_correspondents(Mention(said.title), letter=True)
        if who.sender and who.recipient:
            sender, recipient = who.sender, who.recipient
            own = known.title and heading_correspondents(known.title, letter=True)
            if not (own and own.sender and own.recipient):  # what the file is called is around it
                header, titled = header.with_edition(several=True), True
                known = header.metadata
    sender = _holder(_find_signer(sender, part, keys), keys)
    about = replace(
        known,
        title=(mention(said.title) if titled else None) or known.title,
        sender=sender,
        recipient=_holder(recipient, keys),
        place=known.place or own_place(part),
        dates=known.dates or own_dates(part),
        number=known.number or (said.number if titled else None),
        kind=known.kind or _kind(part, said.title or ""),
        language=language_of(part) or known.language,
    )
    return replace(header, metadata=about)


def _reads_as_letter(part: Element) -> bool:
    """Whether *part* is called a letter, or opens or closes as one."""
    opened = "{*}salute", "{*}opener", "{*}closer", "{*}signed", "{*}dateline"
    return _is_letter(part) or next(part.iter(*opened), None) is not None


def _holder(mention: Mention | None, keys: Keys) -> Mention | None:
    if mention is None or mention.name or mention.identity:
        return mention
    holder = keys.holder(mention.text)
    return replace(mention, identity=holder[0], name=holder[1]) if holder else mention


def _find_signer(sender: Mention | None, part: Element, keys: Keys) -> Mention | None:
    """*sender*, an office, with the name of the one who signed *part*; else that name alone."""
    if sender is not None and (sender.name or sender.identity or len(sender.text.split()) < 2):
        return sender
    signed = [
        name
        for each in part.iter("{*}signed")
        if not is_of_another(each, part)
        for name in each.iter("{*}persName")
    ]
    if len(signed) != 1:
        return sender
    name = read_mention(signed[0], keys)
    if name is None or sender is None:
        return name or sender
    if not is_office(sender.text) or name.text.casefold() in sender.text.casefold():
        return replace(sender, identity=name.identity)
    return replace(sender, name=name.text, identity=name.identity)


def _head(part: Element) -> Element | None:
    """The first head of *part* that has words in it besides a number."""
    heads = sorted(part.iter("{*}head", "{*}titlePart"), key=_is_below)
    worded = []
    for each in heads:
        plain = next(each.iter("{*}note"), None) is None
        if _WORDY.search(text_of(each) if plain else shown_words(each)):
            if len(heads) == 1 or not _is_date_alone(each):
                return each
            worded.append(each)
    return next(iter(worded or heads), None)


def _is_date_alone(head: Element) -> bool:
    """Whether *head* holds a date and no other words."""
    dated = "".join(text_of(each) for each in head.iterchildren("{*}date"))
    said, known = (re.sub(r"[\W_]+", "", words) for words in (text_of(head), dated))
    return bool(known) and said == known


def _is_below(head: Element) -> bool:
    """Whether *head* is what is called so below another."""
    return (head.get("type") or "").casefold() in ("sub", "subtitle", "subordinate", "desc")


def _share(header: Header) -> Header:
    """What *header* says of all documents below it."""
    metadata = replace(
        header.metadata, sender=None, recipient=None, dates=(), place=None, kind=None
    )
    return replace(header, metadata=metadata)


def _with_parties(metadata: Metadata, said: Metadata) -> Metadata:
    return replace(
        metadata,
        sender=said.sender,
        recipient=said.recipient,
        place=said.place,
        dates=said.dates,
    )


def _notes_of(tei: Element, parts: list[Element]) -> dict[Element, list[Element]]:
    """The notes that stand outside all *parts*, under the first that points to each.

    Or under the one that they point into themselves.
    """
    places = [each for each in tei if local(each) != "teiHeader" and each not in parts]
    if not places:
        return {}
    within = {each for part in parts for each in part.iter("{*}note")}
    apart = [each for place in places for each in place.iter("{*}note") if each not in within]
    if not apart:
        return {}
    by_id = {each.get(XML_ID): each for each in apart if each.get(XML_ID)}
    pointing: dict[str, list[Element]] = {}
    for each in apart:
        for target in targets_of(each)[:1]:
            pointing.setdefault(target, []).append(each)
    found: dict[Element, list[Element]] = {}
    taken: set[Element] = set()
    for part in parts:
        wanted: list[Element] = []
        for mark in part.iter("{*}ptr", "{*}ref"):
            for target in mark.get("target", "").split():
                note = by_id.get(target.removeprefix("#"))
                wanted += [note] if note is not None else []
        if pointing:
            for each in part.iter("*"):
                if (own := each.get(XML_ID)) and own in pointing:
                    wanted += pointing[own]
        for note in wanted:
            if note not in taken:
                taken.add(note)
                found.setdefault(part, []).append(note)
    return found


def _letters(text: Element, described: Mapping[str, Element]) -> list[Element]:
    """The outermost divisions that are documents: by type, or since a letter is described so.

    *described* are the descriptions of letters, by their ids and by those of the letters.
    """
    found = [
        each
        for each in text.iter("{*}div", "{*}div1", "{*}div2")
        if _is_letter(each)
        or (described and any(key in described for key in (*_pointers(each), each.get(XML_ID))))
    ]
    return _outermost(found)


def _pointers(part: Element) -> list[str]:
    """The ids of the descriptions that *part* says are its own."""
    targets = f"{part.get('decls', '')} {part.get('corresp', '')}".split()
    return [target.removeprefix("#") for target in targets if target.startswith("#")]


def _outermost(elements: list[Element]) -> list[Element]:
    """Those of *elements* that lie in none of the others."""
    known = set(elements)
    return [each for each in elements if not lies_in(each, known)]


def _is_letter(division: Element) -> bool:
    return bool(_types(division) & set(_LETTERS))


def _types(division: Element) -> set[str]:
    return {str(division.get(name, "")).casefold() for name in ("type", "subtype")} - {""}


def _kind(division: Element, title: str) -> str | None:
    """The kind of document that the types of *division* name, if they name one.

    The words that its *title* begins with may say it closer: a letter's is "Telegram to".
    """
    typed = next((kind for name in _types(division) if (kind := kind_of(name))), None)
    opening = kind_of(" ".join(title.split()[:2])) if typed else None
    return opening if opening in SENT else typed


def _with_own_date(header: Header, element: Element) -> Header:
    """*header*, with the date and place of the text's own dateline or head where it has none."""
    known = header.metadata
    place, dates = known.place or own_place(element), known.dates or own_dates(element)
    return replace(header, metadata=replace(known, place=place, dates=dates))
