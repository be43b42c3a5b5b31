"""The drop-in for the web edition that the letter comes from."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from drop_ins import drop_in

from docproc.records import Block, BlockKind, Document, SourceFile, Span
from docproc.testing import NormalizerContract, samples

PATH = Path(__file__).resolve().parents[2] / "plugins" / "bolshevik_leadership.py"


@pytest.fixture(scope="module")
def plugin() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bolshevik_leadership", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HEAD = (
    "Bolshevik Leaders correspondence\n\nMarx-Engels |\xa0 Lenin \xa0| Stalin |\xa0 Home Page\n\n"
    "\xa0 Bolshevik leadership Correspondence. 1912-1927\nCollection of documents 1996.\n\n"
    "Compiled by: A.V.Kvashonkin, L.P.Kosheleva.\n\n\n"
)


def document(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document(SourceFile("x.txt", "text/plain", 0, "0" * 64), text, blocks=blocks)


@pytest.mark.parametrize("text", [HEAD, HEAD.replace("\n", "\r\n"), HEAD.replace("\n\n", "\n")])
def test_the_head_of_any_page_of_the_edition_is_known(plugin, text):
    text += "V. I. Lenin to G. V. Chicherin"
    found = plugin.BolshevikLeadership().normalize(document(text))
    words = [(b.kind, b.span.of(found.text).split()[0]) for b in found.blocks]
    assert words == [
        (BlockKind.FURNITURE, "Bolshevik"), (BlockKind.FURNITURE, "Marx-Engels"),
        (BlockKind.EDITION, "Bolshevik"),
    ]  # fmt: skip
    assert found.blocks[-1].span.of(found.text).endswith("L.P.Kosheleva.")
    collection = found.metadata.collection
    assert collection is not None
    assert (collection.title, collection.statement, collection.year, collection.editors) == (
        "Bolshevik leadership Correspondence. 1912-1927", "Collection of documents 1996.", "1996",
        ("A.V.Kvashonkin", "L.P.Kosheleva"),
    )  # fmt: skip
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Sir,\n\nI am.",
        "Bolshevik Leaders correspondence is the subject of this essay.",
        "See the Bolshevik leadership Correspondence. 1912-1927\n\nwhich is good.",
    ],
)
def test_any_other_document_is_left_alone(plugin, text):
    other = document(text)
    assert plugin.BolshevikLeadership().normalize(other) is other


def test_a_title_page_without_compilers_is_enough(plugin):
    found = plugin.BolshevikLeadership().normalize(
        document("Bolshevik leadership Correspondence. 1912-1927\n\nText.")
    )
    assert found.metadata.collection is not None
    assert found.metadata.collection.editors == ()
    assert [b.span.of(found.text) for b in found.blocks] == [
        "Bolshevik leadership Correspondence. 1912-1927"
    ]


def test_blocks_behind_the_head_stay(plugin):
    text = HEAD + "A title"
    behind = Block(BlockKind.HEADING, Span(len(HEAD), len(text)))
    found = plugin.BolshevikLeadership().normalize(document(text, (behind,)))
    assert found.blocks[-1] == behind


def test_blocks_of_the_head_give_way(plugin):
    before = Block(BlockKind.PARAGRAPH, Span(0, len(HEAD) - 3))
    found = plugin.BolshevikLeadership().normalize(document(HEAD + "A title", (before,)))
    assert before not in found.blocks


def test_it_uses_the_public_api_alone():
    imports = [line for line in PATH.read_text("utf-8").splitlines() if "import" in line]
    docproc = [line.split()[1] for line in imports if line.startswith("from docproc")]
    assert docproc == ["docproc.hooks", "docproc.records"]


class TestContract(NormalizerContract):
    examples = 20

    @pytest.fixture
    def plugin(self):
        return drop_in("bolshevik_leadership").BolshevikLeadership()

    @pytest.fixture
    def documents(self):
        return [*samples.documents(), document(HEAD + "V. I. Lenin to G. V. Chicherin\n\nNo.")]
