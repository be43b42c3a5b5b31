"""The door through which every plugin comes, built-in or a stranger's.

A plugin is a module with functions marked ``@hookimpl``, each of which returns
:class:`Registration` objects: named factories of parsers, normalizers, observers and so on.
``config.toml`` chooses among the names and puts them in order.
"""

from docproc.hooks.access import AccessRule, Closure
from docproc.hooks.execution import Executor, HostsReaders, Opening, Work
from docproc.hooks.extensions import (
    Candidate,
    ChatCommand,
    Command,
    Conversation,
    DocumentParsed,
    GenerationDrafted,
    GenerationPublished,
    Holdings,
    LibraryAccess,
    Observer,
    OutputFormat,
    PassagesMade,
    QuestionAnswered,
    Signal,
    SourceFailed,
    Veto,
)
from docproc.hooks.fetching import Fetched, Found, Item, Reached, Source, Visit, Whole, Withdrawn
from docproc.hooks.indexes import (
    ExtendsTextIndex,
    ExtendsVectorIndex,
    JoinsTextIndexes,
    SharesTextIndexes,
    TextEntry,
    TextHits,
    TextIndex,
    TextIndexer,
    VectorHits,
    VectorIndex,
    VectorIndexer,
)
from docproc.hooks.knowledge import Knowledge
from docproc.hooks.markers import API_VERSION, OLDEST_API_VERSION, hookimpl, hookspec
from docproc.hooks.protocols import (
    CitationStyle,
    CountsTokens,
    DrawsImages,
    DrawsMembers,
    DrawsPages,
    Embedder,
    EmbedsByExport,
    EncodesShards,
    ExportsQueryEncoder,
    ImageBeside,
    LearnsFromTexts,
    Normalizer,
    Parser,
    QueryEncoder,
    QueryEncoderOpener,
    ReadsBeside,
    ReadsReferences,
    ReadsTokens,
    ReferenceGrammar,
    Segmenter,
    TakesPasswords,
    Vectors,
)
from docproc.hooks.ranking import Expansion, PreparesReranker, QueryRewriter, Reranker, Rewriting
from docproc.hooks.registration import Registration, Setting
from docproc.hooks.specs import STAGES, Stage, find_stage
from docproc.hooks.vector_rows import (
    Condition,
    KeepsElsewhere,
    RowFilter,
    RowScope,
    ScopedVectorIndex,
    ScopedVectorIndexer,
    VectorBlock,
    VectorReader,
    VectorStream,
)
from docproc.hooks.writing import AnswerWriter, NumberedSentence, Written

__all__ = [
    "API_VERSION", "OLDEST_API_VERSION", "STAGES", "AccessRule", "AnswerWriter", "Candidate",
    "ChatCommand", "CitationStyle", "Closure", "Command", "Condition", "Conversation",
    "CountsTokens", "DocumentParsed", "DrawsImages", "DrawsMembers", "DrawsPages", "Embedder",
    "EmbedsByExport", "EncodesShards", "Executor", "Expansion", "ExportsQueryEncoder",
    "ExtendsTextIndex", "ExtendsVectorIndex", "Fetched", "Found", "GenerationDrafted",
    "GenerationPublished", "Holdings", "HostsReaders", "ImageBeside", "Item", "JoinsTextIndexes",
    "KeepsElsewhere", "Knowledge", "LearnsFromTexts", "LibraryAccess", "Normalizer",
    "NumberedSentence", "Observer", "Opening", "OutputFormat", "Parser", "PassagesMade",
    "PreparesReranker", "QueryEncoder", "QueryEncoderOpener", "QueryRewriter", "QuestionAnswered",
    "Reached", "ReadsBeside", "ReadsReferences", "ReadsTokens", "ReferenceGrammar",
    "Registration", "Reranker", "Rewriting", "RowFilter", "RowScope", "ScopedVectorIndex",
    "ScopedVectorIndexer", "Segmenter", "Setting", "SharesTextIndexes", "Signal", "Source",
    "SourceFailed", "Stage", "TakesPasswords", "TextEntry", "TextHits", "TextIndex",
    "TextIndexer", "VectorBlock", "VectorHits", "VectorIndex", "VectorIndexer", "VectorReader",
    "VectorStream", "Vectors", "Veto", "Visit", "Whole", "Withdrawn", "Work", "Written",
    "find_stage", "hookimpl", "hookspec",
]  # fmt: skip
