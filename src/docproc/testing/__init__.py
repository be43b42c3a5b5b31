"""The conformance kit for plugin authors: inherit from a class, give it your product.

::

    from docproc.testing import ParserContract

    class TestRegisters(ParserContract):
        @pytest.fixture
        def plugin(self):
            return RegisterParser()

Each class checks one kind of product against the contract in ``docproc.hooks``; a failure says
what was broken and where that is written.  Needs ``pip install 'docproc[testing]'``.
Only tests import this package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docproc.testing.access import AccessContract
    from docproc.testing.citations import CitationContract
    from docproc.testing.commands import ChatCommandContract, CommandContract
    from docproc.testing.contract import Contract, ContractBroken
    from docproc.testing.embedders import EmbedderContract
    from docproc.testing.executors import ExecutorContract
    from docproc.testing.formats import OutputFormatContract
    from docproc.testing.knowledge import KnowledgeContract
    from docproc.testing.normalizers import NormalizerContract
    from docproc.testing.observers import ObserverContract
    from docproc.testing.parsers import ParserContract
    from docproc.testing.query_encoders import QueryEncoderContract
    from docproc.testing.query_rewriters import QueryRewriterContract
    from docproc.testing.references import ReferenceContract
    from docproc.testing.rerankers import RerankerContract
    from docproc.testing.segmenters import SegmenterContract
    from docproc.testing.signals import SignalContract
    from docproc.testing.sources import SourceContract
    from docproc.testing.text_indexes import TextIndexContract
    from docproc.testing.vector_indexes import VectorIndexContract
    from docproc.testing.vetoes import VetoContract
    from docproc.testing.writers import WriterContract

_WHERE = {
    "AccessContract": "access",
    "ChatCommandContract": "commands",
    "CitationContract": "citations",
    "CommandContract": "commands",
    "Contract": "contract",
    "ContractBroken": "contract",
    "EmbedderContract": "embedders",
    "ExecutorContract": "executors",
    "KnowledgeContract": "knowledge",
    "NormalizerContract": "normalizers",
    "ObserverContract": "observers",
    "OutputFormatContract": "formats",
    "ParserContract": "parsers",
    "QueryEncoderContract": "query_encoders",
    "QueryRewriterContract": "query_rewriters",
    "ReferenceContract": "references",
    "RerankerContract": "rerankers",
    "SegmenterContract": "segmenters",
    "SignalContract": "signals",
    "SourceContract": "sources",
    "TextIndexContract": "text_indexes",
    "VectorIndexContract": "vector_indexes",
    "VetoContract": "vetoes",
    "WriterContract": "writers",
}

__all__ = [
    "AccessContract", "ChatCommandContract", "CitationContract", "CommandContract", "Contract",
    "ContractBroken", "EmbedderContract", "ExecutorContract", "KnowledgeContract",
    "NormalizerContract", "ObserverContract", "OutputFormatContract", "ParserContract",
    "QueryEncoderContract", "QueryRewriterContract", "ReferenceContract", "RerankerContract",
    "SegmenterContract", "SignalContract", "SourceContract", "TextIndexContract",
    "VectorIndexContract", "VetoContract", "WriterContract",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: another process needs no test library."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
