"""What took part in an answer: the plugins, their versions and settings, the generation."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.records import Citation
from docproc.references import FindsReferences
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.signals import Preferences
from docproc.store.manifest import Manifest, PluginUse, Recipe, recipe_hash
from docproc.text.output import json_text


class Explanation:
    """Says what made the answers from *opened*: its recipe, *grammars* and *preferences*."""

    def __init__(
        self,
        opened: OpenGeneration,
        grammars: Sequence[FindsReferences] = (),
        preferences: Preferences | None = None,
    ) -> None:
        self._opened = opened
        self._grammars = grammars
        self._preferences = preferences or Preferences()

    def behind(self, citation: Citation | None = None) -> Sequence[tuple[str, str]]:
        """What took part in answering: each stage with its plugins and their versions.

        With *citation*, those that made it, with their settings.
        """
        manifest = self._opened.manifest
        if citation is None:
            return list_makers(manifest, self._signals())
        made = in_words(self.makers(citation))
        return (*made, model_line(manifest), generation_line(manifest))

    def makers(self, citation: Citation) -> Sequence[tuple[str, PluginUse]]:
        """Which plugin, in which version, with which settings, made what of *citation*."""
        read_by = self._opened.catalog.readings.read_by(citation.source.path)
        manifest = self._opened.manifest
        return name_makers(manifest, read_by, self._grammar(citation), self._signals())

    def _signals(self) -> list[PluginUse]:
        return [plugged.use for plugged in self._preferences.plugged]

    def _grammar(self, citation: Citation) -> PluginUse | None:
        """What read the reference of *citation*: a plugin's grammar, or docproc's own."""
        if citation.reference is None:
            return None
        scheme, manifest = citation.reference.scheme, self._opened.manifest
        plugins = {getattr(g, "name", "") for g in self._grammars if g.scheme == scheme}
        for use in manifest.recipe.references:
            if use.name in plugins:
                return use
        return PluginUse(scheme, manifest.docproc, "docproc")


def list_makers(
    manifest: Manifest, signals: Sequence[PluginUse] = ()
) -> tuple[tuple[str, str], ...]:
    """What took part in an answer: each stage with its plugins and their versions."""
    recipe = manifest.recipe
    return (
        ("read by", _name_all(*recipe.parsers)),
        ("normalized by", _name_all(*recipe.normalizers)),
        *([("references by", _name_all(*recipe.references))] if recipe.references else []),
        ("cut by", _name_all(recipe.segmenter)),
        ("embedded by", _name_all(recipe.embedder)),
        model_line(manifest),
        ("vectors in", _name_all(recipe.vector_index)),
        ("words in", _name_all(recipe.text_index)),
        *([("re-ranked by", _name_all(recipe.reranker))] if recipe.reranker else []),
        *([("ordered by", _name_all(*signals))] if signals else []),
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


def name_makers(
    manifest: Manifest,
    read_by: tuple[str, str, str] | None,
    grammar: PluginUse | None = None,
    signals: Sequence[PluginUse] = (),
) -> tuple[tuple[str, PluginUse], ...]:
    """Which plugin made what of one citation, with its version and its settings then.

    *read_by* is the parser that read its source, the parser's version and the source's recipe
    (``SourceReadings.read_by``); of a file within another, that of the outermost.  *grammar* is
    what read its reference.
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
        *([("re-ranked by", recipe.reranker)] if recipe.reranker else []),
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
        said.setdefault(what, []).append(
            _name_all(use) + (f" [{', '.join(given)}]" if given else "")
        )
    return tuple((what, ", ".join(uses)) for what, uses in said.items())


def _toml(value: object) -> str:
    return json_text(value)


def _name_all(*uses: PluginUse) -> str:
    """Name, version and, except for what is built in, the origin of each."""
    own = [
        f"{u.name} {u.version}" + ("" if u.origin == "docproc" else f" ({u.origin})") for u in uses
    ]
    return ", ".join(own) or "none"
