"""The built-in stages, and the drop-ins of this repository, pass the kit offered to strangers."""

import pytest

from docproc.stages.index_faiss import FaissIndexer
from docproc.stages.normalize_letter import LetterNormalizer
from docproc.stages.normalize_search_text import SearchTextNormalizer
from docproc.stages.parse_markdown import MarkdownParser
from docproc.stages.parse_text import TextParser
from docproc.testing import (
    EmbedderContract,
    NormalizerContract,
    ParserContract,
    VectorIndexContract,
)
from docproc.testing.tiny import TinyEmbedder, TinyOpener


class TestText(ParserContract):
    @pytest.fixture
    def plugin(self):
        return TextParser()


class TestMarkdown(ParserContract):
    @pytest.fixture
    def plugin(self):
        return MarkdownParser(100_000)


class TestLetter(NormalizerContract):
    examples = 25

    @pytest.fixture
    def plugin(self):
        return LetterNormalizer()


class TestSearchText(NormalizerContract):
    @pytest.fixture
    def plugin(self):
        return SearchTextNormalizer()


class TestTiny(EmbedderContract):
    @pytest.fixture
    def plugin(self):
        return TinyEmbedder()

    @pytest.fixture
    def opener(self):
        return TinyOpener()


class TestFaissExact(VectorIndexContract):
    @pytest.fixture
    def plugin(self):
        return FaissIndexer()


class TestFaissInvertedLists(VectorIndexContract):
    count = 1500

    @pytest.fixture
    def plugin(self):
        return FaissIndexer(exact_below=100)
