"""The door through which every plugin comes, built-in or a stranger's.

A plugin is a module with functions marked ``@hookimpl``, each of which returns
:class:`Registration` objects: named factories of parsers, normalizers and so on.
``config.toml`` chooses among the names and puts them in order.
"""

from docproc.hooks.loading import Fault, Offer, Registry, load
from docproc.hooks.markers import API_VERSION, OLDEST_API_VERSION, hookimpl, hookspec
from docproc.hooks.origins import Origin
from docproc.hooks.protocols import (
    CitationStyle,
    DrawsPages,
    Embedder,
    ExportsQueryEncoder,
    ExtendsTextIndex,
    ExtendsVectorIndex,
    Normalizer,
    Parser,
    QueryEncoder,
    QueryEncoderOpener,
    ReadsReferences,
    ReferenceGrammar,
    Segmenter,
    TextEntry,
    TextHits,
    TextIndex,
    TextIndexer,
    VectorHits,
    VectorIndex,
    VectorIndexer,
)
from docproc.hooks.registration import Registration, Setting
from docproc.hooks.specs import STAGES, Stage

__all__ = [
    "API_VERSION",
    "OLDEST_API_VERSION",
    "STAGES",
    "CitationStyle",
    "DrawsPages",
    "Embedder",
    "ExportsQueryEncoder",
    "ExtendsTextIndex",
    "ExtendsVectorIndex",
    "Fault",
    "Normalizer",
    "Offer",
    "Origin",
    "Parser",
    "QueryEncoder",
    "QueryEncoderOpener",
    "ReadsReferences",
    "ReferenceGrammar",
    "Registration",
    "Registry",
    "Segmenter",
    "Setting",
    "Stage",
    "TextEntry",
    "TextHits",
    "TextIndex",
    "TextIndexer",
    "VectorHits",
    "VectorIndex",
    "VectorIndexer",
    "hookimpl",
    "hookspec",
    "load",
]
