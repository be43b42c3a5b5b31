"""Headers and footers of an ODT: a letterhead is text, what runs over every page is furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import local
from docproc.records import BlockKind
from docproc.stages.parse.office.odt.body import OdtBody
from docproc.stages.parse.office.odt.elements import get, paragraphs

_PAGE = ("page-number", "page-count", "chapter")
_LINES = 2
"""A header of so many lines, and no page number, is a letterhead."""
_USUAL = "Standard"


@dataclass(slots=True)
class OdtMargins:
    """The headers and footers of the pages that a text uses, each once."""

    heads: list[Any] = field(default_factory=list)
    """The letterheads."""
    others: list[Any] = field(default_factory=list)

    @classmethod
    def read(cls, text: Any, *roots: Any) -> OdtMargins:
        """Those of the kinds of page in *text*, which *roots* describe.

        The header of the first page alone is a letterhead, and so is one of several lines that
        is on every page.
        """
        found = cls()
        known = [root for root in roots if root is not None]
        pages = {get(page, "name"): page for root in known for page in root.iter("{*}master-page")}
        styles = {
            get(style, "name"): get(style, "master-page-name")
            for root in known
            for style in root.iter("{*}style")
            if get(style, "master-page-name")
        }
        first = next((each for each in text.iter("{*}p", "{*}h")), None)
        name = styles.get(get(first, "style-name"), _USUAL) if first is not None else _USUAL
        seen: set[str] = set()
        for number, called in enumerate([name, *sorted(set(styles.values()))]):
            at = called
            while at in pages and at not in seen:
                seen.add(at)
                page = pages[at]
                followed = get(page, "next-style-name")
                found._page(page, leads=number == 0 and at == name, once=followed not in ("", at))
                at = followed
        return found

    def _page(self, page: Any, *, leads: bool, once: bool) -> None:
        own_first = page.find("{*}header-first") is not None
        for each in page:
            name = local(each)
            if not name.startswith(("header", "footer")) or get(each, "display") == "false":
                continue
            usual = name == "header" and not own_first
            head = leads and (name == "header-first" or (usual and (once or _is_head(each))))
            (self.heads if head else self.others).append(each)

    def letterhead(self, body: OdtBody) -> None:
        """Write the letterheads, before the text."""
        for header in self.heads:
            body.blocks(header)

    def running(self, body: OdtBody) -> None:
        """Write the other headers and footers that have words, as furniture, after the text."""
        written: set[str] = set()
        for margin in self.others:
            for paragraph in paragraphs(margin):
                words = "".join(paragraph.itertext()).strip()
                if words not in written and any(map(str.isalpha, words)):
                    written.add(words)
                    body.composer.begin(BlockKind.FURNITURE)
                    body.inline(paragraph)


def _is_head(header: Any) -> bool:
    if any(local(each) in _PAGE for each in header.iter()):
        return False
    breaks = sum(1 for each in header.iter("{*}line-break"))
    return breaks + len([p for p in _lines(header) if p]) >= _LINES


def _lines(header: Any) -> Iterator[str]:
    for paragraph in paragraphs(header):
        yield "".join(paragraph.itertext()).strip()
