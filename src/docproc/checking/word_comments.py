"""A draft in Word's format with a comment at each finding; all else of the file stays as it was."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from html import escape

from docproc.checking.findings import Finding
from docproc.checking.word_text import WordPlace, WordText
from docproc.checking.wording import MARKS, clip_at_word, list_remarks, source_lines
from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.package import Package
from docproc.text.output import visible
from docproc.text.patterns import compile_on_use

AUTHOR = "docproc"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_UNSAVABLE = compile_on_use("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_LONGEST = 600
_ID = re.compile(rb"<[\w.-]+:comment\s[^>]*?:id=[\"'](-?\d+)[\"']")


def with_comments(
    data: bytes, findings: Sequence[Finding], *, every: bool = False, limits: Limits | None = None
) -> bytes:
    """The DOCX *data* with a comment at each of *findings* that does not stand, or has a caution.

    With *every* at all of them.  The parts of the file are the same byte by byte, except for the
    anchors of the comments, which are put into the main part, and what tells of them.  Raises
    ``SourceError`` for what is no DOCX.
    """
    package = Package(data, limits or Limits())
    told = [each for each in findings if every or not each.stands or each.cautions]
    root = _relations(package, "_rels/.rels")
    main = _target(root, "officeDocument", "") or "word/document.xml"
    folder, name = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    related = _relations(package, relations)
    known = _target(related, "comments", folder)
    comments = known or posixpath.join(folder, "comments.xml")
    text = WordText(package.read(main))
    before = package.read(comments) if known and known in package else b""
    first = max((int(each) for each in _ID.findall(before)), default=-1) + 1
    changed = {
        main: _put_anchors(text, told, first),
        comments: _write_comments(before, text, told, first),
    }
    if not known:
        strict = _STRICT.encode() in text.data[:4000]
        own = _STRICT if strict else _RELATIONS
        relation = f'<Relationship Id="{_free(related)}" Type="{own}/comments" '
        relation += f'Target="{posixpath.basename(comments)}"/>'
        changed[relations] = _with_child(related, "Relationships", relation)
        types = package.read("[Content_Types].xml")
        override = f'<Override PartName="/{comments}" ContentType="{_TYPE}"/>'
        changed["[Content_Types].xml"] = _with_child(types, "Types", override)
    return _pack(package, changed)


def _put_anchors(text: WordText, told: Sequence[Finding], first: int) -> bytes:
    """The main part with the anchors of the comments put in."""
    inside: dict[int, tuple[WordPlace, list[str], list[str]]] = {}
    between: dict[int, tuple[list[str], list[str]]] = {}
    at = 0
    for number, found in enumerate(told, first):
        place = None if found.quotation.in_note else text.find(found.quotation.text, at)
        opens, closes = _anchors(text.prefix, number)
        if place is None:
            start, end = _run_of(text, found)
            between.setdefault(start, ([], []))[1].append(opens)
            between.setdefault(end, ([], []))[0].append(closes)
            continue
        at = place
        last = place + sum(map(str.isalnum, found.quotation.text)) - 1
        before, after = text.before(place), text.after(last)
        inside.setdefault(before.byte, (before, [], []))[2].append(opens)
        inside.setdefault(after.byte, (after, [], []))[1].append(closes)
    put = {byte: "".join((*ends, *starts)) for byte, (ends, starts) in between.items()}
    p = text.prefix
    for byte, (one, ends, starts) in inside.items():
        again = f'<{p}r>{one.form.decode()}<{p}t xml:space="preserve">'
        put[byte] = f"</{p}t></{p}r>{''.join((*ends, *starts))}{again}"
    pieces, done = [], 0
    for byte in sorted(put):
        pieces += [text.data[done:byte], put[byte].encode()]
        done = byte
    pieces.append(text.data[done:])
    return b"".join(pieces)


def _run_of(text: WordText, found: Finding) -> tuple[int, int]:
    """The run to comment on where the words cannot be: the note's mark, or the first run."""
    label = found.quotation.note or ""
    if found.quotation.in_note or found.quotation.note:
        for kind in ("footnote", "endnote"):
            run = text.notes.get((kind, label))
            if run:
                return run
    if text.first is None:
        raise SourceError("it has no text to comment on")
    return text.first


def _anchors(prefix: str, number: int) -> tuple[str, str]:
    own = f'{prefix}id="{number}"'
    return (
        f"<{prefix}commentRangeStart {own}/>",
        f"<{prefix}commentRangeEnd {own}/><{prefix}r><{prefix}commentReference {own}/></{prefix}r>",
    )


def _write_comments(before: bytes, text: WordText, told: Sequence[Finding], first: int) -> bytes:
    """The part with the comments, after those that were there *before*."""
    p = "w:"
    namespace = _namespace(text)
    own = "".join(
        f'<{p}comment xmlns:w="{namespace}" {p}id="{number}" {p}author="{AUTHOR}" '
        f'{p}initials="dp">{_paragraphs(found)}</{p}comment>'
        for number, found in enumerate(told, first)
    )
    if before:
        return _with_child(before, "comments", own)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:comments xmlns:w="{namespace}">{own}</w:comments>'.encode()


def _namespace(text: WordText) -> str:
    bound = re.compile(f"xmlns:{text.prefix[:-1]}=[\"']([^\"']+)[\"']".encode())
    match = bound.search(text.data)
    assert match is not None
    return match[1].decode()


def _paragraphs(found: Finding) -> str:
    lines: list[tuple[str, bool]] = [(f"{MARKS[found.held]} {found.held.value}", True)]
    lines += [(each[:1].upper() + each[1:], False) for each in list_remarks(found)]
    for words, where in source_lines(found):
        lines += [(f"Source: “{clip_at_word(words, _LONGEST)}”", False), (where, False)]
    return "".join(
        f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}"
        f'<w:t xml:space="preserve">{_text(line)}</w:t></w:r></w:p>'
        for line, bold in lines
    )


def _text(line: str) -> str:
    return escape(_UNSAVABLE.sub("\ufffd", visible(line)), quote=False)


def _relations(package: Package, name: str) -> bytes:
    if name in package:
        return package.read(name)
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
        b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )


def _target(relations: bytes, kind: str, folder: str) -> str | None:
    """The name of the part that *relations* call the *kind*."""
    for each in re.findall(rb"<(?:[\w.-]+:)?Relationship\s[^>]*>", relations):
        given = dict(re.findall(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']", each.decode()))
        if given.get("Type", "").endswith(f"/relationships/{kind}"):
            target = given.get("Target", "")
            joined = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            return posixpath.normpath(joined)
    return None


def _free(relations: bytes) -> str:
    number = 1
    while f'"rIdDocproc{number}"'.encode() in relations:
        number += 1
    return f"rIdDocproc{number}"


def _with_child(part: bytes, root: str, child: str) -> bytes:
    """*part* with *child* before the end of its *root* element."""
    ends = list(re.finditer(rf"</((?:[\w.-]+:)?){root}\s*>".encode(), part))
    if ends:
        prefix = ends[-1][1].decode()
        at = ends[-1].start()
        return part[:at] + _with_prefix(child, prefix).encode() + part[at:]
    empty = re.search(rf"<((?:[\w.-]+:)?){root}(\s[^>]*?)?/>".encode(), part)
    if empty is None:
        raise SourceError(f"its part with {root} is not as the format has it")
    prefix, given = empty[1].decode(), (empty[2] or b"").decode()
    own = f"<{prefix}{root}{given}>{_with_prefix(child, prefix)}</{prefix}{root}>"
    return part[: empty.start()] + own.encode() + part[empty.end() :]


def _with_prefix(child: str, prefix: str) -> str:
    if child.startswith(("<Relationship", "<Override")) and prefix:
        return f"<{prefix}{child[1:]}"
    return child


def _pack(package: Package, changed: dict[str, bytes]) -> bytes:
    """The package with the parts of *changed*, in its order, new ones at its end."""
    stream = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for info in package.infos:
            if info.filename in names:
                continue
            names.add(info.filename)
            data = changed.get(info.filename)
            kept = zipfile.ZipInfo(info.filename, info.date_time)
            kept.compress_type = (
                zipfile.ZIP_STORED if info.compress_type == 0 else zipfile.ZIP_DEFLATED
            )
            kept.external_attr, kept.create_system = info.external_attr, info.create_system
            out.writestr(kept, package.read(info) if data is None else data)
        for name in (each for each in changed if each not in names):
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), changed[name])
    return stream.getvalue()
