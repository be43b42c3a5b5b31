"""The parser of HTML and XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.described import make_date, mention
from docproc.formats.licence import set_licence_apart
from docproc.formats.markup import EDIT_LINK
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, check_nesting, text_of
from docproc.records import (
    BlockKind,
    Document,
    Mention,
    Metadata,
    SourceFile,
    StatedDate,
    Unread,
)
from docproc.stages.parse.web.html.decoding import decode_page
from docproc.stages.parse.web.html.furniture import furniture_of
from docproc.stages.parse.web.html.notes import notes_of
from docproc.stages.parse.web.html.page import HtmlPage
from docproc.stages.parse.web.html.printed import pages_of
from docproc.text.encoding.decoding import looks_like_text
from docproc.text.patterns import compile_on_use

_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_DECLARATION = compile_on_use(r"\s*<\?xml[^>]*>")
_UNDISPLAYED = compile_on_use(r"(?:^|;)\s*display\s*:\s*none\b", re.I)
_PARTS = compile_on_use(r"\s+[|–—·:»-]\s+")
"""What parts the names in the title of a window: ``Letter 12 | Museum of Parma``."""
_LONGEST_MESSAGE = 300
_ELSEWHERE = "its words are in a file of its own, which is read if it is among the sources"
_TITLES = ("citation_title", "dc.title", "dcterms.title")
_LOCAL_PAGE = compile_on_use(
    r"(?![a-z][a-z0-9+.-]*:|//)[^?#]+\.(?:x?html?|txt|pdf)(?:[?#]|\Z)", re.I
)
"""The address of a frame that may lie beside a page: one elsewhere is the web's."""
_BESIDE = ("nav", "aside", "footer")
_HEADINGS = ("h1", "h2", "h3")
_OF_THE_SITE = compile_on_use(
    r"publi[sc]|pubdate|updat|modif|post(?:ed|-)|entry|veröff|aktuali|last\s|опублик", re.I
)
"""What is said of the day of a page, and not of the document on it."""
_DATES = ("dc.date.created", "dcterms.created", "dc.date", "dcterms.date")


@dataclass(frozen=True, slots=True)
class HtmlParser:
    """Reads web pages."""

    limits: Limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the outermost element, and else by the suffix of what looks like text."""
        root = root_of(head)
        if root and root.name.lower() == "html":
            return 0.9
        if source.suffix not in _SUFFIXES:
            return 0.0
        return 0.7 if looks_like_text(head) else 0.1

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*, and the frames that it only points to.

        Raises ``SourceError``.
        """
        decoded = decode_page(data)
        root = _parse(decoded.text)
        check_nesting(root, self.limits.nesting)
        body = next(root.iter("body", "frameset"), root)
        elements = list(body.iter("*"))  # as long as they are held, no walk makes them again
        told = [each for each in elements if each.keys()]
        notes = notes_of(body, elements, told)
        hidden = frozenset(each for each in told if _is_hidden(each))
        if hidden:  # except for notes, which many pages show only when their mark is pointed at
            hidden -= {each for note in notes.blocks for each in (note, *note.iterancestors())}
        page = HtmlPage(
            notes, furniture_of(body, elements, told), hidden, pages_of(decoded.text, told)
        )
        page.element(body)
        page.flow.settle()
        frames = [where for each in root.iter("frame") if (where := each.get("src"))]
        beside = [each.get("src") or "" for each in body.iter("iframe")]
        said = dict(_read_metadata(root))
        document = page.flow.out.document(source, metadata=_metadata(root, said, decoded.encoding))
        if not any(map(str.isalnum, document.text)):
            raise SourceError(_of_frames(frames) if frames else "it is a web page without words")
        for where in (*frames, *(each for each in beside if _LOCAL_PAGE.match(each))):
            yield Unread(f"frame {where}", _ELSEWHERE)
        document = set_licence_apart(document)
        yield document if any(map(said.get, _TITLES)) else _title(document)
        yield from decoded.unread


def make(settings: Mapping[str, Any]) -> HtmlParser:
    """The factory; there are no settings."""
    return HtmlParser(settings.get("limits", Limits()))


def _parse(text: str) -> Element:
    from lxml import etree

    declaration = _DECLARATION.match(text[:1000])
    text = text[declaration.end() if declaration else 0 :].replace("\0", "\ufffd")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"it cannot be read as a web page: {error.msg}") from None
    if root is None:
        raise SourceError("it is a web page without words")
    _open_noframes(root)
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":  # libxml2 leaves out what follows, unasked
            deep = "xcessive depth" in entry.message
            what = "are nested" if deep else "hold a stretch of text that is longer"
            raise SourceError(f"its elements {what} {'deeper ' if deep else ''}than libxml2 reads")
    return root


def _open_noframes(root: Element) -> None:
    """Read what stands beside the frames of *root*, which libxml2 leaves as characters.

    A word to browsers that know no frames is no text.
    """
    for each in list(root.iter("noframes")):
        words = each.text or ""
        each.text = None
        if "<" in words:
            with suppress(SourceError):
                inner = _parse(words)
                words = text_of(inner)
                each.append(inner)
        if len(words) < _LONGEST_MESSAGE and "frame" in words.lower():
            each.clear()


def _is_hidden(element: Element) -> bool:
    """Whether *element* itself says that it is not displayed; no style sheet is read.

    A wiki's links to edit its sections are no part of what is displayed either.
    """
    if EDIT_LINK in (element.get("class") or ""):
        return True
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _UNDISPLAYED.search(style) is not None


def _of_frames(frames: Sequence[str]) -> str:
    """What to do with a page of frames alone, whose words are in other files."""
    files = ", ".join(frames[:5]) + (", …" if len(frames) > 5 else "")
    return f"it is a page of frames, its words are in other files: {files}; put those beside it"


def _title(document: Document) -> Document:
    """*document*, called what its one main heading says, and not what the window does.

    Unless that is the last of the names in the window's title: the site's own.
    """
    heads = [each for each in document.blocks if each.kind is BlockKind.HEADING and each.level == 1]
    if len(heads) != 1:
        return document
    head = heads[0].span.of(document.text)
    title = document.metadata.title
    names = _PARTS.split(title.text) if title else []
    of_the_site = len(names) > 1 and " ".join(head.split()) == names[-1]
    if of_the_site or not any(map(str.isalpha, head)):
        return document
    named = Mention(head, heads[0].span)
    return replace(document, metadata=replace(document.metadata, title=named))


def _metadata(root: Element, said: Mapping[str, str], encoding: str) -> Metadata:
    title = next((said[name] for name in _TITLES if name in said), None)
    element = next(root.iter("title"), None)
    if title is None and element is not None:
        title = text_of(element)
    dates = (make_date(said[name], said[name]) for name in _DATES if name in said)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[
        :2
    ]
    author = said.get("citation_author") or said.get("dc.creator") or said.get("author")
    return Metadata(
        title=mention(title),
        dates=tuple(date for date in (*dates, _time(root)) if date)[:1],
        language=language.lower()
        if language.isascii() and language.isalpha() and len(language) == 2
        else None,
        encoding=encoding,
        other=(("author", author),) if author else (),
    )


def _time(root: Element) -> StatedDate | None:
    """The day that the head of a page gives for machines as well, if it is not the site's own."""
    for each in root.iter("time"):
        day = (each.get("datetime") or "").partition("T")[0]
        above = list(each.iterancestors())
        if any(other.tag in _BESIDE for other in above) or not day:
            continue
        own = next((other for other in (each, *above) if other.tag in ("time", "p", "div")), each)
        said = " ".join(f"{other.get('class')} {other.get('itemprop')}" for other in (each, *above))
        headed = any(other.tag in ("header", "hgroup") for other in above) or any(
            other.tag in _HEADINGS for other in own.itersiblings(preceding=True)
        )
        if headed and not _OF_THE_SITE.search(f"{said} {text_of(own)}"):
            words = text_of(each).strip()
            return make_date(words if any(map(str.isdigit, words)) else day, day, place="heading")
        return None
    return None


def _read_metadata(root: Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name, content = meta.get("name"), meta.get("content")
        if name and content and content.strip():
            yield name.lower(), content.strip()
