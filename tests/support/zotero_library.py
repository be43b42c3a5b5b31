"""A made-up Zotero library: the tables of Zotero's own schema that its attachments hang on."""

import sqlite3
from pathlib import Path

SCHEMA = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL,
  filesEditable INT NOT NULL, version INT NOT NULL DEFAULT 0);
CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT NOT NULL UNIQUE, name TEXT NOT NULL,
  description TEXT NOT NULL, version INT NOT NULL);
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT, templateItemTypeID INT,
  display INT DEFAULT 1);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT, fieldFormatID INT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL,
  dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  dateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL,
  key TEXT NOT NULL, version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0,
  UNIQUE (libraryID, key));
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID, PRIMARY KEY (itemID, fieldID));
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE itemCreators (itemID INT NOT NULL, creatorID INT NOT NULL,
  creatorTypeID INT NOT NULL DEFAULT 1, orderIndex INT NOT NULL DEFAULT 0,
  PRIMARY KEY (itemID, creatorID, creatorTypeID, orderIndex));
CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT,
  contentType TEXT, charsetID INT, path TEXT, syncState INT DEFAULT 0, storageModTime INT,
  storageHash TEXT, lastProcessedModificationTime INT);
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL,
  parentCollectionID INT DEFAULT NULL, clientDateModified TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  libraryID INT NOT NULL, key TEXT NOT NULL, version INT DEFAULT 0, synced INT DEFAULT 0);
CREATE TABLE collectionItems (collectionID INT NOT NULL, itemID INT NOT NULL,
  orderIndex INT NOT NULL DEFAULT 0, PRIMARY KEY (collectionID, itemID));
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted DEFAULT NULL);
INSERT INTO libraries VALUES (1, 'user', 1, 1, 5), (2, 'group', 1, 1, 5);
INSERT INTO groups VALUES (4711, 2, 'Harbour history', '', 1);
INSERT INTO itemTypes VALUES (1, 'note', NULL, 1), (2, 'letter', NULL, 1), (3, 'book', NULL, 1),
  (14, 'attachment', NULL, 1);
INSERT INTO fields VALUES (1, 'title', NULL), (2, 'date', NULL), (3, 'archive', NULL),
  (4, 'archiveLocation', NULL), (5, 'letterType', NULL), (6, 'language', NULL);
INSERT INTO creatorTypes VALUES (1, 'author'), (2, 'recipient'), (3, 'editor');
INSERT INTO creators VALUES (1, 'Anna', 'Lind', 0), (2, '', 'The Harbour Office', 1);
INSERT INTO collections VALUES (1, 'Riga 1921', NULL, '2026-01-01', 1, 'COLL0001', 0, 0),
  (2, 'Quays / boats', 1, '2026-01-01', 1, 'COLL0002', 0, 0),
  (3, 'Elsewhere', NULL, '2026-01-01', 1, 'COLL0003', 0, 0);
"""
LETTER = b"The boats at the quay of Sloka lie idle since Easter.\n"


def make_library(folder: Path) -> Path:
    """Write a library: a letter with a stored file and a note, in a collection of a collection."""
    folder.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(folder / "zotero.sqlite") as database:
        database.executescript(SCHEMA)
        add_item(database, 1, 2, "LETTER01")
        for number, (field, value) in enumerate(
            ((1, "Boats"), (2, "1921-11-02 2 November 1921"), (3, "LVVA"), (4, "f. 1, apr. 2"))
        ):
            database.execute("INSERT INTO itemDataValues VALUES (?, ?)", (number, value))
            database.execute("INSERT INTO itemData VALUES (1, ?, ?)", (field, number))
        database.execute("INSERT INTO itemCreators VALUES (1, 1, 1, 0), (1, 2, 2, 1)")
        database.execute("INSERT INTO collectionItems VALUES (2, 1, 0)")
        add_attachment(database, 2, "FILE0001", "storage:letter.txt", parent=1)
        add_item(database, 3, 1, "NOTE0001")
        note = "<div><p>She meant the <b>northern</b> quay.</p></div>"
        database.execute("INSERT INTO itemNotes VALUES (3, 1, ?, 'On the quay')", (note,))
        add_attachment(database, 4, "FILE0002", "storage:gone.txt")
        add_attachment(database, 5, "FILE0003", "/home/anna/elsewhere.txt", mode=2)
        add_attachment(database, 6, "FILE0004", "storage:../../../../etc/passwd")
        add_attachment(database, 7, "FILE0005", "storage:dropped.txt")
        database.execute("INSERT INTO deletedItems (itemID) VALUES (7)")
        add_attachment(database, 8, "GROUP001", "storage:group.txt", library=2)
    database.close()
    store(folder, "FILE0001", "letter.txt", LETTER)
    store(folder, "FILE0005", "dropped.txt", b"In the bin.\n")
    store(folder, "GROUP001", "group.txt", b"Forty barrels of tar went to Memel.\n")
    return folder


def add_item(
    database: sqlite3.Connection, number: int, kind: int, key: str, library: int = 1
) -> None:
    database.execute(
        "INSERT INTO items (itemID, itemTypeID, libraryID, key, dateModified, clientDateModified) "
        "VALUES (?, ?, ?, ?, '2026-01-02 10:00:00', '2026-01-02 10:00:00')",
        (number, kind, library, key),
    )


def add_attachment(
    database: sqlite3.Connection,
    number: int,
    key: str,
    path: str,
    *,
    parent: int | None = None,
    mode: int = 0,
    library: int = 1,
) -> None:
    add_item(database, number, 14, key, library)
    database.execute(
        "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) "
        "VALUES (?, ?, ?, 'text/plain', ?)",
        (number, parent, mode, path),
    )


def store(folder: Path, key: str, name: str, data: bytes) -> None:
    path = folder / "storage" / key / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
