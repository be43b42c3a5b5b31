"""Finding aids: what their markup says of each component, read by plain XPath, beside docproc's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docproc.records import Document
from docproc.references import date_bounds

FIELDS = ("aid: title", "aid: date", "aid: container", "aid: number", "aid: archive", "aid: author")
_COMPONENT = re.compile(r"c(?:0[1-9]|1[0-2])?")
_ADDRESS = re.compile(r"https?:|/\w+/\d+/|urn:|ark:")
_ISO = re.compile(
    r"(\d{4}(?:-\d\d){0,2})(?:T[\d:.Z+-]*)?(?:/(\d{4}(?:-\d\d){0,2})(?:T[\d:.Z+-]*)?)?"
)


def truths(root: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The path of each component, and of each field what the markup says."""
    described = next(root.iter("{*}archdesc"), None)
    if described is None:
        return
    archive = _archive(described)
    yield "", _said(described, {}) | ({"aid: archive": archive} if archive else {})
    count = [0]  # a second list goes on where the first ends
    for list_ in (each for each in described if _name(each) == "dsc"):
        yield from _below(list_, "", {}, count)


def _below(
    element: Any, path: str, containers: dict[str, str], count: list[int]
) -> Iterator[tuple[str, dict[str, str]]]:
    for each in element:
        name = _name(each)
        if name == "dsc":
            yield from _below(each, path, containers, count)
        elif _COMPONENT.fullmatch(name):
            if each.get("audience") == "internal":
                continue
            count[0] += 1
            own = f"{path}.{count[0]}".lstrip(".")
            said = _said(each, containers)
            yield own, said
            yield from _below(each, own, containers, [0])


def _said(component: Any, _: dict[str, str]) -> dict[str, str]:
    did = next((each for each in component if _name(each) == "did"), None)
    said: dict[str, str] = {}
    for each in did if did is not None else ():
        name, words = _name(each), _words(each)
        if not words or each.get("audience") == "internal":
            continue
        if name == "unittitle":
            said.setdefault("aid: title", words)
            inner = next(each.iter("{*}unitdate"), None)
            if inner is not None:
                said.setdefault("aid: date", _date(inner))
        elif name == "unitdate":
            said.setdefault("aid: date", _date(each))
        elif name == "unitid" and not _ADDRESS.match(words):
            said.setdefault("aid: number", words)
        elif name == "container":
            said["aid: container"] = f"{said.get('aid: container', '')} {words}".strip()
        elif name == "origination" and component.get("level") == "collection":
            said.setdefault("aid: author", words)
    return {name: value for name, value in said.items() if value}


def _archive(described: Any) -> str:
    held = next(described.iter("{*}repository"), None)
    name = next(held.iter("{*}corpname", "{*}name"), held) if held is not None else None
    if name is None:
        return ""
    return " ".join((name.text or "").split()).strip(" ,.")


def found_in(document: Document) -> dict[str, str]:
    """What docproc has read of the same fields."""
    about = document.metadata
    references = " ".join(each.printed for each in document.references)
    title = about.title.text.rpartition(" › ")[2] if about.title else ""
    other = dict(about.other)
    return {
        "aid: title": title,
        "aid: date": " ".join(date.edtf for date in about.dates),
        "aid: container": references,
        "aid: number": f"{references} {other.get('unit', '')}",
        "aid: archive": references,
        "aid: author": about.sender.text if about.sender else "",
    }


def agrees(name: str, said: str, found: str) -> bool:
    """Whether what was *found* of a field is what is *said* of it."""
    if name == "aid: date":
        return any(_same(said, each) for each in found.split(" "))
    words = re.findall(r"\w+", said.casefold())
    known = re.findall(r"\w+", found.casefold())
    if name == "aid: title":
        return "".join(known) == "".join(words)
    return all(word in known for word in words)


def _same(said: str, found: str) -> bool:
    try:
        return date_bounds(said) == date_bounds(found)
    except ValueError:
        return False


def _date(element: Any) -> str:
    """The days that ``normal`` gives, where it is a date of ISO 8601."""
    match = _ISO.fullmatch((element.get("normal") or "").strip())
    if match is None:
        return ""
    first, last = match.groups()
    return first if last in (None, first) else f"{first}/{last}"


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
