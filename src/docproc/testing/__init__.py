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
    from docproc.testing.embedders import EmbedderContract
    from docproc.testing.normalizers import NormalizerContract
    from docproc.testing.parsers import ParserContract
    from docproc.testing.vector_indexes import VectorIndexContract

_WHERE = {
    "Contract": "contract",
    "ContractBroken": "contract",
    "EmbedderContract": "embedders",
    "NormalizerContract": "normalizers",
    "ParserContract": "parsers",
    "VectorIndexContract": "vector_indexes",
}

__all__ = [
    "Contract",
    "ContractBroken",
    "EmbedderContract",
    "NormalizerContract",
    "ParserContract",
    "VectorIndexContract",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: another process needs no test library."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
