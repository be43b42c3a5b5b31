"""The line the user types: history, completion, keys.  The one importer of prompt_toolkit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document as Typing
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from docproc.chat.commands import available
from docproc.chat.history import ConversationHistory
from docproc.chat.scope_words import KEYWORDS
from docproc.chat.session import Session, scope_phrase
from docproc.chat.thresholds import THRESHOLDS
from docproc.records import PassageKind
from docproc.store.files.durable import make_folder
from docproc.store.files.folders import Folder
from docproc.text.encoding.damage import replace_surrogates
from docproc.text.output import raw_stream, visible

_LOOKS = Style.from_dict({"prompt": "bold", "scope": "ansicyan"})


class Keyboard:
    """Reads lines from a terminal; ``trouble`` says why the history is not kept, if it is not."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.trouble: str | None = None
        self._prompt: PromptSession[str] = PromptSession(
            self._message,
            history=self._open_history(session.kept),
            completer=_Completer(session),
            # A command is soon typed and easily mistyped; a question is left in peace.
            complete_while_typing=Condition(lambda: get_app().current_buffer.text[:1] == "/"),
            complete_style=CompleteStyle.COLUMN,
            reserve_space_for_menu=THRESHOLDS.menu_rows,
            enable_suspend=True,
            style=_LOOKS,
            output=create_output(raw_stream(sys.stdout)),  # it draws, and what it shows is visible
        )

    def read(self) -> str:
        """One line.  Raises ``EOFError`` at Ctrl-D and ``KeyboardInterrupt`` at Ctrl-C."""
        return " ".join(replace_surrogates(self._prompt.prompt()).split())

    def _message(self) -> StyleAndTextTuples:
        phrase = visible(scope_phrase(self.session.scope))
        if len(phrase) > THRESHOLDS.scope_cells:
            phrase = phrase[: THRESHOLDS.scope_cells - 1] + "…"
        scope = [("class:scope", f"{phrase} ")] if phrase else []
        return [*scope, ("class:prompt", "> ")]

    def _open_history(self, kept: ConversationHistory | None) -> History:
        """The history of the lines typed, which only its owner may read."""
        if kept is None:
            return InMemoryHistory()
        history = _Typed(kept)
        try:
            if kept.on:
                history.open()
        except OSError as error:
            self.trouble = f"questions are not kept in {kept.typed}: {error.strerror}"
            kept.on = False
        return history


class _Typed(FileHistory):
    """The lines typed, in a file while the conversation is kept, else in memory alone."""

    def __init__(self, kept: ConversationHistory) -> None:
        super().__init__(kept.typed)
        self.kept = kept

    def open(self) -> None:
        """Make sure of the file, and that it is its owner's alone.  Raises ``OSError``."""
        make_folder(self.kept.folder)
        with Folder(self.kept.folder) as folder:
            os.close(folder.open(self.kept.typed.name, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600))

    def load_history_strings(self) -> Iterable[str]:
        return super().load_history_strings() if self.kept.on else []

    def store_string(self, string: str) -> None:
        if self.kept.on:
            with suppress(OSError):  # what is asked matters more; that it is not kept was said
                self.open()
                super().store_string(replace_surrogates(string))


class _Completer(Completer):
    """Commands after a slash, the words of a scope, and the names of the corpus."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get_completions(self, document: Typing, _: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if typed.startswith("/") and " " not in typed:
            return [
                Completion(
                    f"/{c.name} " if c.argument else f"/{c.name}",
                    -len(typed),
                    display=f"/{c.name}",
                    display_meta=c.help.partition(". ")[0],
                )
                for c in available(self.session)
                if c.name.startswith(typed[1:].casefold())
            ]
        words = [visible(word) for word in self.session.room.lookup.words()]
        if typed.startswith("/scope"):
            words = [*KEYWORDS, *PassageKind, "off", *words]
        return _continuing(typed, words)


def _continuing(typed: str, words: Sequence[str]) -> Iterator[Completion]:
    """Those of *words*, which may be several words each, that go on from the end of *typed*."""
    starts = [
        at for at, c in enumerate(typed) if not c.isspace() and not typed[at - 1 : at].strip()
    ]
    for start in starts[-THRESHOLDS.name_words :]:
        fragment = typed[start:].casefold()
        for word in words:
            if word.casefold().startswith(fragment) and word != typed[start:]:
                yield Completion(word, start - len(typed))
