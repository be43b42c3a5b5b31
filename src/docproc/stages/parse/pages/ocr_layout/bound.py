"""Which file has the text of each page, as METS says: its files, and their order in the structure.

METS 1.12: ``fileSec`` names the files in groups, ``structMap`` puts them in an order.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from urllib.parse import unquote

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element, local_name
from docproc.text.patterns import compile_on_use

_HREF = re.compile(rb"""<(?:[\w.-]+:)?FLocat\s[^<>]*?\bhref\s*=\s*(?:"([^"<]+)"|'([^'<]+)')""")
_TEXT = compile_on_use(r"\.(?:xml|html?|hocr|txt)$", re.IGNORECASE)
_FILE = compile_on_use(r"^file:/{0,2}(?=\.{1,2}/|[^/])")
"""Before a path that begins where the file lies: ``file://./alto/1.xml``."""
_IMAGE = compile_on_use(r"\.(?:jpe?g|tiff?|png|jp2|j2k|webp|gif|bmp)$", re.IGNORECASE)
_SMALL = compile_on_use(r"thumb|min\b|preview|icon|small", re.IGNORECASE)
"""How groups of small images are called."""


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page as the structure has it: its printed number, the files that may have its text."""

    label: str
    texts: tuple[str, ...]
    """By their names, the likeliest first."""
    image: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    group: str
    image: bool


def texts_named(data: bytes) -> list[str]:
    """The files with text that *data* names, as they lie in its folder."""
    found = (double or single for double, single in _HREF.findall(data))
    names = (_plain(each.decode("utf-8", "replace")) for each in found)
    return list(dict.fromkeys(name for name in names if _TEXT.search(name)))


def bound_pages(root: Element, known: Container[str]) -> list[BoundPage]:
    """The pages of the METS *root* in their order; *known* are the files that have recognized text.

    Of several files for one page the group goes first that has the most pages, and of those the
    last, for a step of recognition writes behind the steps before it.
    """
    files = _files(root)
    divisions = _divisions(root, files)
    ids = [i for _, pointed in divisions for i in dict.fromkeys(pointed)] or list(files)
    groups = Counter(files[i].group for i in ids if files[i].name in known)
    if not divisions and groups:  # no structure: the files of one group, as they stand there
        ((group, _),) = groups.most_common(1)
        divisions = [(None, [i]) for i, each in files.items() if each.group == group]
    place = {group: number for number, group in enumerate(each.group for each in files.values())}

    def rank(each: _File) -> tuple[int, bool, int]:
        return (groups[each.group], "fulltext" in each.group.lower(), place[each.group])

    found = []
    for division, ids in divisions:
        own = [files[each] for each in dict.fromkeys(ids)]
        texts = sorted((f for f in own if _TEXT.search(f.name)), key=rank, reverse=True)
        images = sorted((f for f in own if f.image), key=lambda f: bool(_SMALL.search(f.group)))
        if texts:
            image = images[0].name if images else ""
            found.append(BoundPage(_label(division), tuple(f.name for f in texts), image))
    return found


def parts_named(root: Element) -> Iterator[str]:
    """What the logical structure calls its parts, and on which pages each stands, if it says so."""
    extents = _extents(root)
    for part in _logical(root):
        label = " ".join((part.get("LABEL") or "").split())
        if label:
            yield f"{label} ({extents[part]})" if part in extents else label


def pages_of(root: Element, record: Element) -> str:
    """The pages of the part that *record* describes, as the structure says; empty if not."""
    held = next(record.iterancestors("{*}dmdSec"), None)
    own = held.get("ID") if held is not None else None
    extents = _extents(root)
    parts = (p for p in extents if own and own in (p.get("DMDID") or "").split())
    return next((extents[part] for part in parts), "")


def _logical(root: Element) -> Iterator[Element]:
    for plan in root.iterfind("{*}structMap"):
        if (plan.get("TYPE") or "").upper() in ("LOGICAL", ""):
            yield from plan.iter("{*}div")


def _extents(root: Element) -> dict[Element, str]:
    """The pages of each part of the logical structure that is linked to some, not to all."""
    pages = [
        each
        for plan in root.iterfind("{*}structMap")
        if (plan.get("TYPE") or "").upper() == "PHYSICAL"
        for each in _in_order(plan)
        if next(each.iterchildren("{*}div"), None) is None
    ]
    places = {each.get("ID"): number for number, each in enumerate(pages)}
    linked: dict[str, set[int]] = {}
    for link in root.iterfind("{*}structLink/{*}smLink"):
        ends = {local_name(name): value for name, value in link.attrib.items()}
        if (place := places.get(ends.get("to", ""))) is not None:
            linked.setdefault(ends.get("from", ""), set()).add(place)
    found = {}
    for part in _logical(root):
        own = {n for each in part.iter("{*}div") for n in linked.get(each.get("ID"), ())}
        if own and len(own) < len(pages):
            names = [_label(pages[n]) or pages[n].get("ORDER") or str(n + 1) for n in sorted(own)]
            found[part] = f"p. {names[0]}" if len(own) == 1 else f"p. {names[0]}–{names[-1]}"
    return found


def described_whole(root: Element, records: list[Element]) -> int:
    """Which of *records* is of the whole: that of the first division that has one."""
    for plan in root.iterfind("{*}structMap"):
        for part in plan.iter("{*}div"):
            for number, record in enumerate(records):
                held = next(record.iterancestors("{*}dmdSec"), None)
                if held is not None and held.get("ID") in (part.get("DMDID") or "").split():
                    return number
    return 0


def _plain(name: str) -> str:
    """The path that an address of a file in the same folder is."""
    return _FILE.sub("", html.unescape(name.strip()))


def _files(root: Element) -> dict[str, _File]:
    """The files by their ids, with the group that each is in."""
    found: dict[str, _File] = {}
    for number, file in enumerate(root.iterfind("{*}fileSec//{*}file")):
        at = next(file.iterchildren("{*}FLocat"), None)
        name = (
            next((v for k, v in at.attrib.items() if local_name(k) == "href"), "")
            if (at is not None)
            else ""
        )
        group = next((each.get("USE") for each in file.iterancestors("{*}fileGrp")), "") or ""
        name = _plain(name)
        kind = (file.get("MIMETYPE") or "").lower()
        image = kind.startswith("image/") or bool(_IMAGE.search(name))
        if image and "://" not in name:
            name = unquote(name)
        if name:
            found[file.get("ID") or f"\0{number}"] = _File(name, group, image)
    return found


def _divisions(root: Element, files: dict[str, _File]) -> list[tuple[Element, list[str]]]:
    """The divisions that point at files, in the order of the structure of pages."""
    plans = [
        [(each, ids) for each in _in_order(plan) if (ids := list(_pointed_at(each, files)))]
        for plan in sorted(
            root.iterfind("{*}structMap"),
            key=lambda plan: (plan.get("TYPE") or "").upper() != "PHYSICAL",
        )
    ]
    return next(
        (
            plan
            for plan in plans
            if any(_TEXT.search(files[i].name) for _, ids in plan for i in ids)
        ),
        [],
    )


def _in_order(element: Element) -> Iterator[Element]:
    """The divisions within *element*, those beside each other by their numbers if all have one."""
    inner: Iterable[Element] = list(element.iterchildren("{*}div"))
    orders = [each.get("ORDER") or "" for each in inner]
    if all(order.isdecimal() for order in orders):
        inner = sorted(inner, key=lambda each: int(each.get("ORDER")))
    for each in inner:
        yield each
        yield from _in_order(each)


def _pointed_at(division: Element, files: dict[str, _File]) -> Iterator[str]:
    for pointer in division.iterchildren("{*}fptr"):
        for each in (pointer, *pointer.iter("{*}area")):
            if each.get("FILEID") in files:
                yield each.get("FILEID")


def _label(division: Element | None) -> str:
    """The number that is printed on a page, where it has one."""
    label = " ".join((division.get("ORDERLABEL") or "").split()) if division is not None else ""
    return label if any(map(str.isalnum, label)) else ""
