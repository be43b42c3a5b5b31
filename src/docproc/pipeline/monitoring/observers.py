"""Telling observers: each guarded, so that one that fails costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from docproc.errors import interrupts
from docproc.hooks.extensions import (
    DocumentParsed,
    GenerationPublished,
    Observer,
    PassagesMade,
    QuestionAnswered,
    SourceFailed,
)
from docproc.text.calls import trace_call
from docproc.text.output import aside

Event = DocumentParsed | PassagesMade | SourceFailed | GenerationPublished | QuestionAnswered


class Observers:
    """The observers of a workspace, made when needed; *say* gets a line on one that fails."""

    def __init__(
        self,
        make: Callable[[], Sequence[tuple[str, Observer]]] = tuple,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._make = make
        self._say = say

    @cached_property
    def _told(self) -> list[tuple[str, Observer]]:
        return list(self._make())

    def tell(self, *events: Event) -> None:
        """Tell every observer of *events*, in their order."""
        for who, observer in list(self._told):
            try:
                with aside():
                    for event in events:
                        trace_call(
                            who,
                            type(event).__name__,
                            partial(getattr(observer, _METHODS[type(event)]), event),
                        )
            except BaseException as error:  # a plugin may do anything, even sys.exit()
                if interrupts(error):
                    raise
                self._told.remove((who, observer))
                self._say(
                    f"{who} failed, and is told of nothing more: {type(error).__name__}: {error}"
                )


_METHODS = {
    DocumentParsed: "document_parsed",
    PassagesMade: "passages_made",
    SourceFailed: "source_failed",
    GenerationPublished: "generation_published",
    QuestionAnswered: "question_answered",
}
"""What an observer is told of each event by."""
