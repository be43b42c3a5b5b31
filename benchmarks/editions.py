"""Editions: how often title, sender, date, page and the rest agree with what the markup says.

``python -m benchmarks.editions FOLDER`` reads every file of TEI, EAD, ALTO and PAGE below FOLDER,
and reads its markup a second time by plain XPath, which shares nothing with the parser.  For each
field it counts the documents that state it, and of these the share that docproc has wrong, and the
share where it has nothing.  Without FOLDER it makes small editions of its own in the likeness of
public ones.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import finding_aids, page_files
from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.xml import parse_xml
from docproc.passages.governing import own_reference
from docproc.passages.locators import Locators
from docproc.records import Document, Mention, SourceFile, Span
from docproc.references import date_bounds
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.parse.pages.ocr_layout.parser import OcrLayoutParser
from docproc.stages.parse.xml.ead.parser import EadParser
from docproc.stages.parse.xml.tei.parser import TeiParser

FIELDS = ("title", "sender", "recipient", "date", "kind", "place", "reference", "page")
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOTES = ("note", "fw", "ptr")
_KINDS = re.compile(
    r"\W*(telegram|letter|memorandum|despatch|dispatch|note|circular|report|minutes|airgram)(?!\w)",
    re.IGNORECASE,
)


_PARSERS: dict[str, Any] = {
    "ead": EadParser(Limits()),
    "alto": OcrLayoutParser(Limits()),
    "PcGts": OcrLayoutParser(Limits()),
}


@dataclass(slots=True)
class Tally:
    """Of one field: how many documents state it, and those that are wrong or empty."""

    stated: int = 0
    wrong: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the markup says of one document, each field as it stands there."""

    member: str
    said: dict[str, str]


def read(path: Path, name: str) -> tuple[list[Document], Any]:
    """The documents of a file as the pipeline makes them, and its XML."""
    data = path.read_bytes()
    source = SourceFile(f"seeds/{name}", "application/xml", len(data), "0" * 64)
    normalizer = LetterNormalizer()
    root = parse_xml(data, Limits(), damaged=True).root
    parser = _PARSERS.get(_name(root), TeiParser(Limits()))
    found = [
        normalizer.normalize(each)
        for each in parser.parse(source, data)
        if isinstance(each, Document)
    ]
    return found, root


def truths(root: Any) -> Iterator[Truth]:
    """What the markup of a file says, of each division of documents or of the file as one."""
    divisions = [d for d in root.iter("{*}div") if d.get("type") == "document" and d.get(_ID)]
    if divisions:
        page = ""
        for each in root.iter("{*}div", "{*}pb"):
            if _name(each) == "pb":
                page = each.get("n", page)
            elif each in divisions:
                yield Truth(each.get(_ID), _of_division(each, page))
    elif len(list(root.iter("{*}correspDesc"))) == 1:
        yield Truth("", _of_header(root))
    elif described := {e.get(_ID): e for e in root.iter("{*}correspDesc") if e.get(_ID)}:
        for each in root.iter("{*}div"):
            pointers = f"{each.get('decls', '')} {each.get('corresp', '')}".split()
            own = next(
                (d for p in pointers if (d := described.get(p.lstrip("#"))) is not None), None
            )
            if own is not None and each.get(_ID):
                yield Truth(each.get(_ID), _of_actions(own))
    else:
        yield Truth("", _of_titles(root))


def _of_division(division: Any, page: str) -> dict[str, str]:
    head = next((e for e in division if _name(e) == "head"), None)
    said: dict[str, str] = {"page": page}
    if head is not None:
        title = re.sub(r"^\s*(?:No\. )?\[?\d+[a-z]?\]?\.\s*", "", _words(head))
        said["title"] = title
        for role, name in (("from", "sender"), ("to", "recipient")):
            roles = [e for e in head.iter("{*}persName", "{*}gloss") if e.get("type") == role]
            said[name] = _words(roles[0]) if roles else ""
        kind = _KINDS.match(title)
        said["kind"] = kind[1].casefold() if kind else ""
    for note in division:
        if _name(note) != "note" or note.get("type") != "source":
            continue
        words = _words(note)
        if words.startswith("[") and (kind := _KINDS.match(words)):
            said["kind"] = kind[1].casefold()
        elif any(map(str.isdigit, words)):
            said.setdefault("reference", _number(words))
    for note in head.iter("{*}note") if head is not None else ():
        if note.get("type") == "source" and any(map(str.isdigit, _words(note))):
            said.setdefault("reference", _number(_words(note)))
    line = next((e for e in division.iter("{*}dateline") if _own(e, division)), None)
    if line is not None:
        said["date"] = _date(next(line.iter("{*}date"), None))
        place = next(line.iter("{*}placeName"), None)
        said["place"] = _words(place) if place is not None else ""
    return {name: value for name, value in said.items() if value}


def _of_header(root: Any) -> dict[str, str]:
    said: dict[str, str] = {}
    for title in next(root.iter("{*}titleStmt"), ()):
        if _name(title) == "title" and title.get("level") == "a":
            said["title"] = _words(title)
    said |= _of_actions(root)
    kept = sorted(
        root.iter("{*}msIdentifier"),
        key=lambda each: next(each.iterancestors("{*}sourceDesc"), None) is None,
    )
    for identifier in kept:
        numbers = [each for each in identifier if _name(each) == "idno"]
        numbers.sort(key=lambda each: each.get("type") not in ("shelf", "shelfmark"))
        number = next(iter(numbers), None)
        if number is not None:
            said.setdefault("reference", _words(number))
    return {name: value for name, value in said.items() if value}


def _of_actions(described: Any) -> dict[str, str]:
    """Who wrote to whom, when and where, by the ``correspAction`` elements in *described*."""
    said: dict[str, str] = {}
    for action in described.iter("{*}correspAction"):
        kind = action.get("type", "sent")
        names = [
            e for e in action.iter("{*}persName", "{*}orgName", "{*}name") if not e.get("type")
        ]
        name = {"sent": "sender", "received": "recipient"}.get(kind)
        if name and names:
            said[name] = _words(names[0])
        if kind == "sent":
            said["date"] = _date(next(action.iter("{*}date"), None))
            place = next(action.iter("{*}placeName"), None)
            said["place"] = _words(place) if place is not None else ""
    return {name: value for name, value in said.items() if value}


def _of_titles(root: Any) -> dict[str, str]:
    """The day, and the place, of an entry or a meeting that the titles of the file give."""
    titles = next(root.iter("{*}titleStmt"), None)
    said: dict[str, str] = {}
    for each in titles if titles is not None else ():
        if _name(each) == "title" and each.get("type") == "iso-date":
            said["date"] = each.get("when-iso") or each.get("when") or _words(each)
        elif _name(each) == "meeting":
            said["date"] = _date(next(each.iter("{*}date"), None))
            said["place"] = _words(next(each.iter("{*}placeName"), each))
    return {name: value for name, value in said.items() if value}


def _own(element: Any, division: Any) -> bool:
    """Whether *element* is of the document itself, and not of what is attached to it."""
    above = element.getparent()
    while above is not None and above is not division:
        if _name(above) in ("attachment", "floatingText", "quote", "q", "div"):
            return False
        above = above.getparent()
    return True


def _date(element: Any) -> str:
    if element is None:
        return ""
    when = element.get("when") or element.get("when-iso") or ""
    if re.fullmatch(r"\d{8}", when):  # "18410900": the day is not known
        return "-".join(p for p in (when[:4], when[4:6], when[6:]) if p.strip("0"))
    if when:
        return str(when)[:10]
    low = element.get("notBefore") or element.get("from")
    high = element.get("notAfter") or element.get("to")
    return f"{low[:10]}/{high[:10]}" if low and high else ""


def _number(words: str) -> str:
    """The file's number in a source note, or all of its first sentence."""
    found = re.search(r"\d{3}[A-Za-z]?\.[\w./–-]*\w", words)
    return found[0] if found else re.split(r"\.\s", words.partition(":")[2] or words)[0].strip()


def _words(element: Any) -> str:
    """The words of *element* without its notes."""
    pieces = [element.text or ""]
    for each in element:
        if _name(each) in ("lb", "pb"):
            pieces.append(" ")
        elif _name(each) not in _NOTES:
            pieces.append(_words(each))
        pieces.append(each.tail or "")
    return " ".join("".join(pieces).split())


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def compare(document: Document, truth: Truth, tallies: dict[str, Tally], name: str) -> None:
    """Count of each field that *truth* states whether *document* agrees with it."""
    about, own = document.metadata, own_reference(document)
    pages = Locators((), document.pages)
    body = document.blocks[0].span if document.blocks else Span(0, 1)
    found = {
        "title": about.title.text if about.title else "",
        "sender": _names(about.sender),
        "recipient": _names(about.recipient),
        "date": about.date.edtf if about.date else "",
        "kind": about.kind or "",
        "place": about.place.text if about.place else "",
        "reference": f"{own.printed} {own.components}" if own else "",
        "page": pages.pages(Span(body.start, body.start + 1)) or "",
    }
    for each in FIELDS:
        said = truth.said.get(each)
        if not said:
            continue
        tally = tallies[each]
        tally.stated += 1
        if not found[each]:
            tally.empty.append(f"{name}: {said}")
        elif not _agrees(each, said, found[each]):
            tally.wrong.append(f"{name}: {said!r}, read as {found[each]!r}")


def _names(mention: Mention | None) -> str:
    """All by which *mention* calls whom it names, pen names among them."""
    if mention is None:
        return ""
    return " ".join(filter(None, (mention.text, mention.name, *mention.own_names)))


def _agrees(name: str, said: str, found: str) -> bool:
    if name == "date":
        try:
            return date_bounds(said) == date_bounds(found)
        except ValueError:
            return False
    if name in ("sender", "recipient", "reference"):
        return all(word in _folded(found).split() for word in _folded(said).split())
    if name == "kind":
        return {"dispatch": "despatch"}.get(said, said) == found
    if name == "page":
        return said.strip() in (found, found.removeprefix("fol. "))
    return _folded(said) == _folded(found)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def measure(folder: Path) -> tuple[dict[str, Tally], int, Counter[str]]:
    """The tallies over every file below *folder*; how many documents; and what was refused."""
    tallies = {name: Tally() for name in (*FIELDS, *finding_aids.FIELDS, *page_files.FIELDS)}
    documents, refused = 0, Counter[str]()
    for path in sorted(folder.rglob("*.xml")):
        try:
            found, root = read(path, path.name)
        except SourceError as error:
            refused[str(error)[:80]] += 1
            continue
        by_member = {document.member: document for document in found}
        if _name(root) == "ead":
            documents += _compare_aid(by_member, root, tallies, path.name)
            continue
        if _name(root) in ("alto", "PcGts"):
            documents += 1
            for field_, wrong in page_files.compare(found[0], page_files.truth(root)):
                tallies[field_].stated += 1
                tallies[field_].wrong += [f"{path.name}: {wrong}"] if wrong else []
            continue
        for truth in truths(root):
            documents += 1
            name = f"{path.name}/{truth.member}".rstrip("/")
            if truth.member in by_member:
                compare(by_member[truth.member], truth, tallies, name)
            else:
                refused["no such document"] += 1
    return tallies, documents, refused


def _compare_aid(
    by_member: dict[str, Document], root: Any, tallies: dict[str, Tally], name: str
) -> int:
    """Count of each component whether docproc agrees; return how many there are."""
    count = 0
    for member, said in finding_aids.truths(root):
        count += 1
        document = by_member.get(member)
        found = finding_aids.found_in(document) if document else {}
        for field_, value in said.items():
            tally = tallies[field_]
            tally.stated += 1
            if not found.get(field_):
                tally.empty.append(f"{name}/{member}: {value}")
            elif not finding_aids.agrees(field_, value, found[field_]):
                tally.wrong.append(f"{name}/{member}: {value!r}, read as {found[field_]!r}")
    return count


def report(tallies: dict[str, Tally], documents: int, refused: Counter[str], shown: int) -> str:
    """A table of the fields, and some of what is wrong or empty."""
    lines = [f"{documents:,} documents", "field            stated   wrong        empty"]
    for name, tally in tallies.items():
        if not tally.stated and name not in FIELDS:
            continue
        rate = len(tally.wrong) / tally.stated if tally.stated else 0.0
        none = len(tally.empty) / tally.stated if tally.stated else 0.0
        lines.append(
            f"{name:<16} {tally.stated:>6}   {len(tally.wrong):>4} {rate:6.1%}"
            f"  {len(tally.empty):>4} {none:6.1%}"
        )
    lines += [f"refused: {count} × {cause}" for cause, count in refused.most_common()]
    for name, tally in tallies.items():
        lines += [f"{name} wrong: {each}" for each in tally.wrong[:shown]]
        lines += [f"{name} empty: {each}" for each in tally.empty[:shown]]
    return "\n".join(lines)


def main() -> None:
    """Measure a folder, or editions that are made up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--show", type=int, default=0, help="how many errors of each field")
    chosen = parser.parse_args()
    if chosen.folder:
        print(report(*measure(chosen.folder), chosen.show))
        return
    from benchmarks.invented_editions import write_editions

    with tempfile.TemporaryDirectory() as folder:
        write_editions(Path(folder))
        print(report(*measure(Path(folder)), chosen.show))


if __name__ == "__main__":
    main()
