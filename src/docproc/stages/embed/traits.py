"""What a person may say of a model that its folder does not say: prompts, dimension, revision."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, ModelError

QUERY, DOCUMENT = "query", "document"
_KINDS = (QUERY, DOCUMENT)
_WANTED: Mapping[str, tuple[str, str]] = {
    r"(^|[-_/])e5([-_]|$)": ("query: ", "passage: "),
    r"embedding-?gemma": ("task: search result | query: ", "title: none | text: "),
    r"arctic-embed-[a-z]+$|arctic-embed-m-long$": (
        "Represent this sentence for searching relevant passages: ",
        "",
    ),
    r"bge-(small|base|large)-en": (
        "Represent this sentence for searching relevant passages: ",
        "",
    ),
}
"""What models of these names were trained with, of a question and of a passage (docs/models.md)."""


@dataclass(frozen=True, slots=True)
class Traits:
    """Chosen traits; each that is empty, or 0, is as the model's folder has it.

    *prompts* stand before a ``query`` and a ``document``; *dimensions* cuts the vectors of a model
    that was trained for it (Kusupati et al., "Matryoshka Representation Learning", 2022), and
    they are brought to unit norm after that; *revision* is a branch, tag or commit of the hub.
    Raises ``ConfigError``.
    """

    prompts: Mapping[str, str] = field(default_factory=dict)
    dimensions: int = 0
    revision: str = ""

    def __post_init__(self) -> None:
        if wrong := [name for name in self.prompts if name not in _KINDS]:
            raise ConfigError(
                f"plugins.sentence-transformers.prompts: {wrong[0]!r} is none of "
                f"{', '.join(_KINDS)}"
            )
        if self.dimensions < 0:
            raise ConfigError("plugins.sentence-transformers.dimensions: must not be negative")

    def of_vectors(self) -> dict[str, Any]:
        """Those that decide the vectors, for a fingerprint; ``{}`` where none was chosen."""
        return ({"prompts": dict(self.prompts)} if self.prompts else {}) | (
            {"dimensions": self.dimensions} if self.dimensions else {}
        )

    def cut(self, dimension: int, name: str) -> int:
        """The length of the vectors of the model *name*, whose own have *dimension* numbers."""
        if self.dimensions > dimension:
            raise ModelError(
                f"dimensions = {self.dimensions}, but vectors of model {name!r} have {dimension}"
            )
        return self.dimensions or dimension

    def give(self, model: Any) -> None:
        """Tell a ``SentenceTransformer`` of them."""
        if self.prompts:
            model.prompts = {**model.prompts, **self.prompts}
        if self.dimensions:
            model.truncate_dim = self.dimensions

    def facts(self, name: str, folder: Path) -> dict[str, Any]:
        """For ``status``: the prompts and the dimension in use where there is something to say."""
        told: dict[str, Any] = {}
        prompts = {**declared_prompts(folder), **self.prompts}
        said = {kind: prompts[kind] for kind in _KINDS if prompts.get(kind)}
        if said:
            told["prompts"] = ", ".join(f"{kind} {text!r}" for kind, text in said.items())
        elif not self.prompts and (wanted := wanted_prompts(name)):
            told["prompts"] = (
                f"none, though models of this name were trained with {wanted[0]!r} before "
                "questions: set `prompts` (docs/models.md)"
            )
        if self.dimensions:
            told["dimensions"] = f"the first {self.dimensions}"
        return told


AS_THE_MODEL_SAYS = Traits()


def declared_prompts(folder: Path) -> dict[str, str]:
    """The prompts that the model in *folder* declares, by name."""
    try:
        about = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
        return {str(name): str(text) for name, text in (about.get("prompts") or {}).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def wanted_prompts(name: str) -> tuple[str, str] | None:
    """What models of such a *name* want before questions and passages; ``None``: not known."""
    for pattern, prompts in _WANTED.items():
        if re.search(pattern, name.rstrip("/").rpartition("/")[2].casefold()):
            return prompts
    return None
