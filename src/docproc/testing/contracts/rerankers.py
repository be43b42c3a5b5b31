"""The conformance class of re-rankers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from docproc.hooks import PreparesReranker, Reranker, TextEntry
from docproc.testing import samples
from docproc.testing.checks.index_folders import digest, refuses
from docproc.testing.checks.purity import PureContract, Work, hold_state
from docproc.testing.contract import ContractBroken, break_promise, check, work_elsewhere
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks
from docproc.testing.processes.watching import Watched, watch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_RERANKER = "docproc.hooks.Reranker"
_RERANK = "docproc.hooks.Reranker.rerank"
_PREPARES = "docproc.hooks.PreparesReranker"
_QUESTIONS = ("Since when has the mill stood idle?", "мост", "", "?", "a" * 2000, "橋の修理", "\0")
_MANY = 48
_KILLED = "the process ended with -"
_OF_TORCH = "torchinductor"
"""The folder of torch's own, which it makes when it is imported."""
_CLOSE = 1e-3
"""The share of what its numbers differ by that two computations of one may differ by."""


class RerankerContract(PureContract):
    """What every re-ranker must do.  Give ``plugin``."""

    product: ClassVar[type] = Reranker
    examples: ClassVar[int] = 20

    @pytest.fixture
    def passages(self) -> Sequence[TextEntry]:
        """Passages in several languages."""
        return passages()

    @pytest.fixture
    def variants(self) -> Mapping[str, Any]:
        """The re-ranker with another value of each setting, by the setting's name."""
        return {}

    @pytest.fixture
    def work(self, passages: Sequence[TextEntry]) -> Work:
        """It is watched while it scores the passages."""
        return tasks.rerank_each, (_QUESTIONS[0], tuple(passages))

    @check(_RERANKER)
    def test_its_fingerprint_is_a_text(self, plugin: Any) -> None:
        """The product has a ``fingerprint``, a text."""
        if not isinstance(plugin.fingerprint, str) or not plugin.fingerprint.strip():
            break_promise(f"the fingerprint is {plugin.fingerprint!r}")

    @check("docproc.hooks.protocols")
    def test_it_reads_and_writes_nothing_else(self, plugin: Any, work: Work) -> None:
        """A product writes nowhere, and asks nobody on the network; it may read its model."""
        for seen in self._watch_apart(plugin, work).seen:
            if not seen.startswith("it reads") and _OF_TORCH not in seen:
                break_promise(seen)

    @check(_RERANKER)
    def test_the_fingerprint_stays(self, plugin: Any, passages: Sequence[TextEntry]) -> None:
        """The fingerprint changes with the numbers alone: not by being asked."""
        before = plugin.fingerprint
        _numbers(plugin, _QUESTIONS[0], passages)
        if plugin.fingerprint != before:
            break_promise(f"it was {before!r}, and {plugin.fingerprint!r} when it had been asked")

    @check(_RERANKER)
    def test_the_fingerprint_knows_every_setting(
        self, plugin: Any, passages: Sequence[TextEntry], variants: Mapping[str, Any]
    ) -> None:
        """Another value of a setting gives another fingerprint, or the same numbers."""
        if not variants:
            pytest.skip("no product with other settings is given: override `variants`")
        own = [_numbers(plugin, question, passages) for question in _QUESTIONS[:2]]
        for setting, other in variants.items():
            if other.fingerprint == plugin.fingerprint:
                for question, numbers in zip(_QUESTIONS, own, strict=False):
                    if not np.array_equal(_numbers(other, question, passages), numbers):
                        break_promise(
                            f"another {setting} gives other numbers, and the same fingerprint"
                        )

    @check(_RERANK)
    def test_one_finite_number_for_each(self, plugin: Any, passages: Sequence[TextEntry]) -> None:
        """One finite number for each of the passages, of however many there are."""
        many = [*passages] * (1 + _MANY // len(passages))
        for question in _QUESTIONS:
            for some in (passages[:1], passages, many[:_MANY]):
                _numbers(plugin, question, some)

    @check(_RERANK)
    def test_any_question_and_passage_is_borne(self, plugin: Any) -> None:
        """A finite number, whatever the question and the passage; and never a failure."""
        self.try_any(
            lambda question, text: _numbers(
                plugin, question, [TextEntry(0, text, "", None), TextEntry(-1, text, "a", "de")]
            ),
            question=strategies.texts(),
            text=strategies.texts(1),
        )

    @check(_RERANK)
    def test_texts_of_every_length_are_borne(self, plugin: Any) -> None:
        """A finite number for passages of one character, and of ten thousand words."""
        words = ("mill", "bridge", "roubles", "harvest")
        texts = ["a", *(" ".join(words * n) for n in (1, 30, 125, 126, 129, 2500))]
        _numbers(plugin, _QUESTIONS[0], [TextEntry(-1, text, "", "en") for text in texts])

    @check(_RERANK)
    def test_a_number_is_of_its_passage_alone(
        self, plugin: Any, passages: Sequence[TextEntry]
    ) -> None:
        """The number is of the question and the passage, whatever else is asked of."""
        for question in _QUESTIONS[:2]:
            together = _numbers(plugin, question, passages)
            backwards = _numbers(plugin, question, passages[::-1])[::-1]
            alone = np.concatenate([_numbers(plugin, question, [each]) for each in passages])
            _same(together, backwards, "in another order")
            _same(together, alone, "by themselves")

    @check(_RERANK)
    def test_a_row_tells_nothing(self, plugin: Any, passages: Sequence[TextEntry]) -> None:
        """A passage that is in no generation, whose row is -1, is scored from its text."""
        elsewhere = [replace(each, row=-1) for each in passages]
        found = _numbers(plugin, _QUESTIONS[0], elsewhere)
        _same(_numbers(plugin, _QUESTIONS[0], passages), found, "where it is in no generation")

    @check(_RERANK)
    def test_the_same_work_gives_the_same(self, plugin: Any, work: Work) -> None:
        """Pure: the same number for the same question and passage, after any others."""
        _, (question, passages) = work
        first = _numbers(plugin, question, passages)
        _numbers(plugin, "Of what else?", passages[::-1])
        _same(first, _numbers(plugin, question, passages), "the second time")

    @check(_RERANK)
    def test_it_tells_passages_apart(self, plugin: Any, passages: Sequence[TextEntry]) -> None:
        """The higher, the better: passages that say different things have different numbers."""
        asked = [each.body for each in passages]
        if all(len(set(_numbers(plugin, text, passages).tolist())) == 1 for text in asked):
            break_promise("whatever is asked, all passages have the same number")

    @check(_RERANK)
    def test_the_passages_stay(self, plugin: Any, passages: Sequence[TextEntry]) -> None:
        """The passages are docproc's: they are not changed."""
        some = [replace(each) for each in passages]
        plugin.rerank(_QUESTIONS[0], some)
        if some != list(passages):
            break_promise("the passages are others after they were scored")

    @check("docproc.hooks.protocols")
    def test_it_works_the_same_in_another_process(self, plugin: Any, work: Work) -> None:
        """A product can be pickled, and gives the same numbers in another process."""
        task, (question, passages) = work
        found = self.elsewhere(plugin, task, question, passages)
        here = _numbers(plugin, question, passages)
        _same(here, np.array(found, np.float32), "in another process")

    @check("docproc.hooks.protocols")
    def test_it_leaves_the_process_as_it_was(self, plugin: Any, work: Work) -> None:
        """A product changes nothing of the process that is not its own."""
        task, given = work
        task(plugin, *given)  # a library that is imported now may do what it likes
        hold_state(lambda: task(plugin, *given))

    @check(_PREPARES)
    def test_what_it_leaves_gives_the_same_numbers(
        self, plugin: Any, passages: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """What is exported and kept opens from wherever it has been moved, and gives the numbers
        of ``rerank``; for a passage that is in no generation too.
        """
        model, folder = self._prepare(plugin, passages, tmp_path)
        opened = plugin.open_reranker(model, folder)
        for question in _QUESTIONS[:3]:
            right = _numbers(plugin, question, passages)
            _same(right, _numbers(opened, question, passages), "from what it left")
            elsewhere = [replace(each, row=-1) for each in passages]
            _same(right, _numbers(opened, question, elsewhere), "of no generation, from the text")

    @check(f"{_PREPARES}.open_reranker")
    def test_opening_and_asking_write_nothing(
        self, plugin: Any, passages: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """Opened read-only: a generation never changes once it is published."""
        model, folder = self._prepare(plugin, passages, tmp_path)
        before = digest(model), digest(folder)
        given = (model, folder, _QUESTIONS[0], tuple(passages))
        found = work_elsewhere(watch, tasks.open_and_rerank, plugin, given, named=self.reads)
        for seen in found.seen:
            if not seen.startswith("it reads"):
                break_promise(seen)
        if (digest(model), digest(folder)) != before:
            break_promise("the files are others after it was opened and asked")

    @check(f"{_PREPARES}.open_reranker")
    def test_a_folder_without_its_files_is_refused(
        self, plugin: Any, passages: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """``StoreError`` where the folders do not hold what they should."""
        model, folder = self._prepare(plugin, passages, tmp_path)
        empty = tmp_path / "empty"
        empty.mkdir()
        if any(model.iterdir()):
            refuses(lambda: plugin.open_reranker(empty, folder), "a folder without the model")
        if any(folder.iterdir()):
            refuses(lambda: plugin.open_reranker(model, empty), "a folder without the passages")

    @check(f"{_PREPARES}.keep_passages")
    def test_what_was_kept_before_changes_nothing(
        self, plugin: Any, passages: Sequence[TextEntry], tmp_path: Path
    ) -> None:
        """With what was kept *before*, of some of the passages in another order, the same."""
        model, folder = self._prepare(plugin, passages, tmp_path)
        fewer = [replace(each, row=row) for row, each in enumerate(passages[::2])]
        for name, some, before in (("fewer", fewer, folder), ("more", passages, None)):
            made = tmp_path / name
            made.mkdir()
            earlier = before or tmp_path / "fewer"
            facts = plugin.keep_passages(iter(some), model, made, earlier)
            if not isinstance(facts, dict):
                break_promise(f"keep_passages gave {type(facts).__name__}, not a dict of facts")
            opened = plugin.open_reranker(model, made)
            right = _numbers(plugin, _QUESTIONS[0], some)
            _same(right, _numbers(opened, _QUESTIONS[0], some), f"kept from before, of {name}")

    def _watch_apart(self, plugin: Any, work: Work) -> Watched:
        """How it went in another process; a model library may not bear to be watched."""
        apart = super()._watch_apart

        def try_watching() -> Watched | None:
            try:
                return apart(plugin, work)
            except ContractBroken as error:
                if _KILLED in str(error):
                    return None
                raise

        found = self.once("watched, if it can be", try_watching)
        if found is None:
            pytest.skip("a library that it uses cannot be watched")
        return found

    def _prepare(
        self, plugin: Any, passages: Sequence[TextEntry], place: Path
    ) -> tuple[Path, Path]:
        """What the re-ranker leaves, moved after it was made, as publishing moves it."""
        if not isinstance(plugin, PreparesReranker):
            pytest.skip("the re-ranker leaves nothing in a generation")
        making, made = place / "making", place / "made"
        for name in ("model", "passages"):
            (making / name).mkdir(parents=True)
        plugin.export_reranker(making / "model")
        facts = plugin.keep_passages(iter(passages), making / "model", making / "passages", None)
        if not isinstance(facts, dict):
            break_promise(f"keep_passages gave {type(facts).__name__}, not a dict of facts")
        making.rename(made)
        return made / "model", made / "passages"


def passages() -> tuple[TextEntry, ...]:
    """Passages in several languages, by their rows."""
    return tuple(
        TextEntry(row, text, f"A letter, {1900 + row}", language)
        for row, (language, text) in enumerate(samples.PASSAGES)
    )


def _numbers(plugin: Any, question: str, some: Sequence[TextEntry]) -> Any:
    """The numbers ``(n,)`` that it gives; fail where that is not one finite number for each."""
    found = plugin.rerank(question, tuple(some))
    try:
        numbers = np.asarray(found, np.float32)
    except (TypeError, ValueError):
        break_promise(f"it gives {found!r:.80}")
    if numbers.shape != (len(some),):
        break_promise(f"for {len(some)} passages it gives an array of the shape {numbers.shape}")
    if not np.isfinite(numbers).all():
        break_promise(f"it gives {numbers[~np.isfinite(numbers)][0]!r}, which is no finite number")
    return numbers


def _same(right: Any, found: Any, where: str) -> None:
    """Fail unless both are the same, as far as another order of adding up may change them."""
    most = _CLOSE * max(1.0, float(np.ptp(right)), float(np.abs(right).max(initial=0.0)))
    apart = np.abs(right - found)
    if len(apart) and float(apart.max()) > most:
        at = int(apart.argmax())
        break_promise(f"passage {at} has {right[at]:.5g}, and {where} {found[at]:.5g}")
