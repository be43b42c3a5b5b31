"""The built-in stages, and the drop-ins of this repository, pass the kit offered to strangers."""

import pytest

from docproc import stages
from docproc.references import GRAMMARS
from docproc.stages.index.faiss import FaissIndexer
from docproc.stages.index.tantivy.indexer import TantivyIndexer
from docproc.stages.normalize.letter import LetterNormalizer
from docproc.stages.normalize.search_text import SearchTextNormalizer
from docproc.stages.parse.text.markdown import MarkdownParser
from docproc.stages.parse.text.plain import TextParser
from docproc.stages.segment_structure import StructureSegmenter
from docproc.testing import (
    CitationContract,
    EmbedderContract,
    NormalizerContract,
    ParserContract,
    ReferenceContract,
    SegmenterContract,
    TextIndexContract,
    VectorIndexContract,
)
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener

pytestmark = pytest.mark.slow


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


class TestStructure(SegmenterContract):
    examples = 25

    @pytest.fixture
    def plugin(self):
        return StructureSegmenter()


class TestTantivy(TextIndexContract):
    @pytest.fixture
    def plugin(self):
        return TantivyIndexer()


class Footnotes:
    """A style of citations such as an author would write."""

    def render(self, citations):
        return "\n".join(
            ". ".join(filter(None, [f"“{each.quote}”", each.reference and each.reference.printed]))
            for each in citations
        )


class TestFootnotes(CitationContract):
    @pytest.fixture
    def plugin(self):
        return Footnotes()


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_that_comes_with_docproc_is_offered_like_a_strangers(name: str) -> None:
    (found,) = (each for each in stages.docproc_reference_grammars() if each.name == name)
    assert found.factory({}) is GRAMMARS[name]
    assert found.summary == f"{GRAMMARS[name].summary}."


class TestGrammars(ReferenceContract):
    @pytest.fixture(params=GRAMMARS)
    def plugin(self, request):
        return GRAMMARS[request.param]


class TestFond(ReferenceContract):
    @pytest.fixture
    def plugin(self):
        return GRAMMARS["fond"]

    @pytest.fixture
    def references(self):
        return {
            "RGASPI. F. 558. Op. 2. D. 51. L. 1": {
                "fond": "558",
                "opis": "2",
                "delo": "51",
                "leaves": "1",
            },
        }
