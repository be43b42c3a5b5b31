"""Dossiers: passages kept with notes and tags, as files of the user's own.

A dossier is one JSON file in ``dossiers/`` of the workspace, a W3C Web Annotation collection
(Recommendation of 2017): each item's target is the stable name of a passage, with its words as a
``TextQuoteSelector``, so that another program can read it, and a later generation check it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from docproc.errors import StoreError, UsageError
from docproc.records import Citation
from docproc.store.files.durable import write_atomically
from docproc.text.patterns import compile_on_use

FOLDER = "dossiers"
_NUMBER = compile_on_use("[0-9]{1,9}")
"""How an id that docproc gave ends; another program may have written the file."""
_SUFFIX = ".dossier.json"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_MOST_ITEMS = 5_000
_LONGEST_NOTE = 20_000


class Selector(msgspec.Struct, frozen=True):
    """The words of a passage."""

    exact: str
    type: str = "TextQuoteSelector"


class Target(msgspec.Struct, frozen=True):
    """A passage: its stable name and its words."""

    source: str
    selector: Selector


class NoteBody(msgspec.Struct, frozen=True):
    """A note (``commenting``) or a tag (``tagging``)."""

    value: str
    purpose: str = "commenting"
    type: str = "TextualBody"


class KeptPassage(msgspec.Struct, frozen=True):
    """One kept passage, with notes and tags."""

    id: str
    created: str
    target: Target
    body: list[NoteBody] = []
    type: str = "Annotation"

    @property
    def note(self) -> str:
        return "\n".join(each.value for each in self.body if each.purpose == "commenting")

    @property
    def tags(self) -> list[str]:
        return [each.value for each in self.body if each.purpose == "tagging"]


class SavedSearch(msgspec.Struct, frozen=True):
    """A saved question: ``seen`` are the stable names that it brought when last looked at."""

    question: str
    scope: str = ""
    seen: list[str] = []


class DossierPage(msgspec.Struct, frozen=True):
    """The one page of a collection: all of its annotations."""

    items: list[KeptPassage] = []
    type: str = "AnnotationPage"


class Dossier(msgspec.Struct, frozen=True):
    """A named list of kept passages and saved searches; ``total`` counts the passages.

    An ``AnnotationCollection`` holds its annotations in pages (Web Annotation Data Model, 5.1).
    """

    label: str
    first: DossierPage = DossierPage()
    total: int = 0
    searches: list[SavedSearch] = []
    context: str = msgspec.field(name="@context", default=_CONTEXT)
    type: str = "AnnotationCollection"

    @property
    def items(self) -> list[KeptPassage]:
        """The passages, in the order in which they were kept."""
        return self.first.items


def _with_items(dossier: Dossier, items: list[KeptPassage]) -> Dossier:
    return msgspec.structs.replace(dossier, first=DossierPage(items), total=len(items))


class Dossiers:
    """The dossiers of one workspace; each is read when asked for, and written whole."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER

    def names(self) -> list[str]:
        """What dossiers there are, by name; a file whose name docproc gives none is passed over."""
        if not self.folder.is_dir():
            return []
        files = [file for file in self.folder.glob(f"*{_SUFFIX}") if file.is_file()]
        return sorted(filter(_is_name, (file.name.removesuffix(_SUFFIX) for file in files)))

    def read(self, name: str) -> Dossier:
        """The dossier called *name*.  Raises ``UsageError`` or ``StoreError``."""
        path = self._path(name)
        try:
            return msgspec.json.decode(path.read_bytes(), type=Dossier)
        except FileNotFoundError:
            raise UsageError(f"no dossier is called {name!r}") from None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise StoreError(f"{path}: not a dossier: {error}") from None

    def keep(self, name: str, citation: Citation, note: str = "", tags: Sequence[str] = ()) -> None:
        """Add the passage of *citation* to the dossier called *name*, which may be new."""
        dossier = self._or_new(name)
        if len(dossier.items) >= _MOST_ITEMS or len(note) > _LONGEST_NOTE:
            raise UsageError(
                f"a dossier holds at most {_MOST_ITEMS:,} passages, and a note "
                f"{_LONGEST_NOTE:,} characters"
            )
        bodies = [NoteBody(note.strip())] if note.strip() else []
        bodies += [
            NoteBody(tag, "tagging") for tag in dict.fromkeys(t.strip() for t in tags) if tag
        ]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ends = [item.id.rpartition("-")[2] for item in dossier.items]
        number = 1 + max((int(end) for end in ends if _NUMBER.fullmatch(end)), default=0)
        item = KeptPassage(
            f"urn:docproc:kept-{number}",
            now,
            Target(citation.identifier, Selector(citation.quote)),
            bodies,
        )
        self._write(name, _with_items(dossier, [*dossier.items, item]))

    def remove(self, name: str, item_id: str) -> None:
        """Take one item out of a dossier."""
        dossier = self.read(name)
        rest = [item for item in dossier.items if item.id != item_id]
        self._write(name, _with_items(dossier, rest))

    def save_search(self, name: str, search: SavedSearch) -> None:
        """Keep *search* in a dossier, in the place of one with the same question and scope."""
        dossier = self._or_new(name)
        same = (search.question, search.scope)
        rest = [each for each in dossier.searches if (each.question, each.scope) != same]
        self._write(name, msgspec.structs.replace(dossier, searches=[*rest, search]))

    def _or_new(self, name: str) -> Dossier:
        return self.read(name) if self._path(name).exists() else Dossier(name.strip())

    def _write(self, name: str, dossier: Dossier) -> None:
        self.folder.mkdir(exist_ok=True)
        written = msgspec.json.format(msgspec.json.encode(dossier), indent=1)
        write_atomically(self._path(name), written + b"\n")

    def _path(self, name: str) -> Path:
        """The file of a dossier: its name is a file's name and nothing more."""
        name = " ".join(name.split())
        if not _is_name(name):
            raise UsageError(
                f"{name!r} cannot be the name of a dossier: letters, figures, spaces and .,()- only"
            )
        return self.folder / f"{name}{_SUFFIX}"


def _is_name(name: str) -> bool:
    known = re.fullmatch(r"[^\W_][\w .,()-]{0,80}", name)
    return known is not None and not name.endswith((".", " "))
