"""Notes: which paragraphs are notes, by the heading before them or by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docproc.letters.notes.note_authors import is_notes_heading
from docproc.letters.paragraphs.forms import dates_in_dateline, is_signature
from docproc.letters.paragraphs.part import Part
from docproc.letters.vocabulary.words import ENCLOSURE_HEADING, NOTES_HEADING
from docproc.records import BlockKind, Span
from docproc.text.layout.labels import BRACKETED_NOTE, EMPHASIS, Label, note_label_of
from docproc.text.patterns import compile_on_use

_SIGNED = (BlockKind.SIGNATURE, BlockKind.REFERENCE, BlockKind.WITNESS)
_LONGEST_HEADING = 60
_NAMED = compile_on_use(r"\[(?:foot-?|end)?note\s", re.IGNORECASE)
_FAR = 50_000
"""Characters before a note in which its mark is sought."""
_LONGEST_NOTE = 20
"""Paragraphs of a note whose bracket closes; one that does not ends with its own."""
_CHAPTER = compile_on_use(
    r"\s*(?:(?=[IVXLC])[IVXLC]{1,7}|(?i:chapter|part|book|letter|kapitel|buch|brief|teil|chapitre"
    r"|livre|lettre|partie|capitolo|capítulo|libro|lettera|carta|глава|часть|книга|письмо)"
    r"\s+(?:[IVXLC]{1,7}|\d{1,3}))\.?(?:[\s:.—–-]+[^\W\d_a-zа-яё].{0,80})?"
)
"""The line that a chapter begins with: a number, by itself or behind its name."""
_MARK = compile_on_use(r"(?<=\S)[ \xa0]?[\[{]\d{1,3}[\]}]")
_CAPITAL = compile_on_use(r"[\W_]*[^\W_a-zа-яё]")


def mark_notes(text: str, parts: list[Part]) -> list[Part]:
    """Claim the notes of *parts*, and as furniture the line that announces them."""
    marked: list[Part] = []
    for section in split_at_enclosures(text, _find_named(text, parts)):
        marked += _find_headed(text, section) or _find_unheaded(text, section)
    return _take_within(text, marked)


def _find_named(text: str, parts: list[Part]) -> list[Part]:
    """The notes that say so themselves: ``[Footnote A: …]``, of however many paragraphs."""
    if not _NAMED.search(text):
        return parts
    found: list[Part] = []
    number = 0
    while number < len(parts):
        part = parts[number]
        opened = _opens(text, part)
        number += 1
        if part.kind is None and opened and (label := opened["named"]):
            last = _closing(text, parts, number - 1)
            found.append(Part(Span(part.span.start, parts[last].span.end), BlockKind.NOTE, label))
            number = last + 1
        else:
            found.append(part)
    return found


def _closing(text: str, parts: list[Part], first: int) -> int:
    """The paragraph in which the bracket that the *first* one opens is closed, or the first."""
    start = parts[first].span.start
    for number, part in enumerate(parts[first : first + _LONGEST_NOTE], first):
        if part.kind is not None:
            break
        within = text[start : part.span.end]
        if within.count("]") >= within.count("["):
            return number
    return first


def _take_within(text: str, parts: list[Part]) -> list[Part]:
    """The notes that stand below the paragraphs that mark them, as ``[1] …``.

    The text since the last notes has the mark of each, once.  Where it is in the text before
    those, what stands between the two, as verses that a note quotes, goes on with the former.
    """
    if ("[" not in text and "{" not in text) or not parts:
        return parts
    found: list[Part] = []
    since = parts[0].span.start
    behind: int | None = None  # where text begins that stands behind the last notes
    for part in parts:
        label = _label_within(text, part) if part.kind is None else None
        start = part.span.start
        if label and behind is not None and _is_marked(text, behind, start, label):
            since, behind = behind, None
            part = part.as_(BlockKind.NOTE, label)
        elif label and _is_marked(text, since, start if behind is None else behind, label):
            joined = found if behind is None else _join_behind(text, found, label)
            if joined is not None:
                found, behind = joined, None
                part = part.as_(BlockKind.NOTE, label)
        elif behind is None and found and found[-1].kind is BlockKind.NOTE:
            behind = start if part.kind is not BlockKind.NOTE else None
        found.append(part)
    return found


def _label_within(text: str, part: Part) -> str | None:
    """The label in brackets that *part* opens with, or is, above what the note quotes."""
    if opened := _opens(text, part):
        return opened["label"]
    words = part.span.of(text) if len(part.span) < len("[999] ") else ""
    return words[1:-1] if words[:1] == "[" and words[-1:] == "]" and words[1:-1].isdigit() else None


def _join_behind(text: str, parts: list[Part], label: str) -> list[Part] | None:
    """*parts* with those behind the last note joined to it, which the note *label* follows.

    ``None`` where too much stands between the two, or what has marks of its own, or a heading.
    """
    last = next(n for n in range(len(parts) - 1, -1, -1) if parts[n].kind is BlockKind.NOTE)
    note, between = parts[last], parts[last + 1 :]
    follows = note.label and note.label.isdigit() and label == str(int(note.label) + 1)
    whole = Span(note.span.start, parts[-1].span.end)
    own = any(each.kind is not None or each.block for each in between) or note.block
    marked = _MARK.search(text, note.span.end, whole.end)
    if not follows or own or marked or len(between) > _LONGEST_NOTE:
        return None
    return [*parts[:last], Part(whole, BlockKind.NOTE, note.label)]


def _opens(text: str, part: Part) -> re.Match[str] | None:
    return BRACKETED_NOTE.match(text, part.span.start, part.span.end)


def _is_marked(text: str, start: int, end: int, label: str) -> bool:
    """Whether the mark of a note called *label* stands once from *start* to *end*."""
    start = max(start, end - _FAR)
    mark = re.compile(rf"(?<=\S)[ \xa0]?[\[{{]{re.escape(label)}[\]}}]")
    return sum(1 for _ in mark.finditer(text, start, end)) == 1


def split_at_enclosures(text: str, parts: list[Part]) -> list[list[Part]]:
    """Sections: the document, and each enclosure from its heading on."""
    sections: list[list[Part]] = [[]]
    for part in parts:
        if len(part.span) < _LONGEST_HEADING and ENCLOSURE_HEADING.fullmatch(part.span.of(text)):
            part = part if part.kind else part.as_(BlockKind.HEADING, level=2)
            if sections[-1]:
                sections.append([])
        sections[-1].append(part)
    return sections


def _find_headed(text: str, parts: list[Part]) -> list[Part] | None:
    """Notes under headings of their own; ``None`` if there is no such heading."""
    for number, part in enumerate(parts):
        short = part.kind in (None, BlockKind.HEADING) and len(part.span) < _LONGEST_HEADING
        line = part.span.of(text) if short else ""
        if short and (NOTES_HEADING.fullmatch(line) or is_notes_heading(line)):
            if not _follow(text, parts[number + 1 :]):
                continue
            rest = [
                p if p.block or p.kind is BlockKind.NOTE else replace(p, kind=None)
                for p in parts[number + 1 :]
            ]
            end = _end_of_notes(text, rest)
            heading = part if part.kind else part.as_(BlockKind.FURNITURE)
            after = parts[number + 1 + end :]
            return [
                *parts[:number],
                heading,
                *_join(text, rest[:end]),
                *((_find_headed(text, after) or after) if after else ()),
            ]
    return None


def _end_of_notes(text: str, parts: Sequence[Part]) -> int:
    """How many of *parts* are notes: up to a heading, or to where more than one line is empty.

    Unless the next label goes on from the last one.
    """
    last = 0
    for number, part in enumerate(parts):
        label = note_label_of(part.span.of(text)[:12]) if part.kind is None else None
        if label:
            last = _value(label)
            continue
        words = part.span.of(text)
        heads = (
            part.block is not None
            if part.kind is BlockKind.HEADING
            else part.kind is None and _CHAPTER.fullmatch(words) is not None
        )
        apart = number > 0 and text.count("\n", parts[number - 1].span.end, part.span.start) > 2
        if number and (heads or (apart and part.kind is None)):
            labels = (note_label_of(each.span.of(text)[:12]) for each in parts[number:])
            following = next(filter(None, labels), None)
            if following is None or _value(following) != last + 1:
                return number
    return len(parts)


def _follow(text: str, parts: list[Part]) -> bool:
    """Whether notes follow: labelled ones, or a single one; and not a section of that name."""
    if not parts:
        return False
    return note_label_of(parts[0].span.of(text)[:12]) is not None or len(parts) == 1


def _join(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Notes, each with the paragraphs that follow it without a label of their own."""
    note: Part | None = None
    named = False
    for part in parts:
        if part.kind is None and len(part.span) < _LONGEST_HEADING:
            announces = is_notes_heading(part.span.of(text))  # the notes of another hand
            part = part.as_(BlockKind.FURNITURE) if announces else part
        label = note_label_of(part.span.of(text)) if part.kind is None else None
        if part.kind is not None:
            if note:
                yield note
            note, named = None, part.kind is BlockKind.NOTE
            yield part
        elif named and not label:  # behind a note that says where it ends
            yield part
        elif label or note is None:
            if note:
                yield note
            note, named = part.as_(BlockKind.NOTE, label.text if label else None), False
        else:
            joined = Span(note.span.start, part.span.end)
            note = Part(joined, BlockKind.NOTE, note.label)
    if note:
        yield note


def _find_unheaded(text: str, parts: list[Part]) -> list[Part]:
    """Notes that follow the document with nothing but their labels to tell them."""
    labelled = [
        (number, label)
        for number, part in enumerate(parts)
        if part.kind is None and (label := _open_label(part.span.of(text)))
    ]
    for form in ("bare", "super", "square", "closed", "dotted", "star"):
        run = _last_run([(n, label) for n, label in labelled if label.form == form])
        if run and _is_notes(text, parts, run):
            start = run[0][0]
            if form == "square" and _is_within_text(text, parts[start - 1 :]):
                return parts
            starred = {number for number, label in labelled if label.form == "star"}
            while start - 1 in starred:  # "* Heading by the editors.", before note 1
                start -= 1
            return [*parts[:start], *_join(text, parts[start:])]
    return parts


def _open_label(line: str) -> Label | None:
    """The note label of *line*, if what follows it can begin a note."""
    label = note_label_of(line)
    if label is None or dates_in_dateline(line):
        return None
    return label if _CAPITAL.match(line, label.length) else None


def _last_run(labelled: list[tuple[int, Label]]) -> list[tuple[int, Label]]:
    """The last labels that follow one another: 1, 2, 3; a gap of one or two is a lost line."""
    run: list[tuple[int, Label]] = []
    for number, label in reversed(labelled):
        value = _value(label)
        if run and not 0 < _value(run[-1][1]) - value <= 3:
            break
        run.append((number, label))
    return run[::-1]


def _value(label: Label) -> int:
    assert label.text is not None
    return int(label.text) if label.text.isdigit() else len(label.text)


def _is_notes(text: str, parts: list[Part], run: list[tuple[int, Label]]) -> bool:
    """Whether a run of labelled paragraphs is the notes and not a list.

    Either every label has its mark in the text before; or the labels are printed as a list's
    never are, and what stands before them closes a letter.
    """
    first, last = run[0][0], run[-1][0]
    if len(parts) - last > 4:
        return False
    if first == 0:
        return False
    body = text[parts[0].span.start : parts[first].span.start]
    marks = set(re.findall(r"(?<=\S)\s?\[(\d{1,3}|\*{1,3})\]", body))
    body = EMPHASIS.sub("", body)
    marks |= set(re.findall(r"(?<=[\w.,;:!?)»”\"'’])\s?(\*{1,3})(?![\w*])", body))
    marks |= {m.translate(_PLAIN) for m in re.findall(r"(?<=[^\W\d])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}", body)}
    found = sum(label.text in marks for _, label in run)
    form = run[0][1].form
    closed = _closes(text, parts[first - 1])
    if form in ("bare", "super"):
        return 2 * found >= len(run) or (closed and _value(run[0][1]) == 1)
    if form in ("dotted", "closed") and _goes_on(text, parts[:first], run[0][1]):
        return False
    return found == len(run) and (closed or form in ("square", "star"))


def _is_within_text(text: str, parts: list[Part]) -> bool:
    """Whether notes from the second of *parts* on interrupt a text that closes nowhere before."""
    unlabelled = (p.kind is None and not note_label_of(p.span.of(text)[:12]) for p in parts[1:])
    return any(unlabelled) and not _closes(text, parts[0])


def _goes_on(text: str, before: list[Part], first: Label) -> bool:
    """Whether *first* is the next point of a list in the body, which is numbered as notes are."""
    labels = (note_label_of(part.span.of(text)[:12]) for part in before)
    said = {_value(label) for label in labels if label and label.form == first.form}
    return _value(first) - 1 in said


_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _closes(text: str, part: Part) -> bool:
    if part.kind in _SIGNED or part.kind is BlockKind.FURNITURE:  # a rule over the notes
        return True
    words = part.span.of(text)
    return part.kind is None and (is_signature(words) or bool(dates_in_dateline(words)))
