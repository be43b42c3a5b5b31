"""Plugins that ``config.toml``, or the command line, switches off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docproc.config import WITHOUT, Config
from docproc.records.settings import ENABLED


def find_switched_off(config: Config) -> frozenset[str]:
    """The names of the plugins that ``config.toml``, or ``--without``, switches off."""
    named = {name for name, table in config.plugins.items() if table.get(ENABLED) is False}
    return frozenset(named | {name for name in os.environ.get(WITHOUT, "").split(",") if name})


def find_unfit(config: Config) -> Iterator[tuple[str, str]]:
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


def leave_out(config: Config) -> Config:
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
