"""The door through which every plugin comes, built-in or a stranger's.

A plugin is a module with functions marked ``@hookimpl``, each of which returns
:class:`Registration` objects: named factories of parsers, normalizers, observers and so on.
``config.toml`` chooses among the names and puts them in order.
"""

from typing import TYPE_CHECKING

from docproc.hooks.extensions import (
    Candidate,
    ChatCommand,
    Command,
    Conversation,
    Desk,
    DocumentParsed,
    GenerationPublished,
    Observer,
    OutputFormat,
    PassagesMade,
    QuestionAnswered,
    Signal,
    SourceFailed,
)
from docproc.hooks.loading import Fault, Offer, Registry, load
from docproc.hooks.markers import API_VERSION, OLDEST_API_VERSION, hookimpl, hookspec
from docproc.hooks.origins import Origin
from docproc.hooks.protocols import (
    CitationStyle,
    DrawsImages,
    DrawsPages,
    Embedder,
    EncodesShards,
    ExportsQueryEncoder,
    ExtendsTextIndex,
    ExtendsVectorIndex,
    ImageBeside,
    Normalizer,
    Parser,
    QueryEncoder,
    QueryEncoderOpener,
    ReadsReferences,
    ReferenceGrammar,
    Segmenter,
    TakesPasswords,
    TextEntry,
    TextHits,
    TextIndex,
    TextIndexer,
    VectorHits,
    VectorIndex,
    VectorIndexer,
)
from docproc.hooks.registration import Registration, Setting
from docproc.hooks.retiring import retired
from docproc.hooks.specs import STAGES, Stage

__all__ = [
    "API_VERSION",
    "OLDEST_API_VERSION",
    "STAGES",
    "Candidate",
    "ChatCommand",
    "CitationStyle",
    "Command",
    "Conversation",
    "Desk",
    "DocumentParsed",
    "DrawsImages",
    "DrawsPages",
    "Embedder",
    "EncodesShards",
    "ExportsQueryEncoder",
    "ExtendsTextIndex",
    "ExtendsVectorIndex",
    "Fault",
    "GenerationPublished",
    "ImageBeside",
    "Normalizer",
    "Observer",
    "Offer",
    "Origin",
    "OutputFormat",
    "Parser",
    "PassagesMade",
    "QueryEncoder",
    "QueryEncoderOpener",
    "QuestionAnswered",
    "ReadsReferences",
    "ReferenceGrammar",
    "Registration",
    "Registry",
    "Segmenter",
    "Setting",
    "Signal",
    "SourceFailed",
    "Stage",
    "TakesPasswords",
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

if not TYPE_CHECKING:  # a type checker knows the names that stay, and refuses the others

    def __getattr__(name: str) -> object:
        """A name that is on its way out, with a warning that says so."""
        return retired(name)
