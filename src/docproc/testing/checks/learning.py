"""The checks of embedders that learn from the texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from docproc.hooks import Embedder, ExportsQueryEncoder, LearnsFromTexts
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.checks.vector_arithmetic import hold_rows, hold_same
from docproc.testing.contract import break_promise, check
from docproc.testing.processes import tasks

_FIT = "docproc.hooks.LearnsFromTexts.fit"
_WITH = "docproc.hooks.LearnsFromTexts.with_learned"


class LearningContract(ImportingContract):
    """What an embedder that learns must do as well; the others are not asked."""

    @check("docproc.hooks.LearnsFromTexts")
    def test_what_it_learns_has_a_place(self, plugin: Any) -> None:
        """An embedder that learns leaves a query encoder, in which that is kept."""
        _learner(plugin)
        if not isinstance(plugin, ExportsQueryEncoder):
            break_promise("it has no export_query_encoder")

    @check(_FIT)
    def test_it_learns_the_same_of_the_same_texts(self, plugin: Any, texts: Sequence[str]) -> None:
        """The same texts in any order give the same bytes, in another process too."""
        first = _fit(plugin, texts)
        if _fit(plugin, [*texts][::-1]) != first:
            break_promise("of the same texts in another order it learns something else")
        if self.elsewhere(plugin, tasks.fit, list(texts)) != first:
            break_promise("in another process it learns something else")

    @check(_FIT)
    def test_it_learns_of_few_texts_too(self, plugin: Any, texts: Sequence[str]) -> None:
        """There may be one text, or none; and texts without a word."""
        for some in ([], [texts[0]], ["", " ", "?"]):
            learned = _learn(plugin, some)
            hold_rows(learned.encode_passages([*texts]), len(texts), learned.dimension, "with it")

    @check(_WITH)
    def test_it_embeds_with_what_it_learned(self, plugin: Any, texts: Sequence[str]) -> None:
        """``with_learned`` gives an embedder; the one that it was asked of stays as it was."""
        before = plugin.encode_passages([*texts])
        learned = _learn(plugin, texts)
        if not isinstance(learned, Embedder):
            break_promise(f"with_learned gives {type(learned).__name__}, which is no embedder")
        rows = learned.encode_passages([*texts])
        hold_rows(rows, len(texts), learned.dimension, "with what it learned")
        hold_same(learned.encode_passages(list(texts)), rows, texts, "the second time")
        hold_same(plugin.encode_passages([*texts]), before, texts, "after it has learned")

    @check(_WITH)
    def test_what_it_learned_is_left_with_the_query_encoder(
        self, plugin: Any, texts: Sequence[str], opener: Any, tmp_path: Path
    ) -> None:
        """The query encoder that it leaves gives the vectors of the embedder that has learned."""
        learned = _learn(plugin, texts)
        folder = tmp_path / "learned"
        folder.mkdir()
        name = learned.export_query_encoder(folder)
        encoder = (opener or self.query_encoder(plugin, name)).open(folder)
        for text in (*texts, "", "Who wrote it?"):
            cosine = float(encoder.encode_query(text) @ learned.encode_query(text))
            if not cosine >= 0.9999:
                break_promise(f"for {text[:40]!r} the cosine of the two vectors is {cosine:.4f}")

    def query_encoder(self, plugin: Any, name: str) -> Any:
        """What opens the query encoder called *name*."""
        raise NotImplementedError


def _learner(plugin: Any) -> LearnsFromTexts:
    if not isinstance(plugin, LearnsFromTexts):
        pytest.skip("the embedder does not learn")
    return plugin


def _fit(plugin: Any, texts: Sequence[str]) -> bytes:
    given = _learner(plugin).fit([*texts])
    if not isinstance(given, bytes):
        break_promise(f"fit gives {type(given).__name__}, not bytes")
    return given


def _learn(plugin: Any, texts: Sequence[str]) -> Any:
    return _learner(plugin).with_learned(_fit(plugin, texts))
