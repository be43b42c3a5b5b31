"""Embedders that break their contract, each in one way; the kit must name it."""

import uuid

import numpy as np
import pytest

from docproc.testing import EmbedderContract
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener


class Wrong(EmbedderContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.embedder()

    @pytest.fixture
    def opener(self):
        return TinyOpener()


class TestDoesNotNormalize(Wrong):
    check, says = "test_passages_become_rows_of_unit_norm", "a vector whose norm is 3"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages(texts) * np.float32(3)


class TestIsTooPrecise(Wrong):
    check, says = "test_passages_become_rows_of_unit_norm", "float64, not float32"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages(texts).astype(np.float64)


class TestLooksAtTheBatch(Wrong):
    check, says = "test_a_row_does_not_depend_on_the_batch", "embedded alone"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            vectors = super().encode_passages(texts)
            if len(texts) > 1:
                vectors = vectors - 0.5 * vectors.mean(axis=0)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            return vectors


class TestSorts(Wrong):
    check, says = "test_a_row_does_not_depend_on_the_order", "in the reverse order"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages(sorted(texts))


class TestReusesItsBuffer(Wrong):
    check, says = "test_what_was_returned_stays", "after more was embedded"

    class embedder(TinyEmbedder):  # noqa: N801
        buffer = np.zeros((64, 256), np.float32)

        def encode_passages(self, texts):
            self.buffer[: len(texts)] = super().encode_passages(texts)
            return self.buffer[: len(texts)]


class TestHasNothingForNothing(Wrong):
    check, says = "test_odd_texts_have_vectors_too", "is 0, not 1"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            vectors = super().encode_passages(texts)
            vectors[[not text.strip() for text in texts]] = 0
            return vectors


class TestFailsOnAnEmptyBatch(Wrong):
    check, says = "test_no_passages_become_no_rows", "ValueError"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return np.stack([self.encode_query(text) for text in texts])


class TestSaysTheSameOfAll(Wrong):
    check, says = "test_different_texts_have_different_vectors", "have the same vector"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages(["same" for _ in texts])


class TestAsksInAnotherSpace(Wrong):
    check, says = "test_questions_and_passages_share_a_space", "passages come first"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_query(self, text):
            return np.roll(super().encode_query(text), 1)

        def encode_passages(self, texts):
            return np.stack([np.roll(self.encode_query(text), 100) for text in texts])


class TestForgetsWhatItIs(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "fingerprint in another process"

    class embedder(TinyEmbedder):  # noqa: N801
        @property
        def fingerprint(self):
            return f"model-{uuid.getnode()}-{id(TinyEmbedder)}"

        @fingerprint.setter
        def fingerprint(self, value):
            pass


class TestIsNamedByAPath(Wrong):
    check, says = "test_the_fingerprint_can_name_a_folder", "'models/mine'"

    class embedder(TinyEmbedder):  # noqa: N801
        def __init__(self):
            super().__init__()
            self.fingerprint = "models/mine"


class TestLeavesAnotherEncoder(Wrong):
    check, says = "test_the_query_encoder_that_it_leaves_agrees", "cosine of the two vectors"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_query(self, text):
            return super().encode_query(f"question: {text}")


class TestTakesFewAtOnce(Wrong):
    check, says = "test_a_run_embeds_many_at_once", "too many at once"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            if len(texts) > 33:
                raise RuntimeError("too many at once")
            return super().encode_passages(texts)


class TestStumblesOverALength(Wrong):
    check, says = "test_texts_of_every_length_have_vectors", "an odd length"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            if any(len(text) == 513 for text in texts):
                raise RuntimeError("an odd length")
            return super().encode_passages(texts)


class TestLosesRowsOfALargeBatch(Wrong):
    check, says = "test_a_run_embeds_many_at_once", "of shape (512, 256)"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages(texts[:512])


class TestDriftsWithUse(Wrong):
    check, says = "test_what_was_embedded_before_changes_nothing", "in the reverse order"

    class embedder(TinyEmbedder):  # noqa: N801
        def __init__(self):
            super().__init__()
            self.seen = {}

        def encode_passages(self, texts):
            rows = super().encode_passages(texts)
            for row, text in zip(rows, texts, strict=True):
                row[0] += 1e-3 * self.seen.setdefault(text, len(self.seen))
            return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(rows) else rows


class Folding(TinyEmbedder):
    def __init__(self, fold=True, dimension=256):
        super().__init__(dimension)
        self.fold, self.fingerprint = fold, "folding"

    def encode_query(self, text):
        return super().encode_query(text if self.fold else text[::-1])


class TestForgetsASetting(Wrong):
    check, says = "test_the_fingerprint_knows_every_setting", "another fold gives other vectors"
    embedder = Folding

    @pytest.fixture
    def variants(self):
        return {"fold": Folding(fold=False)}


class TestForgetsItsDimension(Wrong):
    check, says = "test_the_fingerprint_knows_every_setting", "gives another dimension"
    embedder = Folding

    @pytest.fixture
    def variants(self):
        return {"dimension": Folding(dimension=128)}


class TestReportsItsProgress(Wrong):
    check, says = "test_it_prints_nothing", "it prints '"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            print(f"{len(texts)} of {len(texts)}")
            return super().encode_passages(texts)


class TestReadsTheBeginning(Wrong):
    check, says = "test_different_texts_have_different_vectors", "two texts that begin with"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            return super().encode_passages([text[:60] for text in texts])


class TestStumblesOverLongerOnes(Wrong):
    check, says = "test_texts_of_every_length_have_vectors", "an odd length"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            if any(1150 < len(text) < 1300 for text in texts):
                raise RuntimeError("an odd length")
            return super().encode_passages(texts)


class TestSowsTheDice(Wrong):
    check, says = "test_it_leaves_the_process_as_it_was", "it changes what numpy.random draws next"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            np.random.seed(0)
            return super().encode_passages(texts)


class TestTakesNoFullBatch(Wrong):
    check, says = "test_a_run_embeds_many_at_once", "1024"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_passages(self, texts):
            if len(texts) == 1024:
                raise RuntimeError("1024")
            return super().encode_passages(texts)


class TestRemembersByLength(Wrong):
    check, says = "test_texts_of_one_length_are_told_apart", "have the same vector"

    class embedder(TinyEmbedder):  # noqa: N801
        def encode_query(self, text):
            kept = self.__dict__.setdefault("kept", {})
            if len(text) not in kept:
                kept[len(text)] = super().encode_query(text)
            return kept[len(text)]
