"""The built-in plugins, offered through the same hooks as a stranger's.

Factories are named by address, so that listing them imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from docproc.citing import STYLES, built_in_style
from docproc.hooks import CitationStyle, ReferenceGrammar, Registration, Setting, hookimpl
from docproc.stages.parse.registrations import docproc_parsers

__all__ = ["docproc_parsers"]

_GRAMMARS = {
    "fond": "Russian and Soviet: fond, opis, delo, leaf.",
    "australia": "National Archives of Australia: series, control symbol, part.",
    "britain": "UK National Archives: class, piece, folio.",
    "america": "US National Archives: record group, entry, box, folder.",
    "germany": "German: Bestand, Akte, Blatt.",
    "france": "French: série, carton ou volume, folio.",
    "italy": "Italian: series, filza or busta, carte.",
    "boxes": "Collections kept in boxes and folders.",
    "shelf-marks": "Manuscripts by shelf mark and folio.",
}
_LANGUAGES = ("english", "german", "french", "italian", "spanish", "russian")


@hookimpl
def docproc_normalizers() -> list[Registration]:
    """The normalizers that come with docproc."""
    return [
        Registration(
            "letter",
            "docproc.stages.normalize.letter:make",
            summary="The parts of a letter, decree or telegram; who, to whom, when; notes.",
        ),
        Registration(
            "search-text",
            "docproc.stages.normalize.search_text:make",
            summary="Cleans the text that is searched; the text that is shown stays as it is.",
        ),
    ]


@hookimpl
def docproc_segmenters() -> list[Registration]:
    """The segmenters that come with docproc."""
    return [
        Registration(
            "structure",
            "docproc.stages.segment_structure:make",
            summary="Passages along the structure: paragraph, list item, note, apparatus.",
            settings=(
                Setting("max_words", 150, "A longer paragraph is split between sentences."),
                Setting("min_words", 8, "A shorter paragraph is kept with its neighbour."),
            ),
        ),
    ]


@hookimpl
def docproc_embedders() -> list[Registration]:
    """The embedders that come with docproc."""
    return [
        Registration(
            "sentence-transformers",
            "docproc.stages.embed.embedder:make",
            summary="Any sentence-transformers model; one is bundled.",
            settings=(
                Setting(
                    "model",
                    "all-MiniLM-L6-v2",
                    "The bundled model, a folder, or a name on the model hub.",
                ),
                Setting(
                    "precision",
                    "fp32",
                    "How exactly passages are computed: fp32, bf16, int8 by channel (CPU only), or "
                    "auto: int8 where the processor has VNNI or AMX, else fp32.",
                ),
                Setting(
                    "batch_tokens",
                    0,
                    "How many tokens are embedded at once; 0: what suits the device.",
                ),
                Setting(
                    "max_tokens", 0, "Texts are cut to this many tokens; 0: the model's own limit."
                ),
                Setting("device", "", "Where to compute, such as cpu or cuda; empty: the best."),
                Setting(
                    "download",
                    False,
                    "Fetch a model that is not on this machine; only where you allowed it.",
                ),
                Setting(
                    "prompts",
                    {},
                    "What stands before each text, such as {query = 'query: ', document = "
                    "'passage: '}; where none is given, what the model declares.",
                ),
                Setting(
                    "dimensions",
                    0,
                    "How many numbers of each vector to keep, of a Matryoshka model; 0: all.",
                ),
                Setting("revision", "", "A branch, tag or commit of a model on the hub."),
            ),
        ),
    ]


@hookimpl
def docproc_query_encoders() -> list[Registration]:
    """The query encoders that come with docproc."""
    return [
        Registration(
            "onnx",
            "docproc.stages.embed.encoder:make",
            summary="Encodes questions with ONNX Runtime, from what the embedder left.",
        ),
    ]


@hookimpl
def docproc_vector_indexes() -> list[Registration]:
    """The vector indexes that come with docproc."""
    return [
        Registration(
            "faiss",
            "docproc.stages.index.faiss:make",
            summary="FAISS: exact while vectors are few, inverted lists when they are many.",
            settings=(
                Setting("exact_below", 50_000, "Fewer vectors than this are compared one by one."),
                Setting("target_recall", 0.98, "The recall@10 that inverted lists must reach."),
            ),
        ),
    ]


@hookimpl
def docproc_text_indexes() -> list[Registration]:
    """The text indexes that come with docproc."""
    return [
        Registration(
            "tantivy",
            "docproc.stages.index.tantivy.indexer:make",
            summary="tantivy: BM25 over stemmed words, in six languages and others unstemmed.",
            settings=(
                Setting(
                    "context_weight",
                    0.3,
                    "The weight of a word in the title, names and dates; in the text it is 1.",
                ),
                Setting(
                    "pair_weight",
                    0.3,
                    "The extra weight of two words that stand together as in the question.",
                ),
                Setting(
                    "name_weight",
                    0.8,
                    "The weight of a name that is found in another spelling only.",
                ),
            ),
        ),
    ]


@hookimpl
def docproc_reference_grammars() -> list[Registration]:
    """The grammars of references that come with docproc; they are always read."""

    def maker(name: str) -> Callable[[Any], ReferenceGrammar]:
        def make(_: Any) -> ReferenceGrammar:
            from docproc.references import GRAMMARS

            return GRAMMARS[name]

        return make

    return [Registration(name, maker(name), summary=words) for name, words in _GRAMMARS.items()]


@hookimpl
def docproc_citation_styles() -> list[Registration]:
    """The citation styles that come with docproc."""

    def maker(name: str) -> Callable[[Any], CitationStyle]:
        return lambda _: built_in_style(name)

    return [
        Registration(name, maker(name), summary=summary) for name, (_, summary) in STYLES.items()
    ]


@hookimpl
def docproc_executors() -> list[Registration]:
    """How the shards of a run are built by what comes with docproc."""
    return [
        Registration(
            "in-process",
            "docproc.stages.execute:make_in_process",
            summary="One shard after another, in this process.",
        ),
        Registration(
            "worker-processes",
            "docproc.stages.execute:make_worker_processes",
            summary="Several shards at once, each in a process of its own.",
            settings=(
                Setting("processes", 0, "How many processes; 0: one for every two cores."),
                Setting("patience", 5.0, "Seconds that a question waits for a reader."),
            ),
        ),
    ]


@hookimpl
def docproc_rerankers() -> list[Registration]:
    """The re-rankers that come with docproc; config.toml must name one for it to be asked."""
    cut = Setting("max_tokens", 0, "Texts are cut to this many tokens; 0: the model's own limit.")
    download = Setting(
        "download", False, "Fetch a model that is not on this machine; only where you allowed it."
    )
    revision = Setting("revision", "", "A branch, tag or commit of a model on the hub.")
    return [
        Registration(
            "cross-encoder",
            "docproc.stages.embed.cross_encoder:make",
            summary="A CrossEncoder of sentence-transformers, asked without a model library.",
            settings=(
                Setting("model", "", "A folder, or a name on the model hub; one must be named."),
                cut,
                Setting("context", True, "Whether it reads title, date and names before a text."),
                download,
                revision,
            ),
        ),
        Registration(
            "late-interaction",
            "docproc.stages.embed.late_interaction:make",
            summary="Compares each token of a question with those of a passage (ColBERT).",
            settings=(
                Setting(
                    "model",
                    "all-MiniLM-L6-v2",
                    "A model of late interaction, as a folder or a name on the hub; or the bundled "
                    "one, which was not trained for it.",
                ),
                cut,
                download,
                revision,
            ),
        ),
    ]


@hookimpl
def docproc_query_rewriters() -> list[Registration]:
    """The rewriter of questions that comes with docproc; config.toml must name it to be asked."""
    return [
        Registration(
            "glossary",
            "docproc.stages.rewrite_glossary:make",
            summary="Terms that mean the same, also in other languages, from your own file.",
            settings=(
                Setting(
                    "file",
                    "glossary.toml",
                    "TOML, CSV, TSV, or lines such as `Petersburg = Petrograd, Leningrad`.",
                ),
                Setting("both_ways", True, "Whether an equivalent has the others as well."),
            ),
        )
    ]


@hookimpl
def docproc_vetoes() -> list[Registration]:
    """The veto that comes with docproc; config.toml must name it to be asked."""
    return [
        Registration(
            "steady",
            "docproc.stages.veto_steady:make",
            summary="Objects when documents or passages are far fewer, or failures far more.",
            settings=(
                Setting("fall", 0.2, "The share by which documents or passages may fall."),
                Setting("failures", 0.05, "The share of sources that may newly fail."),
            ),
        )
    ]


@hookimpl
def docproc_knowledge() -> list[Registration]:
    """The languages that docproc knows, whether config.toml names them or not."""
    return [
        Registration(
            name,
            partial(_language, name),
            summary=f"Months and seasons in {name.capitalize()}; always known.",
        )
        for name in _LANGUAGES
    ]


def _language(name: str, _: Any) -> Any:
    from docproc.references.dates.languages import LANGUAGES

    return LANGUAGES[name]
