"""The conformance class of query encoders."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from docproc.hooks import QueryEncoderOpener
from docproc.testing import samples
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.checks.index_folders import digest, refuses
from docproc.testing.checks.vector_arithmetic import hold_rows
from docproc.testing.contract import break_promise, check, hold_watched, work_elsewhere
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks
from docproc.testing.processes.watching import watch

_OPENER = "docproc.hooks.QueryEncoderOpener"
_OPEN = "docproc.hooks.QueryEncoderOpener.open"
_ENCODE = "docproc.hooks.QueryEncoder.encode_query"
_AGREES = 0.9999


class QueryEncoderContract(ImportingContract):
    """What every query encoder must do.  Give ``plugin``, and the ``embedder`` that leaves it."""

    product: ClassVar[type] = QueryEncoderOpener
    examples: ClassVar[int] = 20

    @pytest.fixture
    def embedder(self) -> Any:
        """The embedder whose ``export_query_encoder`` writes what is opened."""
        return None

    @pytest.fixture
    def texts(self) -> Sequence[str]:
        """Questions that are encoded."""
        return [text for _, text in samples.PASSAGES] + ["", "?", "Who wrote it?", "a" * 2000]

    @pytest.fixture
    def folder(self, embedder: Any, tmp_path: Path) -> Path:
        """What the embedder left, moved since, as publishing moves it."""
        if embedder is None:
            pytest.skip("no embedder is known that leaves it: override `embedder`")
        made = tmp_path / "made"
        made.mkdir()
        embedder.export_query_encoder(made)
        return made.rename(tmp_path / "moved")

    @check(_ENCODE)
    def test_questions_become_vectors_of_unit_norm(
        self, plugin: Any, embedder: Any, folder: Path, texts: Sequence[str]
    ) -> None:
        """``encode_query`` returns float32 ``(dimension,)`` of unit norm, for any question."""
        encoder = plugin.open(folder)
        for text in texts:
            _hold_encoded(encoder, text, embedder.dimension)
        self.try_any(
            lambda text: _hold_encoded(encoder, text, embedder.dimension), text=strategies.texts()
        )

    @check(_ENCODE)
    def test_it_agrees_with_the_embedder(
        self, plugin: Any, embedder: Any, folder: Path, texts: Sequence[str]
    ) -> None:
        """It gives the vectors of the embedder's ``encode_query`` (cosine at least 0.9999)."""
        encoder = plugin.open(folder)
        for text in texts:
            cosine = float(encoder.encode_query(text) @ embedder.encode_query(text))
            if not cosine >= _AGREES:
                break_promise(f"for {text[:40]!r} the cosine of the two vectors is {cosine:.4f}")

    @check(_OPEN)
    def test_a_folder_without_one_is_a_store_error(self, plugin: Any, tmp_path: Path) -> None:
        """``open`` raises ``StoreError`` if the folder does not hold what it should."""
        (tmp_path / "empty").mkdir()
        refuses(lambda: plugin.open(tmp_path / "empty"), "an empty folder")

    @check(_OPEN)
    def test_opening_and_encoding_write_nothing(self, plugin: Any, folder: Path) -> None:
        """Open read-only: what is published never changes."""
        before = digest(folder)
        plugin.open(folder).encode_query("Who wrote it?")
        if digest(folder) != before:
            break_promise("the files of the encoder changed")

    @check("docproc.hooks.protocols")
    def test_it_works_the_same_in_another_process(
        self, plugin: Any, folder: Path, texts: Sequence[str]
    ) -> None:
        """It can be pickled, does the same in another process, and there writes nothing, asks
        nobody on the network and prints nothing.
        """
        stranger = pickle.loads(pickle.dumps(plugin))
        given_ = (folder, list(texts)[:4])
        found = work_elsewhere(watch, tasks.encode_each, stranger, given_, (), [folder])
        hold_watched(found)
        if not np.allclose(found.result, tasks.encode_each(plugin, *given_), atol=1e-3):
            break_promise("it gives other vectors in another process")


def _hold_encoded(encoder: Any, text: str, dimension: int) -> None:
    vector = encoder.encode_query(text)
    if not isinstance(vector, np.ndarray) or vector.ndim != 1:
        break_promise(
            f"the question {text[:20]!r} became {type(vector).__name__}, not an array (d,)"
        )
    hold_rows(vector[np.newaxis], 1, dimension, f"the question {text[:20]!r}")
