"""Recipes: by which plugins a source was read, and whether they would read it so again.

A source that one parser read hangs on that parser, on what comes after it, and on which parsers
there are, for another might take it now.  That is found out by asking them, which costs the
first bytes of the file; so a setting of one parser makes stale what that one read, and nothing
else.  A file that holds others hangs on all parsers, since what lies within it may be any's;
one that names files in its folder hangs on their bytes as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from docproc.dataclass_on_use import dataclass
from docproc.pipeline.scan import FoundFile
from docproc.store.catalog import SourceState
from docproc.store.manifest import Recipe, recipe_hash

_BESIDE = "+beside"
"""Behind the recipe of a source that names files in its folder: they are looked at, too."""
_FROM = "@"
"""Stands before the digest of a fetched file's record."""


def reading_recipe(recipe: Recipe) -> str:
    """The hash of all that reads sources."""
    read = (*recipe.references, *recipe.knowledge)
    return recipe_hash(*recipe.parsers, *recipe.normalizers, recipe.segmenter, *read)


@dataclass(frozen=True)
class ReadingRecipe:
    """What reads sources now; *choose* says which parser takes a file, ``None`` for none."""

    recipe: Recipe
    choose: Callable[[FoundFile], str | None]
    digest: Callable[[FoundFile], str | None] = lambda _: None
    """The hash of a file and of those beside it that are read with it."""

    def of(self, parser: str, nested: bool, beside: bool = False, origin: str = "") -> str:
        """What is kept with a source that *parser* read.

        *nested* says that it holds files, *beside* that it names files in its folder; *origin* is
        a digest of what is known of where it was fetched from.
        """
        recipe = self.whole if nested else f"{self._own(parser)}.{self.parser_set_hash}"
        recipe = f"{recipe}{_FROM}{origin}" if origin else recipe
        return f"{recipe}{_BESIDE}" if beside else recipe

    def stands(self, found: FoundFile, known: SourceState) -> str | None:
        """What is to be kept with a source that need not be read again; ``None`` if it must be."""
        if not known.recipe.endswith(_BESIDE):
            return self._stands(found, known)
        if self.digest(found) != known.source.sha256:
            return None
        plain = replace(known, recipe=known.recipe.removesuffix(_BESIDE))
        recipe = self._stands(found, plain)
        return recipe and f"{recipe}{_BESIDE}"

    def _stands(self, found: FoundFile, known: SourceState) -> str | None:
        recipe, _, origin = known.recipe.partition(_FROM)
        if origin != found.origin:
            return None
        own, _, parser_set_hash = recipe.partition(".")
        if not parser_set_hash:
            return known.recipe if recipe == self.whole else None
        if own != self._own(known.parser):
            return None
        if parser_set_hash != self.parser_set_hash and self.choose(found) != known.parser:
            return None
        return f"{own}.{self.parser_set_hash}" + (f"{_FROM}{origin}" if origin else "")

    @cached_property
    def whole(self) -> str:
        """The hash of all that reads sources."""
        return reading_recipe(self.recipe)

    @cached_property
    def parser_set_hash(self) -> str:
        """The hash of the parsers, in order."""
        return recipe_hash(*self.recipe.parsers)

    @cached_property
    def _owns(self) -> dict[str, str]:
        recipe = self.recipe
        read = (*recipe.references, *recipe.knowledge)
        after = (*recipe.normalizers, recipe.segmenter, *read)
        return {use.name: recipe_hash(use, *after) for use in recipe.parsers}

    def _own(self, parser: str) -> str | None:
        """The hash of what made the documents of a source that *parser* read."""
        return self._owns.get(parser)
