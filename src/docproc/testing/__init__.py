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
    from docproc.testing.contract import Contract, ContractBroken
    from docproc.testing.contracts.access import AccessContract
    from docproc.testing.contracts.citations import CitationContract
    from docproc.testing.contracts.commands import ChatCommandContract, CommandContract
    from docproc.testing.contracts.embedders import EmbedderContract
    from docproc.testing.contracts.executors import ExecutorContract
    from docproc.testing.contracts.knowledge import KnowledgeContract
    from docproc.testing.contracts.normalizers import NormalizerContract
    from docproc.testing.contracts.observers import ObserverContract
    from docproc.testing.contracts.output_formats import OutputFormatContract
    from docproc.testing.contracts.parsers import ParserContract
    from docproc.testing.contracts.query_encoders import QueryEncoderContract
    from docproc.testing.contracts.query_rewriters import QueryRewriterContract
    from docproc.testing.contracts.references import ReferenceContract
    from docproc.testing.contracts.rerankers import RerankerContract
    from docproc.testing.contracts.segmenters import SegmenterContract
    from docproc.testing.contracts.signals import SignalContract
    from docproc.testing.contracts.sources import SourceContract
    from docproc.testing.contracts.text_indexes import TextIndexContract
    from docproc.testing.contracts.vector_indexes import VectorIndexContract
    from docproc.testing.contracts.vetoes import VetoContract
    from docproc.testing.contracts.writers import WriterContract

__all__ = [
    "AccessContract", "ChatCommandContract", "CitationContract", "CommandContract", "Contract",
    "ContractBroken", "EmbedderContract", "ExecutorContract", "KnowledgeContract",
    "NormalizerContract", "ObserverContract", "OutputFormatContract", "ParserContract",
    "QueryEncoderContract", "QueryRewriterContract", "ReferenceContract", "RerankerContract",
    "SegmenterContract", "SignalContract", "SourceContract", "TextIndexContract",
    "VectorIndexContract", "VetoContract", "WriterContract",
]  # fmt: skip
_MODULES = (
    "access commands citations commands contract contract embedders executors knowledge "
    "normalizers observers output_formats parsers query_encoders query_rewriters references "
    "rerankers segmenters signals sources text_indexes vector_indexes vetoes writers"
)
"""Where each of ``__all__`` is, in its order."""


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: another process needs no test library."""
    where = dict(zip(__all__, _MODULES.split(), strict=True)).get(name)
    if where is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = __name__ if where == "contract" else f"{__name__}.contracts"
    return getattr(import_module(f"{room}.{where}"), name)
