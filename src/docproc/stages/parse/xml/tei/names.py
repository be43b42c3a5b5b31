"""Names in TEI: whom they name, and who that is by the keys and addresses beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element, local, words_of
from docproc.persons import split_name
from docproc.records import Mention, Person
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NAMES = ("persName", "orgName", "name", "rs")
_POINTERS = ("ref", "corresp", "sameAs", "key")
_AUTHORITIES = (
    (
        compile_on_use(r"(?:https?://)?(?:www\.)?d-nb\.info/(?:gnd/)?([\dX-]+)/?"),
        "https://d-nb.info/gnd/",
    ),
    (compile_on_use(r"gnd:([\dX-]+)", re.I), "https://d-nb.info/gnd/"),
    (compile_on_use(r"(?:https?://)?(?:www\.)?viaf\.org/viaf/(\d+)/?.*"), "https://viaf.org/viaf/"),
    (compile_on_use(r"viaf:(\d+)", re.I), "https://viaf.org/viaf/"),
    (
        compile_on_use(r"(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)"),
        "https://www.wikidata.org/entity/",
    ),
    (
        compile_on_use(r"(?:https?://)?(?:www\.|sws\.)?geonames\.org/(\d+).*"),
        "https://sws.geonames.org/",
    ),
)
_FURTHER = compile_on_use(r"pseud|alias|nick|pen.?name|nom.?de|künstler|spitz|прозв|псевд", re.I)
"""What types of ``addName`` begin with that are names beside a person's own."""
_TYPES = {"gnd": "https://d-nb.info/gnd/", "viaf": "https://viaf.org/viaf/",
          "wikidata": "https://www.wikidata.org/entity/",
          "geonames": "https://sws.geonames.org/"}  # fmt: skip
_ENTRIES = {"person": "person", "org": "organization", "place": "place", "personGrp": "person"}
_CHANGES = compile_on_use(
    r"[;(]|(?<!\w)(?:later|until|acting|formerly|then|after|before|from)(?!\w)", re.I
)
_CALLED = {"person": ("persName", "name"), "personGrp": ("persName", "name", "orgName"),
           "org": ("orgName", "name"), "place": ("placeName", "settlement", "name")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """Turns pointers into identities: for the file at *path*, which itself has the ids *own*."""

    path: str = ""
    own: frozenset[str] = frozenset()
    offices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Identity and name of the only person whom the register of the file gives an office."""
    _folder: str = field(init=False)

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        object.__setattr__(self, "_folder", "/".join(parts[: max(1, min(2, len(parts) - 1))]))

    def identity(self, element: Element) -> str | None:
        """Who or what *element* names, by the first of its attributes that says so."""
        for name in _POINTERS:
            for pointer in (element.get(name) or "").split(None if name != "key" else "\0"):
                if found := self.of(pointer, keyed=name == "key"):
                    return found
        return None

    def of(self, pointer: str, *, keyed: bool = False) -> str | None:
        """The identity that *pointer* gives: an address, an id of this file, or of another.

        A key of another file is one of the same folder of the collection: keys of two editions
        have nothing in common.
        """
        if address := authority(pointer):
            return address
        if "://" in pointer:
            return pointer.rstrip("/")
        key = pointer if keyed else pointer.rpartition("#")[2]
        if not any(map(str.isalnum, key)):  # "#", or "#..." of editors who will look it up later
            return None
        return f"{self.path}#{key}" if key in self.own else self.elsewhere(key)

    def holder(self, office: str) -> tuple[str, str] | None:
        """Who held *office*, as the edition's own register says of one person alone."""
        return self.offices.get(_office(office))

    def elsewhere(self, key: str) -> str:
        """The identity of *key* for the files beside this one."""
        return f"{self._folder}#{key.strip()}"


def offices_in(root: Element, keys: Keys) -> dict[str, tuple[str, str]]:
    """The offices that lists of persons give, each of one person and without dates or others."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in root.iter("{*}item"):
        name = next((e for e in item if local(e) == "persName" and e.get(XML_ID)), None)
        if name is None:
            continue
        words = words_of(item).removeprefix(words_of(name)).strip(" ,;")
        if any(map(str.isdigit, words)) or _CHANGES.search(words):
            words = ""
        called = split_name(words_of(name))
        person = (keys.of(name.get(XML_ID)) or "", called[0] if called else words_of(name))
        found.setdefault(_office(words), []).append(person)
    return {office: held[0] for office, held in found.items() if office and len(held) == 1}


def _office(words: str) -> str:
    bare = " ".join(words.split()).strip(" .,;").casefold()
    return bare.removeprefix("the ")


def authority(pointer: str) -> str | None:
    """The address of *pointer* in its authority file, one way of writing it; else ``None``."""
    for form, base in _AUTHORITIES:
        if match := form.fullmatch(pointer.strip()):
            return base + match[1]
    return None


def read_mention(element: Element, keys: Keys) -> Mention | None:
    """The name that *element* is, with who that is."""
    words = (shown_words(element) or words_of(element)).strip(" ,;")
    if not words:
        return None
    further = [
        said
        for each in element.iterchildren("{*}addName")
        if _FURTHER.match(each.get("type") or "") and (said := shown_words(each))
    ]
    for name in reversed(further):
        words = words.removesuffix(name).rstrip(" ,;([") or words
    surnames = list(element.iter("{*}surname"))
    family = shown_words(surnames[0]) if len(surnames) == 1 else None
    if not family or family not in words:
        family = None
    elif words.startswith(f"{family} ") and _is_followed_by_forename(surnames[0]):
        words = f"{family}, {words.removeprefix(family).strip()}"
    return Mention(words, None, keys.identity(element), family or None, own_names=tuple(further))


def in_one_form(names: list[Element]) -> list[Element]:
    """*names* of several people; of one whose name stands in several languages or forms the first.

    Such forms bear a language or a type: ``<persName xml:lang="en">``, ``type="pseudo"``.
    """
    if any(name.get("type") for name in names):
        return names[:1]
    own = names[0].get(XML_LANG) if names else None
    return [name for name in names if name.get(XML_LANG) == own]


def _is_followed_by_forename(surname: Element) -> bool:
    """Whether the next value is a forename, with nothing printed between the two.

    A space that is printed between them is how Hungarian and Chinese names stand.
    """
    after = surname.getnext()
    gap = surname.tail or ""
    return local(after) == "forename" and not gap.strip() and "\n" in gap


def join_mentions(mentions: Iterable[Mention]) -> Mention | None:
    """Several names as one: the first one's identity is that of all."""
    found = list(mentions)
    if len(found) < 2:
        return found[0] if found else None
    families = "; ".join(each.family or "" for each in found)
    family = families if any(each.family for each in found) else None
    return Mention("; ".join(each.text for each in found), None, found[0].identity, family)


def register_of(root: Element, keys: Keys) -> tuple[Person, ...]:
    """The persons, bodies and places that the lists in *root* enter."""
    return tuple(_entries(root, keys))


def _entries(root: Element, keys: Keys) -> Iterator[Person]:
    for entry in root.iter("{*}person", "{*}personGrp", "{*}org", "{*}place"):
        own = entry.get(XML_ID)
        kind = local(entry)
        names = _names(entry, _CALLED[kind])
        if own and names:
            yield _person(entry, own, names, _ENTRIES[kind], keys)
    for item in root.iter("{*}item"):
        name = next((e for e in item if local(e) in ("persName", "orgName", "placeName")), None)
        if name is not None and name.get(XML_ID) and not (item.text or "").strip():
            words = words_of(name).strip(" ,;")
            if words:
                kind = {"orgName": "organization", "placeName": "place"}.get(local(name), "person")
                yield _person(name, name.get(XML_ID), [words], kind, keys)


def _names(entry: Element, called: tuple[str, ...]) -> list[str]:
    """The names of *entry*: the main one first, whatever the others are."""
    found = [each for each in entry if local(each) in called]
    found.sort(key=lambda each: "pref" not in each.get("type", "") and bool(each.get("type")))
    return [name for each in found if (name := words_of(each).strip(" ,;"))]


def _person(entry: Element, own: str, names: list[str], kind: str, keys: Keys) -> Person:
    identity = keys.of(own) or own
    same = [keys.elsewhere(own)]
    for each in entry.iter("{*}idno"):
        words = words_of(each)
        base = _TYPES.get((each.get("type") or each.get("subtype") or "").casefold())
        same += [authority(words) or (base + words if base and "/" not in words else "")]
    for element in (entry, *entry):
        for name in _POINTERS:
            same += [authority(pointer) or "" for pointer in (element.get(name) or "").split()]
    others = tuple(each for each in dict.fromkeys(same) if each and each != identity)
    return Person(identity, names[0], tuple(dict.fromkeys(names[1:])), kind, others)
