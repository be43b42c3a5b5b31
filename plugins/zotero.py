"""A source: a Zotero library on this machine, its attachments and its notes.

```toml
[sources.my-zotero]
uses = "zotero"
library = "~/Zotero"            # the folder that holds zotero.sqlite
collections = ["Riga 1921"]     # only what lies in these, and below them; none: everything
```

Each attachment that lies in Zotero's own storage becomes a file of the mirror, and each note a web
page, in folders called as the collections are.  What Zotero knows of the item (who wrote to whom,
when, where it is kept) is said of the document; its address is Zotero's own, by which Zotero opens
it (``zotero://select/…``).  The database is copied before it is read, and never written to, so that
Zotero may be open meanwhile; what was written since its last pause is seen at the next fetch.

The tables are those of Zotero 5 to 7 (``userdata.sql`` and ``system.sql`` of its source).
"""

from __future__ import annotations

import contextlib
import html
import re
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from docproc.errors import SourceError
from docproc.hooks import Found, Item, Registration, Setting, Visit, Whole, hookimpl
from docproc.records import Unread

DOCPROC_API_VERSION = 1

_DATABASE: Final = "zotero.sqlite"
_LINKED: Final = (2, 3)
"""Of ``itemAttachments.linkMode``: a file elsewhere, and an address."""
_WRITERS: Final = ("author", "artist", "composer", "interviewee", "presenter", "contributor")
_KEYS: Final = {
    "title": "title",
    "letterType": "kind",
    "manuscriptType": "kind",
    "place": "place",
    "language": "language",
    "publicationTitle": "collection",
    "bookTitle": "collection",
    "series": "series",
    "volume": "volume",
    "rights": "rights",
    "url": "url",
}
"""Fields of Zotero's, by the keys that front matter has for them."""
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d ")
"""Before a date as it was typed, Zotero keeps the same one for sorting."""

_ATTACHMENTS: Final = """
SELECT i.key, a.linkMode, a.path, a.storageHash, i.clientDateModified, p.itemID, i.itemID,
       i.libraryID, i.dateModified, p.dateModified
FROM itemAttachments a JOIN items i ON i.itemID = a.itemID
LEFT JOIN items p ON p.itemID = a.parentItemID
WHERE i.itemID NOT IN (SELECT itemID FROM deletedItems)
  AND (p.itemID IS NULL OR p.itemID NOT IN (SELECT itemID FROM deletedItems))
ORDER BY i.libraryID, i.key
"""
_NOTES: Final = """
SELECT i.key, n.note, n.title, i.dateModified, p.itemID, i.itemID, i.libraryID
FROM itemNotes n JOIN items i ON i.itemID = n.itemID
LEFT JOIN items p ON p.itemID = n.parentItemID
WHERE i.itemID NOT IN (SELECT itemID FROM deletedItems)
  AND (p.itemID IS NULL OR p.itemID NOT IN (SELECT itemID FROM deletedItems))
ORDER BY i.libraryID, i.key
"""
_FIELDS: Final = """
SELECT d.itemID, f.fieldName, v.value FROM itemData d
JOIN fields f ON f.fieldID = d.fieldID JOIN itemDataValues v ON v.valueID = d.valueID
"""
_CREATORS: Final = """
SELECT ic.itemID, t.creatorType, c.firstName, c.lastName FROM itemCreators ic
JOIN creators c ON c.creatorID = ic.creatorID
JOIN creatorTypes t ON t.creatorTypeID = ic.creatorTypeID ORDER BY ic.itemID, ic.orderIndex
"""
_COLLECTIONS: Final = """
SELECT collectionID, collectionName, parentCollectionID FROM collections
WHERE collectionID NOT IN (SELECT collectionID FROM deletedCollections)
"""


@dataclass(frozen=True, slots=True)
class ZoteroLibrary:
    """The library in the folder *library*; of it only *collections*, where any are named."""

    library: Path
    collections: tuple[str, ...] = ()
    notes: bool = True
    most_bytes: int = 1_000_000_000

    def items(self, visit: Visit) -> Iterator[Found]:  # noqa: ARG002 - no network is asked
        """Yield attachments and notes.  Raises ``SourceError`` where there is no library."""
        with self._opened() as database:
            try:
                yield from self._found(_Library(database))
            except sqlite3.Error as error:
                raise SourceError(f"{self.library / _DATABASE}: {error}") from None
        yield Whole()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A copy of the database, opened to be read: Zotero's own is never locked, or written."""
        source = self.library / _DATABASE
        with tempfile.TemporaryDirectory(prefix="docproc-zotero-") as folder:
            copy = Path(folder) / _DATABASE
            try:
                if source.stat().st_size > self.most_bytes:
                    raise SourceError(f"{source}: larger than {self.most_bytes / 1e6:g} MB")
                shutil.copyfile(source, copy)
                open_still = self._copied_beside(source, copy)
            except OSError as error:
                raise SourceError(
                    f"{source}: {error.strerror or error}; `library` is to name the folder that "
                    "Zotero keeps its data in (Settings, Advanced, Files and Folders)"
                ) from None
            try:
                # what Zotero was about to write, or to take back, is settled in the copy
                how = "mode=rw" if open_still else "mode=ro&immutable=1"
                database = sqlite3.connect(f"{copy.as_uri()}?{how}", uri=True)
            except sqlite3.Error as error:
                raise SourceError(f"{source}: {error}") from None
            try:
                database.execute("PRAGMA trusted_schema = OFF")
                yield database
            finally:
                database.close()

    def _copied_beside(self, source: Path, copy: Path) -> bool:
        """Whether Zotero was writing, so that its journal had to be copied too."""
        found = False
        for ending in ("-journal", "-wal"):
            beside = source.with_name(source.name + ending)
            if beside.is_file() and beside.stat().st_size:
                shutil.copyfile(beside, copy.with_name(copy.name + ending))
                found = True
        return found

    def _found(self, library: _Library) -> Iterator[Found]:
        wanted = library.within(self.collections)
        if self.collections and wanted is None:
            there = ", ".join(sorted(set(library.names.values()))) or "none"
            raise SourceError(
                f"no collection is called {self.collections[0]!r}; there are: {there}"
            )
        for row in library.database.execute(_ATTACHMENTS):
            key, mode, path, digest, changed, parent, own, group, modified, about_modified = row
            top = own if parent is None else parent
            if wanted is not None and top not in wanted:
                continue
            yield from self._attachment(
                library, str(key), mode, path, f"{digest or ''} {changed or modified}",
                top, own, group, str(about_modified or modified),
            )  # fmt: skip
        for key, note, title, changed, parent, own, group in (
            library.database.execute(_NOTES) if self.notes else ()
        ):
            top = own if parent is None else parent
            if note and (wanted is None or top in wanted):
                name = str(title or "").strip() or "note"
                yield Item(
                    key=f"{group}/{key}",
                    name=f"{library.folder(top)}{_plain(name)[:80]}-{key}.html",
                    address=library.address(group, key),
                    version=str(changed),
                    content=partial(_page, name, str(note)),
                    about=library.about(top, note=True),
                )

    def _attachment(
        self, library: _Library, key: str, mode: int, path: str | None, version: str,
        top: int, own: int, group: int, modified: str,
    ) -> Iterator[Found]:  # fmt: skip
        where = library.address(group, key)
        del own, modified
        if mode == _LINKED[1] or not path:
            return
        if mode == _LINKED[0] or not str(path).startswith("storage:"):
            yield Unread(where, f"it is linked and not stored, and was left: {path}")
            return
        name = str(path).removeprefix("storage:")
        folder = self.library / "storage" / key
        if Path(name).name != name or name in ("", ".", "..") or not key.isalnum():
            yield Unread(where, f"{name!r} is no name of a file in Zotero's storage")
            return
        file = folder / name
        try:
            state = file.lstat()
        except OSError:
            yield Unread(where, f"{name}: its file is not on this machine; let Zotero download it")
            return
        if not stat.S_ISREG(state.st_mode) or folder.is_symlink():
            yield Unread(where, f"{name}: a link, or no file, and was left")
            return
        yield Item(
            key=f"{group}/{key}",
            name=f"{library.folder(top)}{Path(name).stem}-{key}{Path(name).suffix}",
            address=where,
            version=f"{version} {state.st_size} {state.st_mtime_ns}",
            content=partial(self._bytes, file),
            about=library.about(top),
        )

    def _bytes(self, file: Path) -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(self.most_bytes)
        except OSError as error:
            raise SourceError(f"{file.name}: {error.strerror or error}") from None


class _Library:
    """What the database says, by item."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.fields: dict[int, dict[str, str]] = {}
        for item, name, value in database.execute(_FIELDS):
            self.fields.setdefault(item, {})[str(name)] = str(value)
        self.creators: dict[int, list[tuple[str, str]]] = {}
        for item, kind, first, last in database.execute(_CREATORS):
            name = ", ".join(part for part in (str(last or ""), str(first or "")) if part)
            self.creators.setdefault(item, []).append((str(kind), name))
        kinds = "SELECT i.itemID, t.typeName FROM items i JOIN itemTypes t USING (itemTypeID)"
        self.kinds = {item: str(kind) for item, kind in database.execute(kinds)}
        self.names: dict[int, str] = {}
        self._above: dict[int, int | None] = {}
        for number, name, above in database.execute(self._collections()):
            self.names[number], self._above[number] = str(name), above
        self._in: dict[int, list[int]] = {}
        for number, item in database.execute(
            "SELECT collectionID, itemID FROM collectionItems ORDER BY collectionID"
        ):
            if number in self.names:
                self._in.setdefault(item, []).append(number)
        self.groups = dict(database.execute("SELECT libraryID, groupID FROM groups"))

    def _collections(self) -> str:
        there = "SELECT 1 FROM sqlite_master WHERE name = 'deletedCollections'"
        has = self.database.execute(there).fetchone()
        return _COLLECTIONS if has else _COLLECTIONS.partition("\nWHERE")[0]

    def within(self, collections: tuple[str, ...]) -> set[int] | None:
        """The items in *collections* and below them; ``None``: no such collections, or all."""
        chosen = {number for number, name in self.names.items() if name in collections}
        if not chosen:
            return None
        more = True
        while more:
            more = False
            for number, above in self._above.items():
                if above in chosen and number not in chosen:
                    chosen.add(number)
                    more = True
        return {item for item, numbers in self._in.items() if chosen.intersection(numbers)}

    def folder(self, item: int) -> str:
        """The folders of the first collection that *item* is in, each with a ``/`` behind."""
        steps: list[str] = []
        number = next(iter(self._in.get(item, ())), None)
        while number is not None and len(steps) < 5:
            steps.append(_plain(self.names.get(number, "")))
            number = self._above.get(number)
        return "".join(f"{step}/" for step in reversed(steps) if step)

    def address(self, group: int, key: object) -> str:
        """By which Zotero shows it."""
        place = f"groups/{self.groups[group]}" if group in self.groups else "library"
        return f"zotero://select/{place}/items/{key}"

    def about(self, item: int, *, note: bool = False) -> tuple[tuple[str, str], ...]:
        """What is known of *item*, by the keys of front matter; of a *note* only what it is on."""
        fields = self.fields.get(item, {})
        if note:
            title = fields.get("title", "")
            return (("note on", title),) if title else ()
        said = [(key, fields[name]) for name, key in _KEYS.items() if fields.get(name)]
        for kind, name in self.creators.get(item, ()):
            letter = self.kinds.get(item) == "letter"
            writes = kind in _WRITERS
            key = "recipient" if kind == "recipient" else "editors" if kind == "editor" else ""
            key = key or ("sender" if letter and writes else "author" if writes else kind)
            said.append((key, name))
        if date := _DATED.sub("", fields.get("date", ""), count=1).strip():
            said.append(("date", date))
        archive, place = fields.get("archive", ""), fields.get("archiveLocation", "")
        shelf = place or fields.get("callNumber", "")
        if kept := ", ".join(part for part in (archive, shelf) if part):
            said.append(("reference", kept))
        if not any(key == "kind" for key, _ in said) and self.kinds.get(item) == "letter":
            said.append(("kind", "letter"))
        return tuple(said)


def _plain(name: str) -> str:
    """*name* as one step of a path."""
    return re.sub(r"[/\\\s]+", " ", name).strip()


def _page(title: str, note: str) -> bytes:
    """A note, which Zotero keeps as a part of a web page, as a whole one."""
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"</head>\n<body>{note}</body></html>\n"
    ).encode("utf-8", "replace")


def make(settings: Mapping[str, Any]) -> ZoteroLibrary:
    """The factory; the settings are those of the registration."""
    folder = settings["workspace"] / Path(settings["library"]).expanduser()
    return ZoteroLibrary(folder, tuple(settings["collections"]), settings["notes"])


@hookimpl
def docproc_sources() -> list[Registration]:
    """Register the source."""
    return [
        Registration(
            "zotero",
            make,
            summary="A Zotero library on this machine: attachments and notes.",
            settings=(
                Setting("library", "~/Zotero", "The folder that holds zotero.sqlite."),
                Setting("collections", [], "Only what is in these collections, or below them."),
                Setting("notes", True, "Whether notes are fetched too."),
            ),
        )
    ]
