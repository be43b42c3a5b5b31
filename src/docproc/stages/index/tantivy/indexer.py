"""Building the index, extending that of the generation before, and opening it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from docproc.errors import StoreError
from docproc.hooks.indexes import TextEntry
from docproc.stages.index.tantivy.fields import NUMBER, document, schema
from docproc.stages.index.tantivy.index import ContextWeights, TantivyIndex
from docproc.stages.index.tantivy.joining import OfLanguages, languages_by_count, open_joined
from docproc.stages.index.tantivy.rows import (
    LANGUAGES,
    NUMBERS,
    RowNumbering,
    Rows,
    RowsOfOne,
    RowsOfSeveral,
)
from docproc.text import terms as analysis
from docproc.text.names import keys as names
from docproc.text.patterns import compile_on_use
from docproc.workspace.arrays import load_array
from docproc.workspace.mapped import hold

DESCRIPTION = "index.json"
FORMAT, _WITHOUT_NUMBERS = 4, 3
_ANALYSIS = (analysis.VERSION, names.VERSION)
_READ_TOO = (3, 2)
"""Analysis and names of an index that lacks some terms of this one's, and has no other."""
_META, _MANAGED = "meta.json", ".managed.json"
_OF_A_SEGMENT = compile_on_use(r"[0-9a-f]{32}\.(?:idx|pos|term|store|fast|fieldnorm|\d+\.del)")

# One thread keeps the documents in the order of their rows; tantivy is not what takes the
# time (a sixth of it: the rest is the analysis).  A segment is written when the heap is full.
_WRITER_THREADS = 1
_WRITER_HEAP_BYTES = 1_000_000_000
_FEW = 500  # texts, even whole documents, are built again in a second, with nothing dead in them
_MOST_DEAD = 0.1  # share of what the segments hold that may be dead; then they are built again


class TantivyIndexer:
    """Builds and opens the text index of one generation.

    A word of the question counts *context_weight* times as much in the context as in the
    body, and a pair of its words *pair_weight* times as much as a word as rare.  A name that
    no body spells as the question does counts *name_weight* times as much under its keys.
    """

    def __init__(
        self,
        context_weight: float = 0.3,
        pair_weight: float = 0.3,
        name_weight: float = 0.8,
        shard: int = 0,
    ) -> None:
        self._weights = ContextWeights(context_weight, pair_weight, name_weight)
        self._shard = shard

    def for_shard(self, shard: int) -> TantivyIndexer:
        """The same indexer, whose rows have numbers that no other shard's have."""
        weights = self._weights
        return TantivyIndexer(weights.context, weights.pairs, weights.names, shard)

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the empty *folder*; return how many rows, and their languages."""
        index = tantivy.Index(schema(), path=str(folder))
        return _write(index, entries, folder, RowNumbering.nothing(self._shard), ())

    def extend(
        self, before: Path, carried: Rows, entries: Iterable[TextEntry], folder: Path
    ) -> dict[str, Any] | None:
        """Link the segments in *before*, mark in them what went, and add one of *entries*.

        Segments never change: what is dead in one is listed in a small file beside it, and
        stays there until tantivy merges it or a tenth of all is dead, when all is built again.
        """
        try:
            facts = _describe(before)
            if (facts["analysis"], facts["names"]) != _ANALYSIS:
                return None
            held = _numbering(before, facts)
            found = tantivy.Index.open(str(before)).searcher().num_docs
            counted = facts["counted"]
        except (OSError, KeyError, TypeError, ValueError, StoreError):
            return None
        stays = carried >= 0
        gone = held.numbers[~stays] if len(carried) == len(held) == found else None
        if gone is None or not np.array_equal(carried[stays], np.arange(stays.sum())):
            return None
        dead = counted - found + len(gone)
        if len(gone) and (counted < _FEW or dead > _MOST_DEAD * counted):
            return None
        _take_over(before, folder)
        index = tantivy.Index.open(str(folder))
        return _write(index, entries, folder, held.keeping(stays), gone.tolist())

    def open(self, folder: Path) -> TantivyIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold such an index."""
        where = folder / DESCRIPTION
        try:
            facts = _describe(folder)
            index, searcher = _open(folder)
            numbers = _numbers(folder, facts)
            if not searcher.num_docs == len(numbers) == facts["rows"]:
                raise StoreError(
                    f"{folder}: {searcher.num_docs} rows in the text index, not {facts['rows']}"
                )
            languages = [x or None for x in facts["languages"]]
            counted = facts.get("counted", facts["rows"])
            rows = RowsOfOne(numbers)
            opened = TantivyIndex(index.schema, searcher, rows, counted, languages, self._weights)
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except (KeyError, TypeError) as error:
            raise StoreError(f"{where}: not a description of a text index: {error!r}") from None
        except ValueError as error:  # JSON's kind, NumPy's and tantivy's
            raise StoreError(f"{folder}: the text index cannot be opened: {error}") from None
        hold(opened, [folder])
        return opened

    def open_joined(self, folders: Sequence[Path], rows: Sequence[Rows]) -> TantivyIndex:
        """Open the indexes in *folders* as one, by whose counts all of them are scored.

        *rows* has the row of the whole of each of their rows.  Raises ``StoreError`` where one of
        them is no index of so many rows.
        """
        return self._open_several(folders, rows, slice(None))

    def open_share(self, folders: Sequence[Path], rows: Sequence[Rows], share: int) -> TantivyIndex:
        """The same, but only texts of the folder numbered *share* are found."""
        return self._open_several(folders, rows, slice(share, share + 1))

    def _open_several(
        self, folders: Sequence[Path], rows: Sequence[Rows], found: slice
    ) -> TantivyIndex:
        numbers, counted, languages = [], 0, []
        for folder, its in zip(folders, rows, strict=True):
            where = folder / DESCRIPTION
            try:
                facts = _describe(folder)
                known = _numbers(folder, facts)
                counted += int(facts.get("counted", facts["rows"]))
                if not len(known) == facts["rows"] == len(its):
                    raise StoreError(f"{where}: of {facts['rows']} rows, not of {len(its)}")
                numbers.append(known)
                languages.append(_languages(folder, its, facts))
            except OSError as error:
                raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
            except (KeyError, TypeError, ValueError) as error:
                raise StoreError(f"{where}: not a description of a text index: {error!r}") from None
        try:
            index, searcher = open_joined(folders)
        except ValueError as error:
            raise StoreError(f"{folders[0]}: the shards cannot be opened: {error}") from None
        except OSError as error:
            raise StoreError(f"{folders[0]}: cannot be read: {error.strerror}") from None
        if searcher.num_docs != sum(map(len, rows)):
            raise StoreError(f"{folders[0]}: {searcher.num_docs} rows in the shards' text indexes")
        own = RowsOfSeveral(numbers[found], rows[found])
        opened = TantivyIndex(
            index.schema, searcher, own, counted, languages_by_count(languages), self._weights,
            share=len(numbers[found]) < len(numbers),
        )  # fmt: skip
        hold(opened, folders)
        return opened


def _open(folder: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
    """The index in *folder*, which may be one that lets nothing be written.

    tantivy wants to take a lock beside the files even to read them: where it may not, it is
    shown them through links in a folder that it may write to, for as long as it opens them.
    """
    try:
        return _searching(folder)
    except ValueError as error:
        if "Lockfile" not in str(error) or sys.platform == "win32":
            raise
    # A thread of tantivy's may still put its lock into the folder while that is taken away.
    with tempfile.TemporaryDirectory(prefix="docproc-", ignore_cleanup_errors=True) as aside:
        for file in folder.resolve().iterdir():
            if file.suffix != ".lock":
                (Path(aside) / file.name).symlink_to(file)
        return _searching(Path(aside))


def _searching(folder: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # what is published never changes: nothing to watch
    return index, index.searcher()


def _languages(folder: Path, rows: Rows, facts: Mapping[str, Any]) -> OfLanguages:
    """How many rows of one index are in each language, and the first row of the whole that is."""
    if facts["format"] == _WITHOUT_NUMBERS:
        return {name or None: (count, 0) for name, count in facts["languages"].items()}
    held = _numbering(folder, facts)
    return {
        name: (int(many), int(rows[held.languages == code].min()))
        for code, name in enumerate(held.names)
        if (many := np.count_nonzero(held.languages == code))
    }


def _write(
    index: tantivy.Index,
    entries: Iterable[TextEntry],
    folder: Path,
    held: RowNumbering,
    gone: Iterable[int],
) -> dict[str, Any]:
    """Take the numbers *gone* out of *index*, add *entries* to what is *held*, describe it."""
    writer = index.writer(_WRITER_HEAP_BYTES, _WRITER_THREADS)
    for number in gone:
        writer.delete_documents_by_term(NUMBER, number)
    rows: list[int] = []
    languages: list[str | None] = []
    for entry in entries:
        language = analysis.stemmed_language(entry.language)
        writer.add_document(document(entry, held.number(entry.row), language))
        rows.append(entry.row)
        languages.append(language)
    writer.commit()
    writer.wait_merging_threads()
    numbering = held.adding(rows, languages)
    numbering.save(folder)
    facts = {
        "format": FORMAT,
        "analysis": analysis.VERSION,
        "names": names.VERSION,
        "rows": len(numbering),
        "counted": _count(folder),
        "next": numbering.next,
        "codes": [name or "" for name in numbering.names],
        "languages": {name or "": count for name, count in numbering.counts().most_common()},
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text + "\n", "utf-8")
    return facts


def _count(folder: Path) -> int:
    """How many texts BM25 counts: those too that are dead in a segment, until it is merged."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    return sum(int(segment["max_doc"]) for segment in meta["segments"])


def _describe(folder: Path) -> dict[str, Any]:
    """The description of the index in *folder*.  Raises ``StoreError`` for another version's."""
    where = folder / DESCRIPTION
    facts: dict[str, Any] = json.loads(where.read_text("utf-8"))
    found = (facts["analysis"], facts.get("names"))
    if facts["format"] not in (FORMAT, _WITHOUT_NUMBERS) or found not in (
        _ANALYSIS,
        _READ_TOO,
    ):
        raise StoreError(
            f"{where}: format, analysis and names {(facts['format'], *found)}; expected "
            f"{(FORMAT, *_ANALYSIS)}: made by another version of docproc, so index again"
        )
    return facts


def _numbers(folder: Path, facts: Mapping[str, Any]) -> Rows:
    """The number of each row; in the format before, which had none, the row itself."""
    if facts["format"] == _WITHOUT_NUMBERS:
        return np.arange(facts["rows"])
    return np.asarray(load_array(folder / NUMBERS, mapped=True))


def _numbering(folder: Path, facts: Mapping[str, Any]) -> RowNumbering:
    """The numbering saved in *folder*.  Raises ``ValueError`` where its parts do not agree."""
    numbers, languages = load_array(folder / NUMBERS), load_array(folder / LANGUAGES)
    if not len(numbers) == len(languages) == facts["rows"]:
        raise ValueError(f"{len(numbers)} numbers, {len(languages)} languages")
    return RowNumbering(numbers, languages, tuple(x or None for x in facts["codes"]), facts["next"])


def _take_over(before: Path, folder: Path) -> None:
    """Put the files of the index in *before* into *folder*: those of tantivy's own form alone.

    tantivy never writes to a file of a segment, so that a second name will do; its list of
    segments it replaces.  Its list of the files that it may *remove* is made new: the paths in
    one that came with a workspace could lead anywhere.
    """
    segments = [file for file in sorted(before.iterdir()) if _OF_A_SEGMENT.fullmatch(file.name)]
    for file in segments:
        try:
            os.link(file, folder / file.name)
        except OSError:  # where there are no links
            shutil.copyfile(file, folder / file.name)
    shutil.copyfile(before / _META, folder / _META)
    managed = [_META, *(file.name for file in segments)]
    (folder / _MANAGED).write_text(json.dumps(managed), "utf-8")


def make(settings: Mapping[str, Any]) -> TantivyIndexer:
    """The factory; the settings are those of the registration."""
    weights = (settings[f"{name}_weight"] for name in ("context", "pair", "name"))
    return TantivyIndexer(*weights)
