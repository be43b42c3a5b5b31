"""Headers and footers of a DOCX: a letterhead is text, what runs over every page is furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.package import parse_part
from docproc.formats.xml import text_of
from docproc.records import BlockKind
from docproc.stages.parse.office.docx.body import DocxBody
from docproc.stages.parse.office.docx.parts import Parts, W, attribute, first
from docproc.text.patterns import compile_on_use

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARAGRAPH = W + "p"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE = compile_on_use(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES|STYLEREF)\b")
_OFF = ("0", "false", "off")
_LINES = 2
"""A header of so many lines, and no page number, is a letterhead."""


@dataclass(slots=True)
class DocxMargins:
    """The headers and footers of a document, each once."""

    heads: list[Any] = field(default_factory=list)
    """The letterheads."""
    others: list[Any] = field(default_factory=list)

    @classmethod
    def read(cls, body: Any, parts: Parts) -> DocxMargins:
        """Those that the sections of *body* refer to.

        The header of the first page alone is a letterhead, and so is one of several lines that
        is on every page of a document without any such.
        """
        found = cls()
        seen: set[str] = set()
        for number, section in enumerate(body.iter(W + "sectPr")):
            own_first = first(section, W + "titlePg")
            has_first = own_first is not None and attribute(own_first, "val") not in _OFF
            for reference in section:
                if reference.tag not in (W + "headerReference", W + "footerReference"):
                    continue
                kind = attribute(reference, "type", "default")
                part = parts.part(reference.get(_ID) or "")
                if part is None or part[0] in seen or (kind == "first" and not has_first):
                    continue
                seen.add(part[0])
                root = parse_part(part[1], part[0])
                header = reference.tag == W + "headerReference" and number == 0
                head = header and (
                    kind == "first" or (kind == "default" and not has_first and _is_head(root))
                )
                (found.heads if head else found.others).append(root)
        return found

    def letterhead(self, body: DocxBody) -> None:
        """Write the letterheads, before the text."""
        for root in self.heads:
            body.blocks(root)

    def running(self, body: DocxBody) -> None:
        """Write the other headers and footers that have words, as furniture, after the text."""
        for root in self.others:
            for paragraph in _paragraphs(root):
                if any(map(str.isalpha, _words(paragraph))):
                    body.composer.begin(BlockKind.FURNITURE)
                    body.inline(paragraph)
            body.drop_boxes()


def _is_head(root: Any) -> bool:
    fields = [text_of(each) for each in root.iter(W + "instrText")]
    fields += [attribute(each, "instr") for each in root.iter(W + "fldSimple")]
    if any(_PAGE.search(each) for each in fields):
        return False
    paragraphs = [each for each in _paragraphs(root) if _words(each).strip()]
    breaks = sum(1 for each in paragraphs for _ in each.iter(W + "br", W + "cr"))
    return len(paragraphs) + breaks >= _LINES


def _words(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(W + "t"))


def _paragraphs(root: Any) -> Iterator[Any]:
    """The paragraphs of *root*, those in text boxes too, once each."""
    for paragraph in root.iter(_PARAGRAPH):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph
