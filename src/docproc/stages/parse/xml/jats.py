"""The parser of JATS (ANSI/NISO Z39.96): articles of journals, with sections, notes, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from itertools import takewhile
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.described import make_date, mention
from docproc.formats.flow import Flow
from docproc.formats.html_tables import find_covered
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, parse_xml, text_of, words_of
from docproc.records import BlockKind, Collection, Document, Metadata, SourceFile, Unread
from docproc.references.dates.months import MONTHS
from docproc.text.words import word_set

_TOLD = (b"article-meta", b"JATS", b"NLM//DTD", b"journal-meta")
_SKIPPED = word_set(
    """
    front back-matter processing-meta graphic media inline-graphic object-id tex-math fn-group
    sub-article response front-stub label table-wrap-foot
    """
)
_BLOCKS = word_set(
    """
    p disp-quote verse-group verse-line attrib disp-formula preformat speech speaker abstract ack
    app caption
    """
)
_IN_LINE_BLOCKS = ("list", "disp-quote", "table-wrap", "fig", "boxed-text", "verse-group")


class JatsParser:
    """Reads articles as publishers and PubMed Central give them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002
        """By the outermost element, and what else JATS has at its beginning."""
        root = root_of(head)
        if root is None or root.name not in ("article", "pmc-articleset"):
            return 0.0
        return 0.9 if any(sign in head for sign in _TOLD) else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield each article of *source*; raises ``SourceError``."""
        found = parse_xml(data, self._limits, damaged=True)
        articles = [found.root] if local(found.root) == "article" else list(found.root)
        several = len(articles) > 1
        written = False
        for number, article in enumerate(articles, 1):
            flow = Flow()
            _Article(flow, _notes(article)).write(article)
            if flow.out.at:
                written = True
                yield flow.out.document(
                    source,
                    member=f"article {number}" if several else "",
                    metadata=_metadata(article),
                )
        if not written:
            raise SourceError("its article has no text: the file holds metadata alone")
        yield from found.unread


def make(settings: Mapping[str, Any]) -> JatsParser:
    """The factory; there are no settings of its own."""
    return JatsParser(settings.get("limits") or Limits())


def _notes(article: Element) -> dict[str, Element]:
    """The notes of *article* by their ids."""
    notes = article.iter("{*}fn", "fn")
    return {note.get("id"): note for note in notes if note.get("id")}


@dataclass(slots=True)
class _Article:
    flow: Flow
    notes: Mapping[str, Element]
    _level: int = 0
    _count: int = 0
    _written: set[str] = field(default_factory=set)

    def write(self, article: Element) -> None:
        """Title, abstract, body, and what stands after it; then notes without a mark."""
        meta = article.find("front/article-meta")
        if meta is not None:
            title = meta.find("title-group/article-title")
            if title is not None:
                self._block(title, BlockKind.HEADING, level=1)
            for abstract in meta.iterchildren("abstract"):
                self._parts(abstract)
        for part in article.iterchildren("body", "back"):
            self._parts(part)
        for key, note in self.notes.items():
            if key not in self._written:
                self._note(key, note)
        self.flow.settle()

    def _parts(self, parent: Element) -> None:
        self._level += 1
        for child in parent:
            self._part(child, local(child))
        self._level -= 1

    def _part(self, element: Element, name: str) -> None:
        if name == "title" and local(element.getparent()) == "caption":
            self._block(element, BlockKind.PARAGRAPH)
        elif name == "title":
            self._heading(element)
        elif name == "label" and local(element.getparent()) in ("table-wrap", "fig", "boxed-text"):
            self._block(element, BlockKind.PARAGRAPH)
        elif name == "list":
            for item in element.iterchildren("list-item"):
                self._block(item, BlockKind.LIST_ITEM)
        elif name == "ref":
            self._block(element, BlockKind.LIST_ITEM, label=words_of(element.find("label")) or None)
        elif name == "table":
            self._table(element)
        elif name in _BLOCKS and not self._holds_parts(element):
            self._block(element, BlockKind.PARAGRAPH)
        elif name and name not in _SKIPPED:
            self._parts(element)

    def _heading(self, title: Element) -> None:
        """The title of a section, after its number, where it has one."""
        number = title.getprevious()
        self.flow.open(BlockKind.HEADING, None, self._level)
        if _follows_label(title):
            self._inline(number)
            self.flow.text(" ")
        self._inline(title)
        self.flow.close()

    @staticmethod
    def _holds_parts(element: Element) -> bool:
        return any(local(child) in ("p", "sec", "title") for child in element)

    def _block(
        self,
        element: Element,
        kind: BlockKind,
        *,
        label: str | None = None,
        level: int | None = None,
    ) -> None:
        self.flow.open(kind, label, level)
        self._inline(element)
        self.flow.close()

    def _inline(self, element: Element) -> None:
        self.flow.text(element.text)
        for child in element:
            self._inside(child, local(child))
            self.flow.text(child.tail)

    def _inside(self, child: Element, name: str) -> None:
        if name == "xref" and child.get("ref-type") in ("fn", "table-fn"):
            self._mark(child)
        elif name == "fn":
            key = child.get("id") or f"note {self._count + 1}"
            if key not in self._written:  # else a mark of its own stands before it
                self._anchor(key, child)
        elif name == "break":
            self.flow.line()
        elif name == "label" and local(child.getparent()) in ("list-item", "ref", "fn"):
            self._inline(child)
            self.flow.text(" ")
        elif name == "table":
            self._table(child)
        elif name == "p" and _follows_label(child):
            self._inline(child)
            self.flow.line()
        elif name in ("p", "title") or name in _IN_LINE_BLOCKS:
            self.flow.line()
            self._inline(child)
            self.flow.line()
        elif name and name not in _SKIPPED:
            self._inline(child)

    def _mark(self, link: Element) -> None:
        key = link.get("rid") or ""
        note = self.notes.get(key)
        span = self.flow.spanning(lambda: self._inline(link))
        if note is not None:
            self.flow.out.anchor(key, span)
            self._later(key, note)

    def _anchor(self, key: str, note: Element) -> None:
        """A note that stands in the middle of a sentence."""
        self._count += 1
        self.flow.mark(key, str(self._count))
        self._written.add(key)
        label = str(self._count)
        write: Callable[[], None] = lambda: self._inline(note)  # noqa: E731 - it is called later
        self.flow.later(lambda: self.flow.note(key, label, write))

    def _later(self, key: str, note: Element) -> None:
        if key not in self._written:
            self._written.add(key)
            self.flow.later(lambda: self._note(key, note))

    def _note(self, key: str, note: Element) -> None:
        label = words_of(note.find("label"))
        self.flow.note(key, label, lambda: self._inline(note), numbered=False)

    def _table(self, table: Element) -> None:
        covered = find_covered(table)
        self.flow.open(BlockKind.PARAGRAPH)
        for row in table.iter("tr"):
            self.flow.line()
            for cell in row.iterchildren("td", "th"):
                self.flow.cell(covered.before.get(cell, 0))
                if text_of(cell).strip():
                    self._inline(cell)
                self.flow.cell()
            self.flow.cell(covered.at_end.get(row, 0))
            self.flow.end_row()
        self.flow.close()


def _follows_label(element: Element) -> bool:
    before = element.getprevious()
    return before is not None and local(before) == "label"


def _title_words(title: Element | None) -> str:
    """The words of *title* without its notes and their marks."""
    if title is None:
        return ""
    words = [title.text or ""]
    for each in title:
        mark = local(each) == "fn" or (local(each) == "xref" and each.get("ref-type") == "fn")
        words += ["" if mark else f" {text_of(each)}" if local(each) == "break" else text_of(each)]
        words.append(each.tail or "")
    return " ".join("".join(words).split())


def _metadata(article: Element) -> Metadata:
    meta = article.find("front/article-meta")
    if meta is None:
        return Metadata()
    names = [name for each in _find_authors(meta) if (name := _read_name(each))]
    iso = _find_day(meta)
    dates = make_date(iso, iso) if iso else None
    journal = words_of(article.find("front/journal-meta//journal-title"))
    numbers = [
        (name, value)
        for name in ("volume", "issue", "fpage", "lpage")
        if (value := words_of(meta.find(name)))
    ]
    numbers += [("doi", words_of(each)) for each in meta.iterfind("article-id[@pub-id-type='doi']")]
    return Metadata(
        title=mention(_title_words(meta.find("title-group/article-title"))),
        sender=mention("; ".join(names)),
        dates=(dates,) if dates else (),
        collection=Collection(journal, year=iso[:4]) if journal and iso else None,
        kind="article",
        other=tuple(numbers),
    )


def _find_authors(meta: Element) -> list[Element]:
    """Those who wrote the article; editors, reviewers and translators only edited or judged it."""
    people = list(meta.iterfind("contrib-group/contrib"))
    kinds = [
        (each.get("contrib-type") or each.getparent().get("content-type") or "").casefold()
        for each in people
    ]
    called = [each for each, kind in zip(people, kinds, strict=True) if kind.startswith("author")]
    return called or [each for each, kind in zip(people, kinds, strict=True) if not kind]


def _read_name(person: Element) -> str:
    """A person as called, or the group that signs as one, without those who belong to it."""
    for path in ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name"):
        if (found := person.find(path)) is not None:
            parts = [words_of(found.find(part)) for part in ("given-names", "surname", "suffix")]
            return " ".join(filter(None, parts)) or words_of(found)
    group = person.find("collab")
    inside = group is not None and group.find(".//contrib-group") is not None
    return " ".join((group.text or "").split()) if inside else words_of(group)


def _find_day(meta: Element) -> str:
    """When the article came out: the day that says most of the year that stands first."""
    stated = []
    for date in meta.iterchildren("pub-date"):
        parts = [words_of(date.find(name)) for name in ("year", "month", "day")]
        parts[1] = parts[1] if parts[1].isdigit() else _number_month(parts[1])
        known = takewhile(str.isdigit, parts)
        if iso := "-".join(part.zfill(2) for part in known):
            stated.append(iso)
    same = [iso for iso in stated if iso.startswith(stated[0])]
    return max(same, key=len, default="")


def _number_month(name: str) -> str:
    """The number of the month called *name*, ``"7"`` for ``"Jul"``."""
    bare = name.casefold().rstrip(".")
    return next(
        (str(n) for word, n in MONTHS.items() if len(bare) > 2 and word.startswith(bare)), ""
    )
