"""The catalog's tables, and how the file is opened.

What is not obvious in them:

- A document has a ``key`` that it keeps from generation to generation.  Rows of the
  generation, ``0..n-1``, are not stored: passages are counted in the order of their
  documents' keys, so removing a document renumbers by rewriting ``arrays``, not a million
  rows.
- A document's key is never given again (``meta`` knows the ``next key``), and what it names
  never changes: so what two generations have in common is known from their keys.
- A passage's ``key`` is its document's, shifted, plus its place in the document.
- A passage's text is not stored: it is cut from its document's, which is kept in pieces of
  ``PIECE`` characters, so that a passage of a book costs no more than one of a letter.
- A piece, a document's record and a search text are compressed (``compressed``).
- ``search_text`` is NULL where it is the text itself; ``embed_text`` is kept without its
  end where that is the search text.
- ``documents_by_scope`` holds all that the conditions of a scope read of a document, so
  that they scan it and not the documents' records.
- ``facts`` holds what filters need of each passage (``ROW``), and ``hashes`` the keys of
  their vectors, one document a row; ``arrays`` holds the same over all passages.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import numpy as np

from docproc.errors import StoreError
from docproc.records import PassageKind
from docproc.workspace import watch
from docproc.workspace.links import is_link

FORMAT = 2
APPLICATION = 0x44_50_43_31
"""``DPC1``, by which ``file`` and SQLite's own tools tell what the file is."""

PIECE = 1 << 14
SHIFT = 20
"""A document has fewer than 2**20 passages, and fewer than 2**20 pieces."""

KINDS = (PassageKind.BODY, PassageKind.NOTE, PassageKind.APPARATUS)
"""A kind's place here is its number in ``ROW``; only ever append."""

ROW = np.dtype([("kind", "u1"), ("language", "<u2"), ("reference", "<i4"), ("sentences", "<u4")])
"""``reference`` is the governing one's ordinal in its document, or -1; language 0 is unknown."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE arrays (name TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE languages (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE sources (
  path TEXT PRIMARY KEY, media_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
  mtime_ns INTEGER NOT NULL, parser TEXT NOT NULL, parser_version TEXT NOT NULL,
  recipe TEXT NOT NULL
);
CREATE TABLE failures (
  path TEXT PRIMARY KEY, cause TEXT NOT NULL, recipe TEXT NOT NULL, size INTEGER,
  mtime_ns INTEGER, sha256 TEXT, count INTEGER NOT NULL, first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
);
CREATE TABLE documents (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, member TEXT NOT NULL,
  title TEXT, sender TEXT, recipient TEXT, place TEXT, sender_folded TEXT, recipient_folded TEXT,
  date TEXT, date_printed TEXT, date_start INTEGER, date_end INTEGER, kind TEXT, language TEXT,
  reference TEXT, characters INTEGER NOT NULL, passages INTEGER NOT NULL, record BLOB NOT NULL
);
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_scope
  ON documents (date_start, date_end, sender_folded, recipient_folded);
CREATE TABLE texts (key INTEGER PRIMARY KEY, piece TEXT NOT NULL);
CREATE TABLE passages (
  key INTEGER PRIMARY KEY, tag INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  kind TEXT NOT NULL, locator TEXT NOT NULL, note TEXT, language TEXT, reference INTEGER,
  search_text TEXT, embed_head TEXT NOT NULL, embed_joined INTEGER NOT NULL,
  sentences BLOB NOT NULL
);
CREATE TABLE rows (document INTEGER PRIMARY KEY, facts BLOB NOT NULL, hashes BLOB NOT NULL);
CREATE TABLE refs (
  document INTEGER NOT NULL, ordinal INTEGER NOT NULL, printed TEXT NOT NULL,
  record BLOB NOT NULL, PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE levels (
  level TEXT NOT NULL, value TEXT NOT NULL, document INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (level, value, document, ordinal)
) WITHOUT ROWID;
CREATE INDEX levels_by_document ON levels (document);
"""

INDEXES = "CREATE INDEX IF NOT EXISTS passages_by_tag ON passages (tag)"
"""Made last: over a whole catalog that is faster than row by row."""

ARCHIVE = "@archive"
"""The level under which an archive's two names stand in ``levels``; no grammar uses ``@``."""

WITNESS = "@witness"
"""The level under which ``levels`` has what is known of a document's witness; its ordinal is 0."""


PERSON = "@person"
"""The level under which ``levels`` has the register that a document holds, a person a value."""

OWN_NAME = " | "
"""Before each name by which a letter itself calls a correspondent, in the folded columns."""

SENDER, RECIPIENT = "@sender", "@recipient"
"""The levels under which ``levels`` has the identities of a document's correspondents."""


class OtherFormat(StoreError):
    """A catalog as another version of docproc writes it."""


def connect(
    path: Path, mode: Literal["ro", "rw", "rwc"], *, unfinished: bool = False
) -> sqlite3.Connection:
    """Open the file at *path*; read-only means that no one changes it, and nothing is locked.

    Raises ``StoreError`` if it is missing, not a catalog (or not an *unfinished* one), or of
    another format.
    """
    name = os.fsencode(path.absolute().as_posix())
    if sys.platform == "win32":
        name = b"/" * (not name.startswith(b"/")) + name
    immutable = "&immutable=1" if mode == "ro" else ""
    uri = f"file://{quote(name, safe='/:')}?mode={mode}{immutable}"
    if is_link(path):
        raise StoreError(f"{path}: a link, and docproc follows none here")
    if mode != "rwc" and not path.is_file():
        raise StoreError(f"{path}: there is no such file; `docproc index` makes it again")
    if mode != "ro":
        _check_beside(path)
    with raise_store_errors(path):
        # SQLite itself is compiled to be used from many threads; the reader's take turns
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=mode != "ro"
        )
        try:
            # what came with a workspace may not bring code of its own: SQLite, "Defense Against
            # The Dark Arts" (sqlite.org/security.html)
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            if mode != "rwc":
                _check_format(connection, path, 0 if unfinished else APPLICATION)
        except BaseException:
            connection.close()
            raise
    return connection


_NAMES_ANOTHER = bytes.fromhex("d9d505f920a163d7")
"""How a journal ends that belongs to a change of several databases: sqlite.org/fileformat2.html,
"The Rollback Journal"; and src/pager.c, ``readSuperJournal``."""


def _check_beside(path: Path) -> None:
    """Raise ``StoreError`` where what SQLite finds beside the file could have others changed.

    It takes back what a journal holds, and then removes the "super-journal" that the journal
    names, whatever that is.  docproc never changes two databases at once: no journal of its own
    names one.  What has a second name somewhere would be written to there as well.
    """
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        try:
            state = beside.lstat()
            if not stat.S_ISREG(state.st_mode) or state.st_nlink > 1:
                raise StoreError(
                    f"{beside}: not a plain file, or one with a second name; remove it"
                )
            with beside.open("rb") as file:
                file.seek(max(0, state.st_size - len(_NAMES_ANOTHER)))
                end = file.read()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StoreError(f"{beside}: cannot be read: {error.strerror}") from None
        if ending == "-journal" and end == _NAMES_ANOTHER:
            raise StoreError(
                f"{beside}: names a file that SQLite would remove, and docproc makes no such "
                "journal; remove it"
            )


def _check_format(connection: sqlite3.Connection, path: Path, expected: int) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (known,) = connection.execute("PRAGMA user_version").fetchone()
    if application != expected:
        raise StoreError(f"{path}: not a catalog of docproc, or cut short while it was made")
    strange = "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    if found := connection.execute(strange).fetchone():
        raise StoreError(
            f"{path}: holds {found[0]!r}, a view or a trigger, and docproc makes none; "
            "`docproc index` makes the catalog again"
        )
    if known != FORMAT:
        raise OtherFormat(
            f"{path}: a catalog of format {known}, but this docproc reads format {FORMAT}; "
            "`docproc index` reads the sources again, and embeds no text twice"
        )


@contextlib.contextmanager
def raise_store_errors(
    path: Path, advice: str = "`docproc verify --all` tells what is damaged"
) -> Iterator[None]:
    """Turn SQLite's errors into a ``StoreError`` that names the file."""
    try:
        with watch.reading(path):
            yield
    except (sqlite3.Error, UnicodeDecodeError, zlib.error) as error:
        raise StoreError(f"{path}: {error}; {advice}") from error


def fold(text: str) -> str:
    """*text* as it is compared: without case, compatibility forms and runs of white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold_value(text: str) -> str:
    """A level's value, or an archive's name, as it is compared: ``fold``, no dots, no space."""
    return "".join(fold(text).replace(".", "").split())


def tag_of(identity: str) -> int:
    """The first 16 digits of an *identity*, as a number of SQLite's that sorts as they do."""
    return int(identity[:16], 16) - (1 << 63)


def storable(text: str) -> str:
    """*text* with what is not Unicode spelled out, for names that only have to be shown."""
    return text.encode("utf-8", "backslashreplace").decode()


def keys_of(document: int) -> tuple[int, int]:
    """The first and the last key that the passages, or the pieces, of a *document* can have."""
    return document << SHIFT, (document + 1 << SHIFT) - 1
