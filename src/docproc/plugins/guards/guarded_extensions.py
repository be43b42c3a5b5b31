"""Guards: what a plugin gives back while it runs, held to its contract and named when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import TypeVar

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, PluginError, interrupts
from docproc.hooks.extensions import OutputFormat
from docproc.hooks.protocols import CitationStyle, ReferenceGrammar
from docproc.records import Answer, ArchivalReference, Citation
from docproc.text.calls import trace_call
from docproc.text.output import ClosedPipe, aside

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GuardedGrammar:
    """*grammar*, called *name*, held to its contract; *plugin* names it in a ``PluginError``."""

    plugin: str
    grammar: ReferenceGrammar
    name: str = ""

    @property
    def scheme(self) -> str:
        return self.grammar.scheme

    def find(self, text: str, start: int, end: int, whole: bool, /) -> Iterable[ArchivalReference]:
        """What the grammar finds, every reference exactly where it says that it stands."""
        found = guard_plugin(self.plugin, lambda: tuple(self.grammar.find(text, start, end, whole)))
        for one in found:
            span = getattr(one, "span", None)
            if not isinstance(one, ArchivalReference) or span is None:
                raise PluginError(
                    f"{self.plugin} broke its contract: {one!r} does not say where it stands"
                )
            if not start <= span.start < span.end <= end or one.printed != span.of(text):
                raise PluginError(
                    f"{self.plugin} broke its contract: {one.printed!r} does not stand at {span}"
                )
        return found


@dataclass(frozen=True, slots=True)
class GuardedStyle:
    """A plugin's citation style; raises ``PluginError`` where it raises or gives no text."""

    plugin: str
    style: CitationStyle

    def render(self, citations: Sequence[Citation]) -> str:
        """What the style makes of *citations*."""
        return text_of(self.plugin, lambda: self.style.render(citations))


@dataclass(frozen=True, slots=True)
class GuardedFormat:
    """A plugin's output format; raises ``PluginError`` where it raises or gives no text."""

    plugin: str
    format: OutputFormat

    def render(self, answer: Answer) -> str:
        """What the format makes of *answer*."""
        return text_of(self.plugin, lambda: self.format.render(answer))


def text_of(plugin: str, make: Callable[[], object]) -> str:
    """The text that *make*, a step of *plugin*, gives.  Raises ``PluginError``."""
    text = guard_plugin(plugin, make)
    if not isinstance(text, str):
        raise PluginError(f"{plugin} broke its contract: {text!r} is not text")
    return text


def guard_plugin(plugin: str, step: Callable[[], T], *, prints: bool = False) -> T:
    """What *step* gives; whatever *plugin* raises becomes a ``PluginError`` that names it.

    Where it *prints*, as a command does, that is its result; all else goes to standard error.
    """
    try:
        with nullcontext() if prints else aside():
            return trace_call(plugin, "", step)
    except (DocprocError, BrokenPipeError, ClosedPipe):
        raise
    except BaseException as error:  # a plugin may do anything, even sys.exit()
        if interrupts(error):
            raise
        raise PluginError(f"{plugin} failed: {type(error).__name__}: {error}") from error
