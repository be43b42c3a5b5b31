"""Fields: what the pairs of a front matter mean, in the several spellings people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.hooks.knowledge import Knowledge
from docproc.letters.vocabulary.words import kind_of
from docproc.markdown.front_matter import Pairs
from docproc.records import ArchivalReference, Collection, Mention, Metadata, StatedDate, Witness
from docproc.references import UNPARSED, FindsReferences, find_witness, parse_date, parse_reference
from docproc.references.dates.edtf import is_edtf
from docproc.text.knowledge import on_knowledge_learned
from docproc.text.patterns import compile_on_use

"""The scheme of a reference that is kept as printed because no grammar reads it."""

_SPELLINGS = {
    "title": "title, heading, titel, titre, titolo, título, название, заголовок",
    "date": "date, dates, date of writing, written, dated, datum, data, fecha, дата, даты, "
    "sender date, senderdate, date sent, letter date, date of letter, briefdatum, datierung, "
    "дата письма, date created, creation date",
    "sender": "sender, from, author, authors, writer, absender, verfasser, autor, expéditeur, "
    "auteur, mittente, autore, отправитель, автор, от кого, "
    "sender name, sendername, written by, absenderin, briefschreiber, remitente, creator",
    "recipient": "recipient, recipients, to, addressee, receiver, empfänger, adressat, "
    "destinataire, destinatario, адресат, получатель, кому, "
    "recipient name, addressee name, empfängerin, briefempfänger",
    "place": "place, place of writing, location, ort, lieu, luogo, место, "
    "sender place, senderplace, place sent, place of origin, absendeort, schreibort, "
    "ausstellungsort, "
    "lieu d'expédition, lieu de rédaction, lugar, место написания, место отправления",
    "language": "language, lang, sprache, langue, lingua, язык",
    "collection": "collection, edition, series, volume, sammlung, band, recueil, raccolta, "
    "сборник, издание, том",
    "editors": "editors, editor, compilers, compiler, edited by, compiled by, herausgeber, "
    "éditeurs, a cura di, составители, составитель, редакторы, редактор",
    "reference": "reference, references, ref, archival reference, archive reference, shelfmark, "
    "shelf mark, signature, call number, signatur, archivsignatur, cote, segnatura, signatura, "
    "callnumber, call no, call no., unitid, "
    "шифр, архивный шифр, архивная ссылка",
    "witness": "witness, physical form, physical description, überlieferung, подлинность",
    "kind": "kind, type, document type, genre, art, вид, вид документа",
}
ROLES = frozenset(_SPELLINGS)
"""What a key can say of a document."""
_ROLES = {
    spelling: (role, rank)
    for role, spellings in _SPELLINGS.items()
    for rank, spelling in enumerate(spellings.split(", "))
}
_COORDINATES = compile_on_use(r"(?=.*\d)[-+()\d.,;°'′″\"\sNSEWO]+")
_SET = compile_on_use(r"[\[{](?P<first>[^,\[\]{}]+),(?:[^\[\]{}]*,)?(?P<last>[^,\[\]{}]+)[\]}]")
"""One of several days, or all of them, as EDTF of level 2 lists them: kept by its ends."""
_MENTIONED = ("title", "sender", "recipient", "place")
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "eng english",
        "ru": "rus russian русский",
        "de": "deu ger german deutsch",
        "fr": "fra fre french français",
        "it": "ita italian italiano",
        "es": "spa spanish español",
        "pt": "por portuguese português",
        "nl": "nld dut dutch nederlands",
        "la": "lat latin latina",
        "pl": "pol polish polski",
        "uk": "ukr ukrainian українська",
        "cs": "ces cze czech čeština",
        "fa": "fas per persian farsi",
        "tr": "tur turkish türkçe",
        "zh": "zho chi chinese",
        "ar": "ara arabic",
        "ja": "jpn japanese",
    }.items()
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Fields:
    """What the front matter says of the document."""

    metadata: Metadata
    references: tuple[ArchivalReference, ...] = ()
    witness: Witness | None = None


def understand(
    pairs: Pairs, encoding: str | None, grammars: Sequence[FindsReferences] = ()
) -> Fields:
    """Sort *pairs* into metadata, references and witness; the rest goes to ``other``.

    Where two keys say the same thing (``sender`` and ``author``), the more telling one
    counts and the other is kept in ``other``.  *grammars* of references are those of plugins.
    """
    keys = in_order([key for key, _ in pairs])
    told = [(role, key, pairs[place][1]) for place, role, key in keys if pairs[place][1]]
    return understand_in_order(told, encoding, grammars)


def in_order(keys: Sequence[str]) -> list[tuple[int, str, str]]:
    """Of each of *keys* its place among them, its role and itself, in the order to read them in.

    First come those without a role, whose role is ``""``; of the others, the more telling.
    """
    found = [(*_ROLES.get(_plain(key), ("", -1)), place, key) for place, key in enumerate(keys)]
    return [(place, role, key) for role, _, place, key in sorted(found, key=itemgetter(1))]


def understand_in_order(
    told: Iterable[tuple[str, str, list[str]]],
    encoding: str | None,
    grammars: Sequence[FindsReferences] = (),
) -> Fields:
    """The same as ``understand``, of roles, keys and values in the order of ``in_order``."""
    said: dict[str, list[str]] = {}
    lines: list[str] = []
    other: list[tuple[str, str]] = []
    dates: list[StatedDate] = []
    references: list[ArchivalReference] = []
    witness: Witness | None = None
    for role, key, values in told:
        printed = "; ".join(values)
        if not role:
            other.append((key, printed))
        elif role == "date":
            for value in values:
                date = _date(value)
                (dates.append(date) if date else other.append((key, value)))
        elif role == "reference":
            found = [_reference(value, _plain(key), grammars) for value in values]
            references += (one for one in found if one)
            other += ((key, v) for v, one in zip(values, found, strict=True) if one is None)
        elif role == "witness" and witness is None:
            witness = _witness(printed)
        elif role == "collection" and "collection" in said:
            lines.append(printed)
        elif role in said or role == "witness" or not _usable(role, printed):
            other.append((key, printed))
        else:
            said[role] = values
    metadata = Metadata(
        dates=tuple(dict.fromkeys(dates) if len(dates) > 1 else dates),
        encoding=encoding,
        other=tuple(other),
        **(_about(said, lines) if said else {}),
    )
    return Fields(metadata, _distinct(references) if references else (), witness)


def _about(said: Mapping[str, list[str]], lines: list[str]) -> dict[str, Any]:
    """What of ``Metadata`` the values *said* under their roles are."""
    about: dict[str, Any] = {
        role: Mention("; ".join(said[role])) for role in _MENTIONED if role in said
    }
    about["collection"] = _collection(said.get("collection"), said.get("editors"), lines)
    for role, read in (("kind", kind_of), ("language", _language)):
        if role in said:
            about[role] = read("; ".join(said[role]))
    return about


def _usable(role: str, printed: str) -> bool:
    """Whether *printed* is a value that the record of its role can hold."""
    if role == "language":
        return _language(printed) is not None
    if role == "place":
        return not _COORDINATES.fullmatch(printed)
    return role != "kind" or kind_of(printed) is not None


def _add(knowledge: tuple[Knowledge, ...]) -> None:
    """Know the keys that plugins name; none of docproc's own means anything else then."""
    for key in set(_ROLES) - _OWN_KEYS:
        del _ROLES[key]
    for each in knowledge:
        for key, role in each.fields:
            if role in _SPELLINGS:
                _ROLES.setdefault(_plain(key), (role, len(_ROLES)))


@lru_cache(1024)
def _plain(key: str) -> str:
    return " ".join(re.sub(r"[-_\s]+", " ", key).casefold().split())


_TIME = compile_on_use(r"(?<=\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")


def _date(printed: str) -> StatedDate | None:
    """The date that *printed* is; the time of day of a timestamp says nothing of the day."""
    day = (_TIME.sub("", printed) if ":" in printed else printed).strip()
    if is_edtf(day):
        return StatedDate(printed, day, "metadata")
    if listed := _SET.fullmatch(day):
        first, last = (each.strip() for each in (listed["first"], listed["last"]))
        edtf = f"[{first}..{last}]" if day[0] == "[" else f"{first}/{last}"
        if is_edtf(edtf):
            return StatedDate(printed, edtf, "metadata")
    found = parse_date(day)
    return StatedDate(printed, found.edtf, "metadata", julian=found.julian) if found else None


def _reference(
    printed: str, key: str, grammars: Sequence[FindsReferences]
) -> ArchivalReference | None:
    """Read *printed*; under a key that can mean other things it must be readable to count."""
    parsed = parse_reference(printed, grammars)
    if parsed is None and key == "signature":
        return None
    return parsed or ArchivalReference(printed, UNPARSED, ())


def _distinct(references: Iterable[ArchivalReference]) -> tuple[ArchivalReference, ...]:
    seen: dict[str, ArchivalReference] = {}
    for reference in references:
        seen.setdefault(" ".join(reference.printed.split()).casefold(), reference)
    return tuple(seen.values())


def _witness(printed: str) -> Witness:
    found = find_witness(printed)
    if not found:
        return Witness(printed)
    first = found[0]
    return Witness(printed, first.technique, first.status, first.signature)


def _collection(
    titles: list[str] | None, editors: list[str] | None, lines: list[str]
) -> Collection | None:
    if not titles and not editors:
        return None
    return Collection(
        "; ".join(titles or ()), tuple(editors or ()), "; ".join(lines) if lines else None
    )


@lru_cache(256)
def _language(printed: str) -> str | None:
    """The ISO 639-1 code of ``en``, ``en-AU``, ``eng`` or ``English``."""
    word = re.split(r"[-_;,\s]", printed.strip().casefold(), maxsplit=1)[0]
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return word if re.fullmatch(r"[a-z]{2}", word) else None


_OWN_KEYS = frozenset(_ROLES)
on_knowledge_learned(_add)
