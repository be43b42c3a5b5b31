"""The TEI header: who wrote to whom, when and where, and where the original is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docproc.dataclass_on_use import dataclass
from docproc.formats.described import make_date, mention
from docproc.formats.xml import Element, local, part_words, words_of
from docproc.letters.correspondents.sender_recipient import heading_correspondents
from docproc.letters.vocabulary.roles import is_recipient, is_sender
from docproc.letters.vocabulary.words import SENT, kind_of
from docproc.records import (
    ArchivalReference,
    Mention,
    Metadata,
    StatedDate,
    Witness,
)
from docproc.references import find_witness
from docproc.stages.parse.xml.tei.correspondence import PLACES, read_correspondence, roles_in
from docproc.stages.parse.xml.tei.dates import read_date
from docproc.stages.parse.xml.tei.edition import (
    edition_of,
    find_distribution,
    name_alone,
    own_title,
    printed_edition,
)
from docproc.stages.parse.xml.tei.heads import part_number
from docproc.stages.parse.xml.tei.kept import (
    below,
    child,
    date_of_issue,
    date_of_original,
    find_described,
    own_description,
    printed_date,
    references_in,
    without_edition,
)
from docproc.stages.parse.xml.tei.names import (
    NAMES,
    XML_LANG,
    Keys,
    in_one_form,
    join_mentions,
    read_mention,
)
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

PARTS_OF_NAMES = tuple(
    f"{{*}}{name}"
    for name in (
        *("roleName", "forename", "surname", "addName", "genName", "nameLink"),
        *("settlement", "district", "region", "country"),
    )
)
"""What a name is made of, each a word of its own."""
_CODE = compile_on_use(r"[A-Za-z]{2,3}(?:-|$)")
_THREE = {
    "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "ita": "it", "rus": "ru",
    "spa": "es", "lat": "la", "nld": "nl", "dut": "nl", "pol": "pl", "swe": "sv", "dan": "da",
    "por": "pt", "ces": "cs", "cze": "cs", "hun": "hu", "ell": "el", "gre": "el", "fin": "fi",
    "nor": "no", "ukr": "uk",
}  # fmt: skip
_LIVED = compile_on_use(
    r",?\s*(?:\[[^\[\]]{3,80}\]\s*)?\(?(?:b\.\s|ca?\.\s|fl\.\s)?"
    r"(?<!\d)\d{4}\??\s?[-–]\s?(?:\d{4}\??|\?)?\)?\.?\s*(?=;|\Z)"
)
"""When an author lived, behind the name, and other names: ``Ek, Ida [I. Holm] (1804-1876)``."""
_PARTICIPANTS = ("{*}person", "{*}personGrp", "{*}org")
_NAMES = tuple(f"{{*}}{name}" for name in NAMES)
_SAID = ("postcard", "telegram", "cablegram")
"""Letters in the wider sense, which a title calls by their own names."""
_DATING = ("iso-date", "isodate", "date")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says of the documents below it."""

    metadata: Metadata = Metadata()
    references: tuple[ArchivalReference, ...] = ()
    witness: Witness | None = None
    element: Element | None = None

    def under(self, outer: Header) -> Header:
        """The same, with what only *outer*, the header of the corpus, says."""
        own, whole = self.metadata, outer.metadata
        return replace(
            self,
            metadata=replace(
                own,
                collection=own.collection or whole.collection,
                language=own.language or whole.language,
            ),
            references=self.references or outer.references,
            witness=self.witness or outer.witness,
        )

    def with_edition(self, *, several: bool) -> Header:
        """The same, with the edition that the file is where its source is none."""
        if self.element is None or self.metadata.collection:
            return self
        edition = edition_of(self.element, self.metadata, several=several)
        own = self.metadata.title
        alone = edition and own and not several and own.text.startswith(edition.title)
        sender = self.metadata.sender
        named = alone and sender is not None and own and sender.text in own.text
        if edition and own and alone and (named or _of_a_letter(own)):
            edition = find_distribution(self.element, edition)
        return replace(self, metadata=replace(self.metadata, collection=edition))


def _of_a_letter(title: Mention) -> bool:
    """Whether *title* names both sides of a letter."""
    who = heading_correspondents(title, letter=True)
    return who.sender is not None and who.recipient is not None


def read_header(tei: Element, keys: Keys) -> Header:
    """The header of one ``TEI`` or ``teiCorpus`` element."""
    header = child(tei, "teiHeader")
    if header is None:
        return Header(Metadata(language=_language(tei, None)))
    part_words(header, *PARTS_OF_NAMES)
    description = next(iter(below(header, "correspDesc")), None)
    titles = child(child(header, "fileDesc"), "titleStmt")
    created = child(child(header, "profileDesc"), "creation")
    who = Metadata()
    if description is not None:
        who = read_correspondence(description, keys)
    elif created is not None:
        who = roles_in(created, keys)
    if not (who.sender or who.recipient):
        who = _of_participants(header, keys)
    kind = _kind(tei, header)
    if kind in SENT and not (who.sender or who.recipient):
        who = _of_source(header, keys)
    date = _find_creation(header)
    date = date if date is not None else _first(created, ("date", "origDate"))
    if date is not None and local(date) == "origDate" and not date.attrib:
        date = next(below(date, "date"), date)
    own, place = read_date(date), _first(created, PLACES)
    if date is None:
        own = _titled_date(titles)
        place = place if place is not None else _first(child(titles, "meeting"), PLACES)
    if own is None and not who.dates:
        originals = (date_of_original(each) for each in find_described(header))
        own = _of_events(tei) or next(filter(None, originals), None)
    if own is None and (origin := _origin(tei, header)) is not None:
        own = read_date(next(below(origin, "origDate"), None))
        place = place if place is not None else next(below(origin, "origPlace"), None)
    number, title = part_number(own_title(titles, who))
    title = without_edition(header, title) if title else title
    if kind == "letter" and (named := kind_of(" ".join((title or "").split()[:3]))) in _SAID:
        kind = named  # editions type all that is sent as letters
    sent = kind in SENT or who.sender or who.recipient
    print_ = None if sent or not title else own_description(header, title)
    if own is None and not who.dates and not sent:
        own = printed_date(header, print_) or date_of_issue(header)
    metadata = replace(
        who,
        title=mention(title),
        number=number,
        place=who.place or (mention(shown_words(place)) if place is not None else None),
        dates=who.dates or ((own,) if own else ()),
        collection=printed_edition(header),
        kind=kind,
        language=_language(tei, header),
        other=tuple(dict.fromkeys(_others(header, titles, description, print_))),
    )
    return Header(metadata, tuple(references_in(header)), _witness(header), header)


def _of_participants(header: Element, keys: Keys) -> Metadata:
    """Who wrote to whom by the roles of those whom ``particDesc`` describes."""
    said: dict[bool, list[Mention]] = {True: [], False: []}
    for each in (e for part in below(header, "particDesc") for e in part.iter(*_PARTICIPANTS)):
        role = each.get("role") or ""
        if (is_sender(role) or is_recipient(role)) and (name := _author(each, keys)):
            said[is_sender(role)].append(name)
    return Metadata(sender=join_mentions(said[True]), recipient=join_mentions(said[False]))


def _of_source(header: Element, keys: Keys) -> Metadata:
    """Who wrote the letter to whom, by the description of its source: by roles, or the author.

    The author of a book that prints it is not asked.
    """
    for each in find_described(header):
        who = roles_in(each, keys)
        said = [] if local(each) == "biblStruct" else list(below(each, "author"))
        if authors := [name for author in said if (name := _author(author, keys))]:
            who = replace(who, sender=who.sender or join_mentions(dict.fromkeys(authors)))
        if who.sender or who.recipient:
            return who
    return Metadata()


def _author(author: Element, keys: Keys) -> Mention | None:
    return read_mention(next(author.iter(*_NAMES), author), keys)


def _titled_date(titles: Element | None) -> StatedDate | None:
    """The day that a title for sorting gives, or that of the meeting whose minutes these are."""
    for each in titles if titles is not None else ():
        if local(each) == "title" and (each.get("type") or "").casefold() in _DATING:
            day = each.get("when-iso") or each.get("when")
            return make_date(words_of(each) if day else "", day or words_of(each))
        if local(each) == "meeting":
            return read_date(child(each, "date"))
    return None


def _of_events(tei: Element) -> StatedDate | None:
    """When a work was printed, first performed or written, by the events of its file."""
    parts = tei.iterchildren("{*}standOff", "{*}teiHeader")
    said = {e.get("type"): e for part in parts for e in below(part, "event")}
    events = (said[kind] for kind in ("print", "premiere", "written") if kind in said)
    return next(filter(None, (make_date("", each.get("when")) for each in events)), None)


def _find_creation(header: Element) -> Element | None:
    """The date of writing, where the header calls it so."""
    return next((d for d in header.iter("{*}date") if d.get("type") == "created"), None)


def _origin(tei: Element, header: Element) -> Element | None:
    """Where and when the one manuscript of a text that does not date itself was made."""
    described = list(below(header, "msDesc"))
    if len(described) != 1 or len(list(below(header, "msItem"))) > 1:
        return None
    if next(tei.iter("{*}dateline"), None) is not None:
        return None
    return next(below(described[0], "origin"), None)


def _first(element: Element | None, names: tuple[str, ...]) -> Element | None:
    return next((each for name in names if (each := child(element, name)) is not None), None)


def _witness(header: Element) -> Witness | None:
    for name in ("physDesc", "objectDesc"):
        for element in below(header, name):
            printed = words_of(element)
            found = find_witness(printed)
            if found:
                return replace(found[0], printed=printed, span=None)
    return None


def _kind(tei: Element, header: Element) -> str | None:
    """The kind that an attribute of the file, its text or its description names."""
    text = child(tei, "text")
    said = [tei.get("type"), text.get("type") if text is not None else None]
    said += [each.get("form") for each in below(header, "objectDesc")]
    said += [each.get("corresp") or words_of(each) for each in below(header, "objectType")]
    said += [each.get("type") for each in find_described(header)]
    named = (kind_of(words) for words in said if words and len(words) < 40)
    return next(filter(None, named), None)


def language_of(element: Element | None) -> str | None:
    """The language that ``xml:lang`` of *element* names, by two letters where it has such."""
    return _language_code(element.get(XML_LANG)) if element is not None else None


def _language_code(code: str | None) -> str | None:
    if not code or not _CODE.match(code):
        return None
    first = re.split(r"[-_]", code)[0].casefold()
    return first if len(first) == 2 else _THREE.get(first)


def _language(tei: Element, header: Element | None) -> str | None:
    """That of the text; else the one used most, by the header, or first; else the file's."""
    for element in tei:
        if local(element) == "text":
            body = child(element, "body")
            own = language_of(element) or language_of(body)
            if own:
                return own
    said = list(below(header, "textLang"))
    coded = [_language_code(each.get("mainLang")) for each in said]
    used = list(below(header, "language"))
    used.sort(key=lambda each: -_share(each.get("usage")))
    coded += [_language_code(each.get("ident")) for each in used]
    return next(filter(None, coded), None) or language_of(tei)


def _share(usage: str | None) -> int:
    return int(usage) if usage and usage.isdigit() else 0


def _named_in(element: Element) -> list[str]:
    """The names in an author or an editor, each alone, or else its words."""
    names = [each for each in element if local(each) in ("persName", "name", "orgName")]
    several = list(filter(None, map(words_of, in_one_form(names))))
    return several if len(names) > 1 and several else list(filter(None, [name_alone(element)]))


def _all_named(element: Element | None, name: str) -> str:
    """The names in all of the *name* elements in *element*."""
    said = element.iterchildren(f"{{*}}{name}") if element is not None else ()
    return "; ".join(words for each in said for words in _named_in(each))


def _others(
    header: Element,
    titles: Element | None,
    description: Element | None,
    described: Element | None,
) -> Iterator[tuple[str, str]]:
    """What has no field of its own: the author, the editors, the summary of the letter.

    The author is the one of the print *described* where the title of the file names none.
    """
    for name in ("author", "editor"):
        said = _all_named(titles, name)
        if said := said or (_all_named(described, name) if name == "author" else ""):
            yield name, _LIVED.sub("", said)
    summary = words_of(child(description, "note"))
    if summary:
        yield "summary", summary
    for source in below(header, "biblScope"):
        if words_of(source):
            yield source.get("unit") or source.get("type") or "extent", words_of(source)
