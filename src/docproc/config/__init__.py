"""``config.toml``: every key, its type, its default, its meaning.

The documentation's page of keys is generated from the classes below; ``config.reading`` reads them.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.records.settings import MOST, Limits, define_key

__all__ = ["Limits"]  # for plugins: settings["limits"]

FILE = "config.toml"
REST = "..."
"""In a list of plugins: the default ones, as far as they are not named beside it."""

ELSEWHERE = "elsewhere"
"""The field of ``Config`` that holds the tables within ``[sources]``."""
WITHOUT = "DOCPROC_WITHOUT"
"""Names of plugins, with commas between, that are switched off besides (``--without NAME``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """`[sources]`: what to read."""

    folder: str = define_key("seeds", "The folder of source documents, relative to the workspace.")
    include: list[str] = define_key(
        ["*"], "Which files below it to read, as patterns of gitignore."
    )
    exclude: list[str] = define_key([], "Which of those to leave out; wins over `include`.")
    max_megabytes: float = define_key(
        64.0, "A larger file is reported and left out.", least=0.001, most=MOST
    )
    max_removed: float = define_key(
        0.1,
        "The share of the published sources that may be gone at once, though ten always may: "
        "of more, or of all, `index` stops (exit code 11) until `--allow-removals`.",
        least=0,
        most=1,
    )


PARSERS = [
    "text", "markdown", "html", "ead", "oai", "ocr-layout", "tei", "docx", "doc", "odt",
    "rtf", "pdf", "scan", "epub", "mail", "outlook", "archive", "pptx", "djvu", "warc",
    "mediawiki", "jats", "mods", "mets", "latex", "rst", "org", "compressed", "rows",
    "subtitles", "fb2", "odp", "cards", "other-formats",
]  # fmt: skip
"""The parsers of a workspace that names none, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """`[pipeline]`: which plugin runs at each stage, by name (`docproc plugins list`)."""

    parsers: list[str] = define_key(
        PARSERS,
        "Parsers; the surest one of a file reads it, the earlier named where two tie. "
        '`"..."` stands for all of these.',
    )
    normalizers: list[str] = define_key(
        ["letter", "search-text"],
        'Normalizers, in the order in which they run. `"..."` stands for these two.',
    )
    references: list[str] = define_key(
        [], "Grammars of archival references that plugins add to the built-in ones."
    )
    knowledge: list[str] = define_key(
        [], "Words of languages, and archives, that plugins add to what docproc knows."
    )
    segmenter: str = define_key("structure", "What cuts documents into passages.")
    embedder: str = define_key("sentence-transformers", "What turns passages into vectors.")
    vector_index: str = define_key("faiss", "What searches the vectors.")
    text_index: str = define_key("tantivy", "What searches the words.")
    reranker: str = define_key(
        "",
        "What looks at the best passages of a question once more; it is measured with the corpus "
        "(`docs/extending.md`). Empty: nothing does.",
    )
    observers: list[str] = define_key(
        [], "Plugins that are told what is read, published and asked: logs, figures, messages."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """`[ask]`: how questions are answered."""

    limit: int = define_key(3, "How many passages an answer holds at most.", least=1, most=MOST)
    rewriters: list[str] = define_key(
        [],
        "Plugins that add other words to a question, such as `glossary`; what they add is shown.",
    )
    signals: list[str] = define_key(
        [], "Plugins that say which of the passages that answer come first (`docs/extending.md`)."
    )
    writer: str = define_key(
        "", "The plugin that writes an answer for `--write` or `/write`, if any."
    )
    writing_seconds: float = define_key(120.0, "How long that may take.", least=0.01, most=MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`[access]`: which documents are closed to every reader (`docs/extending.md`)."""

    rules: list[str] = define_key(
        [], "Plugins that say which documents are closed, and until when."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`[gate]`: golden questions that a new generation must not answer worse."""

    questions: str = define_key(
        "",
        "A file as `docproc eval` reads, relative to the workspace; empty: every generation "
        "that was built is published.",
    )
    tolerance: float = define_key(
        0.01, "How far a figure may fall before the gate stays shut.", least=0, most=1
    )
    vetoes: list[str] = define_key(
        [], "Plugins that may object to a generation before it is published, in order."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """`[retention]`: what is kept after a publication and by `docproc generations prune`."""

    generations: int = define_key(
        5,
        "How many of the newest generations to keep; 0: all. The current one always stays.",
        least=0,
    )
    days: float = define_key(
        7.0, "A generation younger than so many days stays as well.", least=0, most=36_500
    )
    runs: int = define_key(
        200, "How many of the newest run reports to keep in embeddings/runs; 0: all.", least=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`[scale]`: a corpus in several parts, which many processes build (`docs/scale.md`)."""

    shards: int = define_key(
        0,
        "In how many shards the corpus is indexed; 0: as it is published, in one at first.",
        least=0,
        most=1_000,
    )
    executor: str = define_key("in-process", "What builds the shards (`docproc plugins list`).")
    readers: str = define_key(
        "",
        "What keeps the shards open to be asked, in processes of its own (an executor that hosts "
        "readers); empty: the process that asks opens them.",
    )
    vectors: str = define_key(
        "",
        "Object storage that keeps the vectors of every text beside embeddings/cache, such as "
        "`s3://bucket/folder`; credentials come from the environment. Empty: none.",
    )
    generations: str = define_key(
        "",
        "Object storage where each generation that is published here is published too, by a "
        "conditional write (`docproc generations push`, `pull`). Empty: none.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of ``config.toml``."""

    sources: Sources = field(default_factory=Sources)
    pipeline: Pipeline = field(default_factory=Pipeline)
    ask: Ask = field(default_factory=Ask)
    access: Access = field(default_factory=Access)
    limits: Limits = field(default_factory=Limits)
    gate: Gate = field(default_factory=Gate)
    retention: Retention = field(default_factory=Retention)
    scale: Scale = field(default_factory=Scale)
    elsewhere: dict[str, dict[str, Any]] = field(
        default_factory=dict,
        metadata={
            "help": "`[sources.NAME]`: what `docproc fetch NAME` fetches from elsewhere "
            "(`docs/sources.md`)."
        },
    )
    plugins: dict[str, dict[str, Any]] = field(
        default_factory=dict,
        metadata={
            "help": "`[plugins.NAME]`: a plugin's own settings, which it declares; "
            "`enabled = false` switches it off."
        },
    )
