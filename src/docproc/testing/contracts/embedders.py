"""The conformance class of embedders."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from docproc.hooks import Embedder, ExportsQueryEncoder
from docproc.hooks.specs import ENCODE_QUERY
from docproc.plugins.registry import load
from docproc.testing import samples
from docproc.testing.checks.learning import LearningContract
from docproc.testing.checks.purity import hold_state
from docproc.testing.checks.vector_arithmetic import SAME, hold_rows, hold_same
from docproc.testing.contract import break_promise, check
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_EMBEDDER = "docproc.hooks.Embedder"
_PASSAGES = "docproc.hooks.Embedder.encode_passages"
_QUERY = "docproc.hooks.Embedder.encode_query"
_EXPORT = "docproc.hooks.ExportsQueryEncoder"
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_AGREES = 0.9999

_ODD = (
    "", " ", "\n", "\0", ".", "?", "a", "\u200b", "\ufeff", "🌾🌾", "é", "e\u0301", "\x07\x1b[0m",
    "橋の修理", "كتاب", "[UNK] [CLS] [SEP] </s> <pad>", "a" * 3000, "1 " * 2000,
)  # fmt: skip
"""Texts that a corpus does hold; each must have a vector."""


class EmbedderContract(LearningContract):
    """What every embedder must do.  Give ``plugin``; ``texts`` if its languages are others."""

    product: ClassVar[type] = Embedder
    examples: ClassVar[int] = 20

    many: ClassVar[int] = 1024
    """How many texts are embedded at once; a slow model may lower it, 0 leaves that out."""

    @pytest.fixture
    def variants(self) -> Mapping[str, Any]:
        """By the name of a setting, the product with another value of it.  Override it."""
        return {}

    @pytest.fixture
    def texts(self) -> Sequence[str]:
        """Passages that tell different things; override it for a model of another language."""
        return [text for _, text in samples.PASSAGES]

    @pytest.fixture
    def opener(self) -> Any:
        """What opens the query encoder that it leaves; ``None``: the registered one."""
        return None

    def query_encoder(self, plugin: Any, name: str) -> Any:
        """What opens the query encoder called *name*: of the plugin's own module, or registered."""
        module = sys.modules.get(self.module_with_hooks(plugin))
        for made in getattr(module, ENCODE_QUERY.hook, tuple)():
            if made.name == name:
                return made.make(made.defaults())
        return _make_registered(name)

    @check(_EMBEDDER)
    def test_the_fingerprint_can_name_a_folder(self, plugin: Any) -> None:
        """``fingerprint`` is a string that names the folder of the model's cached vectors."""
        found = plugin.fingerprint
        if not isinstance(found, str) or not _FILE_NAME.fullmatch(found):
            break_promise(
                f"the fingerprint is {found!r}: letters, digits, '.', '_' and '-' are safe"
            )

    @check(_EMBEDDER)
    def test_the_fingerprint_stays_while_the_vectors_do(
        self, plugin: Any, texts: Sequence[str]
    ) -> None:
        """``fingerprint`` changes when the vectors would, and not otherwise: not with use."""
        before = plugin.fingerprint
        plugin.encode_passages(list(texts))
        if plugin.fingerprint != before:
            break_promise(f"it was {before!r}, and after embedding {plugin.fingerprint!r}")

    @check(_EMBEDDER)
    def test_the_dimension_is_a_number(self, plugin: Any) -> None:
        """``dimension`` is a whole number above 0."""
        found = plugin.dimension
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            break_promise(f"the dimension is {found!r}")

    @check(_PASSAGES)
    def test_passages_become_rows_of_unit_norm(self, plugin: Any, texts: Sequence[str]) -> None:
        """``encode_passages`` returns float32 ``(n, dimension)`` with rows of unit norm."""
        vectors = plugin.encode_passages(list(texts))
        hold_rows(vectors, len(texts), plugin.dimension, "the passages")

    @check(_PASSAGES)
    def test_no_passages_become_no_rows(self, plugin: Any) -> None:
        """``encode_passages([])`` returns float32 ``(0, dimension)``."""
        hold_rows(plugin.encode_passages([]), 0, plugin.dimension, "no passages")

    @check(_QUERY)
    def test_a_question_becomes_a_vector_of_unit_norm(
        self, plugin: Any, texts: Sequence[str]
    ) -> None:
        """``encode_query`` returns float32 ``(dimension,)`` of unit norm."""
        for text in (texts[0], "?", "Who wrote it, and when?"):
            hold_rows(_query(plugin, text)[np.newaxis], 1, plugin.dimension, f"{text!r}")

    @check(_PASSAGES)
    def test_odd_texts_have_vectors_too(self, plugin: Any) -> None:
        """Every text has a vector of unit norm: an empty one, one sign, a very long one."""
        for text in _ODD:
            what = f"the text {text[:20]!r}"
            hold_rows(plugin.encode_passages([text]), 1, plugin.dimension, what)
            hold_rows(_query(plugin, text)[np.newaxis], 1, plugin.dimension, f"asked, {what}")

    @check(_PASSAGES)
    def test_any_text_has_a_vector(self, plugin: Any) -> None:
        """Every text has a vector of unit norm, and always the same."""

        def holds(text: str) -> None:
            first = plugin.encode_passages([text])
            hold_rows(first, 1, plugin.dimension, "any text")
            hold_same(plugin.encode_passages([text]), first, [text], "the second time")

        self.try_any(holds, text=strategies.texts())

    # A row depends on its text only

    @check(_PASSAGES)
    def test_a_row_does_not_depend_on_the_batch(self, plugin: Any, texts: Sequence[str]) -> None:
        """A row depends on its text only: alone, or among others, it is the same."""
        together = plugin.encode_passages(list(texts))
        alone = np.concatenate([plugin.encode_passages([text]) for text in texts])
        hold_same(alone, together, texts, "embedded alone")

    @check(_PASSAGES)
    def test_a_row_does_not_depend_on_the_order(self, plugin: Any, texts: Sequence[str]) -> None:
        """A row depends on its text only: rows come in the order of the texts."""
        forwards = plugin.encode_passages(list(texts))
        backwards = plugin.encode_passages(list(texts)[::-1])[::-1]
        hold_same(backwards, forwards, texts, "embedded in the reverse order")

    @check(_PASSAGES)
    def test_a_long_neighbour_changes_nothing(self, plugin: Any, texts: Sequence[str]) -> None:
        """A row depends on its text only: not on a long text that it is padded to."""
        alone = plugin.encode_passages(list(texts))
        beside = plugin.encode_passages([*texts, " ".join(texts) * 20])[: len(texts)]
        hold_same(beside, alone, texts, "embedded beside a long text")

    @check(_PASSAGES)
    def test_equal_texts_have_equal_rows(self, plugin: Any, texts: Sequence[str]) -> None:
        """A row depends on its text only: twice the same text, twice the same row."""
        vectors = plugin.encode_passages([texts[0], *texts, texts[0]])
        hold_same(vectors[[0, -1]], vectors[[1, 1]], [texts[0]] * 2, "repeated in a batch")

    @check(_PASSAGES)
    def test_what_was_returned_stays(self, plugin: Any, texts: Sequence[str]) -> None:
        """Arrays are the caller's: embedding more does not change what was returned."""
        first = plugin.encode_passages([texts[0]])
        kept = first.copy()
        question = _query(plugin, texts[0])
        question_kept = question.copy()
        plugin.encode_passages(list(texts)[1:])
        _query(plugin, texts[1])
        hold_same(first, kept, texts, "after more was embedded")
        hold_same(question[np.newaxis], question_kept[np.newaxis], texts, "after another question")

    @check(_PASSAGES)
    def test_the_texts_stay(self, plugin: Any, texts: Sequence[str]) -> None:
        """The list of texts is the caller's: it is not changed."""
        given = list(texts)
        plugin.encode_passages(given)
        if given != list(texts):
            break_promise("the list of texts is another after it was embedded")

    @check(_EMBEDDER)
    def test_different_texts_have_different_vectors(
        self, plugin: Any, texts: Sequence[str]
    ) -> None:
        """Vectors tell texts apart."""
        vectors = plugin.encode_passages(list(texts))
        likeness = vectors @ vectors.T - 2 * np.eye(len(texts))
        one, other = divmod(int(likeness.argmax()), len(texts))
        if likeness[one, other] > 1 - 1e-5:
            break_promise(f"{texts[one][:40]!r} and {texts[other][:40]!r} have the same vector")
        begins = "The mill at Sloka has stood idle since Easter, and of the forty-two workers "
        ends = ("nobody has bread.", "all were paid on Friday, says the director in his letter.")
        both = plugin.encode_passages([begins + end for end in ends])
        if float(both[0] @ both[1]) > 1 - 1e-6:
            break_promise(f"two texts that begin with {begins[:40]!r} have the same vector")

    @check(_EMBEDDER)
    def test_texts_of_one_length_are_told_apart(self, plugin: Any) -> None:
        """Vectors tell texts apart that have as many letters: of passages, and of questions, asked
        one after the other.
        """
        one, other = "The mill at Sloka is idle.", "Nobody has seen the ships."
        for encode in (plugin.encode_query, lambda text: plugin.encode_passages([text])[0]):
            if float(encode(one) @ encode(other)) > 1 - 1e-5:
                break_promise(f"{one!r} and {other!r} have the same vector")

    @check(_QUERY)
    def test_questions_and_passages_share_a_space(self, plugin: Any, texts: Sequence[str]) -> None:
        """A question is compared with passages: the words of a passage find that passage."""
        vectors = plugin.encode_passages(list(texts))
        found = [int((vectors @ _query(plugin, text)).argmax()) for text in texts]
        right = sum(row == number for number, row in enumerate(found))
        if right < 0.9 * len(texts):
            break_promise(f"asked in their own words, {right} of {len(texts)} passages come first")

    @check("docproc.hooks.protocols")
    def test_it_leaves_the_process_as_it_was(self, plugin: Any, texts: Sequence[str]) -> None:
        """A product changes nothing of the process that is not its own: the folder that it stands
        in, the numbers that ``random`` and NumPy draw next, where modules are looked for.
        """
        plugin.encode_query(texts[0])  # a library that is imported now may do what it likes
        hold_state(lambda: plugin.encode_passages(list(texts)))

    @check(_PASSAGES)
    def test_a_run_embeds_many_at_once(self, plugin: Any) -> None:
        """``encode_passages`` takes as many texts as a run hands over: up to 1,024 at once."""
        if not self.many:
            pytest.skip("`many` is 0")
        for count in sorted({1, 2, 3, 33, 64, 257, self.many}):
            texts = [f"Letter {number}: mill {number % 7} stands idle." for number in range(count)]
            vectors = plugin.encode_passages(texts)
            hold_rows(vectors, count, plugin.dimension, f"{count} texts at once")

    @check(_PASSAGES)
    def test_texts_of_every_length_have_vectors(self, plugin: Any) -> None:
        """Every text has a vector, whatever its length: of every length up to 1,100 letters, and
        of many to 8,192.
        """
        if not self.many:
            pytest.skip("`many` is 0")
        long = "The mill at Sloka has stood idle since Easter, and nobody answers. " * 160
        lengths = [*range(1, 1101), *range(1103, 2600, 29), *(1 << n for n in range(11, 14))]
        for start in range(0, len(lengths), 64):
            texts = [long[:length] for length in lengths[start : start + 64]]
            vectors = plugin.encode_passages(texts)
            what = f"texts of {len(texts[0])} to {len(texts[-1])} letters"
            hold_rows(vectors, len(texts), plugin.dimension, what)

    @check(_PASSAGES)
    def test_what_was_embedded_before_changes_nothing(
        self, plugin: Any, texts: Sequence[str]
    ) -> None:
        """A row depends on its text only: not on how many were embedded before it, nor in which
        order, in this product or in another of the same settings.
        """
        many = [*texts, *(f"Letter {number} of the mill." for number in range(200))][: self.many]
        if not many:
            pytest.skip("`many` is 0")
        found = self.elsewhere(plugin, tasks.embed_apart, many[::-1])
        hold_same(found[::-1], plugin.encode_passages(many), many, "in the reverse order")

    @check(_EMBEDDER)
    def test_the_fingerprint_knows_every_setting(
        self, plugin: Any, texts: Sequence[str], variants: Mapping[str, Any]
    ) -> None:
        """``fingerprint`` changes whenever the vectors would: with each setting that counts."""
        if not variants:
            pytest.skip("no product with other settings is given: override `variants`")
        some = list(texts)[:6]
        for setting, other in variants.items():
            if other.fingerprint != plugin.fingerprint:
                continue
            if other.dimension != plugin.dimension:
                break_promise(
                    f"another {setting} gives another dimension, and the same fingerprint"
                )
            apart = np.abs(other.encode_passages(some) - plugin.encode_passages(some)).max()
            if apart > SAME:
                break_promise(f"another {setting} gives other vectors, and the same fingerprint")

    @check("docproc.hooks.protocols")
    def test_it_prints_nothing(self, plugin: Any, texts: Sequence[str]) -> None:
        """A product prints nothing: standard output is for the results of a command."""
        said = io.StringIO()
        with redirect_stdout(said):
            plugin.encode_passages(list(texts)[:4])
            plugin.encode_query(texts[0])
        if said.getvalue():
            break_promise(f"it prints {said.getvalue()[:60]!r}")

    @check("docproc.hooks.protocols")
    def test_it_works_the_same_in_another_process(self, plugin: Any, texts: Sequence[str]) -> None:
        """A product can be pickled, and gives the same fingerprint and vectors in another
        process, whatever its hash seed.
        """
        some = list(texts)[:4]
        fingerprint, dimension, vectors, question = self.elsewhere(plugin, tasks.embed, some)
        if (fingerprint, dimension) != (plugin.fingerprint, plugin.dimension):
            break_promise(
                f"the fingerprint in another process is {fingerprint!r}, not {plugin.fingerprint!r}"
            )
        hold_same(vectors, plugin.encode_passages(some), some, "in another process")
        here = _query(plugin, some[0])
        hold_same(question[np.newaxis], here[np.newaxis], some, "as a question in another process")

    @check(_EXPORT)
    def test_the_query_encoder_that_it_leaves_agrees(
        self, plugin: Any, texts: Sequence[str], opener: Any, tmp_path: Path
    ) -> None:
        """The exported query encoder opens from its folder, wherever that has been moved, and
        gives the vectors of ``encode_query`` (cosine at least 0.9999).
        """
        if not isinstance(plugin, ExportsQueryEncoder):
            pytest.skip("the embedder leaves no query encoder")
        made, moved = tmp_path / "made", tmp_path / "moved"
        made.mkdir()
        name = plugin.export_query_encoder(made)
        made.rename(moved)
        opener = opener or self.query_encoder(plugin, name)
        encoder = opener.open(moved)
        for text in (*texts, "", "?", "Who wrote it?"):
            cosine = float(encoder.encode_query(text) @ _query(plugin, text))
            if not cosine >= _AGREES:
                break_promise(f"for {text[:40]!r} the cosine of the two vectors is {cosine:.4f}")


def _query(plugin: Any, text: str) -> Any:
    found = plugin.encode_query(text)
    if not isinstance(found, np.ndarray) or found.ndim != 1:
        break_promise(
            f"the question {text[:20]!r} became {type(found).__name__}, not an array (d,)"
        )
    return found


def _make_registered(name: str) -> Any:
    registry = load(("docproc.stages",))
    if name not in registry.names(ENCODE_QUERY):
        break_promise(
            f"no query encoder is registered as {name!r}: return its name, or give `opener`"
        )
    registration = registry.offer(ENCODE_QUERY, name).registration
    return registration.make(registration.defaults())
