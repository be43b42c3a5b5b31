"""Writing a catalog: a new one, or the parent's with what changed put in its place."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import numpy as np

from docproc.errors import PluginError, SourceError, StoreError
from docproc.passages.governing import own_reference
from docproc.records.identity import text_key
from docproc.store.catalog.parts.source_readings import failures, sources
from docproc.store.catalog.parts.word_reader import NOTED
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import compress, compress_record
from docproc.store.catalog.tables.dates import bounds
from docproc.store.catalog.tables.passage_rows import (
    check,
    levels_of,
    more_names,
    searched_name,
    to_row,
)
from docproc.store.catalog.writing import word_writer
from docproc.store.files.durable import fsync_file, writing
from docproc.store.files.durable import replace as rename
from docproc.store.manifest import Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from docproc.records import Document, Passage
    from docproc.store.catalog.rows import Failure, SourceState

KEEP = 2.0
"""Seconds between two commits: what a kill, or a power cut, can cost of what was read."""


class CatalogWriter:
    """A catalog being written, which no one reads yet.

    What is settled is committed every ``KEEP`` seconds, durably; whatever ends the process, the
    file is as it was then, or after, and ``resume`` goes on from there.  ``finish`` completes it;
    without it the file is no catalog.  As a context manager it keeps what is settled, and closes
    the file.
    """

    def __init__(
        self,
        path: Path,
        parent: Path | None = None,
        *,
        resume: bool = False,
        noting: bool = True,
        kept: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Create the catalog at *path*: empty, or a copy of the finished one at *parent*.

        Or *resume* the unfinished one that is there; *parent* may be *path* too, to change one
        that is finished: its other names keep what they have.  *kept* is called, after each commit,
        how many sources were settled so far.  With *noting*, the words of its passages are noted
        where these are many (``word_writer``).  Raises ``StoreError`` if the file cannot be
        written, or *parent* is not a catalog.
        """
        self.path = path
        self._kept, self._noting = kept, noting
        if parent is not None:
            schema.connect(parent, "ro").close()
            aside = path.with_name(f"{path.name}.copy")
            with writing(path):
                aside.unlink(missing_ok=True)  # it may be a second name of something else
                shutil.copyfile(parent, aside)
                fsync_file(aside)
                rename(aside, path)
        if resume and path.stat().st_nlink > 1:
            raise StoreError(f"{path}: has a second name, and would be changed under that too")
        mode: Literal["rw", "rwc"] = "rw" if parent or resume else "rwc"
        self._db = schema.connect(path, mode, unfinished=resume)
        try:
            with self._raise_checked():
                self._begin(new=parent is None and not resume)
        except BaseException:
            self.close()
            raise

    def _begin(self, *, new: bool) -> None:
        for pragma in ("synchronous=FULL", "fullfsync=1", "cache_size=-65536"):
            self._db.execute(f"PRAGMA {pragma}")
        if new:
            self._db.executescript(schema.TABLES)
            self._db.execute(f"PRAGMA user_version={schema.FORMAT}")
        # until `finish` the file does not say that it is a catalog
        self._db.execute("PRAGMA application_id=0")
        self._languages: dict[str, int] = dict(
            self._db.execute("SELECT name, code FROM languages").fetchall()
        )
        (highest,) = self._db.execute("SELECT ifnull(max(key), 0) FROM documents").fetchone()
        self._next_key = max(highest + 1, self._read_note("next key", 1))
        self._has_words = word_writer.has_words(self._db)
        self._settled, self._whole, self._since = 0, True, time.monotonic()
        self._db.execute("BEGIN")

    def _read_note(self, name: str, default: Any) -> Any:
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return msgspec.json.decode(found[0]) if found else default

    def settle(self) -> None:
        """Say that all is written of one more source; it is committed within ``KEEP`` seconds."""
        self._settled += 1
        self._whole = True
        if time.monotonic() - self._since >= KEEP:
            with self._raise_checked():
                self._keep()
                self._db.execute("BEGIN")

    def _keep(self) -> None:
        """Commit what is written, with all that is known beside the rows."""
        self._db.executemany(
            "INSERT OR REPLACE INTO languages VALUES (?, ?)",
            [(code, name) for name, code in self._languages.items()],
        )
        self._note({"next key": self._next_key})
        self._db.execute("COMMIT")
        self._since = time.monotonic()
        self._kept(self._settled)

    def _note(self, about: dict[str, Any]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            [(name, msgspec.json.encode(value).decode()) for name, value in about.items()],
        )

    def sources(self) -> dict[str, SourceState]:
        """Every source, by path, as it stands now."""
        with self._raise_checked():
            return sources(self._db)

    def failures(self) -> dict[str, Failure]:
        """Every source in quarantine, by path, as it stands now."""
        with self._raise_checked():
            return failures(self._db)

    def replace_source(
        self, state: SourceState, documents: Iterable[tuple[Document, Sequence[Passage]]]
    ) -> None:
        """Put *documents*, each with its passages, in the place of all that the source had.

        All of it or, if anything is raised, nothing.  Raises ``SourceError`` for text that is
        not Unicode (a lone surrogate); ``PluginError`` for what a parser or a segmenter may
        not give: a document of another source, two of the same identity, a passage that is
        not the text of its span.
        """
        path = state.source.path
        with self._all_or_nothing(path):
            self._remove(path)
            self._db.execute("DELETE FROM failures WHERE path = ?", (schema.storable(path),))
            for document, passages in documents:
                if document.source != state.source:
                    raise PluginError(f"{path}: {state.parser} gave a document of another source")
                self._add(document, passages, state)
            self._db.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    path, state.source.media_type, state.source.size, state.source.sha256,
                    state.mtime_ns, state.parser, state.parser_version, state.recipe,
                ),
            )  # fmt: skip

    def remove_source(self, path: str) -> None:
        """Remove the source, its documents, and its place in quarantine."""
        with self._all_or_nothing(path):
            self._remove(path)
            self._db.execute("DELETE FROM failures WHERE path = ?", (schema.storable(path),))

    def touch_source(self, path: str, mtime_ns: int) -> None:
        """Note a new time of change for a source whose bytes are the same."""
        with self._raise_checked():
            self._db.execute("UPDATE sources SET mtime_ns = ? WHERE path = ?", (mtime_ns, path))

    def confirm_source(self, path: str, recipe: str) -> None:
        """Note another recipe for a source that it would not read otherwise."""
        with self._raise_checked():
            self._db.execute("UPDATE sources SET recipe = ? WHERE path = ?", (recipe, path))

    def fail(self, failure: Failure, now: str) -> None:
        """Quarantine a source, or count it again there; it keeps what it has.  *now*: ISO 8601."""
        path = schema.storable(failure.path)
        self._whole = False
        with self._raise_checked():
            known = self._db.execute(
                "SELECT count, first_seen FROM failures WHERE path = ?", (path,)
            ).fetchone()
            count, first_seen = known or (0, now)
            self._db.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    path, schema.storable(failure.cause), failure.recipe, failure.size,
                    failure.mtime_ns, failure.sha256, count + 1, first_seen, now,
                ),
            )  # fmt: skip

    def finish(self) -> Counts:
        """Number the rows, write the indexes, close the file; return what it holds."""
        with self._raise_checked():
            counts = self._number()
            self._db.execute(schema.INDEXES)
            noted = None
            if self._has_words or (self._noting and counts.passages >= word_writer.FROM):
                noted = word_writer.note_words(self._db, self.path)
            self._note({"counts": counts, NOTED: noted})
            self._keep()
            (free,) = self._db.execute("PRAGMA freelist_count").fetchone()
            (pages,) = self._db.execute("PRAGMA page_count").fetchone()
            if free * 4 > pages:
                self._db.execute("VACUUM")
            self._db.execute(f"PRAGMA application_id={schema.APPLICATION}")
        self.close()
        return counts

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> CatalogWriter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._whole:  # else the last source is half written, and goes with its transaction
            with contextlib.suppress(sqlite3.Error):  # closed, or no room: as it was KEEP ago
                self._keep()
        self.close()

    @contextlib.contextmanager
    def _raise_checked(self) -> Iterator[None]:
        with schema.raise_store_errors(
            self.path, "the catalog stays unwritten, and what is published stands"
        ):
            yield

    @contextlib.contextmanager
    def _all_or_nothing(self, path: str) -> Iterator[None]:
        self._whole = False
        with self._raise_checked():
            self._db.execute("SAVEPOINT source")
            try:
                yield
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):  # a full disk has undone all since KEEP
                    self._db.execute("ROLLBACK TO source")
                    self._db.execute("RELEASE source")
                if isinstance(error, UnicodeEncodeError):
                    raise SourceError(
                        f"{schema.storable(path)}: not Unicode text: it holds "
                        f"{schema.storable(error.object[error.start])}, half of a character"
                    ) from error
                raise
            self._db.execute("RELEASE source")

    def _remove(self, path: str) -> None:
        keys = self._db.execute("SELECT key FROM documents WHERE source = ?", (path,)).fetchall()
        for (key,) in keys:
            self._remove_passages(key)
            self._db.execute("DELETE FROM texts WHERE key BETWEEN ? AND ?", schema.keys_of(key))
            self._db.execute("DELETE FROM documents WHERE key = ?", (key,))
        self._db.execute("DELETE FROM sources WHERE path = ?", (path,))

    def _remove_passages(self, key: int) -> None:
        for table in ("passages", *(["words"] if self._has_words else [])):
            self._db.execute(f"DELETE FROM {table} WHERE key BETWEEN ? AND ?", schema.keys_of(key))  # noqa: S608
        for table in ("rows", "refs", "levels"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (key,))  # noqa: S608

    def _add(self, document: Document, passages: Sequence[Passage], state: SourceState) -> None:
        about = document.metadata
        date = about.date
        days = bounds(date.edtf) if date else None
        if days and date and date.if_old_style:  # any day that it can mean
            days = days[0], (bounds(date.if_old_style) or days)[1]
        names = [m.text if m else None for m in (about.sender, about.recipient)]
        own = own_reference(document)
        reference = own.printed if own else None
        values = (
            document.id, document.source.path, document.member,
            about.title.text if about.title else None, *names,
            about.place.text if about.place else None,
            *(searched_name(m) if m else None for m in (about.sender, about.recipient)),
            date.edtf if date else None, date.printed if date else None,
            *(days or (None, None)), about.kind, about.language, reference,
            len(document.text), len(passages),
            compress_record(msgspec.json.encode(replace(document, text=""))),
        )  # fmt: skip
        marks = ", ".join("?" * len(values))
        key = self._next_key
        try:
            self._db.execute(f"INSERT INTO documents VALUES ({key}, {marks})", values)  # noqa: S608
        except sqlite3.IntegrityError:
            raise PluginError(
                f"{document.source.path}: {state.parser} gave two documents of the same text "
                f"and the same member {document.member!r}; each needs a member of its own"
            ) from None
        self._next_key += 1
        text = document.text
        self._db.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            [
                (key << schema.SHIFT | number, compress(text[at : at + schema.PIECE]))
                for number, at in enumerate(range(0, len(text), schema.PIECE))
            ],
        )
        self._add_passages(key, document, passages)

    def _add_passages(self, key: int, document: Document, passages: Sequence[Passage]) -> None:
        check(document, passages)
        references = list(dict.fromkeys(document.references))
        ordinal = {reference: number for number, reference in enumerate(references)}
        for passage in passages:
            if passage.reference is not None and passage.reference not in ordinal:
                ordinal[passage.reference] = len(references)
                references.append(passage.reference)
        facts = np.zeros(len(passages), schema.ROW)
        rows = []
        for number, passage in enumerate(passages):
            governing = -1 if passage.reference is None else ordinal[passage.reference]
            language = self._language(passage.language or document.metadata.language)
            facts[number] = (
                schema.KINDS.index(passage.kind), language, governing, len(passage.sentences),
            )  # fmt: skip
            rows.append(to_row(key << schema.SHIFT | number, passage, governing))
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        hashes = b"".join(text_key(passage.embed_text) for passage in passages)
        self._db.execute("INSERT INTO rows VALUES (?, ?, ?)", (key, facts.tobytes(), hashes))
        for number, reference in enumerate(references):
            record = msgspec.json.encode(reference)
            self._db.execute(
                "INSERT INTO refs VALUES (?, ?, ?, ?)", (key, number, reference.printed, record)
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO levels VALUES (?, ?, ?, ?)",
                [(level, value, key, number) for level, value in levels_of(reference)],
            )
        self._db.executemany(
            "INSERT OR IGNORE INTO levels VALUES (?, ?, ?, 0)",
            [(level, value, key) for level, value in more_names(document)],
        )

    def _language(self, name: str | None) -> int:
        return self._languages.setdefault(name, len(self._languages) + 1) if name else 0

    def _number(self) -> Counts:
        """Write ``arrays`` again: where each document's rows begin, and the facts of each row."""
        documents = self._db.execute("SELECT key, passages FROM documents ORDER BY key").fetchall()
        table = np.array(documents, np.int64).reshape(len(documents), 2)
        firsts = np.concatenate([np.zeros(1, np.int64), np.cumsum(table[:, 1])])
        facts = b"".join(
            data for (data,) in self._db.execute("SELECT facts FROM rows ORDER BY document")
        )
        arrays = {
            "keys": table[:, 0].astype("<i8").tobytes(),
            "firsts": firsts.astype("<i8").tobytes(),
            "facts": facts,
        }
        self._db.executemany("INSERT OR REPLACE INTO arrays VALUES (?, ?)", arrays.items())
        (read,) = self._db.execute("SELECT count(*) FROM sources").fetchone()
        (failed,) = self._db.execute("SELECT count(*) FROM failures").fetchone()
        return Counts(
            sources=read,
            failures=failed,
            documents=len(documents),
            passages=int(firsts[-1]),
            sentences=int(np.frombuffer(facts, schema.ROW)["sentences"].sum()),
        )
