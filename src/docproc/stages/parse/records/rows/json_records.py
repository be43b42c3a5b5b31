"""Records in JSON: arrays of them, and what Zotero and Tropy export, each as named words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docproc.errors import SourceError
from docproc.text.encoding.damage import replace_surrogates
from docproc.text.patterns import compile_on_use

_HOLDERS = (
    "items", "records", "documents", "docs", "letters", "entries", "results", "rows", "data",
)  # fmt: skip
"""What a list of records is often called; any other is taken if it is the longest."""
_DEEP = 3
_MARKUP = compile_on_use(
    r"<(?:p|div|br|ul|ol|li|h\d|blockquote|span|b|i|em|strong|a)\b[^>]*>", re.I
)
_ROLES = {"author": "author", "recipient": "recipient", "editor": "editors", "sender": "sender"}
_PARTS_OF_PHOTO = ("note", "notes", "transcription", "transcriptions", "selection", "selections")


def records_in(text: str) -> Iterator[dict[str, str]]:
    """The records of JSON, nested names joined by stops.  Raises ``SourceError`` without any."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"it is not JSON: {error}") from None
    found = _records(value, _DEEP)
    if not found:
        raise SourceError("its JSON holds no records: no object, and no list of objects")
    for record in found:
        yield _read_known(record)


def _records(value: Any, deep: int) -> list[dict[str, Any]]:
    """The list of objects that is *value*, or the longest one in it; or the one object itself."""
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)]
    if not isinstance(value, dict):
        return []
    lists = _lists(value, deep)
    named = [each for name, each in lists if name in _HOLDERS or name.startswith("@graph")]
    own = max(named, key=len, default=[])
    texts = any(isinstance(each, str) and len(each) > 40 for each in value.values())
    if own or texts:
        return own or [value]
    return max((each for _, each in lists), key=len, default=[]) or [value]


def _lists(value: Mapping[str, Any], deep: int) -> list[tuple[str, list[dict[str, Any]]]]:
    found: list[tuple[str, list[dict[str, Any]]]] = []
    for name, each in value.items():
        if isinstance(each, list) and each and all(isinstance(part, dict) for part in each):
            found.append((name, each))
        elif isinstance(each, dict) and deep > 1:
            found += _lists(each, deep - 1)
    return found


def _read_known(record: dict[str, Any]) -> dict[str, str]:
    """*record* as words, by what its program is known to mean."""
    for wrapper in ("_source", "data"):  # of Elasticsearch, and of Zotero's server
        inner = record.get(wrapper)
        if isinstance(inner, dict) and (wrapper == "_source" or "itemType" in inner):
            record = {**inner, "id": record.get("_id") or record.get("key")}
    if isinstance(record.get("photo"), list):
        return _tropy(record)
    if "itemType" in record:
        return _zotero(record)
    if "issued" in record or ("type" in record and isinstance(record.get("author"), list)):
        return _csl(record)
    return _flat(record)


def _flat(record: Mapping[str, Any]) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict) and "@value" not in value:
            for inner, each in _flat(value).items():
                words[f"{name}.{inner}" if inner in record or inner in words else inner] = each
        else:
            words[name] = in_words(value)
    return words


def _tropy(item: Mapping[str, Any]) -> dict[str, str]:
    """An item of Tropy: what it says of itself, and the notes and transcriptions of its photos."""
    words = _flat({name: each for name, each in item.items() if name not in ("photo", "list")})
    texts = [
        text for photo in item["photo"] if isinstance(photo, dict) for text in _read_photo(photo)
    ]
    texts += _read_photo(item)
    words["text"] = "\n\n".join(dict.fromkeys(texts))
    if not words.keys() & {"author", "sender"}:
        words = {"author" if name == "creator" else name: each for name, each in words.items()}
    return {name: each for name, each in words.items() if not name.startswith("@type")}


def _read_photo(holder: Mapping[str, Any]) -> Iterator[str]:
    for name in _PARTS_OF_PHOTO:
        parts = holder.get(name) or []
        for part in parts if isinstance(parts, list) else [parts]:
            if not isinstance(part, dict):
                yield from (text for text in [in_words(part)] if text.strip())
                continue
            text = part.get("text") or part.get("@value") or part.get("html") or part.get("data")
            written = words_of_markup(in_words(text))
            if written.strip():
                yield written.strip()
            yield from _read_photo(part)


def _zotero(item: Mapping[str, Any]) -> dict[str, str]:
    """An item as Zotero's own JSON has it."""
    kept = ("title", "date", "place", "language", "url", "rights", "extra", "itemType")
    words = {name: in_words(item[name]) for name in kept if item.get(name)}
    words["type"] = words.pop("itemType", "")
    words |= _people(item.get("creators") or [], "creatorType")
    places = (item.get(name) for name in ("archive", "archiveLocation", "callNumber"))
    words["reference"] = ", ".join(in_words(each) for each in places if each)
    words["collection"] = in_words(item.get("publicationTitle") or item.get("bookTitle"))
    words["tags"] = "; ".join(_tags(item.get("tags") or []))
    notes = [
        each.get("note") if isinstance(each, dict) else each for each in _as_list(item, "notes")
    ]
    texts = [in_words(item.get(name)) for name in ("abstractNote", "note")]
    texts += [in_words(each) for each in notes]
    return _with_text(words, item, texts)


def _csl(item: Mapping[str, Any]) -> dict[str, str]:
    """An item of CSL-JSON, which Zotero and others export."""
    kept = ("title", "language", "URL", "type", "genre")
    words = {name: in_words(item[name]) for name in kept if item.get(name)}
    for role in ("author", "recipient", "editor"):
        people = [{**each, "role": role} for each in _as_list(item, role) if isinstance(each, dict)]
        words |= _people(people, "role")
    words["date"] = _read_issued(item.get("issued") or {})
    words["place"] = in_words(item.get("event-place") or item.get("publisher-place"))
    places = (item.get(name) for name in ("archive", "archive_location", "call-number"))
    words["reference"] = ", ".join(in_words(each) for each in places if each)
    words["collection"] = in_words(item.get("container-title"))
    return _with_text(words, item, [in_words(item.get(name)) for name in ("abstract", "note")])


def _with_text(
    words: dict[str, str], item: Mapping[str, Any], texts: Sequence[str]
) -> dict[str, str]:
    own = next((item[n] for n in ("citationKey", "citation-key", "id", "key") if item.get(n)), "")
    text = "\n\n".join(words_of_markup(each).strip() for each in texts if each.strip())
    return {"id": in_words(own), **{n: each for n, each in words.items() if each}, "text": text}


def _as_list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _tags(tags: Any) -> Iterator[str]:
    for tag in tags if isinstance(tags, list) else [tags]:
        yield in_words(tag.get("tag") if isinstance(tag, dict) else tag)


def _people(people: Any, role: str) -> dict[str, str]:
    """The names of *people*, by what they did."""
    found: dict[str, list[str]] = {}
    for each in people if isinstance(people, list) else []:
        if isinstance(each, dict) and (name := _name(each)):
            did = str(each.get(role) or "author")
            found.setdefault(_ROLES.get(did, did), []).append(name)
    return {did: "; ".join(names) for did, names in found.items()}


def _name(person: Mapping[str, Any]) -> str:
    whole = person.get("name") or person.get("literal")
    if whole:
        return in_words(whole)
    given = person.get("firstName") or person.get("given") or ""
    particle = person.get("non-dropping-particle") or person.get("dropping-particle") or ""
    family = person.get("lastName") or person.get("family") or ""
    return " ".join(in_words(part) for part in (given, particle, family) if part)


def _read_issued(date: Any) -> str:
    if not isinstance(date, dict):
        return in_words(date)
    parts = date.get("date-parts")
    if not isinstance(parts, list) or not parts:
        return in_words(date.get("literal") or date.get("raw"))
    ends = [
        "-".join(str(part).zfill(4 if place == 0 else 2) for place, part in enumerate(end))
        for end in parts[:2]
        if isinstance(end, list) and all(str(part).isdigit() for part in end)
    ]
    return "/".join(ends)


def in_words(value: object) -> str:
    """A value as it is printed; ``null`` is nothing, several are parted by semicolons."""
    if value is None:
        return ""
    if type(value) is int:  # and no boolean
        return str(value)
    if isinstance(value, dict):
        if "@value" in value:
            return in_words(value["@value"])
        name = _name(value)
        if name and set(value) <= _NAMES:
            return name
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return "; ".join(in_words(each) for each in value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return replace_surrogates(words)


_NAMES = {"name", "literal", "given", "family", "firstName", "lastName", "id", "@id", "@type"}


def words_of_markup(text: str) -> str:
    """*text*, or its words where it is written as a piece of a web page."""
    if not _MARKUP.search(text):
        return text
    from docproc.formats.composer import Composer
    from docproc.formats.markup import Markup, parse_page
    from docproc.records import SourceFile

    composer = Composer()
    Markup(composer).write(parse_page(f"<html><body>{text}</body></html>"))
    return composer.document(SourceFile("", "", 0, "")).text
