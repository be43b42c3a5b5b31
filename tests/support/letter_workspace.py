"""The repository's own letter, read by the stages that its config.toml names."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from docproc.config.reading import read_config
from docproc.plugins.registry import Registry, load
from docproc.records import Document, Passage, SourceFile

ROOT = Path(__file__).resolve().parents[2]


@cache
def registry() -> Registry:
    return load(["docproc.stages"], ROOT / "plugins")


def product(stage: str, name: str) -> Any:
    registration = registry().offer(stage, name).registration
    return registration.make({setting.name: setting.default for setting in registration.settings})


@cache
def letter() -> Document:
    """The letter, parsed and normalized."""
    (path,) = (ROOT / "seeds").glob("*.txt")
    data = path.read_bytes()
    source = SourceFile(f"seeds/{path.name}", "text/plain", len(data), sha256(data).hexdigest())
    (document,) = product("parse", "text").parse(source, data)
    for name in read_config(ROOT / "config.toml").pipeline.normalizers:
        document = product("normalize", name).normalize(document)
    assert isinstance(document, Document)
    assert document.text == data.decode("utf-8")
    return document


@cache
def passages() -> tuple[Passage, ...]:
    return tuple(product("segment", "structure").segment(letter()))
