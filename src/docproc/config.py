"""``config.toml``: every key, its type, its default, its meaning; and how it is read.

The documentation's page of keys is generated from the classes below.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from docproc.errors import ConfigError, nearest

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


def read_config(path: Path) -> Config:
    """Read and check the file at *path*.

    Raises ``ConfigError`` naming the file, the line or the key, and the nearest right name.
    Whether the plugins named exist, and their own settings, are checked where plugins are
    loaded (``application``).
    """
    try:
        text = path.read_text("utf-8-sig")  # Windows begins a text with a mark
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; `docproc init` writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    try:
        config = msgspec.convert(_check_keys(tomllib.loads(text)), Config)
        for key, what in _out_of_range(config):
            raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}")
        config = _write_out(config)
        for key, what in _unfit(config):
            raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}")
        return _without(config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        key = where.rstrip("`")
        raise ConfigError(f"{path}{line_of(text, key)}: {key}: {what}") from None
    except _UnknownKey as error:
        key, known = error.args
        name = key.rpartition(".")[2]
        raise ConfigError(
            f"{path}{line_of(text, key)}: unknown key {key}{nearest(name, known)}; "
            f"there are: {', '.join(known)}"
        ) from None


class _UnknownKey(Exception):
    """A key that is not in the classes above, and the names that are."""


def _check_keys(tables: dict[str, Any]) -> dict[str, Any]:
    """*tables*, if every key in them is known; those within ``[sources]`` stand by themselves."""
    sections = {f.name: f for f in fields(Config) if f.name != ELSEWHERE}
    if isinstance(sources := tables.get("sources"), dict):
        own = [f.name for f in fields(Sources)]
        named = {k: v for k, v in sources.items() if isinstance(v, dict) and k not in own}
        rest = {k: v for k, v in sources.items() if k not in named}
        return _known_keys({**tables, "sources": rest}, sections) | {ELSEWHERE: named}
    return _known_keys(tables, sections)


def _known_keys(tables: dict[str, Any], sections: dict[str, Field[Any]]) -> dict[str, Any]:
    """*tables*, if each of them is one of *sections*, and every key in them is known."""
    for name, table in tables.items():
        if name not in sections:
            raise _UnknownKey(name, list(sections))
        factory = sections[name].default_factory
        if isinstance(table, dict) and isinstance(factory, type) and factory is not dict:
            known = [f.name for f in fields(factory)]
            for key in table:
                if key not in known:
                    raise _UnknownKey(f"{name}.{key}", known)
    return tables


def range_of(key: Field[Any]) -> str:
    """``"from 0 to 1"``: the numbers that *key* takes; ``""`` where any are."""
    least, most = key.metadata.get("least"), key.metadata.get("most")
    if least is None:
        return ""
    return f"at least {least:,}" if most in (None, MOST) else f"from {least:,} to {most:,}"


def _out_of_range(config: Config) -> Iterator[tuple[str, str]]:
    """The keys whose number lies outside its range, each with what it may be."""
    for section in fields(config):
        table = getattr(config, section.name)
        for key in fields(table) if is_dataclass(table) else ():
            least, most = key.metadata.get("least"), key.metadata.get("most")
            value = getattr(table, key.name)
            if least is not None and not least <= value <= (sys.maxsize if most is None else most):
                words = range_of(key) if value < least or most != MOST else f"at most {MOST:,}"
                yield f"{section.name}.{key.name}", f"{value} is out of its range, {words}"


def _write_out(config: Config) -> Config:
    """*config* with the default plugins in place of the ``"..."`` that stands for them."""
    usual, chosen = Pipeline(), config.pipeline
    pipeline = replace(
        chosen,
        parsers=_with_defaults(chosen.parsers, usual.parsers),
        normalizers=_with_defaults(chosen.normalizers, usual.normalizers),
    )
    return replace(config, pipeline=pipeline)


def _with_defaults(names: list[str], defaults: list[str]) -> list[str]:
    """*names*, each once, where ``"..."`` is those of *defaults* that are not named."""
    rest = [name for name in defaults if name not in names]
    return [each for name in names for each in (rest if name == REST else [name])]


def find_switched_off(config: Config) -> frozenset[str]:
    """The names of the plugins that ``config.toml``, or ``--without``, switches off."""
    named = {name for name, table in config.plugins.items() if table.get(ENABLED) is False}
    return frozenset(named | {name for name in os.environ.get(WITHOUT, "").split(",") if name})


def _unfit(config: Config) -> Iterator[tuple[str, str]]:
    """The keys that say nothing that can be done about plugins switched off, with the reason."""
    for name, table in config.plugins.items():
        if not isinstance(table.get(ENABLED, True), bool):
            yield f"plugins.{name}.{ENABLED}", "it is true or false"
    off = find_switched_off(config)
    for key in ("segmenter", "embedder", "vector_index", "text_index"):
        if (name := getattr(config.pipeline, key)) in off:
            yield f"pipeline.{key}", f"{name!r} is switched off, and one is needed: name another"
    for name in off.intersection(config.access.rules):
        yield (
            "access.rules",
            f"{name!r} is switched off, and would open what it closes: take it out",
        )


def _without(config: Config) -> Config:
    """*config* whose lists do not name what is switched off."""
    off = find_switched_off(config)
    if not off:
        return config

    def left(table: Any, *keys: str) -> Any:
        names = {key: [each for each in getattr(table, key) if each not in off] for key in keys}
        return replace(table, **names)

    ask, pipeline = config.ask, config.pipeline
    reranker = "" if pipeline.reranker in off else pipeline.reranker
    writer = "" if ask.writer in off else ask.writer
    return replace(
        config,
        pipeline=left(
            replace(pipeline, reranker=reranker),
            *("parsers", "normalizers", "references", "knowledge", "observers"),
        ),
        ask=left(replace(ask, writer=writer), "rewriters", "signals"),
        gate=left(config.gate, "vetoes"),
    )


def line_of(text: str, key: str) -> str:
    """``", line N"`` for the dotted *key* in a TOML *text*, or ``""`` where it is not plain."""
    section, _, name = re.sub(r"\[.*", "", key).rpartition(".")
    name = name.split("[")[0]
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        if header:
            current = header[1].replace('"', "").replace("'", "").strip()
            if current == key:
                return f", line {number}"
        elif current == section and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line):
            return f", line {number}"
    return ""
