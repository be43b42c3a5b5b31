"""Where a draft says that each of its quotations comes from, cross-references followed.

A quotation has the reference that stands behind it in its sentence, or else its footnote, or else
what its sentence says before it.  ``Ibid.``, ``там же``, ``ebd.`` take the reference before;
with a leaf or a file of its own (``Там же. Л. 10``), that takes the place of the other's.
``Brandt, op. cit.`` takes the last note that names Brandt first, or at all; ``see note 3``,
``wie Anm. 3`` take that note.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docproc.checking.quotations import Draft, Quotation
from docproc.dataclass_on_use import dataclass
from docproc.records import ArchivalReference, Block, Span
from docproc.references import FindsReferences, find_dates, find_references
from docproc.text.patterns import compile_on_use

_SAME = compile_on_use(
    r"\b(?:ibid(?:em)?|ib|ebd|ebda|ebenda|dort|idem|id|ibíd)\b\.?|\b(?:там же|то же)\b",
    re.IGNORECASE,
)
_EARLIER = compile_on_use(
    r"\b(?:op\. ?cit|loc\. ?cit|a\. ?a\. ?O|art\. ?cit)\b\.?"
    r"|\b(?:указ(?:анн\w+)?\.?|цит(?:ир\w*)?\.?) ?(?:соч|раб|документ|письмо)\w*\.?",
    re.IGNORECASE,
)
_NOTE = compile_on_use(
    r"(?:\b(?:see|cf|supra|above|as in|wie|vgl|s|siehe|oben|voir|см)\b\.?,? ?(?:above,? )?"
    r"(?:n(?:ote)?s?|Anm(?:erkung)?|Fn|Fußnote|сноск\w+|сн|прим(?:еч(?:ани\w+)?)?)\b\.?"
    r"|\bn(?:ote)?\.?(?= ?\d{1,5} (?:above|supra|ci-dessus)))\s?(\d{1,5})\b",
    re.IGNORECASE,
)
_LEVELS = {
    "fond": compile_on_use(r"(?<![\w.])(?:F\.|[Фф]\.|[Ff]ond|фонд)\s?([\w-]*\d[\w-]*)"),
    "opis": compile_on_use(r"(?<![\w.])(?:[Oo]p\.|[Оо]п\.|[Oo]pis'?|опись)\s?(\d[\w-]*)"),
    "delo": compile_on_use(r"(?<![\w.])(?:[Dd]d?\.|[Дд]д?\.|[Ff]ile|[Dd]elo|дело)\s?(\d\w*)"),
    "storage unit": compile_on_use(r"(?<![\w.])(?:[Ee]d\. ?khr\.|[Ее]д\. ?хр\.)\s?(\d\w*)"),
    "box": compile_on_use(r"(?<!\w)(?:[Bb]ox|[Bb]d\.|[Kk]arton)\s?(\d\w*)"),
    "folder": compile_on_use(r"(?<!\w)(?:[Ff]older|[Mm]appe)\s?(\d\w*)"),
    "leaf": compile_on_use(
        r"(?<![\w.])(?:[Ll]l?\.|[Лл]л?\.|ff?\.|[Ff]ols?\.|[Ff]olios?|[Bb]l\.|[Ll]ea(?:f|ves))"
        r"\s?(\d+\s?(?:об|ob|v|r|verso|recto)?\.?(?:\s?[-–—]\s?\d+\s?(?:об|ob|v|r)?\.?)?)"
    ),
}
_LEAVES = ("leaves", "folio", "leaf", "page")
_PAGE = compile_on_use(r"\b(?:pp?\.|pages?|с(?:тр)?\.|S\.|Seiten?)\s?\d", re.IGNORECASE)
_SENTENCE = compile_on_use(
    r"(?:[^\W\d_]{3,}|[)\]”»’\"“›])[.!?…][”»’\"“›)]?\s+(?=[^\W\d_a-zа-яё](?!\w{0,3}\.))"
)
_NAMES = compile_on_use(r"\b[^\W\d_a-zа-яё][^\W\d_]{2,}")
_WHOLE = compile_on_use(r"ibid\. [^(]*\((.*)\)")
_REACH = 300
"""Characters from a quotation to what its sentence says of its place."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a draft says of a quotation's place.

    ``references`` as they are meant, ``said`` in its own words, ``meant`` in those that it
    points to, ``note`` the label of the note that says it.
    """

    references: tuple[ArchivalReference, ...] = ()
    said: str = ""
    meant: str = ""
    note: str | None = None


class Attributions:
    """The places that the notes and sentences of one draft give."""

    def __init__(self, draft: Draft, grammars: Sequence[FindsReferences] = ()) -> None:
        self._draft = draft
        self._grammars = grammars
        self._text = draft.document.text
        self._of_note: dict[int, Attribution] = {}
        self._labelled: dict[str, Attribution] = {}
        self._naming: dict[str, Attribution] = {}
        self._naming_first: dict[str, Attribution] = {}

    def read(self, quoted: Iterable[Quotation]) -> dict[Span, Attribution]:
        """What is said of each of *quoted*, by its place."""
        unanchored = (note for note in self._draft.notes if note.anchor is None)
        events: list[tuple[int, Block | Quotation]] = [
            (anchor.start, note) for anchor, note in self._draft.anchored
        ]
        events += [(note.span.start, note) for note in unanchored]
        own = {each.span: self._behind(each) for each in quoted if not each.in_note}
        quoted = list(quoted)
        events += [(each.span.end, each) for each in quoted if own.get(each.span)]
        events.sort(key=lambda each: each[0])
        last = Attribution()
        behind: dict[Span, Attribution] = {}
        for _, event in events:
            if isinstance(event, Quotation):
                found = self._resolve(own[event.span], last)
                behind[event.span] = found
            else:
                words = self._draft.words_of_note(event)
                found = replace(self._resolve(words, last), note=event.label)
                self._of_note[event.span.start] = found
                self._labelled.setdefault(event.label or "", found)
                if not _EARLIER.search(words):
                    names = [each for each in _NAMES.findall(words[:600]) if not each.isupper()]
                    self._naming |= dict.fromkeys(names, found)
                    self._naming_first |= dict.fromkeys(names[:1], found)
            last = found
        return {each.span: self._read_before(each, behind.get(each.span)) for each in quoted}

    def _read_before(self, quotation: Quotation, behind: Attribution | None) -> Attribution:
        if quotation.in_note:
            return self._of_note.get(quotation.within.start, Attribution())
        note = self._note(quotation)
        if behind and behind.references and note:
            both = (*behind.references, *note.references)
            return replace(note, references=both, said=f"{behind.said}\n{note.said}")
        if note:
            return note
        if behind:
            return behind
        before = self._before(quotation)
        return Attribution(find_references(before, grammars=self._grammars), "")

    def _note(self, quotation: Quotation) -> Attribution | None:
        """The first note after the quotation in its paragraph, or the last within it."""
        anchored, span = self._draft.anchored, quotation.span
        at = bisect_left(self._draft.starts, span.end)
        inside = anchored[at - 1] if at and anchored[at - 1][0].start >= span.start else None
        if inside and not any(c.isalnum() for c in self._text[inside[0].end : span.end]):
            return self._of_note.get(inside[1].span.start)
        if at < len(anchored) and anchored[at][0].end <= quotation.within.end:
            return self._of_note.get(anchored[at][1].span.start)
        if inside:
            return self._of_note.get(inside[1].span.start)
        if quotation.block:  # its note may stand where the quotation was announced
            before = anchored[at - 1] if at else None
            between = self._text[before[0].end : span.start] if before else ""
            announced = ":" in between or (before and self._text[before[0].start - 1] == ":")
            if before and announced and not any(char.isalnum() for char in between):
                return self._of_note.get(before[1].span.start)
        return None

    def _behind(self, quotation: Quotation) -> str:
        """What stands behind the quotation in its sentence, where that names a place."""
        end = min(quotation.until or quotation.within.end, quotation.within.end)
        end = min(end, quotation.span.end + _REACH)
        after = self._text[quotation.span.end : max(end, quotation.span.end)]
        if after.lstrip('”»’"“› .,;\n').startswith("("):
            after = after[: after.find(")") + 1 or len(after)]
            told = bool(_SAME.search(after) or _EARLIER.search(after) or _NOTE.search(after))
            if told or _PAGE.search(after) or any(len(d.edtf) == 10 for d in find_dates(after)):
                return after
        else:
            cut = _SENTENCE.search(after)
            after = after[: cut.end()] if cut else after
        return after if find_references(after, grammars=self._grammars) else ""

    def _before(self, quotation: Quotation) -> str:
        low = max(quotation.within.start, quotation.span.start - _REACH)
        low, end = min(low, quotation.span.start), quotation.span.start
        *_, last = [low, *(match.end() for match in _SENTENCE.finditer(self._text, low, end + 1))]
        return self._text[last:end]

    def _resolve(self, words: str, last: Attribution) -> Attribution:
        """What *words* say, with what they point to."""
        own = find_references(words, grammars=self._grammars)
        pointed = self._follow_pointer(words, last)
        if pointed is None:
            return Attribution(own, words)
        base, tail = pointed
        moved = tuple(_move(each, tail) for each in base.references)
        own = tuple(each for each in own if _stands_alone(each, moved))
        meant = base.meant or base.said
        if _PAGE.search(tail):
            meant = _PAGE.sub(" ", meant)
        return Attribution((*moved, *own), words, meant)

    def _follow_pointer(self, words: str, last: Attribution) -> tuple[Attribution, str] | None:
        """The attribution that *words* point to, and what they say after that."""
        same = _SAME.search(words)
        if same and not any(char.isdigit() for char in words[: same.start()]):
            return last, words[same.end() :]
        earlier = _EARLIER.search(words)
        if earlier:
            names = _NAMES.findall(words[: earlier.start()])
            known = next(
                (
                    naming[name]
                    for naming in (self._naming_first, self._naming)
                    for name in names
                    if name in naming
                ),
                None,
            )
            if known or not names:
                return known or last, words[earlier.end() :]
        noted = _NOTE.search(words)
        if noted and noted[1] in self._labelled:
            return self._labelled[noted[1]], words[noted.end() :]
        return None


def _stands_alone(own: ArchivalReference, moved: Sequence[ArchivalReference]) -> bool:
    """Whether *own* is a reference of its own, and no part of one that was pointed to."""
    if own.archive:
        return True
    outer = own.components[0][0] if own.components else ""
    return not any(each.components and outer in dict(each.components[1:]) for each in moved)


def _move(base: ArchivalReference, tail: str) -> ArchivalReference:
    """*base* with the file or the leaf that *tail* gives: ``Ibid., d. 8, l. 4``."""
    tail = tail[:120].partition(";")[0]
    searched = ((name, pattern.search(tail)) for name, pattern in _LEVELS.items())
    given = {name: found[1] for name, found in searched if found}
    if not given:
        return base
    leaf = given.pop("leaf", None)
    components: list[tuple[str, str]] = []
    replaced = False
    for name, value in base.components:
        if name in _LEAVES:
            continue
        if name in given:
            replaced = True
            components.append((name, given[name]))
        elif not replaced:
            components.append((name, value))
    known = {name for name, _ in components}
    components += [(name, value) for name, value in given.items() if name not in known]
    if leaf:
        leaves = next((name for name, _ in base.components if name in _LEAVES), "leaves")
        components.append((leaves, leaf.strip(" .")))
    elif not replaced and not given:
        components = list(base.components)
    whole = _WHOLE.fullmatch(base.printed)
    printed = " ".join(
        f"ibid. {tail.strip(' .,:')} ({whole[1] if whole else base.printed})".split()
    )
    return replace(base, printed=printed, components=tuple(components), span=None)
