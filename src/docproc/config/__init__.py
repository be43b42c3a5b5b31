"""``config.toml``: every key, its type, its default, its meaning.

The documentation's page of keys is generated from the classes below; ``config.reading`` reads them.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import Any

__all__ = ["Limits"]  # for plugins: settings["limits"]

FILE = "config.toml"
REST = "..."
"""In a list of plugins: the default ones, as far as they are not named beside it."""

ELSEWHERE = "elsewhere"
"""The field of ``Config`` that holds the tables within ``[sources]``."""
ENABLED = "enabled"
"""The setting that every plugin has: ``enabled = false`` switches it off."""
WITHOUT = "DOCPROC_WITHOUT"
"""Names of plugins, with commas between, that are switched off besides (``--without NAME``)."""

MOST = 10_000_000
"""The largest number of seconds or megabytes: what a clock and a system can still be told."""


def _key(
    default: Any,
    help: str,  # noqa: A002 - the field's word for it
    *,
    least: float | None = None,
    most: float | None = None,
) -> Any:
    """A key; a number below *least*, or above *most*, is refused."""
    metadata = {"help": help, "least": least, "most": most}
    if isinstance(default, list):
        return field(default_factory=lambda: list(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """`[sources]`: what to read."""

    folder: str = _key("seeds", "The folder of source documents, relative to the workspace.")
    include: list[str] = _key(["*"], "Which files below it to read, as patterns of gitignore.")
    exclude: list[str] = _key([], "Which of those to leave out; wins over `include`.")
    max_megabytes: float = _key(
        64.0, "A larger file is reported and left out.", least=0.001, most=MOST
    )
    max_removed: float = _key(
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

    parsers: list[str] = _key(
        PARSERS,
        "Parsers; the surest one of a file reads it, the earlier named where two tie. "
        '`"..."` stands for all of these.',
    )
    normalizers: list[str] = _key(
        ["letter", "search-text"],
        'Normalizers, in the order in which they run. `"..."` stands for these two.',
    )
    references: list[str] = _key(
        [], "Grammars of archival references that plugins add to the built-in ones."
    )
    knowledge: list[str] = _key(
        [], "Words of languages, and archives, that plugins add to what docproc knows."
    )
    segmenter: str = _key("structure", "What cuts documents into passages.")
    embedder: str = _key("sentence-transformers", "What turns passages into vectors.")
    vector_index: str = _key("faiss", "What searches the vectors.")
    text_index: str = _key("tantivy", "What searches the words.")
    reranker: str = _key(
        "",
        "What looks at the best passages of a question once more; it is measured with the corpus "
        "(`docs/extending.md`). Empty: nothing does.",
    )
    observers: list[str] = _key(
        [], "Plugins that are told what is read, published and asked: logs, figures, messages."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """`[ask]`: how questions are answered."""

    limit: int = _key(3, "How many passages an answer holds at most.", least=1, most=MOST)
    rewriters: list[str] = _key(
        [],
        "Plugins that add other words to a question, such as `glossary`; what they add is shown.",
    )
    signals: list[str] = _key(
        [], "Plugins that say which of the passages that answer come first (`docs/extending.md`)."
    )
    writer: str = _key("", "The plugin that writes an answer for `--write` or `/write`, if any.")
    writing_seconds: float = _key(120.0, "How long that may take.", least=0.01, most=MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`[access]`: which documents are closed to every reader (`docs/extending.md`)."""

    rules: list[str] = _key([], "Plugins that say which documents are closed, and until when.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`[limits]`: what one source file may cost; past any of them it is reported and left out."""

    seconds: float = _key(120.0, "How long reading it may take.", least=0.01, most=MOST)
    megabytes: int = _key(
        2048, "How much memory reading it may take, where the system can tell.", least=16, most=MOST
    )
    characters: int = _key(
        50_000_000, "How many characters one document, or cell, of it may have.", least=1
    )
    documents: int = _key(100_000, "How many documents it may hold.", least=1)
    nesting: int = _key(
        200, "How deep elements, or groups of RTF, may lie in one another.", least=1, most=10_000
    )
    attachments: int = _key(1_000, "How many of the files attached to a PDF are read.", least=0)
    files_deep: int = _key(
        8, "How deep files may lie within files: attachments, members.", least=0, most=1_000
    )
    parts: int = _key(
        50_000, "How many parts a compressed file (zip, DOCX, EPUB, …) may hold.", least=1
    )
    unpacked_megabytes: int = _key(
        1024, "How much a compressed file may unpack to.", least=1, most=MOST
    )
    unpacked_ratio: int = _key(
        500,
        "How many times its own size a compressed file may unpack to, once that is over 10 MB.",
        least=1,
    )
    entities_megabytes: float = _key(
        10.0, "How much text the entities of an XML file may add to it.", least=0, most=MOST
    )
    frames: int = _key(5_000, "How many frames an image may have.", least=1)
    megapixels: float = _key(
        60.0,
        "How large one frame of an image may be, in millions of pixels; 60 is A3 at 560 dpi.",
        least=0.01,
        most=MOST,
    )
    processes: int = _key(
        0, "How many files are read at once; 0: as many as there are cores.", least=0, most=1_000
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`[gate]`: golden questions that a new generation must not answer worse."""

    questions: str = _key(
        "",
        "A file as `docproc eval` reads, relative to the workspace; empty: every generation "
        "that was built is published.",
    )
    tolerance: float = _key(
        0.01, "How far a figure may fall before the gate stays shut.", least=0, most=1
    )
    vetoes: list[str] = _key(
        [], "Plugins that may object to a generation before it is published, in order."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """`[retention]`: what is kept after a publication and by `docproc generations prune`."""

    generations: int = _key(
        5,
        "How many of the newest generations to keep; 0: all. The current one always stays.",
        least=0,
    )
    days: float = _key(
        7.0, "A generation younger than so many days stays as well.", least=0, most=36_500
    )
    runs: int = _key(
        200, "How many of the newest run reports to keep in embeddings/runs; 0: all.", least=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`[scale]`: a corpus in several parts, which many processes build (`docs/scale.md`)."""

    shards: int = _key(
        0,
        "In how many shards the corpus is indexed; 0: as it is published, in one at first.",
        least=0,
        most=1_000,
    )
    executor: str = _key("in-process", "What builds the shards (`docproc plugins list`).")
    vectors: str = _key(
        "",
        "Object storage that keeps the vectors of every text beside embeddings/cache, such as "
        "`s3://bucket/folder`; credentials come from the environment. Empty: none.",
    )
    generations: str = _key(
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


def range_of(key: Field[Any]) -> str:
    """``"from 0 to 1"``: the numbers that *key* takes; ``""`` where any are."""
    least, most = key.metadata.get("least"), key.metadata.get("most")
    if least is None:
        return ""
    return f"at least {least:,}" if most in (None, MOST) else f"from {least:,} to {most:,}"
