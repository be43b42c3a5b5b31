"""Why a passage: what each signal gave to its score, which words matched, what stood behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from docproc.records import Match, Passage, Span
from docproc.retrieval.coverage import QuestionWords
from docproc.retrieval.evidence import Signals, score
from docproc.store.manifest import Manifest, PluginUse, Recipe, recipe_hash
from docproc.text.names import keys_in
from docproc.text.output import json_text
from docproc.text.terms import content_words

_RUN: Final = re.compile(r"\S+")
_EDGES: Final = re.compile(r"^\W+|\W+$")
_LEAST: Final = 0.25
"""A likeness below this is none that the score counts (``coverage.ALIKE``, squared)."""


def shares(signals: Signals, number: int, vector_weight: float) -> tuple[tuple[str, float], ...]:
    """What each signal of candidate *number* gave to its score; together they are the score.

    The score is linear in the signals, so that the score of one signal alone is its share.
    """
    own = signals.take(np.array([number], np.int64))
    names = [name.replace(" ", "_") for name, _ in own.of(0)]
    nothing = replace(own, **{name: np.zeros(1, np.float32) for name in names})
    found = []
    for name in names:
        alone = score(replace(nothing, **{name: getattr(own, name)}), vector_weight)
        found.append((name.replace("_", " "), round(float(alone[0]), 4)))
    return tuple(found)


def matched(words: QuestionWords, passage: Passage) -> tuple[Match, ...]:
    """The words of *passage* that answer to words of the question, in the order of the text."""
    found = []
    for run in _RUN.finditer(passage.text):
        text = run[0]
        likeness = words.matches([content_words(text, passage.language)], [keys_in(text)])
        if not likeness.size or likeness.max() < _LEAST:
            continue
        best = int(likeness[:, 0].argmax())
        bare = _EDGES.sub("", text)
        start = run.start() + text.index(bare)
        span = Span(start, start + len(bare))
        found.append(Match(words.words[best], span, round(float(likeness[best, 0]), 4)))
    return tuple(found)


def behind(manifest: Manifest, signals: Sequence[PluginUse] = ()) -> tuple[tuple[str, str], ...]:
    """What took part in an answer: each stage with its plugins and their versions."""
    recipe = manifest.recipe
    return (
        ("read by", _named(*recipe.parsers)),
        ("normalized by", _named(*recipe.normalizers)),
        *([("references by", _named(*recipe.references))] if recipe.references else []),
        ("cut by", _named(recipe.segmenter)),
        ("embedded by", _named(recipe.embedder)),
        model_line(manifest),
        ("vectors in", _named(recipe.vector_index)),
        ("words in", _named(recipe.text_index)),
        *([("ordered by", _named(*signals))] if signals else []),
        generation_line(manifest),
    )


def model_line(manifest: Manifest) -> tuple[str, str]:
    """The model that embedded a generation."""
    model = manifest.model
    encoder = f"questions encoded by {model.query_encoder or 'the model itself'}"
    return "model", f"{model.fingerprint[:12]}, {model.dimension} dimensions, {encoder}"


def generation_line(manifest: Manifest) -> tuple[str, str]:
    """The generation, and what made it."""
    return "generation", f"{manifest.id}, by docproc {manifest.docproc}"


def makers(
    manifest: Manifest,
    read_by: tuple[str, str, str] | None,
    grammar: PluginUse | None = None,
    signals: Sequence[PluginUse] = (),
) -> tuple[tuple[str, PluginUse], ...]:
    """Which plugin made what of one citation, with its version and its settings then.

    *read_by* is the parser that read its source, the parser's version and the source's recipe
    (``Catalog.read_by``); of a file within another, that of the outermost.  *grammar* is what
    read its reference.
    """
    recipe = manifest.recipe
    return (
        *([("read by", _parser(recipe, *read_by))] if read_by else []),
        *(("normalized by", use) for use in recipe.normalizers),
        ("cut by", recipe.segmenter),
        *([("reference by", grammar)] if grammar else []),
        ("embedded by", recipe.embedder),
        ("vectors in", recipe.vector_index),
        ("words in", recipe.text_index),
        *(("ordered by", use) for use in signals),
    )


def _parser(recipe: Recipe, name: str, version: str, kept: str) -> PluginUse:
    """The parser as it was when it read a source: a run over some files leaves others be."""
    after = (*recipe.normalizers, recipe.segmenter, *recipe.references)
    for use in recipe.parsers:
        hashes = (recipe_hash(use, *after), recipe_hash(*recipe.parsers, *after))
        if use.name == name and kept.partition(".")[0] in hashes:
            return use
    return PluginUse(name, version, "in an earlier run")


def in_words(makers: Sequence[tuple[str, PluginUse]]) -> tuple[tuple[str, str], ...]:
    """*makers* for a person: what each did, with its settings, empty ones left out."""
    said: dict[str, list[str]] = {}
    for what, use in makers:
        given = [f"{k} = {_toml(v)}" for k, v in sorted(use.settings.items()) if v not in ("", [])]
        said.setdefault(what, []).append(_named(use) + (f" [{', '.join(given)}]" if given else ""))
    return tuple((what, ", ".join(uses)) for what, uses in said.items())


def _toml(value: object) -> str:
    return json_text(value)


def _named(*uses: PluginUse) -> str:
    """Name, version and, except for what is built in, the origin of each."""
    own = [
        f"{u.name} {u.version}" + ("" if u.origin == "docproc" else f" ({u.origin})") for u in uses
    ]
    return ", ".join(own) or "none"
