"""The conformance classes of commands and of slash commands."""

from __future__ import annotations

import inspect
import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.hooks.extensions import ChatCommand, Command
from docproc.hooks.specs import CHAT_COMMAND, COMMAND, Stage
from docproc.plugins.loading.declared_commands import read
from docproc.records import Answer, Citation, Document, DocumentRow, Passage
from docproc.testing import samples
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.contract import break_promise, check
from docproc.testing.contracts.citations import citations
from docproc.testing.contracts.output_formats import answers

_DECLARE = "docproc.hooks.Command.declare"
_RUN = "docproc.hooks.Command.run"
_SAY = "docproc.hooks.ChatCommand.run"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class WrittenOutContract(ImportingContract):
    """What commands have in common: they are listed without being imported."""

    stage: ClassVar[Stage[Any]]

    name: ClassVar[str] = ""
    """The name that it is registered under; without it, every name in its module is looked at."""

    def written_out(self, plugin: Any) -> None:
        """Fail unless the names stand in the module's source, with a summary."""
        module = self.module_with_hooks(plugin)
        if not module:
            pytest.skip("no module with hooks is known: name it in `hooks`")
        found = dict(read(inspect.getsource(sys.modules[module]).encode(), self.stage.hook))
        if not found or (self.name and self.name not in found):
            break_promise(
                f"its name is not written out as a plain string in the function {self.stage.hook}, "
                "so docproc cannot list it without running it (docs/extending.md)"
            )
        for name, summary in found.items():
            if name == (self.name or name):
                if not _NAME.fullmatch(name):
                    break_promise(
                        f"{name!r} is no name: small letters and figures, hyphens between"
                    )
                if name in self.stage.reserved:
                    break_promise(f"{name!r} is docproc's own; it needs another name")
                if not summary.strip():
                    break_promise(
                        f"{name!r} has no summary, so that `--help` cannot say what it does"
                    )


class CommandContract(WrittenOutContract):
    """What every command must do.  Give ``plugin``; ``arguments`` that may be run, if any may."""

    product: ClassVar[type] = Command
    stage: ClassVar[Stage[Any]] = COMMAND

    @pytest.fixture
    def arguments(self) -> Sequence[Sequence[str]]:
        """Command lines that it is run with, over an invented library.  Override it."""
        return ()

    @check("docproc.hooks.Command")
    def test_it_is_listed_without_being_run(self, plugin: Any) -> None:
        """Name and summary must be plain strings, in the function ``docproc_commands`` itself."""
        self.written_out(plugin)

    @check(_DECLARE)
    def test_it_declares_its_arguments(self, plugin: Any) -> None:
        """``declare`` adds arguments to a parser that knows ``--workspace`` and ``--help``."""
        for _ in "12":
            parser = _parser()
            if plugin.declare(parser) is not None:
                break_promise("declare returns something: it only adds to the parser")
            parser.format_help()

    @check(_DECLARE)
    def test_its_arguments_have_words(self, plugin: Any) -> None:
        """``--help`` says of every argument and option what it is."""
        parser = _parser()
        known = len(parser._actions)
        plugin.declare(parser)
        for action in parser._actions[known:]:
            if not (action.help or "").strip():
                break_promise(f"{action.dest!r} has no help")

    @check(_RUN)
    def test_it_can_be_run(self, plugin: Any) -> None:
        """``run`` takes the arguments and the library."""
        try:
            inspect.signature(plugin.run).bind(object(), object())
        except TypeError as error:
            break_promise(f"it cannot be called so: {error}")

    @check(_RUN)
    def test_it_returns_an_exit_code(
        self, plugin: Any, arguments: Sequence[Sequence[str]], tmp_path: Path
    ) -> None:
        """``run`` returns the exit code, 0 to 255; ``None`` is 0; or raises ``UsageError``."""
        if not arguments:
            pytest.skip("no command line is given that may be run: override `arguments`")
        for line in arguments:
            parser = _parser()
            plugin.declare(parser)
            try:
                code = plugin.run(parser.parse_args(list(line)), InventedLibrary(tmp_path))
            except UsageError:
                continue
            sound = code is None or (isinstance(code, int) and 0 <= code <= 255)
            if not sound or isinstance(code, bool):
                break_promise(f"run with {list(line)} it returns {code!r}")


class ChatCommandContract(WrittenOutContract):
    """What every slash command must do.  Give ``plugin``."""

    product: ClassVar[type] = ChatCommand
    stage: ClassVar[Stage[Any]] = CHAT_COMMAND

    @pytest.fixture
    def conversations(self, tmp_path: Path) -> Sequence[InventedConversation]:
        """Conversations: one that has not begun, one with answers, one that ends in a refusal."""
        library = InventedLibrary(tmp_path)
        found = answers()
        return (
            InventedConversation(library),
            InventedConversation(library, found[:1], found[0].citations),
            InventedConversation(library, found, found[3].nearest),
        )

    @check("docproc.hooks.ChatCommand")
    def test_it_is_listed_without_being_run(self, plugin: Any) -> None:
        """Name and summary must be plain strings, in ``docproc_chat_commands`` itself."""
        self.written_out(plugin)

    @check(_SAY)
    def test_it_says_a_text(
        self, plugin: Any, conversations: Sequence[InventedConversation]
    ) -> None:
        """What to show, as plain text, or ``UsageError``; whatever was typed after the name, and
        however the conversation stands.
        """
        for conversation in conversations:
            for argument in ("", "1", "99", "-1", "x y", "мост", " ", "--help", "\0"):
                try:
                    said = plugin.run(argument, conversation)
                except UsageError:
                    continue
                if not isinstance(said, str):
                    break_promise(f"of {argument!r} it says {type(said).__name__}")

    @check(_SAY)
    def test_the_conversation_stays(
        self, plugin: Any, conversations: Sequence[InventedConversation]
    ) -> None:
        """A conversation is docproc's: it is not changed."""
        for conversation in conversations:
            before = tuple(conversation.answers), tuple(conversation.citations)
            try:
                plugin.run("", conversation)
            except UsageError:
                continue
            if (tuple(conversation.answers), tuple(conversation.citations)) != before:
                break_promise("the conversation is another afterwards")


@dataclass(frozen=True, slots=True)
class InventedLibrary:
    """A ``LibraryAccess`` over the sample documents; it answers whatever it is asked."""

    workspace: Path

    def ask(self, _question: str, **_: object) -> Answer:
        """The sample answer."""
        return answers()[0]

    def search(self, _question: str, *, limit: int = 10, **_: object) -> Sequence[Citation]:
        """The sample citations."""
        return citations()[:limit]

    def documents(self, scope: str = "") -> Sequence[DocumentRow]:
        """No rows, within any *scope*."""
        del scope
        return ()

    def document(self, _name: str) -> Document:
        """The sample document, whatever the name."""
        return samples.make_understood()

    def passages(self, _document: str) -> Sequence[Passage]:
        """No passages."""
        return ()

    def cite(self, *names: str, **_: object) -> str:
        """The names."""
        return "; ".join(names)


@dataclass(frozen=True, slots=True)
class InventedConversation:
    """A ``Conversation`` as it stands."""

    library: InventedLibrary
    answers: Sequence[Answer] = ()
    citations: Sequence[Citation] = ()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="docproc command")
    parser.add_argument("--workspace", "-w", help="the workspace")
    return parser
