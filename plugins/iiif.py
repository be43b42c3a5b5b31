"""A source: a IIIF manifest, or a collection of them, with the transcription that comes with it.

```toml
[sources.letterbook]
uses = "iiif"
url = "https://library.example.org/iiif/letterbook/manifest.json"
```

Before anything is asked, the host must be allowed, once for a workspace; so must the others that
the manifest refers to, if any:

    docproc trust --host library.example.org

Presentation API 2 and 3.  Taken are, of each manifest:

- files with the text of a page that a canvas names in ``seeAlso``: ALTO, PAGE XML, hOCR;
- files with the whole text that the manifest names in ``rendering`` or ``seeAlso``: plain text,
  TEI, PDF where nothing else has text;
- transcriptions in annotations (``otherContent``, ``annotations``), which become one TEI file with
  a page for each canvas, under its label and with the address of its image.

What the manifest says of itself (its label, and its table of metadata) is said of the documents.
No picture is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import unescape
from typing import Any, Final
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.sax.saxutils import escape, quoteattr

from docproc.errors import SourceError
from docproc.hooks import Found, Item, Reached, Registration, Setting, Visit, Whole, hookimpl
from docproc.records import Unread

DOCPROC_API_VERSION = 1

_MOST_MANIFESTS: Final = 20_000
_MOST_LISTS: Final = 20_000
_DEEPEST: Final = 8
_PAGE_TEXTS: Final = ("alto", "page", "hocr")
_SUFFIXES: Final = {
    "text/plain": ".txt",
    "application/tei+xml": ".xml",
    "application/pdf": ".pdf",
}
_NO_TRANSCRIPTION: Final = ("tagging", "linking", "bookmarking", "highlighting")
_TAG: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class IiifManifest:
    """The manifest at *url*, or all those of the collection there, in *language* where it can."""

    url: str
    language: str = ""

    def items(self, visit: Visit) -> Iterator[Found]:
        """Yield the texts.  Raises ``SourceError`` where there is no manifest."""
        if not self.url:
            raise SourceError("`url` is to name a manifest, or a collection of them")
        first = self._json(visit, self.url)
        manifests = list(self._manifests(visit, self.url, first, _DEEPEST, {self.url}))
        start = int(visit.cursor) if visit.cursor.isdecimal() else 0
        for number, (address, manifest) in enumerate(manifests[start:], start + 1):
            try:
                found = manifest or self._json(visit, address)
                yield from self._texts(visit, address, found)
            except SourceError as error:
                if len(manifests) == 1:
                    raise
                yield Unread(address, str(error))
            yield Reached(str(number))
        yield Whole()

    def _manifests(
        self, visit: Visit, address: str, found: dict[str, Any], deep: int, seen: set[str]
    ) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """The addresses of the manifests, the one that was fetched with what it says."""
        kind = _kind(found)
        if kind == "manifest":
            yield address, found
            return
        if kind != "collection":
            raise SourceError(f"{address}: neither a manifest nor a collection of IIIF")
        if not deep:
            raise SourceError(f"{address}: collections within collections, too deep")
        named = ("manifests", "collections", "items", "members")
        for each in (each for name in named for each in _dicts(found, name)):
            inner = _id(each, address)
            if not inner or inner in seen:
                continue
            seen.add(inner)
            if len(seen) > _MOST_MANIFESTS:
                raise SourceError(f"{address}: more than {_MOST_MANIFESTS:,} manifests")
            if _kind(each) == "collection":
                below = self._json(visit, inner)
                yield from self._manifests(visit, inner, below, deep - 1, seen)
            else:
                yield inner, None

    def _texts(self, visit: Visit, address: str, manifest: dict[str, Any]) -> Iterator[Found]:
        if _kind(manifest) != "manifest":
            raise SourceError(f"{address}: no manifest of IIIF")
        about, label = self._about(manifest), self._said(manifest.get("label"))
        folder = f"{_plain(label)[:60] or 'manifest'}-{_mark(address)}"
        canvases = _canvases(manifest)
        pages = list(self._page_files(address, canvases, folder, about))
        texts = list(self._whole_files(address, manifest, folder, about))
        if pages:
            yield from _fetched(visit, pages)
        elif not any(each[1].endswith((".txt", ".xml")) for each in texts):
            whole = self._transcribed(visit, address, canvases, label)
            if whole is not None:
                yield Item(
                    key=f"{address}#transcription",
                    name=f"{folder}.xml",
                    address=address,
                    version=sha256(whole).hexdigest(),
                    content=lambda: whole,
                    about=about,
                )
                return
        if pages:
            return
        plain = [each for each in texts if not each[1].endswith(".pdf")]
        yield from _fetched(visit, plain or texts)
        if not texts:
            yield Unread(address, "no transcription comes with it, only pictures")

    def _page_files(
        self, base: str, canvases: Sequence[dict[str, Any]], folder: str, about: tuple[Any, ...]
    ) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """The address, the name and what is known of each file with the text of a page."""
        for number, canvas in enumerate(canvases, 1):
            for each in _dicts(canvas, "seeAlso"):
                named = ("format", "profile", "label", "type")
                said = " ".join(str(each.get(name, "")) for name in named)
                where = _id(each, base)
                if where and any(word in f"{said} {where}".lower() for word in _PAGE_TEXTS):
                    suffix = ".html" if "hocr" in said.lower() else ".xml"
                    label = _plain(self._said(canvas.get("label")))[:40]
                    yield where, f"{folder}/{number:04d} {label}".rstrip() + suffix, about
                    break

    def _whole_files(
        self, base: str, manifest: dict[str, Any], folder: str, about: tuple[Any, ...]
    ) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        named = (*_dicts(manifest, "rendering"), *_dicts(manifest, "seeAlso"))
        for number, each in enumerate(named, 1):
            kind = str(each.get("format", "")).partition(";")[0].strip().lower()
            where = _id(each, base)
            if where and kind in _SUFFIXES:
                yield where, f"{folder}-{number}{_SUFFIXES[kind]}", about

    def _transcribed(
        self, visit: Visit, base: str, canvases: Sequence[dict[str, Any]], label: str
    ) -> bytes | None:
        """A TEI file of what the annotations of each canvas say; ``None``: nothing."""
        parts, any_words, asked = [], False, 0
        for number, canvas in enumerate(canvases, 1):
            lines: list[str] = []
            for listed in (*_dicts(canvas, "otherContent"), *_dicts(canvas, "annotations")):
                found = listed
                if not _annotations(found):
                    asked += 1
                    where = _id(listed, base)
                    if not where or asked > _MOST_LISTS:
                        continue
                    found = self._json(visit, where)
                for annotation in _annotations(found):
                    lines += self._words(annotation)
            any_words = any_words or bool(lines)
            name = self._said(canvas.get("label")) or str(number)
            image = _id(canvas, base)
            parts.append(f"<pb n={_attribute(name)} facs={_attribute(image)}/>")
            parts += [f"<p>{_text(line)}</p>" for line in lines]
        if not any_words:
            return None
        inner = "\n".join(parts)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
            f"<teiHeader><fileDesc><titleStmt><title>{_text(label)}</title></titleStmt>"
            f"<publicationStmt><p/></publicationStmt><sourceDesc><p>{_text(base)}</p></sourceDesc>"
            f"</fileDesc></teiHeader>\n<text><body>\n{inner}\n</body></text></TEI>\n"
        ).encode()

    def _words(self, annotation: dict[str, Any]) -> Iterator[str]:
        """The lines that an annotation transcribes."""
        why = annotation.get("motivation", "")
        whys = " ".join(map(str, why)) if isinstance(why, list) else str(why)
        if any(word in whys.lower() for word in _NO_TRANSCRIPTION):
            return
        for body in (*_dicts(annotation, "resource"), *_dicts(annotation, "body")):
            words = body.get("chars", body.get("value"))
            what = str(body.get("@type", body.get("type", "")))
            if not isinstance(words, str) or "Image" in what:
                continue
            kind = str(body.get("format", ""))
            if "html" in kind or re.match(r"\s*<(p|div|span|br)\b", words):
                words = unescape(_ANY_TAG.sub("", _TAG.sub("\n", words)))
            yield from (line.strip() for line in words.splitlines() if line.strip())

    def _about(self, manifest: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        """The label, and what the manifest says in its table."""
        said = [("title", self._said(manifest.get("label")))]
        for each in (*_dicts(manifest, "metadata"), *_dicts(manifest, "requiredStatement")):
            said += [(self._said(each.get("label")), self._said(each.get("value")))]
        rights = manifest.get("rights", manifest.get("license"))
        said += [("rights", rights)] if isinstance(rights, str) else []
        return tuple((name, value) for name, value in said if name and value)

    def _said(self, given: Any) -> str:
        """A text of IIIF in any of its forms, in the language that is wanted if it can be."""
        if isinstance(given, dict) and "@value" not in given:
            wanted = (self.language, "none", "en", *map(str, given))
            given = next((given[each] for each in wanted if each and each in given), "")
        if isinstance(given, list):
            own = [e for e in given if isinstance(e, dict) and e.get("@language") == self.language]
            given = own or given
            return "; ".join(filter(None, map(self._said_once, given)))
        return self._said_once(given)

    def _said_once(self, given: Any) -> str:
        words = given.get("@value", "") if isinstance(given, dict) else given
        if isinstance(words, int | float):
            words = str(words)
        if not isinstance(words, str):
            return ""
        return (
            " ".join(unescape(_ANY_TAG.sub("", words)).split()).encode("utf-8", "replace").decode()
        )

    def _json(self, visit: Visit, address: str) -> dict[str, Any]:
        """The object at *address*.  Raises ``SourceError`` where there is none."""
        try:
            found = json.loads(visit.get(address).data)
        except (ValueError, RecursionError):
            raise SourceError(f"{address}: what came back is no JSON") from None
        if not isinstance(found, dict):
            raise SourceError(f"{address}: what came back is no object of IIIF")
        return found


def _fetched(visit: Visit, files: Sequence[tuple[str, str, tuple[Any, ...]]]) -> Iterator[Item]:
    """An item for each file; it has no version of its own, so that it is fetched once."""
    for address, name, about in {each[0]: each for each in files}.values():
        yield Item(
            key=address,
            name=name,
            address=address,
            version="1",
            content=partial(_content, visit, address),
            about=about,
        )


def _content(visit: Visit, address: str) -> bytes:
    return visit.get(address).data


def _kind(found: dict[str, Any]) -> str:
    kind = found.get("type", found.get("@type", ""))
    return str(kind).rpartition(":")[2].lower()


def _id(found: dict[str, Any], base: str) -> str:
    """The address that *found* is at; ``""`` where it has none on the web."""
    given = found.get("id", found.get("@id", ""))
    if not isinstance(given, str):
        return ""
    try:
        whole = urldefrag(urljoin(base, given.strip())).url
        there = urlsplit(whole).scheme in ("http", "https") and not re.search(r"\s", whole)
    except ValueError:
        return ""
    return whole.encode("utf-8", "replace").decode() if there else ""


def _dicts(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What stands under *name*: one object, a list of them, or an address alone."""
    given = found.get(name, [])
    given = given if isinstance(given, list) else [given]
    return [{"id": e} if isinstance(e, str) else e for e in given if isinstance(e, dict | str)]


def _canvases(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The canvases in order: version 3 has them as items, version 2 in its first sequence."""
    if "sequences" in manifest:
        first = next(iter(_dicts(manifest, "sequences")), {})
        return _dicts(first, "canvases")
    return [each for each in _dicts(manifest, "items") if _kind(each) == "canvas"]


def _annotations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [*_dicts(found, "resources"), *_dicts(found, "items")]


def _plain(name: str) -> str:
    return re.sub(r"[/\\\s]+", " ", name).strip()


def _mark(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:8]


def _text(words: str) -> str:
    """*words* as text of XML; what XML cannot hold is marked."""
    return escape(_NOT_XML.sub("\ufffd", words))


def _attribute(words: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", words))


def make(settings: Mapping[str, Any]) -> IiifManifest:
    """The factory; the settings are those of the registration."""
    return IiifManifest(settings["url"], settings["language"])


@hookimpl
def docproc_sources() -> list[Registration]:
    """Register the source."""
    return [
        Registration(
            "iiif",
            make,
            summary="A IIIF manifest, or a collection, with its transcription.",
            settings=(
                Setting("url", "", "The address of the manifest.", sends_to=True),
                Setting("language", "", "In which language to have labels, such as 'de'."),
            ),
            examples=examples,
        )
    ]


def examples() -> dict[str, Any]:
    """What `docproc plugins check` has a library answer: a manifest of version 3."""
    url = "https://library.example.org/iiif/letterbook/manifest.json"
    canvas = {
        "id": f"{url}/canvas/1",
        "type": "Canvas",
        "label": {"none": ["f. 1r"]},
        "annotations": [{"id": f"{url}/canvas/1/text", "type": "AnnotationPage"}],
    }
    body = {"type": "TextualBody", "value": "The quay is shut.", "format": "text/plain"}
    page = {"type": "AnnotationPage", "items": [{"motivation": "supplementing", "body": body}]}
    manifest = {"id": url, "type": "Manifest", "label": {"en": ["Letters"]}, "items": [canvas]}
    return {
        "settings": {"url": url},
        "answers": {
            url: json.dumps(manifest).encode(),
            f"{url}/canvas/1/text": json.dumps(page).encode(),
        },
    }
