"""Units: what is embedded of each passage, and which passage each vector belongs to.

A passage is embedded once as a whole, with its context, and each of its sentences by
itself: sentence vectors find answers that a long passage blurs, and say which sentence to
highlight.  The vectors of a generation are one array: first a row for each passage, in the
order of the catalog; then a row for each sentence, passage by passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.pipeline.building.inheritance import Inheritance
from docproc.records import Document, Passage
from docproc.store.catalog import Catalog
from docproc.store.layout import UNIT_KEYS, UNIT_OWNERS, VECTORS
from docproc.store.vectors.cache import keys_of
from docproc.store.vectors.key_table import Keys
from docproc.store.vectors.shard import KEY_BYTES
from docproc.workspace.arrays import load_array


@dataclass(frozen=True, slots=True)
class Units:
    """What is embedded, in the order of the vectors.

    ``keys`` uint8 ``(n, 32)`` names each text by its hash; ``owners`` int32 ``(n,)`` is the
    row of the passage that each belongs to: ``0..passages-1``, then rising.
    """

    keys: Keys
    owners: NDArray[np.int32]
    passages: int

    def of(self, first: int, count: int) -> tuple[NDArray[np.int64], Keys]:
        """The numbers and keys of the units of the passages ``first..first+count-1``."""
        sentences = self.owners[self.passages :]
        start, end = np.searchsorted(sentences, [first, first + count])
        numbers = np.concatenate(
            [np.arange(first, first + count), np.arange(self.passages + start, self.passages + end)]
        )
        return numbers, self.keys[numbers]

    def save(self, folder: Path) -> None:
        """Write the two arrays into *folder*."""
        np.save(folder / UNIT_KEYS, self.keys)
        np.save(folder / UNIT_OWNERS, self.owners)


def load_units(folder: Path, passages: int) -> Units:
    """The units saved in *folder*, memory-mapped."""
    keys = load_array(folder / UNIT_KEYS, mapped=True)
    owners = load_array(folder / UNIT_OWNERS, mapped=True)
    return Units(keys, owners, passages)


def unit_texts(document: Document, passages: list[Passage]) -> tuple[list[str], list[int]]:
    """The texts of one document's units, passages first; and how many sentences each has."""
    texts = [passage.embed_text for passage in passages]
    for passage in passages:
        texts += (document.search.apply(document.text, span) for span in passage.sentences)
    return texts, [len(passage.sentences) for passage in passages]


def units_of(catalog: Catalog, inherited: Inheritance | None) -> tuple[Units, NDArray[np.int64]]:
    """The units of every passage in *catalog*; those of unchanged documents as they were.

    And of each unit of the generation before where it stands now ``(m,)``; -1: gone.
    """
    count = catalog.counts.passages
    before, carried, first = None, np.zeros(0, np.int64), 0
    needed = (f"{VECTORS}/{UNIT_KEYS}", f"{VECTORS}/{UNIT_OWNERS}")
    if inherited is not None and all(map(inherited.parent.sound, needed)):
        before = load_units(inherited.parent.vectors, len(inherited.passages))
        first = inherited.kept_documents
    passage_keys: list[Keys] = [np.zeros((0, KEY_BYTES), np.uint8)]
    sentence_keys: list[Keys] = []
    owners: list[NDArray[np.int32]] = [np.arange(count, dtype=np.int32)]
    if before is not None and inherited is not None:
        of_sentences = inherited.passages[before.owners[before.passages :]]
        kept = of_sentences >= 0
        passage_keys.append(before.keys[: before.passages][inherited.passages >= 0])
        sentence_keys.append(before.keys[before.passages :][kept])
        owners.append(of_sentences[kept].astype(np.int32))
        numbers = np.where(kept, count + np.cumsum(kept) - 1, -1)
        carried = np.concatenate([inherited.passages, numbers])
    for row in catalog.documents(first):
        if not row.passages:
            continue
        document = catalog.document(row.id)
        texts, counts = unit_texts(document, catalog.passages_of(row.id))
        keys = keys_of(texts)
        passage_keys.append(keys[: row.passages])
        sentence_keys.append(keys[row.passages :])
        owners.append(np.repeat(np.arange(row.passages, dtype=np.int32), counts) + row.first_row)
    keys = np.concatenate([*passage_keys, *sentence_keys])
    return Units(keys, np.concatenate(owners), count), carried


def missing_texts(
    catalog: Catalog, units: Units, missing: NDArray[np.bool_]
) -> Iterator[tuple[Keys, list[str]]]:
    """Yield, document by document, the keys and texts of the units marked *missing* ``(n,)``."""
    wanting = np.unique(units.owners[missing])
    if not len(wanting):
        return
    start = int(np.searchsorted(catalog.first_rows, wanting[0], side="right")) - 1
    for row in catalog.documents(start):
        numbers, keys = units.of(row.first_row, row.passages)
        wanted = missing[numbers]
        if wanted.any():
            document = catalog.document(row.id)
            texts, _ = unit_texts(document, catalog.passages_of(row.id))
            at = np.flatnonzero(wanted)
            yield keys[at], [texts[i] for i in at]
