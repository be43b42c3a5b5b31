# mypy: disable-error-code="type-abstract"
"""The hook specifications: every hook a plugin may implement.

Each registering hook takes no argument and returns registrations, so that the order in
which plugins are loaded can never matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from docproc.dataclass_on_use import dataclass
from docproc.hooks import (
    access,
    execution,
    extensions,
    fetching,
    indexes,
    knowledge,
    protocols,
    ranking,
    writing,
)
from docproc.hooks.markers import CHAT_COMMANDS, COMMANDS, hookspec
from docproc.hooks.registration import Registration


class Specs:
    """All hooks, with the version of docproc that added each."""

    @hookspec
    def docproc_parsers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer parsers (products: ``Parser``).  Added in 0.1."""

    @hookspec
    def docproc_normalizers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer normalizers (products: ``Normalizer``).  Added in 0.1."""

    @hookspec
    def docproc_segmenters(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer segmenters (products: ``Segmenter``).  Added in 0.1."""

    @hookspec
    def docproc_embedders(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer embedders (products: ``Embedder``).  Added in 0.1."""

    @hookspec
    def docproc_query_encoders(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer openers of query encoders (products: ``QueryEncoderOpener``).  Added in 0.1."""

    @hookspec
    def docproc_vector_indexes(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer vector indexes (products: ``VectorIndexer``).  Added in 0.1."""

    @hookspec
    def docproc_text_indexes(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer text indexes (products: ``TextIndexer``).  Added in 0.1."""

    @hookspec
    def docproc_reference_grammars(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer how an archive cites (products: ``ReferenceGrammar``).  Added in 0.1."""

    @hookspec
    def docproc_citation_styles(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer styles of citations (products: ``CitationStyle``).  Added in 0.1."""

    @hookspec
    def docproc_observers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer observers of runs and of questions (products: ``Observer``).  Added in 0.1."""

    @hookspec
    def docproc_signals(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer signals to the ranking (products: ``Signal``).  Added in 0.1."""

    @hookspec
    def docproc_rerankers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer re-rankers of the best passages (products: ``Reranker``).  Added in 0.1."""

    @hookspec
    def docproc_query_rewriters(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer rewriters of questions (products: ``QueryRewriter``).  Added in 0.1."""

    @hookspec
    def docproc_vetoes(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer vetoes before a generation is published (products: ``Veto``).  Added in 0.1."""

    @hookspec
    def docproc_output_formats(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer formats of whole answers (products: ``OutputFormat``).  Added in 0.1."""

    @hookspec
    def docproc_commands(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer commands of the command line (products: ``Command``).  Added in 0.1."""

    @hookspec
    def docproc_chat_commands(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer slash commands of the chat (products: ``ChatCommand``).  Added in 0.1."""

    @hookspec
    def docproc_executors(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer what the shards of a run are built by (products: ``Executor``).  Added in 0.1."""

    @hookspec
    def docproc_writers(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer writers of answers (products: ``AnswerWriter``).  Added in 0.1."""

    @hookspec
    def docproc_sources(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer what is fetched from elsewhere (products: ``Source``).  Added in 0.1."""

    @hookspec
    def docproc_knowledge(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer the words of a language, and archives (products: ``Knowledge``).  Added in 0.1."""

    @hookspec
    def docproc_access(self) -> Sequence[Registration]:  # type: ignore[empty-body]
        """Offer rules of access, asked when something is shown (products: ``AccessRule``).
        Added in 0.1.
        """


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """A kind of plugin, with all that docproc knows of the kind; every name stands here alone.

    ``key`` is the key of ``config.toml`` that chooses among its plugins, or ``""``, and then
    ``use`` says how one comes to be used.  ``contract`` is the class of ``docproc.testing``
    that its plugins are held to.  ``in_recipe`` says that its plugins decide what a generation
    holds, so that another one makes it stale.  ``reserved`` are names that docproc has taken.
    """

    name: str
    hook: str
    product: type[T]
    key: str = ""
    use: str = ""
    contract: str = ""
    in_recipe: bool = False
    reserved: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The key as a person finds it in ``config.toml``: ``[pipeline] parsers``."""
        section, _, name = self.key.partition(".")
        return f"[{section}] {name}" if name else ""


PARSE = Stage(
    "parse", "docproc_parsers", protocols.Parser,
    key="pipeline.parsers", contract="ParserContract", in_recipe=True,
)  # fmt: skip
NORMALIZE = Stage(
    "normalize", "docproc_normalizers", protocols.Normalizer,
    key="pipeline.normalizers", contract="NormalizerContract", in_recipe=True,
)  # fmt: skip
SEGMENT = Stage(
    "segment", "docproc_segmenters", protocols.Segmenter,
    key="pipeline.segmenter", contract="SegmenterContract", in_recipe=True,
)  # fmt: skip
EMBED = Stage(
    "embed", "docproc_embedders", protocols.Embedder,
    key="pipeline.embedder", contract="EmbedderContract", in_recipe=True,
)  # fmt: skip
ENCODE_QUERY = Stage(
    "encode query", "docproc_query_encoders", protocols.QueryEncoderOpener,
    use="it opens what an embedder leaves in a generation that names it",
    contract="QueryEncoderContract",
)  # fmt: skip
VECTOR_INDEX = Stage(
    "vector index", "docproc_vector_indexes", indexes.VectorIndexer,
    key="pipeline.vector_index", contract="VectorIndexContract", in_recipe=True,
)  # fmt: skip
TEXT_INDEX = Stage(
    "text index", "docproc_text_indexes", indexes.TextIndexer,
    key="pipeline.text_index", contract="TextIndexContract", in_recipe=True,
)  # fmt: skip
REFERENCE = Stage(
    "reference", "docproc_reference_grammars", protocols.ReferenceGrammar,
    key="pipeline.references", contract="ReferenceContract", in_recipe=True,
)  # fmt: skip
RERANK = Stage(
    "rerank", "docproc_rerankers", ranking.Reranker,
    key="pipeline.reranker", contract="RerankerContract", in_recipe=True,
)  # fmt: skip
REWRITE = Stage(
    "rewrite", "docproc_query_rewriters", ranking.QueryRewriter,
    key="ask.rewriters", contract="QueryRewriterContract",
)  # fmt: skip
CITE = Stage(
    "cite", "docproc_citation_styles", protocols.CitationStyle,
    use="it is chosen by its name where citations are written", contract="CitationContract",
)  # fmt: skip
OBSERVE = Stage(
    "observe", "docproc_observers", extensions.Observer, key="pipeline.observers",
    contract="ObserverContract",
)  # fmt: skip
SIGNAL = Stage(
    "signal", "docproc_signals", extensions.Signal, key="ask.signals", contract="SignalContract",
)  # fmt: skip
VETO = Stage(
    "veto", "docproc_vetoes", extensions.Veto, key="gate.vetoes", contract="VetoContract",
)  # fmt: skip
OUTPUT_FORMAT = Stage(
    "output format", "docproc_output_formats", extensions.OutputFormat,
    use="`docproc ask --format` takes its name", contract="OutputFormatContract",
)  # fmt: skip
COMMAND = Stage(
    "command", "docproc_commands", extensions.Command,
    use="it is a command of docproc, `docproc --help` lists it", reserved=COMMANDS,
    contract="CommandContract",
)  # fmt: skip
CHAT_COMMAND = Stage(
    "chat command", "docproc_chat_commands", extensions.ChatCommand,
    use="it is a command of the chat, `/help` lists it", reserved=CHAT_COMMANDS,
    contract="ChatCommandContract",
)  # fmt: skip

EXECUTE = Stage(
    "execute", "docproc_executors", execution.Executor,
    key="scale.executor", contract="ExecutorContract",
)  # fmt: skip
SOURCE = Stage(
    "source", "docproc_sources", fetching.Source,
    use="a table `[sources.NAME]` says `uses`, and `docproc fetch` asks it",
    contract="SourceContract",
)  # fmt: skip

WRITE = Stage(
    "write", "docproc_writers", writing.AnswerWriter, key="ask.writer", contract="WriterContract",
)  # fmt: skip

ACCESS = Stage(
    "access", "docproc_access", access.AccessRule, key="access.rules", contract="AccessContract",
)  # fmt: skip

KNOW = Stage(
    "knowledge", "docproc_knowledge", knowledge.Knowledge,
    key="pipeline.knowledge", contract="KnowledgeContract", in_recipe=True,
)  # fmt: skip

STAGES: tuple[Stage[Any], ...] = (
    PARSE, NORMALIZE, SEGMENT, EMBED, ENCODE_QUERY, VECTOR_INDEX, TEXT_INDEX, REFERENCE,
    RERANK, REWRITE, CITE, OBSERVE, SIGNAL, VETO, OUTPUT_FORMAT, COMMAND, CHAT_COMMAND, EXECUTE,
    WRITE, SOURCE, KNOW, ACCESS,
)  # fmt: skip


def find_stage(name: str) -> Stage[Any]:
    """The kind of plugin called *name*.  Raises ``KeyError``."""
    for stage in STAGES:
        if stage.name == name:
            return stage
    raise KeyError(f"no kind of plugin is called {name!r}")
