"""The parser of MediaWiki's exports: a document a page, with headings, lists, tables, notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.libraries import library
from docproc.formats.prose import Prose
from docproc.formats.sniffing import root_of
from docproc.formats.xml import parse_xml
from docproc.records import BlockKind, Document, Mention, Metadata, SourceFile, Unread
from docproc.text.patterns import compile_on_use

_TALK = compile_on_use(r"-?\d*[13579]")
"""Namespaces of odd numbers are talk about pages."""
_SKIPPED = ("10", "8", "14", "6", "828", "-1")
"""Templates, messages, categories, descriptions of files, modules."""
_NO_TEXT = ("file", "image", "category", "media", "datei", "bild", "kategorie", "файл", "категория")
_TAGS_OUT = ("gallery", "references", "templatestyles", "math", "pagelist", "pages", "section")
_POINT = compile_on_use(r"([*#:;]+)\s*")
_SWITCH = compile_on_use(r"__[A-Z]+__")


class MediaWikiParser:
    """Reads what ``Special:Export`` and the dumps of a wiki hold."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:  # noqa: ARG002
        """By the outermost element."""
        root = root_of(head)
        return 0.95 if root and root.name == "mediawiki" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield each page that is no redirect and no template; raises ``SourceError``."""
        wiki = library("mwparserfromhell", "wiki", "pages of MediaWiki")
        xml = parse_xml(data, self._limits, followed=False, damaged=True)
        root = xml.root
        found = False
        members: set[str] = set()
        for page in root.iter("{*}page"):
            space = page.findtext("{*}ns") or "0"
            text = next((each.text for each in page.iter("{*}text")), None) or ""
            wanted = space not in _SKIPPED and not _TALK.fullmatch(space)
            if not wanted or page.find("{*}redirect") is not None or not text.strip():
                continue
            title = " ".join((page.findtext("{*}title") or "").split())
            out = Prose()
            _Page(out).write(wiki.parse(text))
            member = title or "page"
            if not out.composer.at or member in members:
                continue
            members.add(member)
            found = True
            yield out.composer.document(
                source,
                member=member,
                metadata=Metadata(
                    title=Mention(title) if title else None, other=tuple(_revision(page))
                ),
            )
        if not found:
            raise SourceError("it holds no page with text")
        yield from xml.unread


def make(settings: Mapping[str, Any]) -> MediaWikiParser:
    """The factory; there are no settings of its own."""
    return MediaWikiParser(settings.get("limits") or Limits())


def _revision(page: Any) -> Iterable[tuple[str, str]]:
    for name, path in (("revision", "timestamp"), ("last editor", "contributor/{*}username")):
        value = page.findtext(f"{{*}}revision/{{*}}{path}")
        if value and value.strip():
            yield name, value.strip()


@dataclass(slots=True)
class _Page:
    """Writes the nodes of one page."""

    out: Prose
    _notes: list[tuple[str, Any]] = field(default_factory=list)
    _named: dict[str, int] = field(default_factory=dict)
    _item: bool = False
    """Whether a point is open, which ends with its line."""

    def write(self, code: Any) -> None:
        """Write the whole page, and after it its notes."""
        self._nodes(code)
        for number, (label, contents) in enumerate(self._notes, 1):
            self.out.note(number, label)
            self._nodes(contents, plain=True)

    def _nodes(self, code: Any, *, plain: bool = False) -> None:
        for node in code.nodes if code is not None else ():
            self._node(node, plain=plain)

    def _node(self, node: Any, *, plain: bool) -> None:
        name = type(node).__name__
        if name == "Text":
            self._text(_SWITCH.sub("", str(node.value)), plain=plain)
        elif name == "Heading":
            self.out.open(BlockKind.HEADING, level=max(1, int(node.level) - 1))
            self._nodes(node.title, plain=True)
            self.out.end()
        elif name == "Wikilink":
            self._link(node)
        elif name == "ExternalLink":
            self._nodes(node.title if node.title is not None else node.url, plain=True)
        elif name == "Tag":
            self._tag(node, plain=plain)
        elif name == "Template":
            for each in node.params:  # what it shows of them only the wiki knows
                if not each.showkey and str(each.value).strip():
                    self._nodes(each.value, plain=plain)
                    self.out.words(" ")
        elif name == "HTMLEntity":
            self.out.words(html.unescape(str(node)))

    def _link(self, node: Any) -> None:
        title = str(node.title).strip()
        if title.partition(":")[0].strip().lower() in _NO_TEXT and ":" in title:
            caption = str(node.text or "").rpartition("|")[2].strip() if node.text else ""
            if caption and " " in caption:
                self.out.words(f" {caption} ")
            return
        if node.text is not None:
            self._nodes(node.text, plain=True)
        else:
            self.out.words(title.lstrip(":"))

    def _tag(self, node: Any, *, plain: bool) -> None:
        name = str(node.tag).strip().lower()
        if name == "ref":
            self._ref(node)
        elif name in ("br", "hr"):
            self.out.line()
        elif name == "table":
            self._table(node)
        elif name in ("li", "dt", "dd") and node.wiki_markup:
            self._point(str(node.wiki_markup))
        elif name in ("p", "div", "blockquote", "center", "poem"):
            self.out.end()
            self._nodes(node.contents, plain=plain)
            self.out.end()
        elif name not in _TAGS_OUT:
            self._nodes(node.contents, plain=plain)

    def _point(self, sign: str) -> None:
        if sign in ("*", "#"):
            self.out.open(BlockKind.LIST_ITEM, sign="• " if sign == "*" else "")
        else:
            self.out.open(BlockKind.PARAGRAPH)
        self._item = True

    def _table(self, node: Any) -> None:
        gap = "\n\n"
        for cells in _rows(node.contents.nodes):
            if not any(str(cell.contents).strip() for cell in cells):
                continue
            self.out.open(BlockKind.PARAGRAPH, gap=gap)
            gap = "\n"
            for place, cell in enumerate(cells):
                self.out.cell(bool(place))
                self._nodes(cell.contents, plain=True)
        self.out.end()

    def _ref(self, node: Any) -> None:
        """A note: its mark here, its words after the page; one that is named is marked again."""
        own = next((str(a.value).strip() for a in node.attributes if str(a.name) == "name"), "")
        number = self._named.get(own) if own else None
        contents = node.contents if node.contents is not None and not node.self_closing else None
        if number is None:
            self._notes.append((str(len(self._notes) + 1), contents))
            number = len(self._notes)
            if own:
                self._named[own] = number
        elif contents is not None and str(contents).strip():
            self._notes[number - 1] = (str(number), contents)
        self.out.mark(number, str(number))

    def _text(self, text: str, *, plain: bool) -> None:
        if plain:
            self.out.words(text)
            return
        if self._item and "\n" in text:  # a point ends with its line
            point, _, text = text.partition("\n")
            self.out.words(point)
            self.out.end()
            self._item = False
        for number, paragraph in enumerate(re.split(r"\n[ \t]*\n|\n(?=[*#:;])", text)):
            if number:
                self.out.end()
            self.out.words(paragraph)


def _rows(nodes: Any) -> list[list[Any]]:
    """The cells of each row; those of the first one stand in the table itself."""
    first = [each for each in nodes if _named(each, "td", "th")]
    rows = [each.contents.nodes for each in nodes if _named(each, "tr")]
    return [first, *([cell for cell in row if _named(cell, "td", "th")] for row in rows)]


def _named(node: Any, *names: str) -> bool:
    return type(node).__name__ == "Tag" and str(node.tag).strip().lower() in names
