"""``docproc chat``: a conversation with the documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options.arguments import check_standard_input
from docproc.cli.options.shared_options import WorkspaceOption, outputs_of, workspace_of
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError

if TYPE_CHECKING:
    from docproc.chat.session import PluggedCommand, Session
    from docproc.library import Library
    from docproc.records import Answer, Citation


def chat(
    file: Annotated[
        Path | None,
        typer.Argument(help="With --resume: a conversation that /save wrote; else the last one."),
    ] = None,
    workspace: WorkspaceOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many passages at most.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="Keep what is asked and answered.")
    ] = True,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from an earlier conversation.")
    ] = False,
) -> int:
    """Question the documents in a conversation; questions can also be piped in, one a line.

    Each conversation is kept in embeddings/chat, readable by its owner alone, unless
    --no-history or /history off says otherwise.
    """
    if file is not None and not resume:
        raise UsageError(f"to go on from a saved conversation: docproc chat --resume {file}")
    check_standard_input()
    from docproc.chat.history import ConversationHistory, read_conversation
    from docproc.chat.prompt import converse
    from docproc.cli.open_library import library_of, say_notice
    from docproc.rendering.console import console_for

    space = workspace_of(workspace)
    kept = ConversationHistory(space.embeddings / "chat", history)
    resumed = None
    if resume:
        path = file or kept.latest()
        resumed = read_conversation(path)
        if path.parent == kept.folder:
            kept.file = path
    library = library_of(workspace)
    say_notice(library.room)
    extensions = library.application.extensions
    return converse(
        library.room,
        console_for(sys.stdout),
        limit=limit or space.config.ask.limit,
        kept=kept,
        resumed=resumed,
        renew=lambda: library.room if library.renew() else None,
        styles=extensions.citation_style,
        plugged=plugin_commands(library),
        more_styles=extensions.declared_styles(),
        outputs=outputs_of(space),
        told=extensions.report_answer,
        writes=library.writing.write,
    )


@dataclass(frozen=True, slots=True)
class _Talk:
    """A conversation as a plugin's command sees it (``docproc.hooks.Conversation``)."""

    library: Library
    session: Session

    @property
    def answers(self) -> list[Answer]:
        """The answers so far, the last one last."""
        return [turn.answer for turn in self.session.turns]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What numbers refer to."""
        return self.session.citations


def plugin_commands(library: Library) -> list[PluggedCommand]:
    """The slash commands of plugins; each is imported when it is first used."""
    from docproc.chat.session import PluggedCommand

    extensions = library.application.extensions

    def runs(name: str) -> Callable[[str, Session], str]:
        def run(argument: str, session: Session) -> str:
            return extensions.run_chat_command(name, argument, _Talk(library, session))

        return run

    found = extensions.chat_commands()
    return [PluggedCommand(each.name, each.summary, runs(each.name)) for each in found]
