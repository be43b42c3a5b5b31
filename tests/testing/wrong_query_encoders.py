"""Query encoders that break their contract, each in one way; the kit must name it."""

import numpy as np
import pytest

from docproc.testing import QueryEncoderContract
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener


class Wrong(QueryEncoderContract):
    check, says = "", ""
    opener, encoder = TinyOpener, TinyEmbedder

    @pytest.fixture
    def plugin(self):
        return self.opener()

    @pytest.fixture
    def embedder(self):
        return TinyEmbedder()


class Lengthened(TinyEmbedder):
    def encode_query(self, text):
        return super().encode_query(text) * np.float32(2)


class TestDoesNotNormalize(Wrong):
    check, says = "test_questions_become_vectors_of_unit_norm", "is 2, not 1"

    class opener(TinyOpener):  # noqa: N801
        def open(self, folder):
            return Lengthened(super().open(folder).dimension)


class Instructed(TinyEmbedder):
    def encode_query(self, text):
        return super().encode_query(f"query: {text}")


class TestReadsTheQuestionOtherwise(Wrong):
    check, says = "test_it_agrees_with_the_embedder", "the cosine of the two vectors"

    class opener(TinyOpener):  # noqa: N801
        def open(self, folder):
            return Instructed(super().open(folder).dimension)


class TestOpensAnything(Wrong):
    check, says = "test_a_folder_without_one_is_a_store_error", "opened without a word"

    class opener(TinyOpener):  # noqa: N801
        def open(self, folder):
            return TinyEmbedder()


class TestKeepsACache(Wrong):
    check, says = "test_opening_and_encoding_write_nothing", "the files of the encoder changed"

    class opener(TinyOpener):  # noqa: N801
        def open(self, folder):
            (folder / "cache").write_text("opened")
            return super().open(folder)


class TestLocksBesideIt(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "it writes"

    class opener(TinyOpener):  # noqa: N801
        def open(self, folder):
            folder.with_name("lock").write_text("opened")
            return super().open(folder)
